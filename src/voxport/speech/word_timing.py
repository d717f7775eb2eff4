"""When a word really begins: the alignment's times, corrected by the sound of the channel.

The alignment leans into the pause before a word and lets a word last through the pause after it. Starts are moved to
where the sound rises, ends to where it falls; order is kept and nothing leaves the channel.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from voxport.core.transcript import Span, Word, WordKind
from voxport.speech.levels import FRAME_MS, Levels
from voxport.speech.options import WordTimingOptions
from voxport.speech.word_splitting import DecodedWord


def place_words(words: Sequence[DecodedWord], segment: Span, levels: Levels, options: WordTimingOptions) -> list[Word]:
    """Words and marks of one segment on the clock of the recording, in which `segment` says where it lies."""
    starts = [_start_ms(word, segment.start_ms, levels, options) for word in words]
    placed: list[Word] = []
    floor_ms = segment.start_ms
    for index, word in enumerate(words):
        begin_ms = min(max(starts[index], floor_ms), max(floor_ms, segment.end_ms - options.min_word_ms))
        following_ms = starts[index + 1] if index + 1 < len(words) else segment.end_ms
        within = Span(begin_ms, max(begin_ms, following_ms))
        finish_ms = _end_ms(word, segment.start_ms + word.end_ms, within, levels, options)
        finish_ms = max(begin_ms, min(finish_ms, segment.end_ms))
        measured = word.measured and word.end_ms > word.start_ms and finish_ms > begin_ms
        confidence = min(1.0, max(0.0, word.probability))
        placed.append(Word(word.text, begin_ms, finish_ms, confidence, measured=measured))
        if word.mark:
            placed.append(Word(word.mark, finish_ms, finish_ms, 0.0, WordKind.PUNCTUATION, measured=measured))
        floor_ms = finish_ms
    return placed


def in_order(words: Sequence[Word], length_ms: int) -> list[Word]:
    """Words of one channel, already in order of their segments, made to follow one another inside the channel."""
    ordered: list[Word] = []
    floor_ms = 0
    for word in words:
        start_ms = min(max(word.start_ms, floor_ms), length_ms)
        end_ms = min(max(word.end_ms, start_ms), length_ms)
        moved = (start_ms, end_ms) != (word.start_ms, word.end_ms)
        ordered.append(replace(word, start_ms=start_ms, end_ms=end_ms) if moved else word)
        floor_ms = end_ms if word.kind is WordKind.WORD else floor_ms
    return ordered


def _start_ms(word: DecodedWord, segment_ms: int, levels: Levels, options: WordTimingOptions) -> int:
    """After a pause: where the sound rises. In fluent speech: the alignment's start, corrected by its lead."""
    aligned_ms = segment_ms + word.start_ms
    latest_ms = max(aligned_ms, segment_ms + word.end_ms - options.min_word_ms)
    until_ms = min(latest_ms, aligned_ms + options.max_wait_ms)
    audible = levels.between(aligned_ms, until_ms) > levels.audible_db
    if audible.size and not audible[0]:
        risen = _first_run(audible)
        if risen is not None:
            return aligned_ms + risen * FRAME_MS
    return min(aligned_ms + options.lead_ms, latest_ms)


def _first_run(audible: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> int | None:
    """The first frame of the first two audible ones in a row: a single frame is a click."""
    both = np.flatnonzero(audible[:-1] & audible[1:])
    return int(both[0]) if both.size else None


def _end_ms(word: DecodedWord, aligned_ms: int, within: Span, levels: Levels, options: WordTimingOptions) -> int:
    """Where the sound falls, between the start of the word and that of the next."""
    begin_ms = within.start_ms
    said_ms = max(begin_ms + options.min_word_ms, aligned_ms)
    longest_ms = options.max_word_base_ms + options.max_word_letter_ms * len(word.text)
    until_ms = min(within.end_ms, said_ms + options.lead_ms, begin_ms + longest_ms)
    audible = np.flatnonzero(levels.between(begin_ms, until_ms) > levels.audible_db)
    if audible.size == 0:
        return until_ms
    return min(until_ms, max(begin_ms + options.min_word_ms, begin_ms + (int(audible[-1]) + 1) * FRAME_MS))
