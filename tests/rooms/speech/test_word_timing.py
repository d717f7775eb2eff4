"""Word times: to where the sound is, in order, inside the segment."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from voxport.core.transcript import Span, Word, WordKind
from voxport.speech.levels import Levels
from voxport.speech.options import WordTimingOptions
from voxport.speech.word_splitting import DecodedWord
from voxport.speech.word_timing import in_order, place_words

OPTIONS = WordTimingOptions()


def _levels(*sounding: tuple[int, int], length_ms: int = 10_000) -> Levels:
    energy = np.full(length_ms // 10, -65, np.float32)
    for start_ms, end_ms in sounding:
        energy[start_ms // 10 : end_ms // 10] = -25
    return Levels(energy, -65.0, -22.0)


def test_a_start_in_the_pause_moves_to_the_sound() -> None:
    words = place_words([DecodedWord("Yes", 600, 1400, 0.9, ".")], Span(1000, 4000), _levels((1900, 2250)), OPTIONS)
    assert words == [
        Word("Yes", 1900, 2250, 0.9),
        Word(".", 2250, 2250, 0.0, WordKind.PUNCTUATION),
    ]


def test_a_click_is_no_start() -> None:
    words = place_words(
        [DecodedWord("Yes", 600, 1400, 0.9)], Span(1000, 4000), _levels((1700, 1710), (1900, 2250)), OPTIONS
    )
    assert words[0].start_ms == 1900


def test_words_without_time_of_their_own_are_marked() -> None:
    said = [DecodedWord("one", 500, 800, 0.9), DecodedWord("two", 800, 800, 0.2)]
    words = place_words(said, Span(0, 2000), _levels((450, 900)), OPTIONS)
    assert [word.measured for word in words] == [True, False]


spoken = st.lists(st.tuples(st.integers(0, 9000), st.integers(0, 1500)), max_size=20)


@settings(deadline=None)
@given(spoken, st.lists(st.integers(0, 9_900), max_size=10))
def test_order_is_kept_whatever_the_alignment_says(times: list[tuple[int, int]], sounds: list[int]) -> None:
    words = [DecodedWord("word", start, start + length, 0.5, ",") for start, length in sorted(times)]
    levels = _levels(*((start, start + 100) for start in sounds))
    placed = place_words(words, Span(0, 8000), levels, OPTIONS)
    clock_ms = 0
    for word in placed:
        assert clock_ms <= word.start_ms <= word.end_ms <= 8000
        clock_ms = word.end_ms if word.kind is WordKind.WORD else clock_ms
    assert in_order(placed, 8000) == placed


def test_segments_that_overlap_are_put_in_order() -> None:
    words = [Word("a", 0, 500, 0.9), Word("b", 400, 450, 0.9), Word("c", 900, 1200, 0.9)]
    assert [(word.start_ms, word.end_ms) for word in in_order(words, 1000)] == [(0, 500), (500, 500), (900, 1000)]
