"""The bench of GPUs: without one it says so; what it measures is measured here on the processor."""

from __future__ import annotations

import argparse
import io
from pathlib import Path

import pytest
from rich.console import Console

from benchmarks import gpu
from benchmarks.corpus import Recording
from voxport.speech.models import locate
from voxport.speech.options import EngineOptions

AUDIO = Path(__file__).parents[1] / "audio" / "go-forward-3s.wav"
TRUTH = {"turns": [{"speaker": "a", "s": 500, "e": 2600, "text": "Go forward ten meters."}]}


def test_without_a_gpu_it_says_so_and_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ctranslate2.get_cuda_device_count", lambda: 0)
    with pytest.raises(SystemExit) as ended:
        gpu.measure(Console(file=io.StringIO()), argparse.Namespace())
    assert ended.value.code == gpu.NO_GPU


def test_every_contestant_is_measured(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gpu, "BATCHES_S", (20,))
    monkeypatch.setattr(gpu, "PIPELINE_BATCHES", (2,))
    model = locate("tiny.en", tmp_path_factory.mktemp("models"))
    calls = [gpu.Call.of(Recording(AUDIO, TRUTH))] * 2
    options = EngineOptions(device="cpu", compute_type="int8", threads=2)
    rows = gpu.rows_of(Console(file=io.StringIO()), model, calls, options, at_once=2, rounds=1)
    measured = {row.figure: row.measured for row in rows}
    assert {
        "voxport, batches of 20 s, 2 calls at once",
        "voxport, one call at a time",
        "faster-whisper batched by 2",
        "voxport / batched, the best of each",
    } <= set(measured)
    assert all(row.measured > 0 for row in rows if row.unit == "s/s")
    assert all(row.measured <= 50 for row in rows if row.unit == "%")
    assert 1 <= measured["requests in a batch"] <= 2
