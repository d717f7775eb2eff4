"""Whether a number that is being given goes on with further digits, or the talk has moved on from it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice

from voxport.language.numbers import NumberRun
from voxport.redaction.detectors.candidate_options import CandidateOptions
from voxport.redaction.detectors.card_numbers import LONGEST, begins_like_a_card
from voxport.redaction.detectors.grouping import is_said_as_phone
from voxport.redaction.detectors.subjects import Subject
from voxport.redaction.dialogue.lines import TELEPHONE_DIGITS, Cue, Dialogue, Line
from voxport.redaction.dialogue.word_lists import common_words

OF_GIVEN_CARDS = (Subject.EXPIRY, Subject.CODE)
"""Those that go with the number of a card, which may be given late."""
OF_CARDS = (Subject.CARD, Subject.CARD_NAMED)
"""Subjects of the number of a card, behind which a telephone number is given."""
WHOLE_NUMBERS = (Subject.CARD, Subject.SOCIAL)
"""Subjects of numbers that are given in groups, of which recognisers write some as amounts."""


@dataclass
class Growing:
    """A candidate that may still go on."""

    channel: int
    subject: Subject
    cue: Cue | None
    runs: list[NumberRun] = field(default_factory=list)
    digits: int = 0

    def add(self, run: NumberRun) -> None:
        """Takes further digits up."""
        self.runs.append(run)
        self.digits += len(run.value)


def is_continued(
    dialogue: Dialogue,
    before: Growing,
    run: NumberRun,
    governed: tuple[Cue | None, Subject],
    options: CandidateOptions,
) -> bool:
    """Whether digits go on from those before: near, of the same subject, and neither announced anew nor behind other
    talk."""
    cue, subject = governed
    line = dialogue.lines[run.channel]
    goes_on = before.subject is subject and _goes_on(before, run, line, options)
    named_anew = subject is Subject.ORDINARY and cue is not None and _is_named_between(before, run, cue)
    asked_anew = subject in OF_GIVEN_CARDS and _is_asked_anew(before, run, cue)
    return goes_on and not (named_anew or asked_anew) and not _has_moved_on(dialogue, before, run, subject, options)


def _goes_on(before: Growing, run: NumberRun, line: Line, options: CandidateOptions) -> bool:
    """A lone digit or two must follow closely: "4111 ... 11", but not "4111 ... I am 86"."""
    last = before.runs[-1]
    words = options.link_words if len(run.value) > options.short_digits else options.link_words_short
    near = run.span.start_ms - last.span.end_ms <= options.link_ms
    return near and line.spoken_between(last.words[1], run.words[0]) <= words


def _is_named_between(before: Growing, run: NumberRun, cue: Cue) -> bool:
    """Whether the speaker has named a telephone number since: "57699485." "My phone's 597 874 4217"."""
    if len(run.value) not in TELEPHONE_DIGITS:
        return False
    return cue.channel == run.channel and before.runs[-1].words[1] < cue.first <= cue.last < run.words[0]


def _is_asked_anew(before: Growing, run: NumberRun, cue: Cue | None) -> bool:
    """Whether the other side has asked again for the date or the code of a card: "it has expired, the new one?"."""
    if cue is None or cue == before.cue or cue.channel == run.channel:
        return False
    return before.runs[-1].span.end_ms <= cue.start_ms


def _has_moved_on(
    dialogue: Dialogue, before: Growing, run: NumberRun, subject: Subject, options: CandidateOptions
) -> bool:
    """Whether a whole number has been given, or is now, and either side has said more than a nod in between."""
    whole = before.digits >= (options.social_digits if subject is Subject.SOCIAL else options.whole_digits)
    whole = whole or (subject is Subject.UNKNOWN and before.digits + len(run.value) > LONGEST)
    if not (whole or len(run.value) >= options.card_digits) or len(run.value) <= options.continued_digits:
        return False
    return has_talked(dialogue, before.runs[-1].span.end_ms, run.span.start_ms, options.moved_on_words)


def is_answered_meanwhile(
    before: Growing, run: NumberRun, latest: Iterable[Growing], options: CandidateOptions
) -> bool:
    """Whether the other side has given a whole number of that subject since, "nine?" "029 74 9335." "And 783 ...", and
    not the one that was begun, which it knows: "219 09" "219 09 9999, I have it." "9999, right."."""
    if before.subject not in (*WHOLE_NUMBERS, Subject.UNKNOWN):
        return False
    whole = options.social_digits if before.subject is Subject.SOCIAL else options.whole_digits
    begun = "".join(one.value for one in before.runs)
    if before.subject is Subject.UNKNOWN and _is_one_card(begun + run.value, options):
        return False
    return any(
        one.channel != before.channel
        and not "".join(part.value for part in one.runs).startswith(begun)
        and one.subject is before.subject
        and one.digits >= whole
        and before.runs[-1].span.end_ms <= one.runs[0].span.start_ms
        and one.runs[-1].span.end_ms <= run.span.start_ms
        for one in latest
    )


def _is_one_card(value: str, options: CandidateOptions) -> bool:
    """Whether digits may be those of one card, whatever was said between them."""
    return options.whole_digits <= len(value) <= LONGEST and begins_like_a_card(value)


def is_of_telephone(dialogue: Dialogue, before: Growing, run: NumberRun, options: CandidateOptions) -> bool:
    """Whether digits behind a card, or those before them, are a telephone number by their form, and the other side has
    talked in between: "... 8995." "And your number, in case?" "877-345-7284."."""
    if before.subject not in OF_CARDS or not any(is_telephone(one) for one in (before.runs[-1], run)):
        return False
    return has_talked(dialogue, before.runs[-1].span.end_ms, run.span.start_ms, options.moved_on_words)


def is_telephone(run: NumberRun) -> bool:
    """Whether digits are as many as those of a telephone number, are said as such a one, and no card begins so."""
    telephone = len(run.value) in TELEPHONE_DIGITS and is_said_as_phone(run)
    return telephone and not begins_like_a_card(run.value)


def is_begun(line: Line, run: NumberRun, options: CandidateOptions) -> bool:
    """Whether a long number follows soon with hardly a word between, to which digits written as an amount belong:
    "$75.77. No, hang on, $5777 ..."."""
    place = bisect_left(line.runs, run.words[0], key=lambda one: one.words[0]) + 1
    if place >= len(line.runs) or line.runs[place].span.start_ms - run.span.end_ms > options.link_ms:
        return False
    following = line.runs[place]
    soon = line.spoken_between(run.words[1], following.words[0]) <= options.link_words_short
    return soon and len(following.value) >= options.begun_digits


def is_under_way(given: Sequence[NumberRun], run: NumberRun, options: CandidateOptions) -> bool:
    """Whether a card number has been begun just before, and is not whole; groups that are read back count once."""
    near = any(run.span.start_ms - one.span.end_ms <= options.link_ms for one in given)
    if not near or max(len(one.value) for one in given) >= options.card_digits:
        return False
    for channel in {one.channel for one in given}:
        groups = [group.text for one in given for group in one.groups if one.channel == channel]
        once = {text for text in groups if len(text) > options.short_digits}
        if sum(map(len, once)) + sum(len(text) for text in groups if text not in once) >= options.card_digits:
            return False
    return True


def is_half_given(dialogue: Dialogue, given: Sequence[NumberRun], run: NumberRun, options: CandidateOptions) -> bool:
    """Whether the first groups of a card were given right before, and hardly anything said since: "4433 1334." "Okay."
    "877-345-7284."."""
    before = next(iter(reversed(given)), None)
    if before is None or before.channel != run.channel or not is_under_way(given, run, options):
        return False
    begun = begins_like_a_card(given[0].value) and sum(len(one.value) for one in given) >= options.continued_digits
    return begun and not has_talked(dialogue, before.span.end_ms, run.span.start_ms, options.moved_on_words)


def is_spent(dialogue: Dialogue, given: Sequence[NumberRun], run: NumberRun, options: CandidateOptions) -> bool:
    """Whether what was asked for has been given, and other talk since: what follows answers another question."""
    own = next((one for one in reversed(given) if one.channel == run.channel), None)
    if own is None:
        return False
    return has_talked(dialogue, own.span.end_ms, run.span.start_ms, options.moved_on_words)


def has_talked(dialogue: Dialogue, since_ms: int, until_ms: int, words: int) -> bool:
    """Whether so many words other than nods begin in that time, of either side."""
    nods = common_words().nods
    said = (
        place
        for line in dialogue.lines.values()
        for begin in [bisect_left(line.words, since_ms, key=lambda word: word.start_ms)]
        for place in range(begin, bisect_left(line.words, until_ms, key=lambda word: word.start_ms))
        if line.plain_words[place] and line.plain_words[place] not in nods
    )
    return len(list(islice(said, words))) >= words
