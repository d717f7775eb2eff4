"""Reads the tensors of a PyTorch checkpoint without PyTorch.

A checkpoint is a zip archive: one pickle that describes the tensors, one file of raw numbers for each. Pickles can call
anything, so this one may name nothing but what puts tensors together; whatever else it names is refused.
"""

from __future__ import annotations

import pickle
import zipfile
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt

Tensor = npt.NDArray[np.float32]

_STORAGES = {"FloatStorage": np.float32, "LongStorage": np.int64}
"""PyTorch's names of what holds raw numbers, and of which kind they are (little-endian)."""
_DESCRIPTION = "/data.pkl"


class UnreadableCheckpoint(Exception):
    """A file is no checkpoint, or names something that no table of tensors needs."""


def read_tensors(path: Path) -> dict[str, Tensor]:
    """The tensors of a checkpoint by their names, those of a `state_dict` inside it where it has one.

    Raises UnreadableCheckpoint.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            description = next((name for name in archive.namelist() if name.endswith(_DESCRIPTION)), None)
            if description is None:
                raise UnreadableCheckpoint(f"{path.name} has no description of its tensors")
            with archive.open(description) as source:
                read = _Description(source, archive, description.removesuffix(_DESCRIPTION)).load()
    except (OSError, ValueError, KeyError, EOFError, pickle.UnpicklingError, zipfile.BadZipFile) as error:
        raise UnreadableCheckpoint(f"{path.name} is no checkpoint: {error}") from error
    table = read.get("state_dict", read) if isinstance(read, Mapping) else {}
    return {name: value for name, value in table.items() if isinstance(value, np.ndarray)}


class _Description(pickle.Unpickler):
    """The pickle of a checkpoint: it may make ordered tables and tensors, and nothing else."""

    def __init__(self, source: object, archive: zipfile.ZipFile, folder: str) -> None:
        super().__init__(source)  # type: ignore[arg-type]
        self._archive = archive
        self._folder = folder

    def find_class(self, module: str, name: str) -> object:
        if (module, name) == ("collections", "OrderedDict"):
            return OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return _tensor
        if module == "torch" and name in _STORAGES:
            return _STORAGES[name]
        raise pickle.UnpicklingError(f"it names {module}.{name}")

    def persistent_load(self, pid: tuple[str, type[np.generic], str, str, int]) -> npt.NDArray[np.generic]:
        _, kind, key, _, _ = pid
        return np.frombuffer(self._archive.read(f"{self._folder}/data/{key}"), kind)


def _tensor(
    storage: npt.NDArray[np.generic], offset: int, size: tuple[int, ...], stride: tuple[int, ...], *_: object
) -> npt.NDArray[np.generic]:
    """What `torch._utils._rebuild_tensor_v2` makes: numbers of a storage from `offset` on; strides count numbers."""
    length = 1 + sum((count - 1) * step for count, step in zip(size, stride, strict=True)) if 0 not in size else 0
    if offset < 0 or min((*size, *stride, 0)) < 0 or offset + length > storage.shape[0]:
        raise pickle.UnpicklingError("a tensor lies outside its numbers")
    steps = [step * storage.itemsize for step in stride]
    return np.lib.stride_tricks.as_strided(storage[offset:], size, steps).copy()
