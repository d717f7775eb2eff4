"""Candidates for a secret: the stretches of digits of a call, each with the subject that it is said about."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from voxport.core.transcript import Span
from voxport.language.numbers import Group, NumberRun
from voxport.redaction.detectors.amounts import AmountOptions, without_amounts
from voxport.redaction.detectors.payment_phase import PaymentPhaseOptions, is_answer_in_payment
from voxport.redaction.detectors.subjects import Subject, SubjectOptions, governing_cue, subject_of
from voxport.redaction.dialogue.lines import Cue, Dialogue, Line
from voxport.redaction.dialogue.word_lists import Topic, common_words

_NOT_UNDERSTOOD = (Subject.UNKNOWN, Subject.CARD, Subject.CARD_NAMED, Subject.ASKED)
"""Subjects of digits before which nothing says that they are a date or a code."""


@dataclass(frozen=True, slots=True)
class CandidateOptions:
    """Which stretches of digits are one number, and what they are about."""

    subjects: SubjectOptions = field(default_factory=SubjectOptions)
    amounts: AmountOptions = field(default_factory=AmountOptions)
    phase: PaymentPhaseOptions = field(default_factory=PaymentPhaseOptions)
    link_ms: int = 8_000
    """ms of pause within one number; 20 000 at first, lowered on the development calls, why was not recorded."""
    link_words: int = 12
    """Words of the same speaker within one number ("let me see, then it says"). A judgement."""
    link_words_short: int = 3
    """The same before a lone digit or two: "4111 ... 11", but not "4111 ... I am 86"."""
    whole_digits: int = 12
    """Digits of a number that may be whole: the shortest card has 12, and one of 15 may have lost some."""
    card_digits: int = 15
    """With fewer digits a card number is not whole (Amex has 15)."""
    continued_digits: int = 4
    """Digits of what goes on from a whole number all the same: its date and its code."""
    moved_on_words: int = 3
    """Words other than nods, of either side, after which digits are no part of such a number: "and my phone is"."""
    short_digits: int = 2
    """Digits of such a short stretch: ages and counts have two."""
    part_digits: int = 4
    """Digits in "ends in 7795", which recognisers write as an amount ($77.95); the length of the usual part."""
    part_within: int = 2
    """Words and marks between "ends in" and such digits: right behind it."""


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


def read_candidates(dialogue: Dialogue, options: CandidateOptions) -> list[Candidate]:
    """Every stretch of digits with what governs it, those that go on from one another joined; in order of time.

    Amounts, dates, times and counts are cut out: they are no part of a number that is given.
    """
    candidates: list[Candidate] = []
    open_by_channel: dict[int, Candidate] = {}
    answered: set[Cue | None] = set()
    for run in dialogue.runs():
        line = dialogue.lines[run.channel]
        cue = governing_cue(dialogue, run, options.subjects)
        subject = subject_of(dialogue, cue, run, options.subjects)
        if subject in _NOT_UNDERSTOOD and is_answer_in_payment(
            dialogue, run, _cards(candidates, options), options.phase
        ):
            subject = Subject.PAYMENT
        answers = subject is Subject.PAYMENT or (cue is not None and cue not in answered)
        answered.add(cue)
        named = _names_part(cue, run, subject, options)
        continues = subject is Subject.CARD and _is_under_way(candidates, run, cue, options)
        pieces = (
            [run]
            if named or line.is_keyed
            else without_amounts(run, line, subject, options.amounts, answers=answers, continues=continues)
        )
        for piece in pieces:
            before = open_by_channel.get(run.channel)
            goes_on = before is not None and before.subject is subject and _goes_on(before, piece, line, options)
            if before is not None and goes_on and not _has_moved_on(dialogue, before, piece, options):
                joined = Candidate(before.channel, subject, before.cue, (*before.runs, piece))
                candidates[candidates.index(before)] = open_by_channel[run.channel] = joined
            else:
                open_by_channel[run.channel] = candidate = Candidate(run.channel, subject, cue, (piece,))
                candidates.append(candidate)
    return sorted(candidates, key=lambda candidate: candidate.span.start_ms)


def _is_under_way(candidates: Sequence[Candidate], run: NumberRun, cue: Cue | None, options: CandidateOptions) -> bool:
    """Whether a card number has been begun just before, and is not whole; groups that are read back count once."""
    given = [one for candidate in candidates if candidate.cue == cue for one in candidate.runs]
    near = any(run.span.start_ms - one.span.end_ms <= options.link_ms for one in given)
    if not near or max(len(one.value) for one in given) >= options.card_digits:
        return False
    for channel in {one.channel for one in given}:
        groups = [group.text for one in given for group in one.groups if one.channel == channel]
        once = {text for text in groups if len(text) > options.short_digits}
        if sum(map(len, once)) + sum(len(text) for text in groups if text not in once) >= options.card_digits:
            return False
    return True


def _cards(candidates: Iterable[Candidate], options: CandidateOptions) -> Iterator[NumberRun]:
    """The last stretch of each candidate that is as long as a card number and was announced as one, or as nothing."""
    for candidate in candidates:
        if len(candidate.value) >= options.phase.least_card_digits and candidate.subject is not Subject.ORDINARY:
            yield candidate.runs[-1]


def _has_moved_on(dialogue: Dialogue, before: Candidate, run: NumberRun, options: CandidateOptions) -> bool:
    """Whether a whole number has been given, and the other side or the same one has said more than a nod since."""
    if len(before.value) < options.whole_digits or len(run.value) <= options.continued_digits:
        return False
    since = before.runs[-1].span.end_ms
    nods = common_words().nods
    until = run.span.start_ms
    said = (
        place
        for line in dialogue.lines.values()
        for begin in [bisect_left(line.words, since, key=lambda word: word.start_ms)]
        for place in range(begin, bisect_left(line.words, until, key=lambda word: word.start_ms))
        if line.plain_words[place] and line.plain_words[place] not in nods
    )
    return len(list(islice(said, options.moved_on_words))) >= options.moved_on_words


def _names_part(cue: Cue | None, run: NumberRun, subject: Subject, options: CandidateOptions) -> bool:
    """Whether the digits are what a card ends in: recognisers write "seventy seven ninety five" as an amount."""
    if cue is None or cue.topic is not Topic.PART or subject not in (Subject.CARD, Subject.SOCIAL):
        return False
    right_behind = cue.channel == run.channel and 0 < run.words[0] - cue.last <= options.part_within
    return right_behind and len(run.value) == options.part_digits


def _goes_on(before: Candidate, run: NumberRun, line: Line, options: CandidateOptions) -> bool:
    """A lone digit or two must follow closely: "4111 ... 11", but not "4111 ... I am 86"."""
    last = before.runs[-1]
    words = options.link_words if len(run.value) > options.short_digits else options.link_words_short
    near = run.span.start_ms - last.span.end_ms <= options.link_ms
    return near and line.spoken_between(last.words[1], run.words[0]) <= words
