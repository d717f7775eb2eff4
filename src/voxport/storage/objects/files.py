"""Blobs as Python files, for libraries that want to read, seek or write one."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from voxport.storage.objects.faults import write_faults

if TYPE_CHECKING:
    from obstore import WritableFile


class _RangeFile(io.RawIOBase):
    """Reads a blob by ranges, one request a call; `BlobReader` puts a buffer before it."""

    def __init__(self, read_range: Callable[[int, int], bytes], size: int) -> None:
        self._read_range, self._size, self._position = read_range, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        if start + offset < 0:
            raise ValueError("negative seek position")
        self._position = start + offset
        return self._position

    def readinto(self, buffer: Any, /) -> int:
        view = memoryview(buffer).cast("B")
        stop = min(self._position + len(view), self._size)
        if stop <= self._position:
            return 0
        data = self._read_range(self._position, stop)
        view[: len(data)] = data
        self._position += len(data)
        return len(data)


class BlobReader(io.BufferedReader):
    """A seekable, buffered file over `read_range(start, stop)`; a read is never longer than what is left."""

    def __init__(self, read_range: Callable[[int, int], bytes], size: int, buffer_bytes: int) -> None:
        super().__init__(_RangeFile(read_range, size), buffer_bytes)


class BlobWriter(io.RawIOBase):
    """A file over an upload; whoever opened the upload ends or discards it."""

    def __init__(self, upload: WritableFile) -> None:
        self._upload, self._written = upload, 0

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._written

    def write(self, data: Any, /) -> int:
        view = memoryview(data).cast("B")
        with write_faults():
            self._upload.write(view)
        self._written += len(view)
        return len(view)
