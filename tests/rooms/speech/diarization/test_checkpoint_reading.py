"""Checkpoints of PyTorch are read without PyTorch, and name nothing but tensors."""

from __future__ import annotations

import os
import pickle
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from voxport.speech.diarization.checkpoint import UnreadableCheckpoint, read_tensors

_OF_FOUR = b"ctorch._utils\n_rebuild_tensor_v2\n((S'storage'\nctorch\n%s\nS'0'\nS'cpu'\nI4\ntQ%stR"


def checkpoint(path: Path, description: bytes) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("archive/data.pkl", description)
        archive.writestr("archive/data/0", np.arange(4, dtype="<f4").tobytes())
    return path


def tensor(shape: bytes, kind: bytes = b"FloatStorage") -> bytes:
    """A table with one tensor `w` over four numbers; `shape`: offset, size, strides."""
    return b"(dS'w'\n" + _OF_FOUR % (kind, shape) + b"s."


def test_numbers_by_offset_size_and_strides(tmp_path: Path) -> None:
    path = checkpoint(tmp_path / "made.pt", tensor(b"I1\n(I3\nt(I1\nt"))
    assert read_tensors(path)["w"].tolist() == [1.0, 2.0, 3.0]
    path = checkpoint(tmp_path / "turned.pt", tensor(b"I0\n(I2\nI2\nt(I1\nI2\nt"))
    assert read_tensors(path)["w"].tolist() == [[0.0, 2.0], [1.0, 3.0]]


def test_a_table_may_stand_in_another(tmp_path: Path) -> None:
    inner = tensor(b"I0\n(I4\nt(I1\nt").removesuffix(b".")
    path = checkpoint(tmp_path / "made.pt", b"(dS'state_dict'\n" + inner + b"s.")
    assert read_tensors(path)["w"].tolist() == [0.0, 1.0, 2.0, 3.0]


class Calls:
    def __reduce__(self) -> tuple[Callable[[str], int], tuple[str]]:
        return os.system, ("true",)


@pytest.mark.parametrize(
    "description",
    [
        pickle.dumps(Calls()),
        tensor(b"I2\n(I3\nt(I1\nt"),
        tensor(b"I0\n(I4\nt(I2\nt"),
        tensor(b"I-1\n(I2\nt(I1\nt"),
        tensor(b"I0\n(I4\nt(I1\nt", b"HalfStorage"),
        tensor(b"I0\n(I4\nt(I1\nt").replace(b"S'0'", b"S'1'"),
        b"(d",
    ],
    ids=["a call", "past its end", "strides past its end", "before its start", "other numbers", "no numbers", "cut"],
)
def test_whatever_else_is_refused(tmp_path: Path, description: bytes) -> None:
    with pytest.raises(UnreadableCheckpoint):
        read_tensors(checkpoint(tmp_path / "made.pt", description))


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "made.pt").write_bytes(b"text")
    with pytest.raises(UnreadableCheckpoint, match=r"made\.pt"):
        read_tensors(tmp_path / "made.pt")
