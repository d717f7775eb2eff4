"""The date of a card said once more, in words or figures, or mended: "08/30." "August 2030?" "No, August 2031."."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from voxport.language.numbers import NumberRun
from voxport.language.numbers.atoms import Shape
from voxport.redaction.detectors.card_months import MonthOptions, months_beside
from voxport.redaction.detectors.matches import Match, match_of
from voxport.redaction.detectors.subjects import Subject, SubjectOptions, governing_cue, subject_of
from voxport.redaction.dialogue.lines import Dialogue, Line
from voxport.redaction.dialogue.word_lists import common_words, word_lists_of

_YEARS = range(24, 50)
"""The last two digits of the years in which cards expire."""
_MONTHS = range(1, 13)
_CENTURY = "20"
_YEAR_DIGITS = 2
_FIGURES = 4
"""Figures of a month and a year that are written in one."""
_NEVER = (Shape.CLOCK, Shape.DECIMAL, Shape.MONEY)
"""Shapes of what is written as a time or an amount, which no date is that was just understood."""
_NEAREST = 8
"""Dates of cards before a number among which its own is looked for: a call has few."""


@dataclass(frozen=True, slots=True)
class DateAgainOptions:
    """How long a date that was given is known again."""

    same_ms: int = 60_000
    """ms from the date of a card in which a month with the same year is that date; as for short secrets."""
    mended_ms: int = 8_000
    """ms in which the same month with another year, or the reverse, mends it. A judgement, as for any answer."""


@dataclass(frozen=True, order=True, slots=True)
class _CardDate:
    """A month and a year, and when they were said."""

    end_ms: int
    month: str
    """Its name, or its figures without a zero in front."""
    year: str
    """Its last two digits."""

    @classmethod
    def of(cls, end_ms: int, digits: str, name: str | None) -> _CardDate | None:
        """Digits that are a month and a year of a card, or the year behind the name of a month; None for others."""
        year, before = digits[-_YEAR_DIGITS:], digits[:-_YEAR_DIGITS].removesuffix(_CENTURY)
        if len(year) < _YEAR_DIGITS or int(year) not in _YEARS:
            return None
        if name is not None:
            return cls(end_ms, name, year) if not before else None
        month = before.lstrip("0")
        return cls(end_ms, month, year) if month and len(month) <= _YEAR_DIGITS and int(month) in _MONTHS else None


def dates_again(
    dialogue: Dialogue,
    secrets: Sequence[Match],
    options: DateAgainOptions,
    months: MonthOptions,
    subjects: SubjectOptions,
) -> list[Match]:
    """The stretches that say the date of a card again, which are no secret yet, in order of time."""
    known = {(secret.channel, index) for secret in secrets for index in secret.words}
    given = sorted(_given(dialogue, secrets))
    found: list[Match] = []
    for run in dialogue.runs() if given else ():
        line = dialogue.lines[run.channel]
        if line.is_keyed or (run.channel, run.words[0]) in known or run.groups[0].shape in _NEVER:
            continue
        beside = months_beside(run.groups, line, months)
        if not beside and _is_time(line, run):
            continue
        date = _CardDate.of(run.span.end_ms, run.value, _name(line, beside))
        before = _before(run, given)
        if date is None or not _is_near(date, run, before, options):
            continue
        # Right behind a date its month and its year are that date, whatever word for something else was heard between.
        said_back = bool(beside) and any(_is_said_back(date, run, one, options) for one in before)
        if (
            said_back
            or subject_of(dialogue, governing_cue(dialogue, run, subjects), run, subjects) is not Subject.ORDINARY
        ):
            found.append(match_of(line, run.groups, beside))
            insort(given, date)
    return found


def _is_time(line: Line, run: NumberRun) -> bool:
    """Whether digits are rather a time of day: `230`, "by ten thirty"."""
    before = line.before(run.words[0])
    timed = bool(before) and before[0] in common_words().time_words
    return timed or (len(run.value) < _FIGURES and line.words[run.words[0]].text.isdecimal())


def _given(dialogue: Dialogue, secrets: Sequence[Match]) -> Iterator[_CardDate]:
    for secret in secrets:
        date = _CardDate.of(secret.span.end_ms, secret.digits, _name(dialogue.lines[secret.channel], secret.words))
        if date is not None:
            yield date


def _name(line: Line, words: Sequence[int]) -> str | None:
    """The name of a month among words."""
    months = word_lists_of(line.language).months
    return next((line.plain_words[index] for index in words if line.plain_words[index] in months), None)


def _before(run: NumberRun, given: Sequence[_CardDate]) -> Sequence[_CardDate]:
    """The last dates that were said before a number."""
    end = bisect_left(given, run.span.start_ms, key=lambda one: one.end_ms)
    return given[max(0, end - _NEAREST) : end]


def _is_near(date: _CardDate, run: NumberRun, before: Sequence[_CardDate], options: DateAgainOptions) -> bool:
    """Whether one of the dates before is the same, or is mended by this one."""
    begin_ms = run.span.start_ms
    return any(
        (one.year == date.year and begin_ms - one.end_ms <= options.same_ms)
        or (one.month == date.month and begin_ms - one.end_ms <= options.mended_ms)
        for one in before
    )


def _is_said_back(date: _CardDate, run: NumberRun, one: _CardDate, options: DateAgainOptions) -> bool:
    return one.year == date.year and run.span.start_ms - one.end_ms <= options.mended_ms
