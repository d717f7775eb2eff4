"""Where in a line a phrase is said: the database says which lines meet a statement, this finds the words in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from voxport.core.statement import Phrase, Said, Utterance, Window, WordPattern, phrases_in
from voxport.search.call_text import Line

MAX_HITS = 200
"""Of one condition in one call; later ones are not shown."""

TEXT_WORDS = 30
"""Shown of a turn before and behind what was found: one may last an hour."""


@dataclass(frozen=True, slots=True)
class Place:
    """Words of a line that a phrase was found in."""

    first: int
    """Index of its first word."""
    last: int
    """Index of its last word."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A place of a call that meets a condition."""

    condition: str
    """As it stands in the statement."""
    line: int
    """Which turn, from 0."""
    speaker: str
    start_ms: int
    end_ms: int
    exact: str
    """The words of the phrase as they were compared."""
    text: str
    """What is said around it in that turn."""


def hits_in(line: Line, number: int, said: Said, window: tuple[int, int]) -> Iterator[Hit]:
    """The places of one line that meets `said`; `window` has the bounds of its time in milliseconds, inclusive."""
    for place in places_of(line, said.utterance, window):
        yield Hit(
            condition=said.source,
            line=number,
            speaker=line.speaker,
            start_ms=line.starts_ms[place.first],
            end_ms=line.ends_ms[place.last],
            exact=" ".join(line.words[place.first : place.last + 1]),
            text=" ".join(line.words[max(0, place.first - TEXT_WORDS) : place.last + 1 + TEXT_WORDS]),
        )


def places_of(line: Line, utterance: Utterance, window: tuple[int, int]) -> list[Place]:
    """Where the phrases of an utterance stand, by their order in the line, each place once."""
    found = {place for phrase in phrases_in(utterance) for place in _places(line, phrase, window)}
    return sorted(found, key=lambda place: (place.first, place.last))


def window_ms(window: Window | None, duration_ms: int) -> tuple[int, int]:
    """The bounds of a window in a call of that length."""
    if window is None:
        return 0, 1 << 31
    first, last = window.from_ms or 0, window.until_ms
    return (
        first if first >= 0 else duration_ms + first,
        (1 << 31) - 1 if last is None else last if last >= 0 else duration_ms + last,
    )


def _places(line: Line, phrase: Phrase, window: tuple[int, int]) -> Iterator[Place]:
    least, most = window
    for first in range(len(line.words)):
        if not _fits(line.words[first], phrase.words[0]):
            continue
        last = _end(line.words, first, phrase.words[1:], phrase.slop)
        if last is not None and line.starts_ms[first] >= least and line.starts_ms[last] <= most:
            yield Place(first, last)


def _end(words: Sequence[str], at: int, following: Sequence[WordPattern], slop: int) -> int | None:
    """Where the phrase that goes on behind `at` ends soonest: the nearest of each word leaves most room."""
    for pattern in following:
        reach = range(at + 1, min(at + 2 + slop, len(words)))
        nearest = next((one for one in reach if _fits(words[one], pattern)), None)
        if nearest is None:
            return None
        slop -= nearest - at - 1
        at = nearest
    return at


def _fits(word: str, pattern: WordPattern) -> bool:
    return word.startswith(pattern.text) if pattern.prefix else word == pattern.text
