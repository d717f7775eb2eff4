"""A corrected transcript gets the times that were measured: real corrections of calls, by hand."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import pytest

from tests.support.growth import assert_grows_linearly
from voxport.core.speakers import speakers_of
from voxport.core.transcript import Span, Transcript, Turn, VoiceActivity, Word, WordKind
from voxport.language.corrected_text import Token, read_corrected
from voxport.speech.alignment import CERTAIN, Aligned, align

STEP_MS, LONG_MS = 500, 400


def turn(channel: int, speaker: str | None, begin_ms: int, text: str) -> Turn:
    """A word every half second, each 400 ms long."""
    words = [
        Word(word, begin_ms + STEP_MS * at, begin_ms + STEP_MS * at + LONG_MS, 0.7)
        for at, word in enumerate(text.split())
    ]
    return Turn(channel, speaker, tuple(words))


def call(*turns: Turn, voices: Sequence[VoiceActivity] = ()) -> Transcript:
    return Transcript("en-US", turns, tuple(voices), "test")


def aligned(text: str, recognised: Transcript) -> Aligned:
    return align(read_corrected(text, speakers_of(recognised)), recognised, 60_000)


def words(one: Aligned | Transcript) -> list[Word]:
    transcript = one if isinstance(one, Transcript) else one.transcript
    return [word for word in transcript.words if word.kind is WordKind.WORD]


def times(one: Aligned, *texts: str) -> list[tuple[int, int]]:
    return [(word.start_ms, word.end_ms) for word in words(one) if word.text in texts]


def starts(one: Aligned) -> list[tuple[str | None, int]]:
    return [(turn.speaker, turn.start_ms) for turn in one.transcript.turns]


MONO = call(turn(0, None, 0, "i want to go forward ten metres please"))
STEREO = call(
    turn(0, "Agent", 0, "good morning how can i help you"),
    turn(1, "Caller", 4_000, "my name is jon smyth"),
    turn(0, "Agent", 7_000, "thank you jon one moment please"),
)


def test_the_same_words_keep_everything_but_how_they_are_written() -> None:
    one = aligned("I want to go forward, ten metres. Please!", MONO)
    assert one.alike == 1.0
    assert [(w.start_ms, w.end_ms, w.confidence, w.measured) for w in words(one)] == [
        (w.start_ms, w.end_ms, w.confidence, w.measured) for w in words(MONO)
    ]
    (only,) = one.transcript.turns
    assert only.text == "I want to go forward, ten metres. Please!"
    marks = [(w.text, w.start_ms, w.end_ms, w.confidence) for w in only.words if w.kind is WordKind.PUNCTUATION]
    assert marks == [(",", 2_400, 2_400, 0.0), (".", 3_400, 3_400, 0.0), ("!", 3_900, 3_900, 0.0)]


def test_a_word_in_the_place_of_another_has_its_time_and_says_that_it_was_filled_in() -> None:
    one = aligned("i want to go backward ten metres please", MONO)
    (corrected,) = [word for word in words(one) if word.text == "backward"]
    assert (corrected.start_ms, corrected.end_ms) == (2_000, 2_400)
    assert (corrected.confidence, corrected.measured) == (CERTAIN, False)
    assert one.alike == pytest.approx(7 / 8)


def test_several_words_share_the_time_of_those_they_replace_by_their_letters() -> None:
    one = aligned("i want to march on a bit metres please", MONO)
    changed = [word for word in words(one) if not word.measured]
    assert [word.text for word in changed] == ["march", "on", "a", "bit"]
    assert changed[0].start_ms == 1_500
    assert changed[-1].end_ms == 2_900
    lengths = [word.end_ms - word.start_ms for word in changed]
    assert lengths == [pytest.approx(1_400 * letters / 11, abs=1) for letters in (5, 2, 1, 3)]
    assert [one.start_ms for one in changed[1:]] == [one.end_ms for one in changed[:-1]]


def test_a_number_takes_the_time_in_which_it_was_said() -> None:
    one = aligned("i want to go forward 10 metres please", MONO)
    assert times(one, "10") == [(2_500, 2_900)]
    assert aligned("I want to go forward $25 please", MONO).alike == pytest.approx(6 / 8)


def test_what_was_left_out_is_put_where_there_is_room_and_a_voice() -> None:
    heard = call(
        turn(0, None, 0, "my number is"),
        turn(0, None, 20_000, "thank you"),
        voices=(VoiceActivity(0, None, (Span(0, 1_500), Span(4_000, 9_000), Span(20_000, 21_000))),),
    )
    one = aligned("my number is 555 0142 thank you", heard)
    assert times(one, "555", "0142") == [(4_000, pytest.approx(6_143, abs=1)), (pytest.approx(6_143, abs=1), 9_000)]
    without_voices = aligned("my number is 555 0142 thank you", call(*heard.turns))
    assert times(without_voices, "555")[0][0] == 1_400
    assert times(without_voices, "0142")[0][1] == 20_000


def test_more_than_fits_the_words_it_replaces_takes_the_free_time_beside_them() -> None:
    """A number of which one digit was heard: all the rest of it was said in what looks like a pause."""
    heard = call(turn(0, None, 0, "my card is for"), turn(0, None, 12_000, "okay thank you"))
    one = aligned("my card is 4111 1111 1111 1111 okay thank you", heard)
    assert times(one, "4111", "1111")[0][0] == 1_400
    assert times(one, "4111", "1111")[-1][1] == 12_000


def test_where_there_is_no_room_a_word_has_no_length() -> None:
    heard = Turn(
        0, None, tuple(Word(text, 100 * at, 100 * at + 100, 0.9) for at, text in enumerate(["a", "b", "c", "d"]))
    )
    one = aligned("a b very c d", call(heard))
    assert times(one, "very") == [(200, 200)]


def test_words_taken_out_are_gone() -> None:
    one = aligned("i want to go please", MONO)
    assert [word.text for word in words(one)] == ["i", "want", "to", "go", "please"]
    assert times(one, "please") == [(3_500, 3_900)]


def test_the_text_as_it_was_given_out_is_understood_in_one_line() -> None:
    text = "Agent: Good morning, how can I help you? Caller: My name is John Smith. Agent: Thank you, John: one moment."
    one = aligned(text, STEREO)
    assert [(t.channel, t.speaker, t.text) for t in one.transcript.turns] == [
        (0, "Agent", "Good morning, how can I help you?"),
        (1, "Caller", "My name is John Smith."),
        (0, "Agent", "Thank you, John: one moment."),
    ]
    assert times(one, "Smith") == [(5_900, 6_400)]
    assert times(one, "moment") == [(9_000, 9_400)]


def test_without_names_each_word_belongs_to_who_was_heard() -> None:
    one = aligned("good morning how can I help you\nmy name is John Smith\nthank you John one moment please", STEREO)
    assert [(t.channel, len(t.words)) for t in one.transcript.turns] == [(0, 7), (1, 5), (0, 6)]


def test_a_name_gives_words_to_another_speaker_with_the_time_they_were_heard() -> None:
    one = aligned(
        "Agent: good morning\nCaller: how can i help you my name is jon smyth\nAgent: thank you jon one moment please",
        STEREO,
    )
    assert [(t.speaker, t.start_ms) for t in one.transcript.turns] == [
        ("Agent", 0),
        ("Caller", 1_000),
        ("Agent", 7_000),
    ]
    assert one.alike == 1.0


def test_one_speaker_after_the_other_is_aligned_apart_and_put_together_again() -> None:
    one = aligned(
        "Agent: good morning how can i help you thank you jon one moment please\nCaller: my name is jon smyth", STEREO
    )
    assert one.alike == 1.0
    assert [(t.speaker, t.start_ms) for t in one.transcript.turns] == [
        ("Agent", 0),
        ("Caller", 4_000),
        ("Agent", 7_000),
    ]


def test_overlapping_speech_keeps_its_times() -> None:
    heard = call(
        turn(0, "Agent", 0, "so what i can do is send it again"), turn(1, "Caller", 1_200, "yes yes please do")
    )
    one = aligned("Agent: So what I can do is send it again. Caller: Yes, yes, please do.", heard)
    assert one.alike == 1.0
    assert [word.start_ms for word in words(one)] == [word.start_ms for word in words(heard)]


def test_a_text_of_another_call_is_not_alike() -> None:
    other = "the weather in the mountains will be cold and it may rain until the evening of next friday or so"
    assert aligned(other, STEREO).alike < 0.15
    assert aligned("anything", call()).alike == 0.0
    assert align((), STEREO, 60_000).transcript.turns == ()


def _long_correction(count: int) -> tuple[tuple[Token, ...], Transcript]:
    """The text of a call of so many words, of which a tenth was corrected, and the call."""
    chance = random.Random(7)  # noqa: S311
    vocabulary = [f"word{number}" for number in range(4_000)]
    said = [chance.choice(vocabulary) for _ in range(count)]
    text = " ".join(chance.choice(vocabulary) if chance.random() < 0.1 else word for word in said)
    return read_corrected(text, {}), call(turn(0, None, 0, " ".join(said)))


def test_six_hours_are_aligned_in_time_that_grows_with_the_words() -> None:
    tokens, heard = _long_correction(60_000)
    one = align(tokens, heard, 60_000 * STEP_MS)
    assert one.alike > 0.85
    assert all(a.start_ms <= b.start_ms for a, b in zip(words(one), words(one)[1:], strict=False))

    def prepare(count: int) -> Callable[[], object]:
        corrected, recognised = _long_correction(count)
        return lambda: align(corrected, recognised, count * STEP_MS)

    assert_grows_linearly(prepare, 3_000)
