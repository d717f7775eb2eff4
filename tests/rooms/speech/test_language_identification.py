"""Which stretches of a channel are in another language: decided on made-up probabilities."""

from __future__ import annotations

from voxport.core.transcript import Span
from voxport.speech.engine import LanguageProbability
from voxport.speech.language_identification import (
    Stretch,
    find_passages,
    other_probabilities,
    sounds_like_another,
    stretches_of,
    voice_within,
)
from voxport.speech.language_options import LanguageOptions

OPTIONS = LanguageOptions()


def stretch(start_ms: int, voiced_ms: int, channel: int = 0, **languages: float) -> Stretch:
    ranked = sorted(languages.items(), key=lambda item: -item[1])
    heard = tuple(LanguageProbability(language, probability) for language, probability in ranked)
    return Stretch(channel, start_ms, start_ms + voiced_ms, voiced_ms, heard)


def spoken(*stretches: Stretch, asked: str = "en", allowed: tuple[str, ...] = ()) -> list[tuple[int, int, str]]:
    passages = find_passages(stretches, asked, allowed, OPTIONS)
    return [(passage.span.start_ms, passage.span.end_ms, passage.language) for passage in passages]


def test_a_sentence_in_another_language_between_two_of_the_asked_one() -> None:
    assert spoken(
        stretch(0, 2000, en=0.97, de=0.01),
        stretch(3000, 2500, es=0.9, en=0.03),
        stretch(6500, 2000, en=0.96, es=0.01),
    ) == [(3000, 5500, "es")]


def test_a_call_in_another_language_from_beginning_to_end() -> None:
    assert spoken(stretch(0, 900, fr=0.7, en=0.05), stretch(2000, 3000, fr=0.97, en=0.01)) == [(0, 5000, "fr")]


def test_a_short_doubtful_answer_is_in_the_language_asked_for() -> None:
    english = stretch(0, 2500, en=0.97, es=0.01), stretch(6000, 2500, en=0.97, es=0.01)
    assert spoken(english[0], stretch(3000, 400, es=0.6, en=0.2), english[1]) == []
    assert spoken(stretch(0, 300, zh=0.5, en=0.3)) == []


def test_the_same_short_answer_among_others_in_spanish_is_spanish() -> None:
    spanish = stretch(0, 2500, es=0.97, en=0.01), stretch(6000, 2500, es=0.97, en=0.01)
    assert spoken(spanish[0], stretch(3000, 400, es=0.4, en=0.4), spanish[1]) == [(0, 8500, "es")]


def test_channels_are_decided_apart() -> None:
    assert spoken(stretch(0, 3000, 0, en=0.98), stretch(500, 3000, 1, es=0.98, en=0.01)) == [(500, 3500, "es")]


def test_of_two_languages_that_sound_alike_the_known_or_the_allowed_one_is_meant() -> None:
    heard = stretch(0, 3000, gl=0.5, es=0.35, pt=0.1, en=0.01)
    assert spoken(heard) == [(0, 3000, "es")]
    assert spoken(heard, allowed=("pt",)) == [(0, 3000, "pt")]


def test_a_language_that_is_not_allowed_is_noticed_all_the_same() -> None:
    assert spoken(stretch(0, 3000, fr=0.98, en=0.001, es=0.001), allowed=("es",)) == [(0, 3000, "fr")]


def test_the_asked_language_may_be_any() -> None:
    assert spoken(stretch(0, 3000, es=0.98, en=0.01), asked="es") == []
    assert spoken(stretch(0, 3000, es=0.98, en=0.01), asked="fr", allowed=("en",)) == [(0, 3000, "es")]


def test_without_evidence_nothing_is_said() -> None:
    assert spoken() == []
    assert other_probabilities([], OPTIONS) == []


def test_probabilities_lie_between_none_and_all() -> None:
    others = other_probabilities([5.0, -5.0, 0.0, 5.0], OPTIONS)
    assert all(0 < value < 1 for value in others)
    assert others[1] > 0.9 > 0.1 > others[3]


def test_a_segment_that_is_surely_in_another_language_is_not_decoded_again_in_the_asked_one() -> None:
    assert sounds_like_another([stretch(0, 3000, fr=0.97, en=0.01)], "en", OPTIONS)
    assert not sounds_like_another([stretch(0, 500, fr=0.97, en=0.01)], "en", OPTIONS)
    assert not sounds_like_another([stretch(0, 3000, fr=0.97), stretch(4000, 3000, en=0.9)], "en", OPTIONS)
    assert not sounds_like_another([], "en", OPTIONS)


def test_voices_are_joined_over_short_pauses_and_long_ones_divided() -> None:
    voice = [Span(0, 1000), Span(1200, 2000), Span(2800, 3500), Span(5000, 20_000)]
    assert stretches_of(voice, OPTIONS) == [
        Span(0, 2000),
        Span(2800, 3500),
        Span(5000, 10_000),
        Span(10_000, 15_000),
        Span(15_000, 20_000),
    ]


def test_voice_within_a_stretch() -> None:
    voice = [Span(0, 1000), Span(1200, 2000), Span(2800, 3500)]
    assert voice_within(voice, Span(500, 2900)) == [Span(500, 1000), Span(1200, 2000), Span(2800, 2900)]
    assert voice_within(voice, Span(1000, 1200)) == []


def test_kin_and_rare_languages_say_less_against_an_asked_language_other_than_english() -> None:
    assert spoken(stretch(0, 2000, it=0.5, pt=0.3, es=0.1), asked="es") == []
    assert spoken(stretch(0, 2000, th=0.8, fr=0.02), asked="fr") == []
    assert spoken(stretch(0, 2000, en=0.98, fr=0.002), asked="fr") == [(0, 2000, "en")]
    assert spoken(stretch(0, 2000, it=0.95, es=0.005), asked="es", allowed=("it",)) == [(0, 2000, "it")]


def test_a_language_that_is_named_for_accents_is_believed_when_nothing_else_comes_near() -> None:
    assert spoken(stretch(0, 3000, th=0.73, zh=0.06, vi=0.04, fr=0.04, en=0.03)) == [(0, 3000, "fr")]
    assert spoken(stretch(0, 3000, th=0.98, en=0.004)) == [(0, 3000, "th")]
