"""The month of an expiry date: its name beside the digits, some words before them, or what stands for it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from voxport.core.transcript import Span, Word
from voxport.language.numbers import Group, NumberRun
from voxport.language.numbers.lexicon import lexicon_of
from voxport.redaction.detectors.expiry_figures import YEAR_DIGITS
from voxport.redaction.dialogue.lines import Cue, Dialogue, Line
from voxport.redaction.dialogue.word_lists import common_words, word_lists_of

_DAY_WITHIN = 2
"""Words and marks beside a month in which its day or its year stands."""


@dataclass(frozen=True, slots=True)
class MonthOptions:
    """How far from the digits a month may stand."""

    within_ms: int = 1_500
    """ms between digits and the name of a month in one date. A judgement: longer pauses end a phrase."""
    far: int = 8
    """Words and marks before the year in which the month stands that answers the question. A judgement."""
    answered_ms: int = 10_000
    """ms from a question to the month that answers it by itself. A judgement, as for any answer."""
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


def is_behind_month(line: Line, first: int, within: int = 1) -> bool:
    """Whether the name of a month is among the nearest words before the word at `first`."""
    months = word_lists_of(line.language).months
    return any(word in months for word in line.before(first, within))


def is_month_with_year(line: Line, first: int, digits: str) -> bool:
    """Whether two digits, which begin at the word at `first`, stand right behind the name of a month."""
    return len(digits) == YEAR_DIGITS and is_behind_month(line, first)


def month_before(cue: Cue, run: NumberRun, line: Line, options: MonthOptions) -> tuple[int, ...]:
    """The month that answers the question some words before its year: "December, Dad? What year? Twenty six"."""
    lists = word_lists_of(line.language)
    within = range(max(0, run.words[0] - options.far), run.words[0])
    named = (at for at in reversed(within) if line.plain_words[at] in lists.months - lists.everyday)
    return tuple(islice((at for at in named if line.words[at].start_ms >= cue.end_ms), 1))


def lone_months(dialogue: Dialogue, cues: Iterable[Cue], options: MonthOptions) -> Iterator[tuple[Line, int]]:
    """The months that begin what answers questions for a date, the year of which may never come or be asked for later:
    "when does it expire?" "November." "Of what year?"; each as a line and the index of its word."""
    for cue in cues:
        for line in dialogue.lines.values():
            if line.is_keyed:
                continue
            own = line.channel == cue.channel
            begin = cue.last + 1 if own else bisect_left(line.words, cue.end_ms, key=_start_ms)
            end = min(len(line.words), begin + (options.within if own else options.far))
            lists = word_lists_of(line.language)
            for index in range(begin, end):
                soon = line.words[index].start_ms - cue.end_ms <= options.answered_ms
                if (
                    soon
                    and line.plain_words[index] in lists.months - lists.everyday
                    and not _is_beside_figure(line, index)
                ):
                    yield line, index


def _is_beside_figure(line: Line, index: int) -> bool:
    """Whether a day or a year stands right beside a month in its sentence: "on the 5th of May", "September 3rd"."""
    sentence = line.sentences[index]
    begin = max(bisect_left(line.sentences, sentence), index - _DAY_WITHIN)
    end = min(bisect_right(line.sentences, sentence), index + _DAY_WITHIN + 1)
    figures = any(sign.isdecimal() for sign in "".join(line.plain_words[begin:end]))
    return figures or bool(line.runs_in(begin, end - 1))


def _start_ms(word: Word) -> int:
    return word.start_ms


def _ordinal_before(line: Line, index: int) -> tuple[int, ...]:
    """The word before "month" that says which: "the third month of 2030"."""
    ordinals = lexicon_of(line.language).ordinals
    return (index - 1,) if index > 0 and line.plain_words[index - 1] in ordinals else ()


def _bent_month(line: Line, first: int) -> int | None:
    """What stands for a month before the "of" before a year, however it was heard: "sulio del 29"."""
    joined = first > 1 and line.plain_words[first - 1] in common_words().between_month_and_year
    everyday = word_lists_of(line.language).everyday
    return first - 2 if joined and line.plain_words[first - 2] not in everyday | {""} else None
