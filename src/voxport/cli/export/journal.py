"""The journal of a batch: which recordings a server has, kept so that a batch that stopped goes on where it was.

A line for each step, written through to the disk before the step that follows: what was begun without a line of how it
ended may be on the server or not, and the server is asked. It holds no keys, no URLs, no tokens, no metadata.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

from voxport.cli.errors import CommandFailed
from voxport.cli.export.recordings import Recording

BEGUN, ACCEPTED, REFUSED, DELIVERED = "begun", "accepted", "refused", "delivered"
_FORMAT = "voxport-export-1"


@dataclass(frozen=True, slots=True)
class Entry:
    """The last that is known of a recording. Stored data: the fields are keys of a journal's lines."""

    step: str
    """`begun`, `accepted`, `refused` or `delivered`."""
    export_id: str
    """The mark by which the recording is found on the server."""
    stat: tuple[int, int]
    """Size in bytes and time of change in ns."""
    sha256: str
    """Of the recording's bytes, in hex."""
    attached: bool
    """Whether it was sent with its attachment."""
    begun_s: float
    """When its upload began, in seconds since 1970."""
    media_id: str | None = None
    """None until the server has accepted it."""


class JournalFault(CommandFailed):
    """A step could not be noted, so that nothing more may be sent; `media_id` when the server has the recording."""

    def __init__(self, message: str, media_id: str | None) -> None:
        super().__init__(message)
        self.media_id = media_id


class Journal:
    """Of one server and bucket; a context manager. Raises CommandFailed when another export has it open.

    `attach`: whether attachments are delivered too, without which a recording was not sent as it is wanted now.
    """

    def __init__(self, path: Path, server: str, bucket: str, *, attach: bool) -> None:
        self._path, self._scope, self._attach = path, f"{server} {bucket}", attach
        self._entries: dict[tuple[str, str], Entry] = {}
        self._file: TextIO | None = None
        self._one_at_a_time = threading.Lock()

    def __enter__(self) -> Journal:
        try:
            new = not self._path.exists()
            if not new and not self._path.is_file():
                raise CommandFailed(f"The journal {self._path} is no file.")
            self._file = self._path.open("a+", encoding="utf-8", errors="replace")
        except OSError as error:
            raise CommandFailed(f"The journal {self._path} cannot be written: {error.strerror}.") from None
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._file.close()
            raise CommandFailed(f"Another export is under way with the journal {self._path}.") from None
        try:
            self._read()
        except OSError as error:
            self._close()
            raise CommandFailed(f"The journal {self._path} cannot be written: {error.strerror}.") from None
        except BaseException:
            self._file.close()
            raise
        if new:
            _sync_folder(self._path.parent)
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self._close()

    def _close(self) -> None:
        """Every line was written through when it was noted; what a full disk did not take was reported then."""
        if self._file is not None:
            with suppress(OSError):
                self._file.close()

    def entry(self, recording: Recording) -> Entry | None:
        """None when nothing is known of the recording as it is now: one with other bytes is another one.

        Reads the file only where its time alone has changed, as after copying.
        """
        entry = self._entries.get((self._scope, recording.key))
        if entry is None or entry.attached != self._attach:
            return None
        stat = _stat_of(recording.path)
        same = stat == entry.stat or (stat[0] == entry.stat[0] and _sha256_of(recording.path) == entry.sha256)
        return entry if same else None

    def begun(self, recording: Recording, export_id: str) -> None:
        """Before the first byte is sent. Reads the file, so for a thread of its own.

        Raises JournalFault where it cannot be noted, as the other steps do.
        """
        stat, sha256 = _stat_of(recording.path), _sha256_of(recording.path)
        entry = Entry(
            step=BEGUN,
            export_id=export_id,
            stat=stat,
            sha256=sha256,
            attached=self._attach,
            begun_s=time.time(),
        )
        self._note(recording, entry)

    def accepted(self, recording: Recording, media_id: str) -> None:
        self._step(recording, ACCEPTED, media_id)

    def refused(self, recording: Recording) -> None:
        """The server has it not, and will not have it as it is."""
        self._step(recording, REFUSED, None)

    def delivered(self, recording: Recording) -> None:
        self._step(recording, DELIVERED, None)

    def _step(self, recording: Recording, step: str, media_id: str | None) -> None:
        before = self._entries[self._scope, recording.key]
        self._note(recording, replace(before, step=step, media_id=media_id or before.media_id))

    def _note(self, recording: Recording, entry: Entry) -> None:
        if self._file is None:
            raise ValueError("the journal is not open")
        line = {"format": _FORMAT, "scope": self._scope, "key": recording.key, "file": recording.written}
        written = {**line, **{name: getattr(entry, name) for name in Entry.__slots__}}
        with self._one_at_a_time:
            try:
                self._file.write(json.dumps(written, ensure_ascii=False) + "\n")
                self._file.flush()
                os.fsync(self._file.fileno())
            except OSError as error:
                reason = f"The journal {self._path} cannot be written: {error.strerror}."
                raise JournalFault(reason, entry.media_id) from None
            self._entries[self._scope, recording.key] = entry

    def _read(self) -> None:
        """A torn line is of a step that was not taken; the last is ended, so that the next step begins a new one."""
        if self._file is None:
            return
        self._file.seek(0)
        text = self._file.read()
        ours = not text or text.startswith(f'{{"format": "{_FORMAT}"')
        if not ours:
            raise CommandFailed(f"{self._path} is not a journal of exports.")
        for line in text.split("\n"):
            with suppress(ValueError, KeyError, TypeError):
                self._take(json.loads(line))
        if text and not text.endswith("\n"):
            self._file.write("\n")
            self._file.flush()

    def _take(self, line: dict[str, Any]) -> None:
        if line["format"] != _FORMAT:
            raise ValueError
        entry = Entry(**{name: line[name] for name in Entry.__slots__})
        size_bytes, changed_ns = entry.stat
        entry = replace(entry, stat=(size_bytes, changed_ns))
        self._entries[str(line["scope"]), str(line["key"])] = entry


def _stat_of(path: Path) -> tuple[int, int]:
    stat = path.stat()
    return stat.st_size, stat.st_mtime_ns


def _sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync_folder(folder: Path) -> None:
    """A new file is safe once its folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
