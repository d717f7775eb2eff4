"""Which recordings are exported, and under which keys: files, folders and patterns of the command line or a manifest.

The key of a result is the recording's name with `.json`, that of an attachment the name itself. Two recordings never
share a key.
"""

from __future__ import annotations

import glob
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from voxport.cli.errors import CommandFailed

RECORDING_TYPES = frozenset(
    [
        "mp3",
        "mp4",
        "flv",
        "wmv",
        "avi",
        "mpeg",
        "mpg",
        "aac",
        "aiff",
        "aif",
        "au",
        "ogg",
        "oga",
        "opus",
        "3gp",
        "flac",
        "ra",
        "m4a",
        "wma",
        "m4v",
        "caf",
        "cf",
        "mov",
        "webm",
        "wav",
        "asf",
        "amr",
    ]
)
"""What is taken from a folder; a file that is named is taken whatever it is called."""
RESULT_SUFFIX = ".json"
LONGEST_KEY_BYTES = 1024
_FIRST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Row:
    """A recording that a manifest names."""

    file: str
    """Its path as written."""
    metadata: dict[str, Any] = field(default_factory=dict)
    """What the manifest says of it, in the names of v3."""


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording with the keys of its objects."""

    path: Path
    written: str
    """The path as people gave it."""
    key: str
    """Key of the result."""
    attachment_key: str
    """Key of the redacted audio."""
    metadata: dict[str, Any] = field(default_factory=dict, compare=False)
    """In the names of v3."""

    @property
    def name(self) -> str:
        return self.path.name


@dataclass(frozen=True, slots=True)
class Naming:
    """How keys are made of paths."""

    prefix: str = ""
    """Folders before every key."""
    keep_folders: bool = False
    """Whether what lies below a folder that was named keeps its path there."""

    def recording(self, written: str, below: Path | None, metadata: dict[str, Any]) -> Recording:
        """The recording at `written`, found in the folder `below`."""
        path = Path(written).expanduser()
        name = path.relative_to(below).as_posix() if self.keep_folders and below is not None else path.name
        prefix = self.prefix.strip("/")
        key = f"{prefix}/{name}" if prefix else name
        return Recording(path, written, key + RESULT_SUFFIX, key, metadata)


def collect(arguments: Sequence[str], rows: Sequence[Row], naming: Naming) -> list[Recording]:
    """Every recording once, in the order given. Raises CommandFailed naming what is not there or clashes."""
    found: dict[Path, Recording] = {}
    missing: list[str] = []
    for written, below in _of_arguments(arguments):
        recording = naming.recording(written, below, {})
        if not recording.path.is_file():
            missing.append(written)
        found.setdefault(recording.path.absolute(), recording)
    described: dict[Path, Row] = {}
    for row in rows:
        recording = naming.recording(row.file, None, row.metadata)
        if not recording.path.is_file():
            missing.append(row.file)
        place = recording.path.absolute()
        if described.setdefault(place, row).metadata != row.metadata:
            raise CommandFailed(f"The manifest says two different things of {row.file}.")
        # Also named as a file or found in a folder: it keeps the key from there.
        found[place] = replace(found.get(place, recording), metadata=row.metadata)
    if missing:
        raise CommandFailed(f"These are no files: {_some(missing)}.")
    recordings = list(found.values())
    if not recordings:
        raise CommandFailed("There is no recording to export: name files, folders, patterns or a --manifest.")
    _check_keys(recordings, naming)
    return recordings


def _of_arguments(arguments: Iterable[str]) -> Iterable[tuple[str, Path | None]]:
    for argument in arguments:
        path = Path(argument).expanduser()
        if path.is_dir():
            inside = sorted(one for one in path.rglob("*") if _is_recording(one, path))
            if not inside:
                raise CommandFailed(f"There is no recording in {argument}.")
            yield from ((str(one), path) for one in inside)
        elif not path.exists() and glob.has_magic(argument):
            found = glob.glob(str(path), recursive=True)  # noqa: PTH207 - patterns may be absolute
            matching = sorted(one for one in found if Path(one).is_file())
            if not matching:
                raise CommandFailed(f"Nothing matches {argument}.")
            yield from ((one, _fixed_part(path)) for one in matching)
        else:
            yield argument, None


def _is_recording(path: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return not hidden and path.suffix[1:].lower() in RECORDING_TYPES and path.is_file()


def _fixed_part(pattern: Path) -> Path:
    """The folders of a pattern before the first that is one."""
    parts = pattern.parts[:-1]
    fixed = next((index for index, part in enumerate(parts) if glob.has_magic(part)), len(parts))
    return Path(*parts[:fixed])


def _check_keys(recordings: Iterable[Recording], naming: Naming) -> None:
    taken: dict[str, Recording] = {}
    for recording in recordings:
        for key in (recording.key, recording.attachment_key):
            other = taken.setdefault(key, recording)
            if other is not recording:
                remedy = "" if naming.keep_folders else " --keep-folders puts their folders into the keys."
                raise CommandFailed(f"{other.written} and {recording.written} would both be {key}.{remedy}")
        if {".", ".."} & set(recording.key.split("/")):
            # Whoever puts to such a URL resolves them first, and the signature is of another one.
            raise CommandFailed(
                f"The key of {recording.written} would be {recording.key}; it cannot hold . or .. as a folder."
            )
        if len(recording.key.encode()) > LONGEST_KEY_BYTES:
            raise CommandFailed(f"The key of {recording.written} would be longer than {LONGEST_KEY_BYTES} bytes.")


def _some(names: Sequence[str]) -> str:
    more = len(names) - _FIRST_SHOWN
    return ", ".join(names[:_FIRST_SHOWN]) + (f" and {more} more" if more > 0 else "")
