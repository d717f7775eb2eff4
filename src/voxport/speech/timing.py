"""When a word really begins: the alignment's times, corrected by the sound of the channel.

The alignment leans into the pause before a word and lets a word last through the pause after it. Starts are moved to
where the sound rises, ends to where it falls; order is kept and nothing leaves the channel.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from voxport.core.transcript import Word, WordKind
from voxport.speech.formatting import Spoken
from voxport.speech.levels import FRAME_MS, Levels


@dataclass(frozen=True, slots=True)
class TimingOptions:
    """`lean_ms`: how early the alignment is inside fluent speech. `shortest_ms`: the least a word lasts."""

    lean_ms: int = 50
    reach_ms: int = 120
    longest_wait_ms: int = 700
    shortest_ms: int = 40
    longest_letter_ms: int = 220
    longest_base_ms: int = 500


def place(words: Sequence[Spoken], start_ms: int, end_ms: int, levels: Levels, options: TimingOptions) -> list[Word]:
    """Words and marks of one piece on the clock of the recording; the piece is [start_ms, end_ms)."""
    starts = [_start(word, start_ms, levels, options) for word in words]
    placed: list[Word] = []
    floor_ms = start_ms
    for index, word in enumerate(words):
        begin_ms = min(max(starts[index], floor_ms), max(floor_ms, end_ms - options.shortest_ms))
        following_ms = starts[index + 1] if index + 1 < len(words) else end_ms
        finish_ms = _end(word, begin_ms, start_ms, max(begin_ms, following_ms), levels, options)
        finish_ms = max(begin_ms, min(finish_ms, end_ms))
        measured = word.end_ms > word.start_ms and finish_ms > begin_ms
        confidence = min(1.0, max(0.0, word.probability))
        placed.append(Word(word.text, begin_ms, finish_ms, confidence, WordKind.WORD, measured))
        if word.mark:
            placed.append(Word(word.mark, finish_ms, finish_ms, 0.0, WordKind.PUNCTUATION, measured))
        floor_ms = finish_ms
    return placed


def in_order(words: Sequence[Word], length_ms: int) -> list[Word]:
    """Words of one channel, already in order of their pieces, made to follow one another inside the channel."""
    ordered: list[Word] = []
    floor_ms = 0
    for word in words:
        start_ms = min(max(word.start_ms, floor_ms), length_ms)
        end_ms = min(max(word.end_ms, start_ms), length_ms)
        moved = (start_ms, end_ms) != (word.start_ms, word.end_ms)
        ordered.append(replace(word, start_ms=start_ms, end_ms=end_ms) if moved else word)
        floor_ms = end_ms if word.kind is WordKind.WORD else floor_ms
    return ordered


def _start(word: Spoken, piece_ms: int, levels: Levels, options: TimingOptions) -> int:
    """After a pause: where the sound rises. In fluent speech: the deepest dip near the corrected alignment."""
    said_ms = piece_ms + word.start_ms
    latest_ms = max(said_ms, piece_ms + word.end_ms - options.shortest_ms)
    audible = levels.between(said_ms, min(latest_ms, said_ms + options.longest_wait_ms)) > levels.audible_db
    if audible.size and not audible[0]:
        risen = _first_run(audible)
        if risen is not None:
            return said_ms + risen * FRAME_MS
    return min(said_ms + options.lean_ms, latest_ms)


def _first_run(audible: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> int | None:
    """The first frame of the first two audible ones in a row: a single frame is a click."""
    both = np.flatnonzero(audible[:-1] & audible[1:])
    return int(both[0]) if both.size else None


def _end(word: Spoken, begin_ms: int, piece_ms: int, following_ms: int, levels: Levels, options: TimingOptions) -> int:
    said_ms = max(begin_ms + options.shortest_ms, piece_ms + word.end_ms)
    longest_ms = options.longest_base_ms + options.longest_letter_ms * len(word.text)
    until_ms = min(following_ms, said_ms + options.lean_ms, begin_ms + longest_ms)
    audible = np.flatnonzero(levels.between(begin_ms, until_ms) > levels.audible_db)
    if audible.size == 0:
        return until_ms
    return min(until_ms, max(begin_ms + options.shortest_ms, begin_ms + (int(audible[-1]) + 1) * FRAME_MS))
