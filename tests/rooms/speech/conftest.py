"""A recogniser for the whole session: tiny.en, loaded once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from voxport.speech.models import locate
from voxport.speech.recognizer import Recognizer, RecognizerOptions


@pytest.fixture(scope="session")
def models_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="session")
def tiny(models_dir: Path) -> Iterator[Recognizer]:
    recognizer = Recognizer(locate("tiny.en", models_dir), RecognizerOptions(device="cpu"))
    yield recognizer
    recognizer.close()


@pytest.fixture(scope="session")
def base(models_dir: Path) -> Iterator[Recognizer]:
    recognizer = Recognizer(locate("base", models_dir), RecognizerOptions(device="cpu"))
    yield recognizer
    recognizer.close()
