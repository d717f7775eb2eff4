"""ONNX folders: recognised by what is in them, never fetched; faults are one sentence; times from frames."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import numpy as np
import pytest
from onnx_asr.asr import TimestampedResult
from structlog.testing import capture_logs

from tests.rooms.speech.engines.made_up_onnx import HIGH_HZ, LOW_HZ, sound, write_model
from voxport.core.errors import Misconfigured
from voxport.speech.engine import UNKNOWN_LOGPROB, DecodingRequest, Hypothesis
from voxport.speech.engines.onnx_asr import OnnxModel, hypothesis_of
from voxport.speech.options import EngineOptions, SpeechOptions

ENGLISH = EngineOptions(device="cpu", threads=1, languages=("en",))
OPTIONS = SpeechOptions().first_attempt(10_000)


def _request(samples: int = 32_000) -> DecodingRequest:
    return DecodingRequest(np.zeros(samples, np.float32), "en", OPTIONS)


def test_it_opens_no_connection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("nothing is fetched")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    engine = OnnxModel(write_model(tmp_path / "bands"), ENGLISH).load()
    samples = sound((None, 0.5), (LOW_HZ, 0.5), (None, 0.6), (HIGH_HZ, 0.5), (None, 0.6))
    assert engine.decode([DecodingRequest(samples, "en", OPTIONS)])[0].text == "low high"


def test_a_type_that_the_hub_knows_is_no_type_of_a_folder(tmp_path: Path) -> None:
    folder = write_model(tmp_path / "bands")
    (folder / "config.json").write_text(json.dumps({"model_type": "nemo-parakeet-tdt-0.6b-v3"}), "utf-8")
    with pytest.raises(Misconfigured, match=r"needs a model_type out of .*nemo-conformer-tdt"):
        OnnxModel(folder, ENGLISH)


@pytest.mark.parametrize("config", ["", "[]", "{", '{"model_type": 3}'])
def test_a_folder_that_does_not_say_what_it_is(tmp_path: Path, config: str) -> None:
    folder = write_model(tmp_path / "bands")
    (folder / "config.json").write_text(config, "utf-8")
    with pytest.raises(Misconfigured, match="does not say what it is"):
        OnnxModel(folder, ENGLISH)


def test_a_model_without_languages_needs_them_named(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="VOXPORT_MODEL_LANGUAGES"):
        OnnxModel(write_model(tmp_path / "bands"), EngineOptions(device="cpu"))


def test_a_model_with_language_tokens_says_them_itself(tmp_path: Path) -> None:
    folder = write_model(tmp_path / "canary")
    (folder / "config.json").write_text(json.dumps({"model_type": "nemo-conformer-aed"}), "utf-8")
    (folder / "vocab.txt").write_text("<|endoftext|> 0\n<|en|> 1\n<|de|> 2\n<|pnc|> 3\n", "utf-8")
    for name in ("encoder-model.onnx", "decoder-model.onnx"):
        (folder / name).touch()
    OnnxModel(folder, EngineOptions(device="cpu"))
    with pytest.raises(Misconfigured, match="names a language that"):
        OnnxModel(folder, EngineOptions(device="cpu", languages=("en", "fr")))


def test_a_missing_file_is_told_by_a_look_and_a_broken_one_when_it_is_loaded(tmp_path: Path) -> None:
    folder = write_model(tmp_path / "bands")
    (folder / "model.onnx").write_bytes(b"no model")
    with pytest.raises(Misconfigured, match="cannot be loaded"):
        OnnxModel(folder, ENGLISH).load()
    (folder / "vocab.txt").unlink()
    with pytest.raises(Misconfigured, match=r"cannot be loaded: .*vocab\.txt"):
        OnnxModel(folder, ENGLISH)


def test_the_arithmetic_is_that_of_the_files(tmp_path: Path) -> None:
    folder = write_model(tmp_path / "bands")
    assert OnnxModel(folder, ENGLISH).name == "onnx-asr bands float32"
    write_model(folder, ending=".int8")
    assert OnnxModel(folder, ENGLISH).name == "onnx-asr bands int8"
    OnnxModel(folder, ENGLISH).load()
    with pytest.raises(Misconfigured, match="was saved as float32 and int8"):
        OnnxModel(folder, EngineOptions(device="cpu", compute_type="float16", languages=("en",)))


def test_a_gpu_needs_its_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_model(tmp_path / "bands")
    monkeypatch.setattr("ctranslate2.get_cuda_device_count", lambda: 2)
    monkeypatch.setattr("ctypes.CDLL", lambda _name: None)
    with pytest.raises(Misconfigured, match=r"A GPU cannot be used: .* needs the package onnxruntime-gpu"):
        OnnxModel(folder, EngineOptions(device="cuda", languages=("en",)))
    assert str(OnnxModel(folder, EngineOptions(languages=("en",))).place).startswith("the CPU (a model in the ONNX")
    with pytest.raises(Misconfigured, match="VOXPORT_GPUS names several"):
        OnnxModel(folder, EngineOptions(devices=(0, 1), languages=("en",)))


def test_a_model_that_goes_on_with_the_cpu_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ctranslate2.get_cuda_device_count", lambda: 0)
    with capture_logs() as lines:
        OnnxModel(write_model(tmp_path / "bands"), EngineOptions(threads=1, languages=("en",))).load()
    assert [(line["event"], line["model"]) for line in lines] == [
        ("the model runs on the CPU", "onnx-asr bands float32")
    ]


def _spans(heard: Hypothesis) -> list[tuple[int, int]]:
    return [(token.start_ms, token.end_ms) for token in heard.tokens]


def test_tokens_last_until_the_next_and_share_a_frame() -> None:
    result = TimestampedResult("go on", [0.08, 0.08, 0.4], [" g", "o", " on"], [-0.1, -0.2, -0.3])
    heard = hypothesis_of(result, _request())
    assert heard.text == "go on"
    assert _spans(heard) == [(80, 240), (240, 400), (400, 1200)]
    assert heard.average_logprob == pytest.approx(-0.2)


def test_a_result_without_times_or_probabilities() -> None:
    heard = hypothesis_of(TimestampedResult("Go on."), _request())
    assert [token.text for token in heard.tokens] == ["Go", " on."]
    assert not any(token.measured for token in heard.tokens)
    assert heard.average_logprob == UNKNOWN_LOGPROB
    heard = hypothesis_of(TimestampedResult("Go on", None, [" Go", " on"], [0.1, -0.2, -0.3]), _request())
    assert heard.average_logprob == UNKNOWN_LOGPROB
