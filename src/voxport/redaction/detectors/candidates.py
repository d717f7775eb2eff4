"""What digits are said about: the cue that governs them, weighed over the flow of the dialogue."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import takewhile

from voxport.core.transcript import Span
from voxport.language.numbers import Group, NumberRun
from voxport.language.numbers.atoms import Shape
from voxport.redaction.dialogue.lines import Cue, Dialogue, Line
from voxport.redaction.dialogue.phrases import MONTHS, STREETS, UNITS, WEAK_UNITS, Topic


class Subject(StrEnum):
    """What a stretch of digits is taken for."""

    CARD = "card"
    CARD_NAMED = "card named"
    EXPIRY = "expiry"
    CODE = "code"
    SOCIAL = "social"
    ORDINARY = "ordinary"
    ASKED = "asked"
    """Dictated on request, of what was not understood."""
    UNKNOWN = "unknown"


_LASTS_MS = {
    Topic.CARD: 120_000,
    Topic.CARD_NAMED: 60_000,
    Topic.PART: 45_000,
    Topic.EXPIRY: 60_000,
    Topic.EXPIRY_NAMED: 60_000,
    Topic.CODE: 60_000,
    Topic.CODE_NAMED: 30_000,
    Topic.SOCIAL: 120_000,
    Topic.ORDINARY: 60_000,
    Topic.SHORT: 60_000,
    Topic.ORDINARY_NAMED: 20_000,
    Topic.AMOUNT: 15_000,
    Topic.READY: 30_000,
}
"""How long after a cue digits may still belong to it: people look for the card, or are put on hold."""
_NAMED = (Topic.CARD_NAMED, Topic.CODE_NAMED, Topic.ORDINARY_NAMED)
_PAYMENT = (Topic.CARD, Topic.CARD_NAMED, Topic.EXPIRY, Topic.CODE)
_CONTEXT_MS = 120_000
_SUBJECTS = {
    Topic.CARD: Subject.CARD,
    Topic.CARD_NAMED: Subject.CARD_NAMED,
    Topic.EXPIRY: Subject.EXPIRY,
    Topic.EXPIRY_NAMED: Subject.EXPIRY,
    Topic.CODE: Subject.CODE,
    Topic.CODE_NAMED: Subject.CODE,
    Topic.SOCIAL: Subject.SOCIAL,
    Topic.ORDINARY: Subject.ORDINARY,
    Topic.SHORT: Subject.ORDINARY,
    Topic.ORDINARY_NAMED: Subject.ORDINARY,
    Topic.AMOUNT: Subject.ORDINARY,
    Topic.READY: Subject.ASKED,
}


@dataclass(frozen=True)
class Candidate:
    """Digits that one side gives about one subject, in one or several stretches."""

    channel: int
    subject: Subject
    cue: Cue | None
    runs: tuple[NumberRun, ...]

    @cached_property
    def value(self) -> str:
        return "".join(run.value for run in self.runs)

    @property
    def groups(self) -> tuple[Group, ...]:
        return tuple(group for run in self.runs for group in run.groups)

    @property
    def span(self) -> Span:
        return Span(self.runs[0].span.start_ms, self.runs[-1].span.end_ms)


_LINK_MS = 8_000
_LONGEST = {Topic.AMOUNT: 5, Topic.SHORT: 8, Topic.ORDINARY_NAMED: 8}
"""How many digits a cue that is said in passing can be about."""
_LINK_WORDS = 12
_LINK_WORDS_SHORT = 3
_SHORT = 2
_PART = 4


def read_candidates(dialogue: Dialogue) -> list[Candidate]:
    """Every stretch of digits with what governs it, those that go on from one another joined; in order of time.

    Amounts, dates, times and counts are cut out: they are no part of a number that is given.
    """
    candidates: list[Candidate] = []
    open_by_channel: dict[int, Candidate] = {}
    for run in dialogue.runs():
        line = dialogue.lines[run.channel]
        cue = governing(dialogue, run)
        subject = subject_of(dialogue, cue, run)
        named = _names_part(cue, run, subject)
        for piece in [run] if named else _without_amounts(run, line, subject):
            before = open_by_channel.get(run.channel)
            if before is not None and before.subject is subject and _goes_on(before, piece, line):
                joined = Candidate(before.channel, subject, before.cue, (*before.runs, piece))
                candidates[candidates.index(before)] = open_by_channel[run.channel] = joined
            else:
                open_by_channel[run.channel] = candidate = Candidate(run.channel, subject, cue, (piece,))
                candidates.append(candidate)
    return sorted(candidates, key=lambda candidate: candidate.span.start_ms)


def _names_part(cue: Cue | None, run: NumberRun, subject: Subject) -> bool:
    """Whether the digits are what a card ends in: recognisers write "seventy seven ninety five" as an amount."""
    if cue is None or cue.topic is not Topic.PART or subject not in (Subject.CARD, Subject.SOCIAL):
        return False
    return cue.channel == run.channel and 0 < run.words[0] - cue.last <= _SHORT and len(run.value) == _PART


def _goes_on(before: Candidate, run: NumberRun, line: Line) -> bool:
    """A lone digit or two must follow closely: "4111 ... 11", but not "4111 ... I am 86"."""
    last = before.runs[-1]
    words = _LINK_WORDS if len(run.value) > _SHORT else _LINK_WORDS_SHORT
    near = run.span.start_ms - last.span.end_ms <= _LINK_MS
    return near and line.spoken_between(last.words[1], run.words[0]) <= words


def governing(dialogue: Dialogue, run: NumberRun) -> Cue | None:
    """The cue that says what the digits are; None when none was said lately."""
    named = dialogue.named_after(run)
    if named is not None:
        return named
    current: Cue | None = None
    for cue in dialogue.cues_until(run):
        if len(run.value) > _LONGEST.get(cue.topic, len(run.value)):
            continue
        if current is None or not _is_outweighed(dialogue, cue, current):
            current = cue
    if current is None or run.span.start_ms - current.end_ms > _LASTS_MS[current.topic]:
        return None
    return current


def _is_outweighed(dialogue: Dialogue, cue: Cue, current: Cue) -> bool:
    """Whether the earlier cue stays in force: "the zip code of that card" is about a zip code."""
    if cue.topic is Topic.READY:
        return current.topic is not Topic.AMOUNT and cue.start_ms - current.end_ms <= _LASTS_MS[Topic.READY]
    if not dialogue.same_sentence(current, cue):
        return False
    if current.topic is Topic.PART:
        return cue.topic is Topic.ORDINARY_NAMED
    return cue.topic in _NAMED and current.topic not in _NAMED


def subject_of(dialogue: Dialogue, cue: Cue | None, run: NumberRun) -> Subject:
    """The subject of a cue; a part of a number belongs to what was spoken of around it."""
    if cue is None:
        return Subject.UNKNOWN
    if cue.topic is Topic.CODE_NAMED and not _spoken_of(dialogue, _PAYMENT, cue.start_ms, 60_000):
        return Subject.UNKNOWN
    if cue.topic is Topic.EXPIRY_NAMED and not _spoken_of(dialogue, _PAYMENT, cue.start_ms, 180_000):
        return Subject.ORDINARY
    if cue.topic is Topic.PART:
        return part_subject(dialogue, cue, run.span.start_ms)
    return _SUBJECTS[cue.topic]


def part_subject(dialogue: Dialogue, part: Cue, begin_ms: int) -> Subject:
    """What "the last four" are of: what the same sentence says, else what was last spoken of, secrets first."""
    near = [
        cue
        for cue in dialogue.cues
        if cue.topic is not Topic.PART and cue.end_ms > part.start_ms - _CONTEXT_MS and cue.start_ms < begin_ms + 5000
    ]
    for cue in near:
        if cue is not part and (dialogue.same_sentence(part, cue) or dialogue.same_sentence(cue, part)):
            subject = _SUBJECTS[cue.topic]
            return Subject.CARD if cue.topic in _PAYMENT else subject
    earlier = [cue for cue in near if cue.start_ms < part.start_ms]
    for cue in reversed(earlier):
        if cue.topic in _PAYMENT:
            return Subject.CARD
        if cue.topic is Topic.SOCIAL:
            return Subject.SOCIAL
    return Subject.ORDINARY if earlier else Subject.UNKNOWN


def _spoken_of(dialogue: Dialogue, topics: Sequence[Topic], at_ms: int, within_ms: int) -> bool:
    return any(cue.topic in topics and abs(cue.start_ms - at_ms) <= within_ms for cue in dialogue.cues)


def is_payment_spoken_of(dialogue: Dialogue) -> bool:
    """Whether a payment card is spoken of anywhere in the call."""
    return any(cue.topic in _PAYMENT[:2] for cue in dialogue.cues)


_PHONE = re.compile(r"(?:\+?1[-.])?\(?\d{3}\)?[-.]\d{3}[-.]\d{4}")
_AMOUNTS = (Shape.MONEY, Shape.PERCENT, Shape.ORDINAL)
_LETTERS = 2
_WEAK = (Subject.UNKNOWN, Subject.ASKED, Subject.ORDINARY, Subject.CARD_NAMED)
"""Subjects under which digits are easily something else."""
_YEARS = range(1900, 2100)
_YEAR_WORDS = frozenset({"in", "since", "until", "from", "year", "en", "desde", "hasta", "ano", "del"})
_CLOCKS = (Shape.CLOCK, Shape.DECIMAL)
_CLOCK_GROUPS = 2
_CLOCK_WORDS = frozenset({"at", "until", "till", "before", "after", "by", "around", "las", "hasta"})
_TIME_WORDS = frozenset({"at", "around", "by", "las", "la"})


def _without_amounts(run: NumberRun, line: Line, subject: Subject) -> list[NumberRun]:
    pieces: list[list[Group]] = [[]]
    for index, group in enumerate(run.groups):
        if is_amount(run.groups, index, line, subject):
            pieces.append([])
        else:
            pieces[-1].append(group)
    return [
        NumberRun(run.channel, tuple(groups), (groups[0].words[0], groups[-1].words[1])) for groups in pieces if groups
    ]


_NO_AMOUNT = 13
"""So many digits are none of these, however they are dressed: recognisers write `4,111,111,111,111,111` for a card."""


def is_amount(groups: Sequence[Group], index: int, line: Line, subject: Subject) -> bool:
    """Whether a group is an amount, a date, a time of day or a count, whatever was spoken of before."""
    group = groups[index]
    if len(group.text) >= _NO_AMOUNT:
        return False
    if (group.shape in _AMOUNTS or _is_name(group, line)) and not (
        subject is Subject.EXPIRY and group.shape is Shape.ORDINAL
    ):
        return True
    last = index == len(groups) - 1
    after = line.after(group.words[1]) if last else ()
    if after and _is_unit(after[0], line) and (subject in _WEAK or after[0] not in WEAK_UNITS):
        return len(group.text) <= 4 and (len(groups) == 1 or group.large)
    if _is_phone_word(group, line) and subject is not Subject.CARD:
        return True
    if subject is Subject.EXPIRY:
        return False
    if last and subject is not Subject.CARD and _is_house(group, line):
        return True
    before = line.before(group.words[0])
    months = MONTHS.get(line.language, frozenset())
    if index == 0 and before:
        if (before[0] in months or (after and after[0] in months)) and (group.value <= 31 or group.value in _YEARS):
            return True
        if len(groups) <= 2 and before[0] in _YEAR_WORDS and group.value in _YEARS:
            return True
        if subject in _WEAK and last and before[0] in _TIME_WORDS and _is_clock(group):
            return True
    if len(groups) <= _CLOCK_GROUPS and before and before[0] in _CLOCK_WORDS and group.shape in _CLOCKS:
        return True
    if index > 0 and groups[0].words[0] and line.before(groups[0].words[0])[:1] and group.value in _YEARS:
        return line.before(groups[0].words[0])[0] in months
    return (
        group.shape in (Shape.CLOCK, Shape.DECIMAL, Shape.THOUSANDS)
        and len(groups) == 1
        and subject in (Subject.UNKNOWN, Subject.ORDINARY, Subject.CARD_NAMED)
    )


def _is_clock(group: Group) -> bool:
    """Whether digits can be a time of day, `330`."""
    return len(group.text) in (3, 4) and 1 <= group.value // 100 <= 12 and group.value % 100 < 60


def _is_phone_word(group: Group, line: Line) -> bool:
    """Whether the group is part of one word written as a phone number, `617-555-0142`."""
    word = line.words[group.words[0]].text
    return group.words[0] == group.words[1] and _PHONE.fullmatch(word) is not None


def _is_name(group: Group, line: Line) -> bool:
    """Whether the digits stand among letters: an order `HC55729`, an address `mark86@example.com`."""
    word = line.words[group.words[0]].text
    return group.shape is Shape.MIXED and sum(sign.isalpha() for sign in word) >= _LETTERS


def _is_house(group: Group, line: Line) -> bool:
    after = line.after(group.words[1], 4)
    name = list(takewhile(lambda word: not any(sign.isdecimal() for sign in word), after))
    return any(word in STREETS.get(line.language, ()) for word in name)


def _is_unit(word: str, line: Line) -> bool:
    return word in UNITS.get(line.language, ())
