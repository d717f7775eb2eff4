"""Passages are believed where the words in the other language are better: decided on made-up words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.rooms.speech import sounds
from tests.rooms.speech.test_engine import Nowhere, Parrot, ParrotModel
from voxport.core.transcript import Span, Transcript, Word, WordKind
from voxport.speech.engine import DecodingRequest, Hypothesis, LanguageProbability
from voxport.speech.language_confirmation import WordsInBoth, confirmed, words_score
from voxport.speech.language_identification import Passage
from voxport.speech.language_options import LanguageOptions
from voxport.speech.recognizer import Recognizer
from voxport.speech.transcription import TranscriptionRequest, transcribe

OPTIONS = LanguageOptions()
AT_MS = 5_000


def said(text: str, probability: float, start_ms: int = AT_MS, voiced_ms: int = 3_000) -> list[Word]:
    words = text.split()
    step_ms = voiced_ms // len(words)
    times = [start_ms + step_ms * index for index in range(len(words))]
    return [Word(word, at_ms, at_ms + step_ms, probability) for word, at_ms in zip(words, times, strict=True)]


def passage(language: str, probability: float, start_ms: int = AT_MS, voiced_ms: int = 3_000) -> Passage:
    return Passage(0, Span(start_ms, start_ms + voiced_ms), voiced_ms, language, probability)


def believed(
    one: Passage, in_asked: Sequence[Word], in_other: Sequence[Word], *allowed: str, beside: Sequence[Passage] = ()
) -> bool:
    words = WordsInBoth("en", {0: in_asked}, {one.language: {0: in_other}})
    return one.span in [kept.span for kept in confirmed([one, *beside], words, allowed, OPTIONS)]


def test_words_that_are_more_probable_in_the_other_language_confirm_it() -> None:
    english, spanish = said("I need to talk with super visor", 0.5), said("Necesito hablar con un supervisor", 0.85)
    assert believed(passage("es", 0.96), english, spanish)
    assert believed(passage("es", 0.7), english, spanish)


def test_english_with_an_accent_is_kept_however_surely_it_sounds_like_another_language() -> None:
    english = said("Thank you very much. That is not correct.", 0.85)
    assert not believed(passage("ja", 0.999), english, said("ご視聴ありがとうございました", 0.6))
    assert not believed(passage("pt", 0.9), english, said("O que eu peguei a gente", 0.4))


def test_a_well_known_phrase_is_too_little_for_the_time_in_which_it_would_have_been_said() -> None:
    invented = said("ご視聴ありがとうございました", 0.95, voiced_ms=8_000)
    english = said("Thank you very much that is not correct and I already called twice", 0.8, voiced_ms=8_000)
    assert not believed(passage("ja", 0.95, voiced_ms=8_000), english, invented)


def test_words_in_the_letters_of_the_asked_language_are_not_those_of_one_with_its_own() -> None:
    english = said("I think so, thank you very much.", 0.83)
    assert not believed(passage("ja", 0.91), english, said("I think so, thank you very much.", 0.66))


@pytest.mark.parametrize("loop", ["yes, " * 12, "It's cookie-cul-cul-cul-cul-cul-cul-cul-cul-cul"])
def test_a_loop_is_no_evidence_for_the_asked_language(loop: str) -> None:
    french = said("Je voudrais parler à un responsable", 0.6)
    assert believed(passage("fr", 0.95), said(loop, 0.85), french)


def test_what_the_asked_language_left_out_was_said_in_the_other_one() -> None:
    italian = said("Premere uno per mandare una risposta", 0.8)
    assert believed(passage("it", 0.95), [], italian)
    assert believed(passage("it", 0.95), said("Press", 0.95), italian)


def test_a_passage_without_words_in_its_language_is_none() -> None:
    assert not believed(passage("fr", 0.99), said("Yes, of course", 0.9), [])
    assert not believed(passage("fr", 0.99), [], [Word(".", AT_MS, AT_MS, 0.0, WordKind.PUNCTUATION)])


def test_a_short_goodbye_alone_on_an_english_channel_stays_english() -> None:
    goodbye, chinese = passage("zh", 0.72, voiced_ms=900), said("OK 拜拜", 0.6, voiced_ms=900)
    assert not believed(goodbye, said("Okay. Bye-bye.", 0.95, voiced_ms=900), chinese)
    assert not believed(goodbye, [], chinese)


def test_one_word_needs_others_in_its_language_or_leave() -> None:
    short = passage("es", 0.8, voiced_ms=700)
    english, spanish = said("See Claro", 0.5, voiced_ms=700), said("Sí, claro.", 0.9, voiced_ms=700)
    assert not believed(short, english, spanish)
    assert not believed(short, english, spanish, beside=[passage("pt", 0.9, start_ms=20_000)])
    assert believed(short, english, spanish, beside=[passage("es", 0.9, start_ms=20_000)])
    assert believed(short, english, spanish, "es")


@pytest.mark.parametrize(
    ("voiced_ms", "english", "is_spanish"), [(2_500, 0.6, True), (1_500, 0.6, False), (1_500, 0.3, True)]
)
def test_a_short_sentence_alone_needs_better_words_than_a_long_one(
    voiced_ms: int, english: float, is_spanish: bool
) -> None:
    in_english = said("No a blow English", english, voiced_ms=voiced_ms)
    in_spanish = said("No hablo inglés", 0.65, voiced_ms=voiced_ms)
    assert believed(passage("es", 0.9, voiced_ms=voiced_ms), in_english, in_spanish) == is_spanish


def test_an_allowed_language_needs_less_but_better_words_of_the_asked_one_are_kept() -> None:
    english, spanish = said("Oh la Buenos Dias", 0.55), said("Hola, buenos días.", 0.48)
    assert not believed(passage("es", 0.65), english, spanish)
    assert believed(passage("es", 0.65), english, spanish, "es")
    assert not believed(passage("es", 0.65), said("Hello, good morning.", 0.95), spanish, "es")


def test_words_of_neighbours_are_no_evidence() -> None:
    far = said("Thank you, one moment please.", 0.98, start_ms=AT_MS + 4_000)
    assert believed(passage("it", 0.9), far, said("Premere uno per mandare una risposta", 0.8))


def test_the_probability_is_that_of_sound_and_words_together() -> None:
    spanish = said("Necesito hablar con un supervisor", 0.9)
    words = WordsInBoth("en", {0: said("Nice it to a blar", 0.4)}, {"es": {0: spanish}})
    (kept,) = confirmed([passage("es", 0.7)], words, (), OPTIONS)
    assert 0.99 < kept.probability <= 1
    assert confirmed([], words, (), OPTIONS) == []


def test_the_score_of_words() -> None:
    assert words_score([], "en", 2_000, OPTIONS) == OPTIONS.missing_probability
    full = words_score(said("my account number is", 1.0), "en", 1_000, OPTIONS)
    assert full == pytest.approx(1.0)
    assert words_score(said("yes", 1.0), "en", 3_000, OPTIONS) < 0.4
    assert words_score(said("4 7 2 9", 1.0), "en", 2_000, OPTIONS) == pytest.approx(1.0)
    assert words_score(said("コール", 1.0), "ja", 1_000, OPTIONS) == pytest.approx(1.0)


class Accented(Parrot):
    """Takes every stretch for Japanese, and gives words in each language the probability that it is told."""

    identifies_languages = True

    def __init__(self, english: float, japanese: float) -> None:
        super().__init__()
        self.probabilities = {"en": english, "ja": japanese}

    def knows(self, language: str) -> bool:
        return language in self.probabilities

    def decode(self, requests: Sequence[DecodingRequest]) -> list[Hypothesis]:
        return [
            replace(
                heard,
                tokens=tuple(
                    replace(
                        token,
                        text="ゴーフォワード" if request.language == "ja" else token.text,
                        probability=self.probabilities[request.language],
                    )
                    for token in heard.tokens
                ),
                languages=((LanguageProbability("ja", 0.99), LanguageProbability("en", 0.002)),)
                * len(request.stretches),
            )
            for heard, request in zip(super().decode(requests), requests, strict=True)
        ]


def _hear(english: float, japanese: float) -> tuple[Transcript, list[str]]:
    model = ParrotModel()
    model.engine = engine = Accented(english, japanese)
    recognizer = Recognizer(model)
    request = TranscriptionRequest(sounds.channels(*sounds.recording("go-forward-3s.wav")), "en-US")
    try:
        heard = transcribe(
            recognizer, request, checkpoint=Nowhere(), progress=lambda _: None, interrupted=lambda: False
        )
    finally:
        recognizer.close()
    return heard, [one.language for one in engine.requests]


def test_words_that_are_not_confirmed_leave_the_call_as_it_was_heard() -> None:
    heard, decoded_in = _hear(english=0.9, japanese=0.4)
    assert [turn.text for turn in heard.turns] == ["Go forward."]
    assert (heard.passages, heard.warnings) == ((), ())
    assert decoded_in == ["en", "ja"]


def test_words_that_are_confirmed_take_the_place_of_the_others() -> None:
    heard, decoded_in = _hear(english=0.2, japanese=0.9)
    assert "ゴーフォワード" in heard.turns[0].text
    assert [passage.language for passage in heard.passages] == ["ja"]
    assert [warning.code for warning in heard.warnings] == [10601]
    assert decoded_in == ["en", "ja"]
