"""The month of an expiry date: its name beside the digits, some words before them, or what stands for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, islice

from voxport.core.transcript import Span
from voxport.language.numbers import Group, NumberRun
from voxport.language.numbers.lexicon import lexicon_of
from voxport.redaction.dialogue.lines import Cue, Line
from voxport.redaction.dialogue.word_lists import common_words, word_lists_of


@dataclass(frozen=True, slots=True)
class MonthOptions:
    """How far from the digits a month may stand."""

    within_ms: int = 1_500
    """ms between digits and the name of a month in one date. A judgement: longer pauses end a phrase."""
    far: int = 8
    """Words and marks before the year in which the month stands that answers the question. A judgement."""
    within: int = 3
    """Words and marks before digits, and one less after, in which a month may stand: "September of twenty seven"."""


def months_beside(groups: Sequence[Group], line: Line, options: MonthOptions, *, dated: bool = True) -> tuple[int, ...]:
    """The names of months right beside the digits, "September of twenty seven", "March 2027"; of an expiry date
    (`dated`) what its parts are called as well, "month twelve"."""
    lists = word_lists_of(line.language)
    names = lists.months | lists.date_words if dated else lists.months
    first, last = groups[0].words[0], groups[-1].words[1]
    beside = (
        *range(max(0, first - options.within), first),
        *range(first, last + 1),
        *range(last + 1, min(len(line.words), last + options.within)),
    )
    digits = Span(line.words[first].start_ms, line.words[last].end_ms)
    bent = _bent_month(line, first) if dated else None
    named = tuple(
        index
        for index in beside
        if (line.plain_words[index] in names or index == bent)
        and line.words[index].start_ms - digits.end_ms <= options.within_ms
        and digits.start_ms - line.words[index].end_ms <= options.within_ms
    )
    which = (_ordinal_before(line, index) for index in named if line.plain_words[index] in lists.date_words)
    return tuple(sorted({*named, *chain.from_iterable(which)}))


def month_before(cue: Cue, run: NumberRun, line: Line, options: MonthOptions) -> tuple[int, ...]:
    """The month that answers the question some words before its year: "December, Dad? What year? Twenty six"."""
    lists = word_lists_of(line.language)
    within = range(max(0, run.words[0] - options.far), run.words[0])
    named = (at for at in reversed(within) if line.plain_words[at] in lists.months - lists.everyday)
    return tuple(islice((at for at in named if line.words[at].start_ms >= cue.end_ms), 1))


def _ordinal_before(line: Line, index: int) -> tuple[int, ...]:
    """The word before "month" that says which: "the third month of 2030"."""
    ordinals = lexicon_of(line.language).ordinals
    return (index - 1,) if index > 0 and line.plain_words[index - 1] in ordinals else ()


def _bent_month(line: Line, first: int) -> int | None:
    """What stands for a month before the "of" before a year, however it was heard: "sulio del 29"."""
    joined = first > 1 and line.plain_words[first - 1] in common_words().between_month_and_year
    everyday = word_lists_of(line.language).everyday
    return first - 2 if joined and line.plain_words[first - 2] not in everyday | {""} else None
