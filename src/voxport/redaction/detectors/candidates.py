"""Candidates for a secret: the stretches of digits of a call, each with the subject that it is said about."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from voxport.core.transcript import Span
from voxport.language.numbers import Group, NumberRun
from voxport.language.numbers.atoms import Shape
from voxport.redaction.detectors.amounts import AmountOptions, is_of_an_email, without_amounts
from voxport.redaction.detectors.asked_else import AskedElseOptions, OtherQuestions
from voxport.redaction.detectors.card_dates import (
    CardDateOptions,
    is_behind_card,
    is_date_before_code,
    with_years,
)
from voxport.redaction.detectors.card_numbers import LONGEST, begins_like_a_card
from voxport.redaction.detectors.dates import is_birthday
from voxport.redaction.detectors.grouping import is_said_as_phone
from voxport.redaction.detectors.payment_phase import PaymentPhaseOptions, is_answer_in_payment
from voxport.redaction.detectors.subjects import Subject, SubjectOptions, governing_cue, subject_of
from voxport.redaction.dialogue.lines import TELEPHONE_DIGITS, Cue, Dialogue, Line
from voxport.redaction.dialogue.word_lists import Topic, common_words

_NOT_UNDERSTOOD = (Subject.UNKNOWN, Subject.CARD, Subject.CARD_NAMED, Subject.ASKED)
"""Subjects of digits before which nothing says that they are a date or a code."""
_MAYBE_BIRTHDAYS = (Subject.UNKNOWN, Subject.CARD_NAMED, Subject.SOCIAL)
"""Subjects under which digits may be a birthday, the question for which was not understood or is one of two."""
_MAYBE_ELSE = (
    Subject.EXPIRY,
    Subject.CODE,
    Subject.SOCIAL,
    Subject.PAYMENT,
    Subject.CARD_NAMED,
    Subject.UNKNOWN,
)
"""Subjects of digits that may answer another question instead."""
_OF_GIVEN_CARDS = (Subject.EXPIRY, Subject.CODE)
"""Those that go with the number of a card, which may be given late."""
_OF_CARDS = (Subject.CARD, Subject.CARD_NAMED)
"""Subjects of the number of a card, behind which a telephone number is given."""
_PASSING = (Topic.ORDINARY_NAMED, Topic.SHORT, Topic.AMOUNT)
"""Topics of short numbers, of which the number of a card is none."""
_NAMED = (Topic.EXPIRY_NAMED, Topic.CODE_NAMED)
"""What goes with a card where one was given."""
_WHOLE_NUMBERS = (Subject.CARD, Subject.SOCIAL)
"""Subjects of numbers that are given in groups, of which recognisers write some as amounts."""


@dataclass(frozen=True, slots=True)
class CandidateOptions:
    """Which stretches of digits are one number, and what they are about."""

    subjects: SubjectOptions = field(default_factory=SubjectOptions)
    amounts: AmountOptions = field(default_factory=AmountOptions)
    phase: PaymentPhaseOptions = field(default_factory=PaymentPhaseOptions)
    card_dates: CardDateOptions = field(default_factory=CardDateOptions)
    asked_else: AskedElseOptions = field(default_factory=AskedElseOptions)
    link_ms: int = 8_000
    """ms of pause within one number; 20 000 at first, lowered on the development calls, why was not recorded."""
    link_words: int = 12
    """Words of the same speaker within one number ("let me see, then it says"). A judgement."""
    link_words_short: int = 3
    """The same before a lone digit or two: "4111 ... 11", but not "4111 ... I am 86"."""
    begun_digits: int = 8
    """Digits of a number that goes on from an amount: no sum has as many. A judgement."""
    least_telephone: int = 7
    """Digits of a telephone number that has answered a question, though it is no candidate itself."""
    whole_digits: int = 12
    """Digits of a number that may be whole: the shortest card has 12, and one of 15 may have lost some."""
    social_digits: int = 9
    """The same of a social security number."""
    card_digits: int = 15
    """With fewer digits a card number is not whole (Amex has 15)."""
    continued_digits: int = 4
    """Digits of what goes on from a whole number all the same: its date and its code."""
    moved_on_words: int = 3
    """Words other than nods, of either side, after which digits are no part of such a number: "and my phone is"."""
    card_groups: int = 40
    """Stretches after one question that may be groups of one card number: each digit by itself, and read back."""
    short_digits: int = 2
    """Digits of such a short stretch: ages and counts have two."""
    part_digits: int = 4
    """Digits in "ends in 7795", which recognisers write as an amount ($77.95); the length of the usual part."""
    bent_part_digits: tuple[int, ...] = (3, 5)
    """Digits of such an amount of which one was lost or said twice ("ends in $7.95"). A judgement."""
    part_within: int = 3
    """Words and marks between "ends in" and such digits: right behind it, or "the last four again, 7795"."""
    part_beside: int = 3
    """Words in the sentence of such digits that answer "the last four?": "of my social"."""
    given_ms: int = 60_000
    """ms after the number of a card in which "the code" and "expires" are said of it. A judgement."""
    soon_ms: int = 15_000
    """ms after a question in which a date, a code or the last four are written as an amount. A judgement."""


@dataclass(frozen=True)
class Candidate:
    """Digits that one side gives about one subject, in one or several stretches."""

    channel: int
    subject: Subject
    cue: Cue | None
    """What governs the first stretch; None where nothing announced it."""
    runs: tuple[NumberRun, ...]

    @cached_property
    def value(self) -> str:
        """All digits."""
        return "".join(run.value for run in self.runs)

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups of all stretches."""
        return tuple(group for run in self.runs for group in run.groups)

    @property
    def span(self) -> Span:
        """From the first digit to the last."""
        return Span(self.runs[0].span.start_ms, self.runs[-1].span.end_ms)


@dataclass
class _Growing:
    """A candidate that may still go on."""

    channel: int
    subject: Subject
    cue: Cue | None
    runs: list[NumberRun] = field(default_factory=list)
    digits: int = 0

    def add(self, run: NumberRun) -> None:
        self.runs.append(run)
        self.digits += len(run.value)


def read_candidates(dialogue: Dialogue, options: CandidateOptions) -> list[Candidate]:
    """Every stretch of digits with what governs it, those that go on from one another joined; in order of time.

    Amounts, dates, times and counts are cut out: they are no part of a number that is given.
    """
    found: list[_Growing] = []
    last_by_channel: dict[int, _Growing] = {}
    cards_end_ms: list[int] = []
    answered: set[Cue | None] = set()
    spent: set[Cue | None] = set()
    told: set[Cue | None] = set()
    given_to: dict[Cue | None, deque[NumberRun]] = {}
    others = OtherQuestions(dialogue, options.asked_else)
    for run in dialogue.runs():
        line = dialogue.lines[run.channel]
        cue, subject = _announced(dialogue, run, cards_end_ms, options)
        answers = subject is Subject.PAYMENT or (cue is not None and cue not in answered)
        if cue is not None and cue not in answered and cue.channel == run.channel:
            told.add(cue)
        answered.add(cue)
        given = given_to.setdefault(cue, deque(maxlen=options.card_groups))
        if subject is Subject.ORDINARY and (
            cue in spent or _is_before_card(cue, run, cards_end_ms) or _is_spent(dialogue, given, run, options)
        ):
            spent.add(cue)
            subject = Subject.UNKNOWN
        if (
            subject in _MAYBE_ELSE
            and not line.is_keyed
            and (cards_end_ms or subject not in _OF_GIVEN_CARDS)
            and others.are_answered(run, subject, given)
        ):
            subject = Subject.ORDINARY
        asked = answers and (_asks_for_whole(cue, run) or _is_asked_back(dialogue, cue, run))
        continues = subject in _WHOLE_NUMBERS and (asked or _is_under_way(given, run, options))
        if subject is Subject.CARD_NAMED and answers and _asks_for_whole(cue, run):
            continues = continues or _is_begun(line, run, options)
        soon = cue not in told and _is_soon(cue, run, options)
        begun = subject is Subject.CARD_NAMED and _is_half_given(dialogue, given, run, options)
        pieces = _pieces(
            run, line, (cue, subject), options, answers=answers, continues=continues, soon=soon, begun=begun
        )
        if soon and cue is not None and subject is Subject.CODE and dialogue.asked_with(cue, Topic.EXPIRY):
            pieces = with_years(pieces, run, line)
        if not pieces and (len(run.value) >= options.least_telephone or _is_asked_short(cue, run)):
            given.append(run)
        for piece in pieces:
            given.append(piece)
            current = last_by_channel.get(run.channel)
            if (
                current is None
                or not _is_continued(dialogue, current, piece, (cue, subject), options)
                or _is_answered_meanwhile(current, piece, last_by_channel.values(), options)
                or (cards_end_ms and _is_of_telephone(dialogue, current, piece, options))
            ):
                current = last_by_channel[run.channel] = _Growing(run.channel, subject, cue)
                found.append(current)
            current.add(piece)
            if current.digits >= options.phase.least_card_digits and subject is not Subject.ORDINARY:
                insort(cards_end_ms, piece.span.end_ms)
    candidates = (Candidate(one.channel, one.subject, one.cue, tuple(one.runs)) for one in found)
    return sorted(candidates, key=lambda candidate: candidate.span.start_ms)


def _announced(
    dialogue: Dialogue, run: NumberRun, cards_end_ms: Sequence[int], options: CandidateOptions
) -> tuple[Cue | None, Subject]:
    """What governs digits, and what they are taken for."""
    cue = governing_cue(dialogue, run, options.subjects)
    subject = subject_of(dialogue, cue, run, options.subjects)
    of_card = cue is not None and cue.topic in _NAMED and _is_card_given(cue, cards_end_ms, options)
    if of_card and cue is not None and cue.topic is Topic.EXPIRY_NAMED:
        subject = Subject.EXPIRY
    if subject is Subject.CARD_NAMED and cue is not None and _is_asked_for(dialogue, cue, run):
        subject = Subject.CARD
    if subject in _MAYBE_BIRTHDAYS and is_birthday(run.value, with_year=not _asks_birthday(dialogue, cue)):
        return cue, Subject.ORDINARY
    if subject is Subject.CODE and cue is not None and is_date_before_code(dialogue, cue, run, options.phase):
        return cue, Subject.EXPIRY
    if subject is Subject.ORDINARY and cue is not None and cue.topic is Topic.EXPIRY_NAMED:
        given = is_answer_in_payment(dialogue, run, cards_end_ms, options.phase)
        return cue, Subject.EXPIRY if given else subject
    if subject in _OF_CARDS and is_behind_card(dialogue, run, cards_end_ms, options.card_dates, options.phase):
        return cue, Subject.PAYMENT
    if subject in _NOT_UNDERSTOOD and is_answer_in_payment(dialogue, run, cards_end_ms, options.phase):
        return cue, Subject.PAYMENT
    whole = len(run.value) >= min(options.phase.code_digits)
    return cue, Subject.CODE if of_card and whole and subject is Subject.UNKNOWN else subject


def _is_card_given(cue: Cue, cards_end_ms: Sequence[int], options: CandidateOptions) -> bool:
    """Whether the number of a card was given lately before a cue, though nobody may have called it one."""
    last = bisect_left(cards_end_ms, cue.start_ms) - 1
    return last >= 0 and cue.start_ms - cards_end_ms[last] <= options.given_ms


def _asks_birthday(dialogue: Dialogue, cue: Cue | None) -> bool:
    """Whether a birthday is asked for in the sentence of a cue: "your date of birth and your social"."""
    return cue is not None and any(
        (cue.channel, dialogue.lines[cue.channel].sentences[place]) in dialogue.sentences_by_topic.get(Topic.SHORT, ())
        for place in (cue.first, cue.last)
    )


def _is_asked_for(dialogue: Dialogue, named: Cue, run: NumberRun) -> bool:
    """Whether the other side was ready for the number of a card that was named: "read me the number"."""
    cues = dialogue.cues_within(named.start_ms, run.span.start_ms)
    return any(cue.topic is Topic.READY and cue.channel != run.channel for cue in cues)


def _is_soon(cue: Cue | None, run: NumberRun, options: CandidateOptions) -> bool:
    """Whether the other side asked just before."""
    asked = cue is not None and cue.channel != run.channel
    return asked and cue is not None and run.span.start_ms - cue.end_ms <= options.soon_ms


def _asks_for_whole(cue: Cue | None, run: NumberRun) -> bool:
    """Whether the other side asked for, or named, what is a whole number."""
    whole = (Topic.CARD, Topic.CARD_NAMED, Topic.SOCIAL)
    return cue is not None and cue.topic in whole and cue.channel != run.channel


def _is_asked_back(dialogue: Dialogue, cue: Cue | None, run: NumberRun) -> bool:
    """Whether the other side asked for what the speaker has named himself: "you'll want my social." "What is it?"."""
    if cue is None or cue.topic not in (Topic.CARD, Topic.SOCIAL) or cue.channel != run.channel:
        return False
    return dialogue.is_talked_into(run.channel, cue.end_ms, run.span.start_ms)


def _is_begun(line: Line, run: NumberRun, options: CandidateOptions) -> bool:
    """Whether a long number follows soon with hardly a word between, to which digits written as an amount belong:
    "$75.77. No, hang on, $5777 ..."."""
    place = bisect_left(line.runs, run.words[0], key=lambda one: one.words[0]) + 1
    if place >= len(line.runs) or line.runs[place].span.start_ms - run.span.end_ms > options.link_ms:
        return False
    following = line.runs[place]
    soon = line.spoken_between(run.words[1], following.words[0]) <= options.link_words_short
    return soon and len(following.value) >= options.begun_digits


def _is_spent(dialogue: Dialogue, given: Sequence[NumberRun], run: NumberRun, options: CandidateOptions) -> bool:
    """Whether what was asked for has been given, and other talk since: what follows answers another question."""
    own = next((one for one in reversed(given) if one.channel == run.channel), None)
    if own is None:
        return False
    return has_talked(dialogue, own.span.end_ms, run.span.start_ms, options.moved_on_words)


def _is_asked_short(cue: Cue | None, run: NumberRun) -> bool:
    """Whether digits that are none of a number, as a time of day, answer the other side's question for such ones."""
    return cue is not None and cue.topic is Topic.SHORT and cue.channel != run.channel


def _is_before_card(cue: Cue | None, run: NumberRun, cards_end_ms: Sequence[int]) -> bool:
    """Whether the number of a card was given since something else was named in passing, or said what it is: what
    follows goes with the card."""
    if cue is None or cue.topic not in _PASSING or not cards_end_ms:
        return False
    last = bisect_left(cards_end_ms, run.span.start_ms) - 1
    return last >= 0 and cue.start_ms < cards_end_ms[last]


def _is_under_way(given: Sequence[NumberRun], run: NumberRun, options: CandidateOptions) -> bool:
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


def _is_half_given(dialogue: Dialogue, given: Sequence[NumberRun], run: NumberRun, options: CandidateOptions) -> bool:
    """Whether the first groups of a card were given right before, and hardly anything said since: "4433 1334." "Okay."
    "877-345-7284."."""
    before = next(iter(reversed(given)), None)
    if before is None or before.channel != run.channel or not _is_under_way(given, run, options):
        return False
    begun = begins_like_a_card(given[0].value) and sum(len(one.value) for one in given) >= options.continued_digits
    return begun and not has_talked(dialogue, before.span.end_ms, run.span.start_ms, options.moved_on_words)


def _pieces(
    run: NumberRun,
    line: Line,
    governed: tuple[Cue | None, Subject],
    options: CandidateOptions,
    *,
    answers: bool,
    continues: bool,
    soon: bool,
    begun: bool,
) -> list[NumberRun]:
    """The digits without amounts; what a card ends in and what was keyed stay whole."""
    cue, subject = governed
    if line.is_keyed or (_names_part(cue, run, line, subject, options) and not is_of_an_email(run.groups[-1], line)):
        return [run]
    return without_amounts(
        run, line, subject, options.amounts, answers=answers, continues=continues, soon=soon, begun=begun
    )


def _is_continued(
    dialogue: Dialogue,
    before: _Growing,
    run: NumberRun,
    governed: tuple[Cue | None, Subject],
    options: CandidateOptions,
) -> bool:
    cue, subject = governed
    line = dialogue.lines[run.channel]
    goes_on = before.subject is subject and _goes_on(before, run, line, options)
    named_anew = subject is Subject.ORDINARY and cue is not None and _is_named_between(before, run, cue)
    asked_anew = subject in _OF_GIVEN_CARDS and _is_asked_anew(before, run, cue)
    return goes_on and not (named_anew or asked_anew) and not _has_moved_on(dialogue, before, run, subject, options)


def _is_answered_meanwhile(
    before: _Growing, run: NumberRun, latest: Iterable[_Growing], options: CandidateOptions
) -> bool:
    """Whether the other side has given a whole number of that subject since, "nine?" "029 74 9335." "And 783 ...", and
    not the one that was begun, which it knows: "219 09" "219 09 9999, I have it." "9999, right."."""
    if before.subject not in _WHOLE_NUMBERS:
        return False
    whole = options.social_digits if before.subject is Subject.SOCIAL else options.whole_digits
    begun = "".join(one.value for one in before.runs)
    return any(
        one.channel != before.channel
        and not "".join(part.value for part in one.runs).startswith(begun)
        and one.subject is before.subject
        and one.digits >= whole
        and before.runs[-1].span.end_ms <= one.runs[0].span.start_ms
        and one.runs[-1].span.end_ms <= run.span.start_ms
        for one in latest
    )


def _is_of_telephone(dialogue: Dialogue, before: _Growing, run: NumberRun, options: CandidateOptions) -> bool:
    """Whether digits behind a card, or those before them, are a telephone number by their form, and the other side has
    talked in between: "... 8995." "And your number, in case?" "877-345-7284."."""
    if before.subject not in _OF_CARDS or not any(is_telephone(one) for one in (before.runs[-1], run)):
        return False
    return has_talked(dialogue, before.runs[-1].span.end_ms, run.span.start_ms, options.moved_on_words)


def is_telephone(run: NumberRun) -> bool:
    """Whether digits are as many as those of a telephone number, are said as such a one, and no card begins so."""
    telephone = len(run.value) in TELEPHONE_DIGITS and is_said_as_phone(run)
    return telephone and not begins_like_a_card(run.value)


def _is_named_between(before: _Growing, run: NumberRun, cue: Cue) -> bool:
    """Whether the speaker has named a telephone number since: "57699485." "My phone's 597 874 4217"."""
    if len(run.value) not in TELEPHONE_DIGITS:
        return False
    return cue.channel == run.channel and before.runs[-1].words[1] < cue.first <= cue.last < run.words[0]


def _is_asked_anew(before: _Growing, run: NumberRun, cue: Cue | None) -> bool:
    """Whether the other side has asked again for the date or the code of a card: "it has expired, the new one?"."""
    if cue is None or cue == before.cue or cue.channel == run.channel:
        return False
    return before.runs[-1].span.end_ms <= cue.start_ms


def _has_moved_on(
    dialogue: Dialogue, before: _Growing, run: NumberRun, subject: Subject, options: CandidateOptions
) -> bool:
    """Whether a whole number has been given, or is now, and either side has said more than a nod in between."""
    whole = before.digits >= (options.social_digits if subject is Subject.SOCIAL else options.whole_digits)
    whole = whole or (subject is Subject.UNKNOWN and before.digits + len(run.value) > LONGEST)
    if not (whole or len(run.value) >= options.card_digits) or len(run.value) <= options.continued_digits:
        return False
    return has_talked(dialogue, before.runs[-1].span.end_ms, run.span.start_ms, options.moved_on_words)


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


def _names_part(cue: Cue | None, run: NumberRun, line: Line, subject: Subject, options: CandidateOptions) -> bool:
    """Whether the digits are what a card ends in: recognisers write "seventy seven ninety five" as an amount."""
    if cue is None or cue.topic is not Topic.PART or subject not in (Subject.CARD, Subject.SOCIAL):
        return False
    dressed = run.groups[0].shape is Shape.MONEY and len(run.value) in options.bent_part_digits
    if len(run.value) != options.part_digits and not (dressed and cue.channel == run.channel):
        return False
    if cue.channel != run.channel:
        return _is_soon(cue, run, options) and line.words_beside(run.words[0]) <= options.part_beside
    return 0 < run.words[0] - cue.last <= options.part_within


def _goes_on(before: _Growing, run: NumberRun, line: Line, options: CandidateOptions) -> bool:
    """A lone digit or two must follow closely: "4111 ... 11", but not "4111 ... I am 86"."""
    last = before.runs[-1]
    words = options.link_words if len(run.value) > options.short_digits else options.link_words_short
    near = run.span.start_ms - last.span.end_ms <= options.link_ms
    return near and line.spoken_between(last.words[1], run.words[0]) <= words
