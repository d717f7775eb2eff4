"""Postal addresses that show what they are by themselves: a number and the name of a street."""

from __future__ import annotations

from collections.abc import Iterator

from voxport.language.numbers import NumberRun
from voxport.language.numbers.atoms import Shape
from voxport.redaction.dialogue.lines import Line
from voxport.redaction.dialogue.word_lists import word_lists_of

_NAME_WORDS = 3
"""Words of a street before "street". A judgement: "Martin Luther King Boulevard"."""
_PLACE_WORDS = 3
"""Words of the town behind it. A judgement: "Salt Lake City"."""
_MOST_DIGITS = 5
"""Digits of a house number; by how they are given out."""


def streets_on(line: Line) -> Iterator[list[int]]:
    """The words of each such address on a line, in order: "9129 River Drive, Austin"."""
    if line.is_keyed:
        return
    for run in line.runs:
        end = _end_of_street(line, run)
        if end is not None:
            yield [index for index in range(run.words[0], _end_of_town(line, end)) if line.plain_words[index]]


def _end_of_street(line: Line, run: NumberRun) -> int | None:
    """The index behind the word for a street that follows a number; None where none does."""
    if len(run.value) > _MOST_DIGITS or any(group.shape is not Shape.PLAIN for group in run.groups):
        return None
    streets = word_lists_of(line.language).streets
    last = run.words[1]
    for place in range(last + 1, min(len(line.words), last + 2 + _NAME_WORDS)):
        if place > last + 1 and line.plain_words[place] in streets:
            return place + 1
        if not line.words[place].text[:1].isupper():
            return None
    return None


def _end_of_town(line: Line, end: int) -> int:
    """The index behind the names that follow a street, a comma between."""
    place, named = end, 0
    while place < len(line.words) and named < _PLACE_WORDS and line.sentences[place] == line.sentences[end - 1]:
        if line.plain_words[place] and not line.words[place].text[:1].isupper():
            break
        named += bool(line.plain_words[place])
        place += 1
    return place
