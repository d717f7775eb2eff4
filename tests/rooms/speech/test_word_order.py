"""Words of a channel one after another, each with a length, inside the recording."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from voxport.core.transcript import Span, Word, WordKind
from voxport.speech.word_order import follow_one_another


def _times(words: list[Word]) -> list[tuple[int, int]]:
    return [(word.start_ms, word.end_ms) for word in words]


def test_segments_that_overlap_are_put_in_order() -> None:
    words = [Word("a", 0, 500, 0.9), Word("b", 400, 450, 0.9), Word("c", 900, 1200, 0.9)]
    assert _times(follow_one_another(words, Span(0, 1000), 40)) == [(0, 500), (500, 540), (900, 1000)]


def test_at_the_end_of_the_recording_words_make_room_for_one_another() -> None:
    words = [Word("a", 800, 1000, 0.9), Word("b", 1000, 1000, 0.9), Word("c", 1000, 1000, 0.9)]
    made = follow_one_another(words, Span(0, 1000), 40)
    assert _times(made) == [(800, 920), (920, 960), (960, 1000)]
    assert [word.measured for word in made] == [True, False, False]


def test_without_so_much_time_it_is_shared() -> None:
    words = [Word("a", 0, 0, 0.9)] * 10
    assert _times(follow_one_another(words, Span(0, 100), 40)) == [(at, at + 10) for at in range(0, 100, 10)]


def test_a_mark_stays_at_the_end_of_its_word() -> None:
    words = [Word("a", 0, 0, 0.9), Word(".", 0, 0, 0.0, WordKind.PUNCTUATION)]
    assert _times(follow_one_another(words, Span(0, 1000), 40)) == [(0, 40), (40, 40)]


@given(st.lists(st.tuples(st.integers(-100, 3000), st.integers(-50, 500)), max_size=30))
def test_nothing_overlaps_and_everything_lasts(times: list[tuple[int, int]]) -> None:
    words = [Word("a", start, start + length, 0.5) for start, length in times]
    made = follow_one_another(words, Span(0, 2000), 40)
    clock_ms = 0
    for word in made:
        assert clock_ms <= word.start_ms < word.start_ms + 40 <= word.end_ms <= 2000
        clock_ms = word.end_ms
    assert follow_one_another(made, Span(0, 2000), 40) == made
