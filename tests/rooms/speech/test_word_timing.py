"""Word times: to where the sound is, in order, inside the segment."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voxport.core.transcript import Span, Word, WordKind
from voxport.speech.engine import Token
from voxport.speech.levels import Levels
from voxport.speech.options import ALIGNMENT_LEADS, WordTimingOptions
from voxport.speech.word_order import follow_one_another
from voxport.speech.word_splitting import DecodedWord, to_words
from voxport.speech.word_timing import SegmentSound, place_words

OPTIONS = WordTimingOptions()
LEAD = ALIGNMENT_LEADS["base"]


def _levels(*sounding: tuple[int, int], length_ms: int = 20_000) -> Levels:
    energy = np.full(length_ms // 10, -65, np.float32)
    for start_ms, end_ms in sounding:
        energy[start_ms // 10 : end_ms // 10] = -25
    return Levels(energy, -65.0, -22.0)


def _sound(start_ms: int, end_ms: int, *voice: tuple[int, int]) -> SegmentSound:
    """A segment of [start_ms, end_ms) with a voice, and sound, at those times from the start of the recording."""
    spans = [Span(begin - start_ms, end - start_ms) for begin, end in voice]
    return SegmentSound(Span(start_ms, end_ms), spans, _levels(*voice))


def _starts(words: list[Word]) -> list[tuple[str, int]]:
    return [(word.text, word.start_ms) for word in words if word.kind is WordKind.WORD]


def test_a_start_in_the_pause_moves_to_the_voice() -> None:
    words = place_words([DecodedWord("Yes", 600, 1400, 0.9, ".")], _sound(1000, 4000, (1900, 2250)), LEAD, OPTIONS)
    assert words == [
        Word("Yes", 1900, 2250, 0.9),
        Word(".", 2250, 2250, 0.0, WordKind.PUNCTUATION),
    ]


def test_in_fluent_speech_a_start_follows_the_alignment_later() -> None:
    said = [DecodedWord("hello", 0, 400, 0.9), DecodedWord("there", 400, 700, 0.9)]
    words = place_words(said, _sound(0, 3000, (100, 900)), LEAD, OPTIONS)
    assert _starts(words) == [("hello", 100), ("there", 400 + 135)]


def test_in_a_short_pause_without_voice_activity_the_sound_decides_and_a_click_does_not() -> None:
    sound = SegmentSound(Span(0, 3000), [Span(0, 1500)], _levels((0, 600), (700, 710), (800, 1500)))
    words = place_words([DecodedWord("well", 0, 650, 0.9), DecodedWord("yes", 650, 1500, 0.9)], sound, LEAD, OPTIONS)
    assert _starts(words) == [("well", 0), ("yes", 800)]


def test_words_apart_begin_with_their_own_voice_although_each_is_aligned_from_the_end_of_the_one_before() -> None:
    voice = [(800, 1200), (2600, 3000), (4400, 4800), (6200, 6600)]
    said = [
        DecodedWord("four", 0, 1100, 0.9),
        DecodedWord("one", 1100, 2700, 0.9),
        DecodedWord("two", 2700, 4460, 0.9),
        DecodedWord("six", 4460, 6500, 0.9),
    ]
    words = place_words(said, _sound(0, 7000, *voice), LEAD, OPTIONS)
    assert _starts(words) == [("four", 800), ("one", 2600), ("two", 4400), ("six", 6200)]
    assert all(word.end_ms <= end_ms for word, (_, end_ms) in zip(words, voice, strict=True))


def test_words_of_no_length_go_to_voices_without_words() -> None:
    voice = [(800, 1200), (2600, 3000), (4400, 4800), (6200, 6600)]
    said = [DecodedWord("four", 0, 1200, 0.9), *(DecodedWord(text, 1200, 1200, 0.9) for text in ("one", "two", "six"))]
    words = place_words(said, _sound(0, 7000, *voice), LEAD, OPTIONS)
    assert _starts(words) == [("four", 800), ("one", 2600), ("two", 4400), ("six", 6200)]
    assert [word.measured for word in words] == [True, False, False, False]


def test_a_voice_without_words_takes_none_from_the_others() -> None:
    said = [DecodedWord("so", 0, 1100, 0.9), DecodedWord("then", 5000, 5500, 0.9)]
    words = place_words(said, _sound(0, 7000, (800, 1200), (2600, 2900), (5200, 5600)), LEAD, OPTIONS)
    assert _starts(words) == [("so", 800), ("then", 5200)]


def test_words_without_time_of_their_own_share_what_is_there_and_are_marked() -> None:
    said = [DecodedWord("one", 500, 800, 0.9), DecodedWord("three", 800, 800, 0.2), DecodedWord("two", 800, 800, 0.2)]
    words = place_words(said, _sound(0, 2000, (450, 1200)), LEAD, OPTIONS)
    assert [word.measured for word in words] == [True, False, False]
    assert all(word.end_ms - word.start_ms >= OPTIONS.min_word_ms for word in words)
    assert words[-1].end_ms <= 1200


def _digits(*tokens: tuple[str, int, int]) -> list[DecodedWord]:
    return to_words([Token(text, start_ms, end_ms, 0.9) for text, start_ms, end_ms in tokens], "en")


def test_digits_of_two_answers_are_two_words() -> None:
    said = _digits((" 111", 0, 900), ("109", 900, 4800), ("27", 4800, 5200), (".", 5200, 5200))
    words = place_words(said, _sound(0, 7000, (100, 1200), (4200, 5300)), LEAD, OPTIONS)
    assert [word.text for word in words] == ["1111", "0927", "."] or [word.text for word in words][1] == "0927"
    assert words[1].start_ms == 4200


def test_digits_with_short_pauses_stay_one_word() -> None:
    said = _digits((" 617", 0, 900), ("-", 900, 900), ("555", 900, 2300))
    (word,) = place_words(said, _sound(0, 4000, (100, 900), (1500, 2300)), LEAD, OPTIONS)
    assert (word.text, word.start_ms) == ("617-555", 100)
    assert word.end_ms == 2300


@pytest.mark.parametrize(
    ("tokens", "written"),
    [
        # The date and the code of a card, and the e-mail address behind them.
        (
            [(" 0", 0, 600), ("133", 600, 1200), ("-", 1200, 1200), ("U", 1200, 4500), ("-Sand", 4500, 5300)],
            "0133 U-Sand",
        ),
        # The date of a card and a telephone number.
        ([(" 0", 0, 400), ("131", 400, 1200), (".", 1200, 1200), ("0110", 4200, 5300)], "0131 0110"),
        # A member number and the end of a social security number.
        (
            [(" PPT", 0, 500), ("-5", 500, 800), ("75", 800, 1200), ("-", 1200, 1200), ("8702", 4200, 5300)],
            "PPT-575 8702",
        ),
        # A card number that is written as money, and the next group of it.
        ([(" $", 0, 0), ("48", 0, 600), ("507", 600, 1200), ("244", 4200, 5300)], "$48507 244"),
        # Single digits with commas between them.
        ([(" 9", 0, 600), (",", 600, 600), ("8", 600, 1200), (",", 1200, 1200), ("3", 4200, 5300)], "9,8 3"),
        # A code, and what was said after it.
        ([(" 845", 0, 1200), ("oops", 4200, 5300)], "845 oops"),
        ([(" 12", 0, 600), ("7", 600, 1200), ("-Jan", 4200, 5300)], "127 Jan"),
    ],
)
def test_two_answers_in_one_word_with_letters_are_two_words(tokens: list[tuple[str, int, int]], written: str) -> None:
    words = place_words(_digits(*tokens), _sound(0, 7000, (100, 1200), (4200, 5300)), LEAD, OPTIONS)
    assert " ".join(word.text for word in words) == written
    assert words[1].start_ms == 4200


def test_a_mixed_code_in_one_breath_stays_one_word() -> None:
    said = _digits((" H", 0, 300), ("-", 300, 300), ("885", 300, 900), ("-85", 900, 2300))
    (word,) = place_words(said, _sound(0, 4000, (100, 900), (1500, 2300)), LEAD, OPTIONS)
    assert (word.text, word.start_ms, word.end_ms) == ("H-885-85", 100, 2300)


@pytest.mark.parametrize(
    "text",
    [
        "1,200",
        "$4.99",
        "104.50",
        "3:30",
        "4th",
        "e-mail",
        "Covid-19",
        "$1,200.50",
        "1.200,50",
        "$12000",
        "10.30pm",
        "500mg",
        "1990s",
        "100th",
    ],
)
def test_amounts_and_times_are_never_parted(text: str) -> None:
    words = place_words(_digits((f" {text}", 0, 4000)), _sound(0, 7000, (100, 900), (3000, 4000)), LEAD, OPTIONS)
    assert [word.text for word in words] == [text]


spoken = st.lists(st.tuples(st.integers(0, 9000), st.integers(0, 1500)), max_size=20)
voices = st.lists(st.tuples(st.integers(0, 1500), st.integers(64, 2000)), max_size=8)


@given(spoken, voices, st.lists(st.integers(0, 9_900), max_size=10), st.booleans())
def test_order_is_kept_and_every_word_lasts_whatever_the_alignment_says(
    times: list[tuple[int, int]], voice: list[tuple[int, int]], sounds: list[int], digits: bool
) -> None:
    text = "1234" if digits else "word"
    words = [
        DecodedWord(text, start, start + length, 0.5, ",", tokens=(Token(text, start, start + length, 0.5),))
        for start, length in sorted(times)
    ]
    spans: list[Span] = []
    for pause_ms, length_ms in voice:
        begin_ms = (spans[-1].end_ms if spans else 0) + pause_ms + 200
        if begin_ms + length_ms <= 8000:
            spans.append(Span(begin_ms, begin_ms + length_ms))
    levels = _levels(*((start, start + 100) for start in sounds))
    placed = place_words(words, SegmentSound(Span(1000, 9000), spans, levels), LEAD, OPTIONS)
    assert "".join(word.text for word in placed if word.kind is WordKind.WORD) == text * len(words)
    clock_ms = 1000
    for word in placed:
        assert clock_ms <= word.start_ms <= word.end_ms <= 9000
        if word.kind is WordKind.WORD:
            assert word.end_ms - word.start_ms >= OPTIONS.min_word_ms
            clock_ms = word.end_ms
    assert follow_one_another(placed, Span(0, 9000), OPTIONS.min_word_ms) == placed
