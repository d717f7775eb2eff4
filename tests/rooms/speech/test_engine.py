"""The seam to engines: whatever satisfies the protocol transcribes calls, without a model library."""

from __future__ import annotations

import numpy as np
import pytest

from tests.rooms.speech import sounds
from tests.rooms.speech.made_up_engine import MadeUpEngine
from voxport.core.errors import MediaFailed
from voxport.core.plan import VocabularyTerm
from voxport.core.transcript import Span, Transcript, WordKind
from voxport.speech.engine import Capabilities, DecodingRequest, Hypothesis, LanguageProbability, Token
from voxport.speech.options import SpeechOptions
from voxport.speech.recognizer import Recognizer
from voxport.speech.transcription import TranscriptionRequest, transcribe


class Parrot(MadeUpEngine):
    """An engine that hears "Go forward." in every segment."""

    def __init__(self) -> None:
        super().__init__()
        self.capabilities = Capabilities()
        self.average_logprob = -0.1
        self.timed = True

    def hear(self, request: DecodingRequest) -> Hypothesis:
        tokens: tuple[Token, ...] = (
            Token(" Go", 300, 600, 0.9),
            Token(" forward", 600, 2000, 0.9),
            Token(".", 2000, 2000, 0.9),
        )
        if not self.timed:
            tokens = tuple(Token(token.text, 0, 0, 0.9, measured=False) for token in tokens)
        return Hypothesis("Go forward.", tokens, self.average_logprob, 0.0, request.options)


class ParrotModel:
    name = "parrot 1"

    def __init__(self) -> None:
        self.engine = Parrot()

    def load(self) -> Parrot:
        return self.engine


class Nowhere:
    def load(self, name: str) -> bytes | None:  # noqa: ARG002
        return None

    def save(self, name: str, data: bytes) -> None:
        """These calls are heard once."""


def _hear(model: ParrotModel, language: str = "en-US", *terms: str) -> Transcript:
    channels = sounds.channels(*sounds.recording("go-forward-3s.wav"))
    request = TranscriptionRequest(channels, language, tuple(map(VocabularyTerm, terms)))
    recognizer = Recognizer(model)
    try:
        return transcribe(recognizer, request, checkpoint=Nowhere(), progress=lambda _: None, interrupted=lambda: False)
    finally:
        recognizer.close()


def test_any_engine_transcribes() -> None:
    model = ParrotModel()
    transcript = _hear(model)
    assert [turn.text for turn in transcript.turns] == ["Go forward."]
    assert transcript.engine == "parrot 1"
    (request,) = model.engine.requests
    assert request.features.ndim == 1
    assert request.options.window_ms == 20_000


def test_an_engine_that_cannot_be_biased_is_asked_once() -> None:
    model = ParrotModel()
    assert [turn.text for turn in _hear(model, "en-US", "Fourword").turns] == ["Go forward."]
    assert len(model.engine.requests) == 1


def test_an_engine_is_closed_with_its_recogniser() -> None:
    model = ParrotModel()
    _hear(model)
    assert model.engine.closed


def test_attempts_that_an_engine_does_not_tell_apart_are_not_made() -> None:
    doubtful = ParrotModel()
    doubtful.engine.average_logprob = -2.0
    assert [turn.text for turn in _hear(doubtful).turns] == ["Go forward."]
    assert len(doubtful.engine.requests) == 1


def test_attempts_at_other_temperatures_are_made_where_the_engine_has_them() -> None:
    doubtful = ParrotModel()
    doubtful.engine.average_logprob = -2.0
    doubtful.engine.capabilities = Capabilities(temperature=True)
    _hear(doubtful)
    temperatures = [request.options.temperature for request in doubtful.engine.requests]
    assert temperatures == sorted(set(temperatures))
    assert len(temperatures) > 1


def test_words_of_an_engine_without_times_lie_on_the_voice_and_say_so() -> None:
    model = ParrotModel()
    model.engine.timed = False
    transcript = _hear(model)
    (turn,) = transcript.turns
    (activity,) = transcript.voice_activity
    words = [word for word in turn.words if word.kind is WordKind.WORD]
    assert [word.text for word in words] == ["Go", "forward"]
    assert not any(word.measured for word in turn.words)
    assert all(word.end_ms > word.start_ms for word in words)
    assert words[0].end_ms <= words[1].start_ms
    assert activity.spans[0].start_ms - 50 <= words[0].start_ms
    assert words[-1].end_ms <= activity.spans[-1].end_ms + 100


def test_a_language_of_no_engine() -> None:
    with pytest.raises(MediaFailed, match="10401"):
        _hear(ParrotModel(), "fr-FR")


def _heard(recognizer: Recognizer, name: str, *stretches: Span) -> tuple[tuple[LanguageProbability, ...], ...]:
    (samples,) = sounds.recording(name)
    features = recognizer.features(samples.astype(np.float32) / np.float32(32_768))
    request = DecodingRequest(features, "en", SpeechOptions().first_attempt(10_000), stretches=stretches)
    return recognizer.submit("call", [request])[0].result().languages


def test_the_language_of_a_stretch_is_told_where_it_was_asked_for(base: Recognizer) -> None:
    heard = _heard(base, "go-forward-3s.wav", Span(200, 2600), Span(200, 1400))
    assert [languages[0].language for languages in heard] == ["en", "en"]
    assert heard[0][0].probability > 0.9
    assert sum(one.probability for one in heard[0]) == pytest.approx(1.0, abs=0.01)
    assert _heard(base, "go-forward-3s.wav") == ()


def test_a_model_of_one_language_tells_none(tiny: Recognizer) -> None:
    assert _heard(tiny, "go-forward-3s.wav", Span(200, 2600)) == ()
