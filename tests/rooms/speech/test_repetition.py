"""What stands twice: which passages are counted again, and what counting again changes; through the model base too."""

from __future__ import annotations

import numpy as np
import pytest

from tests.rooms.speech import sounds
from voxport.core.audio import Samples
from voxport.core.transcript import Span
from voxport.speech.options import RepetitionOptions
from voxport.speech.recognizer import Recognizer
from voxport.speech.repetition import count_again, repeated_passages, sound_of, sure_passages
from voxport.speech.transcription import TranscriptionRequest, transcribe
from voxport.speech.word_splitting import DecodedWord

OPTIONS = RepetitionOptions()
STEP_MS = 400


def _words(text: str, start_ms: int = 0, length_ms: int = 300) -> list[DecodedWord]:
    return [
        DecodedWord(
            word.strip(".,"), start_ms + at * STEP_MS, start_ms + at * STEP_MS + length_ms, 0.9, mark=_mark(word)
        )
        for at, word in enumerate(text.split())
    ]


def _mark(word: str) -> str:
    return word[-1] if word[-1] in ".," else ""


def _texts(words: list[DecodedWord]) -> str:
    return " ".join(word.text for word in words)


def _passages(text: str) -> list[str]:
    words = _words(text)
    return [_texts(words[one.start : one.stop]) for one in repeated_passages(words, OPTIONS)]


@pytest.mark.parametrize(
    ("text", "passages"),
    [
        ("my name is Ann", []),
        ("thank you thank you for calling", []),
        ("is it is it broken", []),
        ("no no no", []),
        ("no no no no I said", ["no no no no"]),
        ("Please hold. Please hold. Please hold.", ["Please hold Please hold Please hold"]),
        ("yes the name is Fittilly the name is Fittilly", ["the name is Fittilly the name is Fittilly"]),
        ("I want to reset my pass I want to reset my password", ["I want to reset my pass I want to reset my"]),
        ("the card is 4111 1111 1111 1111 thanks", ["4111 1111 1111 1111"]),
        ("the card is 4242 4242 4242 4242 thanks", ["4242 4242 4242 4242"]),
        ("call 555 0142 please", []),
    ],
)  # fmt: skip
def test_what_stands_twice_is_found(text: str, passages: list[str]) -> None:
    assert _passages(text) == passages


def test_words_without_a_time_are_found_with_what_they_may_repeat() -> None:
    words = [*_words("so I called you yesterday"), *_words("I called you", 2_000, 0), *_words("and left a note", 2_400)]
    (passage,) = repeated_passages(words, OPTIONS)
    assert _texts(words[passage.start : passage.stop]) == "called you yesterday I called you and left a"


def test_the_sound_is_all_voice_up_to_the_words_around() -> None:
    words = [*_words("hello"), *_words("please hold please hold please hold", 1_000), *_words("bye", 9_000)]
    voice = (Span(0, 250), Span(900, 3_500), Span(4_000, 6_000), Span(8_900, 9_400), Span(20_000, 21_000))
    (passage,) = repeated_passages(words, OPTIONS)
    assert sound_of(words, [passage], voice, OPTIONS) == voice[:4]


def _counted(heard: str, again: str) -> str:
    words = _words(heard)
    passages = repeated_passages(words, OPTIONS)
    sound = [Span(0, len(words) * STEP_MS)]
    return _texts(count_again(words, passages, _words(again), sound, "en"))


@pytest.mark.parametrize(
    ("heard", "again", "counted"),
    [
        ("hi I am so sorry I am so sorry bye", "hi I am so sorry bye", "hi I am so sorry bye"),
        ("please hold please hold please hold", "please hold " * 4, "please hold please hold please hold please hold"),
        ("okay no no no no I said", "no no no no no no", "okay no no no no no no I said"),
        ("a nice day no no no no", "a rice bay no no no", "a nice day no no no"),
        ("I am so sorry I am so sorry", "I am so worried I am so sorry", "I am so sorry I am so sorry"),
        ("is 6 7 7 7 7 7 7 38 bye", "is four triple six 7887 eight 38", "is four triple six 7887 eight 38 bye"),
        ("fee 5123 33333 33333 out", "fee 68 dollars 5123 3333 and 91 out", "fee 68 dollars 5123 3333 and 91 out"),
        ("twenty seven 1111 1111 1111 bye", "seven 1 1 1 1 1 1 1 bye", "twenty seven 1111 111 bye"),
        ("it is 4111 1111 1111 1111 1092", "it is 4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1", "it is 4111 1111 1111 1111"),
    ],
)  # fmt: skip
def test_only_the_count_changes_and_only_there(heard: str, again: str, counted: str) -> None:
    assert _counted(heard, again) == counted


class _Saved(dict[str, bytes]):
    """Partial results in memory."""

    def load(self, name: str) -> bytes | None:
        return self.get(name)

    def save(self, name: str, data: bytes) -> None:
        self[name] = data


def _said(base: Recognizer, samples: Samples) -> str:
    transcript = transcribe(
        base,
        TranscriptionRequest(sounds.channels(samples), "en-US"),
        checkpoint=_Saved(),
        progress=lambda _: None,
        interrupted=lambda: False,
    )
    return " ".join(turn.text for turn in transcript.turns).lower().replace(",", "").replace(".", "")


@pytest.mark.parametrize(("times", "pause_s"), [(3, 3.0), (5, 0.3)])
def test_what_is_said_again_and_again_is_all_there(base: Recognizer, times: int, pause_s: float) -> None:
    """Alone the model hears the first pair only once: it stops after a sentence, or writes fewer than were said."""
    (once,) = sounds.recording("go-forward-3s.wav")
    samples = np.concatenate([np.concatenate([once, sounds.silence(pause_s)]) for _ in range(times)])
    assert _said(base, samples) == " ".join(["go forward 10 meters"] * times)


def test_digits_of_parts_that_are_not_believed_stay() -> None:
    words = [
        DecodedWord(text, at * 1_000, at * 1_000 + 900, 0.9) for at, text in enumerate(["4111", "1111", "1111", "1111"])
    ]
    passages = repeated_passages(words, RepetitionOptions())
    assert passages
    assert sure_passages(words, passages, [Span(2_000, 4_000)]) == []
    assert sure_passages(words, passages, [Span(5_000, 6_000)]) == passages


def test_a_number_does_not_give_way_to_a_word() -> None:
    words = [DecodedWord("4111", 0, 900, 0.9), DecodedWord("1111", 1_000, 1_900, 0.9)]
    again = [DecodedWord("for", 0, 900, 0.9)]
    counted = count_again(words, [range(2)], again, [Span(0, 2_000)], "en")
    assert [word.text for word in counted] == ["4111", "1111"]
