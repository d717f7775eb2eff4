"""A recogniser for the whole session: tiny.en, loaded once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from voxport.speech.engines.faster_whisper import FasterWhisperModel
from voxport.speech.models import locate
from voxport.speech.options import EngineOptions
from voxport.speech.recognizer import Recognizer


@pytest.fixture(scope="session")
def models_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="session")
def tiny(models_dir: Path) -> Iterator[Recognizer]:
    recognizer = Recognizer(FasterWhisperModel(locate("tiny.en", models_dir), EngineOptions(device="cpu")))
    yield recognizer
    recognizer.close()


@pytest.fixture(scope="session")
def base(models_dir: Path) -> Iterator[Recognizer]:
    recognizer = Recognizer(FasterWhisperModel(locate("base", models_dir), EngineOptions(device="cpu")))
    yield recognizer
    recognizer.close()
