"""Candidates for a secret: the stretches of digits of a call, each with the subject that it is said about."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from voxport.core.transcript import Span
from voxport.language.numbers import Group, NumberRun
from voxport.language.numbers.atoms import Shape
from voxport.redaction.detectors.amounts import is_of_an_email, without_amounts
from voxport.redaction.detectors.asked_else import OtherQuestions
from voxport.redaction.detectors.candidate_options import CandidateOptions
from voxport.redaction.detectors.card_dates import DATES, is_behind_card, is_date_before_code, with_years
from voxport.redaction.detectors.dates import is_birthday
from voxport.redaction.detectors.number_flow import (
    OF_CARDS,
    OF_GIVEN_CARDS,
    WHOLE_NUMBERS,
    Growing,
    is_answered_meanwhile,
    is_begun,
    is_continued,
    is_half_given,
    is_of_telephone,
    is_spent,
    is_under_way,
)
from voxport.redaction.detectors.payment_phase import is_answer_in_payment
from voxport.redaction.detectors.subjects import Subject, governing_cue, subject_of
from voxport.redaction.dialogue.answering import answered_by
from voxport.redaction.dialogue.lines import Cue, Dialogue, Line
from voxport.redaction.dialogue.word_lists import Topic

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
_PASSING = (Topic.ORDINARY_NAMED, Topic.SHORT, Topic.AMOUNT)
"""Topics of short numbers, of which the number of a card is none."""
_NAMED = (Topic.EXPIRY_NAMED, Topic.CODE_NAMED)
"""What goes with a card where one was given."""


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
    found: list[Growing] = []
    last_by_channel: dict[int, Growing] = {}
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
            cue in spent or _is_before_card(cue, run, cards_end_ms) or is_spent(dialogue, given, run, options)
        ):
            spent.add(cue)
            subject = Subject.UNKNOWN
        if (
            subject in _MAYBE_ELSE
            and not line.is_keyed
            and (cards_end_ms or subject not in OF_GIVEN_CARDS)
            and others.are_answered(run, subject, given)
        ):
            subject = Subject.ORDINARY
        asked = answers and (_asks_for_whole(cue, run) or _is_asked_back(dialogue, cue, run))
        continues = subject in WHOLE_NUMBERS and (asked or is_under_way(given, run, options))
        if subject is Subject.CARD_NAMED and answers and _asks_for_whole(cue, run):
            continues = continues or is_begun(line, run, options)
        soon = cue not in told and _is_soon(cue, run, options)
        opens = continues and not asked and _opens_answer(dialogue, run)
        begun = subject is Subject.CARD_NAMED and is_half_given(dialogue, given, run, options)
        pieces = _pieces(
            run,
            line,
            (cue, subject),
            options,
            answers=answers,
            continues=continues,
            opens=opens,
            soon=soon,
            begun=begun,
        )
        if soon and cue is not None and subject is Subject.CODE and dialogue.asked_with(cue, DATES):
            pieces = with_years(pieces, run, line)
        if not pieces and (len(run.value) >= options.least_telephone or _is_asked_short(cue, run)):
            given.append(run)
        for piece in pieces:
            given.append(piece)
            current = last_by_channel.get(run.channel)
            if (
                current is None
                or not is_continued(dialogue, current, piece, (cue, subject), options)
                or is_answered_meanwhile(current, piece, last_by_channel.values(), options)
                or (cards_end_ms and is_of_telephone(dialogue, current, piece, options))
            ):
                current = last_by_channel[run.channel] = Growing(run.channel, subject, cue)
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
    if subject in OF_CARDS and is_behind_card(dialogue, run, cards_end_ms, options.card_dates, options.phase):
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


def _opens_answer(dialogue: Dialogue, run: NumberRun) -> bool:
    """Whether digits are the first word behind what the other side said: "and the rest?" "$57.40 for $15.50"."""
    line = dialogue.lines[run.channel]
    asked = answered_by(dialogue, line, run.words[0])
    if asked is None:
        return False
    before = next((at for at in range(run.words[0] - 1, -1, -1) if line.plain_words[at]), None)
    return before is None or line.words[before].start_ms < dialogue.lines[asked[0]].words[asked[1]].end_ms


def _asks_for_whole(cue: Cue | None, run: NumberRun) -> bool:
    """Whether the other side asked for, or named, what is a whole number."""
    whole = (Topic.CARD, Topic.CARD_NAMED, Topic.SOCIAL)
    return cue is not None and cue.topic in whole and cue.channel != run.channel


def _is_asked_back(dialogue: Dialogue, cue: Cue | None, run: NumberRun) -> bool:
    """Whether the other side asked for what the speaker has named himself: "you'll want my social." "What is it?"."""
    if cue is None or cue.topic not in (Topic.CARD, Topic.SOCIAL) or cue.channel != run.channel:
        return False
    return dialogue.is_talked_into(run.channel, cue.end_ms, run.span.start_ms)


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


def _pieces(
    run: NumberRun,
    line: Line,
    governed: tuple[Cue | None, Subject],
    options: CandidateOptions,
    *,
    answers: bool,
    continues: bool,
    opens: bool,
    soon: bool,
    begun: bool,
) -> list[NumberRun]:
    """The digits without amounts; what a card ends in and what was keyed stay whole."""
    cue, subject = governed
    if line.is_keyed or (_names_part(cue, run, line, subject, options) and not is_of_an_email(run.groups[-1], line)):
        return [run]
    return without_amounts(
        run,
        line,
        subject,
        options.amounts,
        answers=answers,
        continues=continues,
        opens=opens,
        soon=soon,
        begun=begun,
    )


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
