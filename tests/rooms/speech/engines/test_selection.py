"""What an operator names decides the engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rooms.speech.engines.made_up_onnx import write_model
from voxport.core.errors import Misconfigured
from voxport.speech.engines.selection import select_model
from voxport.speech.models import ModelFormat, format_of, locate
from voxport.speech.options import EngineOptions, RemoteOptions

CPU = EngineOptions(device="cpu", languages=("en",))


def test_by_form_and_by_content(tmp_path: Path, models_dir: Path) -> None:
    onnx = write_model(tmp_path / "bands")
    (tmp_path / "mine").mkdir()
    for name in ("model.bin", "tokenizer.json", "vocabulary.json"):
        (tmp_path / "mine" / name).touch()
    names = {
        "tiny.en": "faster-whisper tiny.en int8",
        str(tmp_path / "mine"): "faster-whisper mine int8",
        str(onnx): "onnx-asr bands float32",
        "https://pool.internal/v1": "openai-compatible large",
    }
    for name, engine in names.items():
        remote = RemoteOptions(model="large")
        assert select_model(name, models_dir, options=CPU, remote=remote).name == engine


def test_files_one_folder_down_are_a_model_too(tmp_path: Path) -> None:
    folder = tmp_path / "whisper"
    write_model(folder)
    (folder / "onnx").mkdir()
    (folder / "model.onnx").rename(folder / "onnx" / "model.onnx")
    assert format_of(locate(str(folder), tmp_path)) is ModelFormat.ONNX


def test_a_folder_of_nothing(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match=r"has no model\.bin \(CTranslate2\) and no \.onnx files"):
        select_model(str(tmp_path), tmp_path)


def test_a_key_without_an_endpoint_is_told(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="VOXPORT_REMOTE_KEY has no effect") as fault:
        select_model("tiny.en", tmp_path, remote=RemoteOptions(key="hidden"))
    assert "hidden" not in str(fault.value)
