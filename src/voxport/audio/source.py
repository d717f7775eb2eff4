"""The bytes of a recording as FFmpeg may read them: one file without a name, with a budget, that can be interrupted."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Protocol

from voxport.core.codes import Code
from voxport.core.errors import MediaFailed, Problem, StageInterrupted

_HEAD_BYTES = 4096
"""Enough of the beginning to tell WebM from Matroska."""
_READ_FACTOR = 4
_READ_EXTRA_BYTES = 256 * 1024**2
"""So often the size of the file, and so much more, may be read: indexes at the end are read twice. A judgement."""


def unreadable(reason: str) -> MediaFailed:
    """Problem 10201 with `reason`, a clause about the recording (`it ...`)."""
    return MediaFailed(Problem.of(Code.MEDIA_UNREADABLE, reason=reason))


def never() -> bool:
    """For callers that cannot be interrupted."""
    return False


class ByteReader(Protocol):
    """A file that can be read from anywhere."""

    def read(self, size: int, /) -> bytes:
        """Up to `size` bytes; fewer at the end alone."""
        ...

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """As of any file."""
        ...

    def tell(self) -> int:
        """As of any file."""
        ...


class MediaSource:
    """What PyAV reads. It has no `name`, so that no extension is believed and no relative file can be found.

    A crafted file may make a demuxer seek back and forth without end: reading is limited to a few times the size.
    What goes wrong in here is kept in `failure`, since it travels through C on its way out.
    """

    def __init__(self, reader: ByteReader, interrupted: Callable[[], bool] = never) -> None:
        self._reader = reader
        self.interrupted = interrupted
        self.size = reader.seek(0, io.SEEK_END)
        reader.seek(0)
        self.head = reader.read(_HEAD_BYTES)
        reader.seek(0)
        self.failure: BaseException | None = None
        self._budget_bytes = _READ_FACTOR * self.size + _READ_EXTRA_BYTES

    def read(self, size: int) -> bytes:
        try:
            self.check_interrupted()
            data = self._reader.read(size)
            self._budget_bytes -= len(data)
            self._check_budget()
        except BaseException as error:
            self.failure = error
            raise
        return data

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        try:
            return self._reader.seek(offset, whence)
        except BaseException as error:
            self.failure = error
            raise

    def tell(self) -> int:
        return self._reader.tell()

    def _check_budget(self) -> None:
        if self._budget_bytes < 0:
            raise unreadable("its parts lie in an order that cannot be followed")

    def check_interrupted(self) -> None:
        """Raises StageInterrupted when the stage is to stop."""
        if self.interrupted():
            raise StageInterrupted("decoding was interrupted")

    def reraise(self) -> None:
        """Raises what went wrong while FFmpeg was reading, if anything did."""
        if self.failure is not None:
            raise self.failure
