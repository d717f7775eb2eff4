"""What every engine has to do: the same tests for CTranslate2, ONNX and a remote endpoint."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Protocol

import numpy as np
import pytest

from tests.rooms.speech import sounds
from tests.rooms.speech.engines.endpoint import KEY, Endpoint, serving
from tests.rooms.speech.engines.made_up_onnx import HIGH_HZ, LOW_HZ, sound, write_model, write_transducer
from voxport.core.transcript import Span, WordKind
from voxport.speech.engine import DecodingOptions, DecodingRequest, Engine, Hypothesis, Model
from voxport.speech.engines.faster_whisper import FasterWhisperModel
from voxport.speech.engines.onnx_asr import OnnxModel
from voxport.speech.engines.remote import RemoteModel
from voxport.speech.levels import FULL_SCALE, Floats
from voxport.speech.models import locate
from voxport.speech.options import EngineOptions, RemoteOptions, SpeechOptions
from voxport.speech.recognizer import Recognizer
from voxport.speech.transcription import TranscriptionRequest, transcribe

OPTIONS = SpeechOptions().first_attempt(10_000)


@dataclass(frozen=True, slots=True)
class Case:
    """A model with a sound that it knows."""

    model: Model
    engine: Engine
    samples: Floats
    word: str
    """One that is said in it."""
    onset_ms: int
    """When it begins."""


def _speech() -> Floats:
    (samples,) = sounds.recording("go-forward-3s.wav")
    return np.asarray(samples / FULL_SCALE, np.float32)


@pytest.fixture(scope="module")
def endpoint(tiny: Recognizer) -> Iterator[Endpoint]:
    with serving(Endpoint(tiny)) as running:
        yield running


@pytest.fixture(params=["faster-whisper", "onnx-asr ctc", "onnx-asr tdt", "remote"], scope="module")
def case(
    request: pytest.FixtureRequest, models_dir: Path, tmp_path_factory: pytest.TempPathFactory, endpoint: Endpoint
) -> Iterator[Case]:
    model: Model
    samples, word, onset_ms = _speech(), "forward", 1100
    match request.param:
        case "faster-whisper":
            model = FasterWhisperModel(locate("tiny.en", models_dir), EngineOptions(device="cpu", threads=2))
        case "onnx-asr ctc" | "onnx-asr tdt":
            write = write_model if request.param.endswith("ctc") else write_transducer
            folder = write(tmp_path_factory.mktemp("onnx") / "two-bands")
            model = OnnxModel(folder, EngineOptions(device="cpu", threads=2, languages=("en",)))
            samples = sound((None, 0.5), (LOW_HZ, 0.5), (None, 0.6), (HIGH_HZ, 0.5), (None, 0.6))
            word, onset_ms = "high", 1600
        case _:
            model = RemoteModel(endpoint.address, RemoteOptions(key=KEY, concurrency=2), ("en",))
    engine = model.load()
    yield Case(model, engine, samples, word, onset_ms)
    engine.close()


class Requests(Protocol):
    def __call__(self, samples: Floats, options: DecodingOptions = OPTIONS) -> DecodingRequest: ...


@pytest.fixture
def asked(case: Case) -> Requests:
    def of(samples: Floats, options: DecodingOptions = OPTIONS) -> DecodingRequest:
        return DecodingRequest(case.engine.features(samples), "en", options)

    return of


def test_it_says_what_it_is_and_how_it_is_fed(case: Case) -> None:
    assert len(case.model.name.split()) >= 2
    assert case.engine.lanes >= 1
    assert case.engine.batch_frames >= 1
    assert case.engine.knows("en")
    assert not case.engine.knows("xx")


def test_what_is_said_comes_out(case: Case, asked: Requests) -> None:
    (heard,) = case.engine.decode([asked(case.samples)])
    assert case.word in heard.text.lower()
    assert heard.options == OPTIONS


def _is_sound(heard: Hypothesis, length_ms: int) -> None:
    assert heard.text == heard.text.strip()
    assert "".join(token.text for token in heard.tokens).strip() == heard.text
    assert heard.average_logprob <= 0
    assert 0 <= heard.no_speech_probability <= 1
    reached_ms = 0
    for token in heard.tokens:
        assert reached_ms <= token.start_ms <= token.end_ms <= length_ms + 20
        assert 0 <= token.probability <= 1
        reached_ms = token.start_ms


def test_a_hypothesis_keeps_its_promises(case: Case, asked: Requests) -> None:
    (heard,) = case.engine.decode([asked(case.samples)])
    _is_sound(heard, len(case.samples) // 16)
    (token,) = (token for token in heard.tokens if token.text.strip().lower() == case.word)
    assert abs(token.start_ms - case.onset_ms) < 300
    assert token.end_ms > token.start_ms
    assert token.measured


def test_silence_and_a_blink_are_heard_too(case: Case, asked: Requests) -> None:
    silence, blink = np.zeros(16_000, np.float32), case.samples[:800]
    for heard, samples in zip(case.engine.decode([asked(silence), asked(blink)]), (silence, blink), strict=True):
        _is_sound(heard, len(samples) // 16)


def test_a_batch_gives_each_its_own_in_order(case: Case, asked: Requests) -> None:
    silence = np.zeros(24_000, np.float32)
    alone = [case.engine.decode([asked(samples)])[0].text for samples in (case.samples, silence)]
    together = case.engine.decode([asked(silence), asked(case.samples), asked(silence)])
    assert [heard.text for heard in together] == [alone[1], alone[0], alone[1]]


def test_all_lanes_may_decode_at_once(case: Case, asked: Requests) -> None:
    with ThreadPoolExecutor(case.engine.lanes) as pool:
        heard = list(pool.map(lambda _: case.engine.decode([asked(case.samples)])[0].text, range(3)))
    assert len(set(heard)) == 1


@pytest.mark.parametrize(
    "other",
    [
        replace(OPTIONS, window_ms=30_000),
        replace(OPTIONS, beam_size=1),
        replace(OPTIONS, temperature=0.4),
        replace(OPTIONS, timestamp_tokens=True),
    ],
    ids=["window", "beam", "temperature", "timestamps"],
)
def test_options_that_it_does_not_honour_change_nothing(case: Case, asked: Requests, other: DecodingOptions) -> None:
    (first,) = case.engine.decode([asked(case.samples)])
    (second,) = case.engine.decode([asked(case.samples, other)])
    assert second.options == other
    if not case.engine.capabilities.tells_apart(OPTIONS, other):
        assert replace(second, options=OPTIONS) == first


def test_terms_bias_it_or_are_refused_politely(case: Case, asked: Requests) -> None:
    prompt = case.engine.prompt(["Xeljanz", "Corvanta"], "en")
    request = replace(asked(case.samples), prompt=prompt)
    (heard,) = case.engine.decode([request])
    assert case.word in heard.text.lower()
    assert len(case.engine.prompt([f"term{number}" for number in range(1000)], "en")) < 1000


def test_what_was_said_before_is_taken_by_who_can(case: Case, asked: Requests) -> None:
    context = case.engine.context("Please drive with care. " * 100, "en")
    assert bool(context) == case.engine.capabilities.context
    assert case.engine.context("", "en") == ()
    request = replace(asked(case.samples), is_asked_again=True)
    first, again, in_context = (
        case.engine.decode([one])[0] for one in (request, request, replace(request, prompt=context))
    )
    assert again.text == first.text
    assert case.word in in_context.text.lower()


def test_languages_are_told_only_by_who_can(case: Case, asked: Requests) -> None:
    (heard,) = case.engine.decode([replace(asked(case.samples), stretches=(Span(500, 1500),))])
    assert bool(heard.languages) == case.engine.identifies_languages


class _Nowhere:
    def load(self, name: str) -> bytes | None:  # noqa: ARG002
        return None

    def save(self, name: str, data: bytes) -> None:
        """Calls of tests are heard once."""


def test_it_transcribes_a_call(case: Case) -> None:
    recognizer = Recognizer(case.model)
    try:
        transcript = transcribe(
            recognizer,
            TranscriptionRequest(sounds.channels(*sounds.recording("go-forward-3s.wav")), "en-US"),
            checkpoint=_Nowhere(),
            progress=lambda _: None,
            interrupted=lambda: False,
        )
    finally:
        recognizer.close()
    assert transcript.engine == case.model.name
    words = [word for turn in transcript.turns for word in turn.words if word.kind is WordKind.WORD]
    assert words
    for before, after in pairwise(words):
        assert before.end_ms <= after.start_ms
