"""The date of a card in forms that show it: joined by "of" behind the number of a card, "three of thirty", the month of
a date that is known, such a date said again in words or figures ("08/30." "August 2030?"), or mended ("no, 2031")."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from voxport.language.numbers import Group, NumberRun
from voxport.language.numbers.atoms import Shape
from voxport.redaction.detectors.card_numbers import SHORTEST
from voxport.redaction.detectors.expiry_figures import is_month, is_year
from voxport.redaction.detectors.matches import Match, match_of_words
from voxport.redaction.detectors.subjects import (
    Subject,
    SubjectOptions,
    governing_cue,
    is_of_a_document,
    subject_of,
)
from voxport.redaction.dialogue.lines import Dialogue, Line
from voxport.redaction.dialogue.word_lists import Topic, common_words, word_lists_of

_LONG_YEAR_DIGITS = 4
_BETWEEN = 3
"""Words and marks from a month to its year, both included, beside "of"."""
_DAY_WITHIN = 2
"""Words before the name of a month in which its day stands: "the 28th of February"."""
_WHOLE_CARD = 15
"""Digits of the shortest card that most networks issue."""
_SHORTEST_DATE = 3
"""Figures of a month and a year; so few that are written in one are a time of day as well."""
_NEVER = (Shape.CLOCK, Shape.DECIMAL, Shape.MONEY)
"""Shapes of what is written as a time or an amount, which no date is that was just understood."""
_DATES = (Topic.EXPIRY, Topic.EXPIRY_NAMED)


@dataclass(frozen=True, slots=True)
class JoinedDateOptions:
    """When a month and a year are those of a card."""

    again_ms: int = 120_000
    """ms around a date in which it is said again."""
    month_ms: int = 8_000
    """ms around a date in which a month alone is its month. A judgement."""
    joined_ms: int = 120_000
    """ms behind the number of a card, or behind what expires, in which "three of thirty" is its date."""
    mended_ms: int = 8_000
    """ms behind a date in which the same month with another year, or the reverse, mends it. A judgement."""
    longest_date: int = 8
    """Digits of a secret that may be a date with its month in one figure; in longer ones three meet by chance."""


@dataclass(frozen=True, slots=True)
class _Said:
    """A month and a year as somebody says them."""

    line: Line
    words: tuple[int, ...]
    digits: str
    """As they are said."""
    month: int
    year: int
    """Its last two digits."""
    joined: bool
    """Whether "of" or "slash" stands between both, as a day is hardly said."""
    named: bool
    """Whether the month is said by its name."""
    run: NumberRun
    """The number that holds its year."""

    @property
    def start_ms(self) -> int:
        return self.line.words[self.words[0]].start_ms

    @property
    def forms(self) -> tuple[str, str]:
        """In figures, with two for the month and with one."""
        return f"{self.month:02}{self.year:02}", f"{self.month}{self.year:02}"


def joined_dates(
    dialogue: Dialogue, secrets: Sequence[Match], options: JoinedDateOptions, subjects: SubjectOptions
) -> list[Match]:
    """The dates that are said again, or with an "of" behind the number of a card, and their months, which are no secret
    yet."""
    taken = {(secret.channel, index) for secret in secrets for index in secret.words}
    said = sorted((one for line in dialogue.lines.values() for one in _said_in(line)), key=_start_ms)
    known = _Known([one for one in said if _is_taken(one, taken)], secrets, options)
    found = []
    for one in said:
        words = [index for index in one.words if (one.line.channel, index) not in taken]
        if not words:
            continue
        of_card = one.joined and _is_behind_card(dialogue, one, secrets, options, subjects)
        begun = one.named and len(words) < len(one.words)
        again = _is_plain(one) and known.has(one)
        if begun or of_card or again or (known.is_mended_by(one) and _may_mend(dialogue, one, subjects)):
            found.append(match_of_words(one.line, one.words, one.digits))
            known.add(one)
    covered = {(match.channel, index) for match in found for index in match.words} | taken
    return [*found, *(match for line in dialogue.lines.values() for match in _months_alone(line, known, covered))]


class _Known:
    """The dates that were found."""

    def __init__(self, said: Sequence[_Said], secrets: Sequence[Match], options: JoinedDateOptions) -> None:
        self._options = options
        self._said = list(said)
        self._starts_ms = [one.start_ms for one in said]
        digits: dict[str, list[int]] = {}
        for secret in secrets:
            # Behind a whole card its date may stand in one with it; in the card itself four digits meet by chance.
            lone = len(secret.digits) <= options.longest_date
            for length in (3, 4) if lone else (4,):
                for at in range(0 if lone else _WHOLE_CARD, len(secret.digits) - length + 1):
                    digits.setdefault(secret.digits[at : at + length], []).append(secret.span.start_ms)
        self._digits = digits
        for one in said:
            self._add_forms(one)

    def _add_forms(self, one: _Said) -> None:
        for form in one.forms:
            self._digits.setdefault(form, []).append(one.start_ms)

    def add(self, one: _Said) -> None:
        place = bisect_left(self._starts_ms, one.start_ms)
        self._said.insert(place, one)
        self._starts_ms.insert(place, one.start_ms)
        self._add_forms(one)

    def has(self, one: _Said) -> bool:
        """Whether a date is one of them."""
        near = (self._digits.get(form, [])[-1:] + self._digits.get(form, [])[:1] for form in one.forms)
        return any(abs(one.start_ms - at_ms) <= self._options.again_ms for times_ms in near for at_ms in times_ms)

    def is_mended_by(self, one: _Said) -> bool:
        """Whether a date takes the place of one of them that was said just before."""
        first = bisect_left(self._starts_ms, one.start_ms - self._options.mended_ms)
        before = self._said[first : bisect_left(self._starts_ms, one.start_ms)]
        return any(other.month == one.month or other.year == one.year for other in before)

    def has_month(self, month: int, at_ms: int) -> bool:
        """Whether the date that was said just before or after a time has a month."""
        within_ms = self._options.month_ms
        first = bisect_left(self._starts_ms, at_ms - within_ms)
        end = bisect_left(self._starts_ms, at_ms + within_ms)
        return any(one.month == month for one in self._said[first:end])


def _months_alone(line: Line, known: _Known, covered: set[tuple[int, int]]) -> Iterator[Match]:
    """The names of months without a day, beside a date of that month: "oh eight twenty-seven." "Oh, August."."""
    everyday = word_lists_of(line.language).everyday
    for index, text in enumerate(line.plain_words):
        month = _month_numbers(line.language).get(text)
        if month is None or text in everyday or (line.channel, index) in covered or line.is_keyed:
            continue
        beside = line.runs_in(index - _DAY_WITHIN, index + 1)
        if not beside and known.has_month(month, line.words[index].start_ms):
            yield match_of_words(line, [index], "")


def _may_mend(dialogue: Dialogue, one: _Said, subjects: SubjectOptions) -> bool:
    """Whether a month and a year are said of nothing else."""
    subject = subject_of(dialogue, governing_cue(dialogue, one.run, subjects), one.run, subjects)
    return _is_plain(one) and subject is not Subject.ORDINARY


def _is_plain(one: _Said) -> bool:
    """Whether a month and a year are no amount, no time of day and no house: `230`, "by ten thirty", `431-Oak`."""
    if one.named:
        return True
    before = one.line.before(one.run.words[0])
    timed = bool(before) and before[0] in common_words().time_words
    short = len(one.run.value) <= _SHORTEST_DATE and one.line.words[one.run.words[0]].text.isdecimal()
    text = one.line.words[one.run.words[0]].text
    glued = any(sign.isdecimal() for sign in text) and any(sign.isalpha() for sign in text)
    return not timed and not short and not glued and one.run.groups[0].shape not in _NEVER


def _is_taken(one: _Said, taken: set[tuple[int, int]]) -> bool:
    return all((one.line.channel, index) in taken for index in one.words)


def _is_behind_card(
    dialogue: Dialogue,
    one: _Said,
    secrets: Sequence[Match],
    options: JoinedDateOptions,
    subjects: SubjectOptions,
) -> bool:
    """Whether the number of a card was given before, or the date of one was spoken of."""
    place = bisect_left(secrets, one.start_ms, key=lambda secret: secret.span.start_ms)
    first = bisect_left(secrets, one.start_ms - options.joined_ms, key=lambda secret: secret.span.start_ms)
    if sum(len(secret.digits) for secret in secrets[first:place] if len(secret.digits) > _LONG_YEAR_DIGITS) >= SHORTEST:
        return True
    cues = dialogue.cues_within(one.start_ms - options.joined_ms, one.start_ms)
    return any(cue.topic in _DATES and not is_of_a_document(dialogue, cue, subjects) for cue in reversed(cues))


def _said_in(line: Line) -> Iterator[_Said]:
    """The months with their years that are said in a line, but in longer numbers."""
    if line.is_keyed:
        return
    months, between = _month_numbers(line.language), common_words().between_month_and_year
    before: NumberRun | None = None
    for run in line.runs:
        for group in run.groups:
            if (year := _year(group.text)) is not None:
                yield from _named(line, run, group, year, months)
        value = run.value
        if (whole := _in_figures(value)) is not None:
            yield _Said(line, _words_of(run.groups), value, *whole, joined=False, named=False, run=run)
        if before is not None and (year := _year(value)) is not None and is_month(before.value):
            gap = line.plain_words[before.words[1] + 1 : run.words[0]]
            units = word_lists_of(line.language).units
            if len(gap) == 1 and gap[0] in between and units.isdisjoint(line.after(run.words[1])):
                words = (*_words_of(before.groups), before.words[1] + 1, *_words_of(run.groups))
                yield _Said(
                    line, words, before.value + value, int(before.value), year, joined=True, named=False, run=run
                )
        before = run


def _words_of(groups: Sequence[Group]) -> tuple[int, ...]:
    return tuple(index for group in groups for index in range(group.words[0], group.words[1] + 1))


def _named(line: Line, run: NumberRun, group: Group, year: int, months: dict[str, int]) -> Iterator[_Said]:
    """The date of which a group is the year, behind the name of its month: "May 27", "March of 2030"."""
    first = group.words[0]
    between = common_words().between_month_and_year
    places = [at for at in range(max(0, first - _BETWEEN), first) if line.plain_words[at]]
    at = next((at for at in reversed(places) if line.plain_words[at] not in between), None)
    if at is not None and line.plain_words[at] in months:
        words = tuple(place for place in range(at, group.words[1] + 1) if line.plain_words[place])
        joined = any(line.plain_words[place] in between for place in range(at + 1, first))
        yield _Said(line, words, group.text, months[line.plain_words[at]], year, joined=joined, named=True, run=run)


def _year(text: str) -> int | None:
    """The last two digits of the year of a card."""
    short = text[2:] if len(text) == _LONG_YEAR_DIGITS and text.startswith("20") else text
    return int(short) if is_year(short) else None


def _in_figures(value: str) -> tuple[int, int] | None:
    """Month and year of a date in figures, `0330`, `330`, `032030`."""
    for length in (2, 1):
        month, year = value[:length], _year(value[length:])
        if year is not None and is_month(month):
            return int(month), year
    return None


@cache
def _month_numbers(language: str) -> dict[str, int]:
    """The numbers of months by their names, long and short."""
    names = word_lists_of(language).months
    firsts = {"en": _ENGLISH, "es": _SPANISH}.get(language, ())
    return {name: number for number, first in enumerate(firsts, 1) for name in names if name.startswith(first)}


_ENGLISH = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SPANISH = ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic")


def _start_ms(one: _Said) -> int:
    return one.start_ms
