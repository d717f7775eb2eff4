"""Blobs: the one door to everything kept as bytes, in a local folder or an S3 bucket (obstore)."""

from __future__ import annotations

import asyncio
import errno
import os
import re
import shutil
from collections.abc import AsyncIterator, Awaitable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast
from urllib.parse import urlsplit
from urllib.request import url2pathname

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, S3Store

from voxport.core.errors import Misconfigured, start_fault, system_errno
from voxport.storage.objects.faults import faults, unless_there, write_faults
from voxport.storage.objects.files import BlobReader, BlobWriter
from voxport.storage.objects.mark import Mark

if TYPE_CHECKING:
    from obstore.store import RetryConfig

PART_BYTES = 5 * 1024 * 1024
"""Size of an upload's parts: the least that S3 takes, so that an upload needs little memory."""
_PARTS_AT_ONCE = 2
_READ_AHEAD_BYTES = 1024 * 1024
_GATHERED_BYTES = 1024 * 1024
PROBE = bytes(64 * 1024)
"""More than a full disk has left in the blocks it has given out."""
_RETRIES: RetryConfig = {"max_retries": 6, "retry_timeout": timedelta(seconds=20)}
"""About 13 s of pauses: who waits for an answer is told, and stages have tries of their own."""
_REMOVALS = 100
"""How often a folder is removed in which others go on writing."""
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*")
_S3_OPTIONS = frozenset({"endpoint", "region", "allow_http", "access_key_id", "secret_access_key", "session_token"})


class Blobs:
    """Keys are relative paths of plain names (`media/<id>/original`); anything else (`..`, `//`, `/x`): ValueError.

    Methods raise TransientFault when the store cannot be reached. The sync ones are safe from several threads.
    """

    def __init__(self, store: LocalStore | S3Store, folder: Path | None) -> None:
        """`folder` is where a LocalStore keeps its files, None for S3."""
        self._store, self._folder = store, folder
        self.mark = None if folder is None else Mark(folder)
        """What a local folder is known by; None for S3, whose bucket is there or says that it is not."""

    @classmethod
    def open(cls, url: str, **options: Any) -> Blobs:
        """`file:///folder` (made when absent) or `s3://bucket/prefix`.

        Options of S3: `endpoint`, `region`, `allow_http`; credentials come from the usual AWS variables, or
        `access_key_id`, `secret_access_key`, `session_token`. Raises Misconfigured; TransientFault for a full disk.
        """
        parts = urlsplit(url)
        if set(options) - _S3_OPTIONS:
            raise Misconfigured(f"The object store does not know the options {sorted(set(options) - _S3_OPTIONS)}.")
        try:
            if parts.scheme == "file" and not parts.netloc:
                folder = Path(url2pathname(parts.path))
                return cls(LocalStore(folder, mkdir=True), folder)
            if parts.scheme == "s3" and parts.netloc:
                return cls(_s3(parts.netloc, parts.path.strip("/"), options), None)
        except (BaseError, OSError) as error:
            number = system_errno(error)
            why = type(error).__name__ if number is None else os.strerror(number)
            raise start_fault(error, f"The object store cannot be opened: {why}.") from error
        raise Misconfigured("The object store must be file:///folder or s3://bucket/prefix.")

    async def write_stream(self, key: str, chunks: AsyncIterator[bytes]) -> int:
        """Bytes written. Constant memory, one write; nothing under `key`, nor beside it, unless `chunks` ended well.

        What `chunks` raises comes through. A local file is on the disk, not only in its cache, when this returns.
        """
        _require_key(key)
        await asyncio.to_thread(self._require_store)
        written, gathered = 0, bytearray()
        upload = obstore.open_writer_async(self._store, key, buffer_size=PART_BYTES, max_concurrency=_PARTS_AT_ONCE)
        try:
            async for chunk in chunks:
                written += len(chunk)
                gathered += chunk
                if len(gathered) >= _GATHERED_BYTES:
                    await _to_its_end(upload.write(bytes(gathered)))
                    gathered.clear()
            await _to_its_end(upload.write(bytes(gathered)))
            await _to_its_end(upload.close())
        except BaseException as error:
            with suppress(BaseError, OSError):
                await upload.__aexit__(type(error), error, error.__traceback__)  # discards what came
            raise
        if self._folder is not None:
            await asyncio.to_thread(self._settle, self._folder / key)
        return written

    def put(self, key: str, data: bytes) -> None:
        """Replaces what was under `key`, at once for every reader."""
        _require_key(key)
        self._require_store()
        with write_faults():
            obstore.put(self._store, key, data, chunk_size=PART_BYTES, max_concurrency=_PARTS_AT_ONCE)

    def get(self, key: str) -> bytes | None:
        """Everything under `key`, None when there is nothing."""
        _require_key(key)
        with faults(), unless_there():
            return bytes(obstore.get(self._store, key).bytes())
        self._require_store()
        return None

    def exists(self, key: str) -> bool:
        """Whether there is something under `key`."""
        return self.size(key) is not None

    def size(self, key: str) -> int | None:
        """Length in bytes, None when there is nothing."""
        _require_key(key)
        with faults(), unless_there():
            return obstore.head(self._store, key)["size"]
        if self._folder is None:
            # An answer to HEAD has no body, which would say that the whole bucket is missing.
            with faults(), unless_there():
                obstore.get_range(self._store, key, start=0, length=1)
        self._require_store()
        return None

    def probe(self, key: str, *, writes: bool) -> None:
        """Asks for `key`, and with `writes` writes it and removes it again; raises TransientFault with the reason."""
        if writes:
            self.put(key, PROBE)
            self.delete(key)
        else:
            self.exists(key)

    def sizes(self, prefix: str) -> Iterator[tuple[str, int]]:
        """Keys under `prefix` (whole path parts) with their lengths in bytes."""
        prefix = prefix.rstrip("/")
        _require_key(prefix)
        self._require_store()
        with faults():
            for page in obstore.list(self._store, prefix=prefix, chunk_size=500):
                yield from ((item["path"], item["size"]) for item in page)

    def delete(self, key: str) -> None:
        """Removes what is under `key`, and what killed uploads left of it; twice is fine."""
        _require_key(key)
        self._require_store()
        with faults():
            with unless_there():
                obstore.delete(self._store, key)
            if self._folder is not None:
                for draft in (self._folder / key).parent.glob(f"{key.rpartition('/')[2]}#*"):
                    draft.unlink(missing_ok=True)

    def delete_prefix(self, prefix: str) -> None:
        """Removes everything under `prefix` (whole path parts: `media/a` does not reach `media/ab`); twice is fine."""
        prefix = prefix.rstrip("/")
        _require_key(prefix)
        self._require_store()
        with faults():
            if self._folder is not None:
                # The whole folder: a killed upload leaves a draft in it that listings do not show.
                _remove_folder(self._folder / prefix)
                return
            for page in obstore.list(self._store, prefix=prefix, chunk_size=500):
                obstore.delete(self._store, [item["path"] for item in page])

    def open_reader(self, key: str) -> BinaryIO:
        """Seekable and buffered; raises FileNotFoundError."""
        size = self._size_or_raise(key)
        return BlobReader(lambda start, stop: self._range(key, start, stop), size, _READ_AHEAD_BYTES)

    @contextmanager
    def open_writer(self, key: str) -> Iterator[BinaryIO]:
        """Streams up; visible when the block ends well, discarded on an exception."""
        _require_key(key)
        self._require_store()
        upload = obstore.open_writer(self._store, key, buffer_size=PART_BYTES, max_concurrency=_PARTS_AT_ONCE)
        try:
            yield cast(BinaryIO, BlobWriter(upload))
        except BaseException as error:
            with suppress(BaseError, OSError):
                upload.__exit__(type(error), error, error.__traceback__)  # discards what came
            raise
        with write_faults():
            upload.close()
        self._require_store()

    def read_range(self, key: str, start: int, stop: int) -> bytes:
        """Bytes [start, stop), clipped to the length; raises FileNotFoundError."""
        size = self._size_or_raise(key)
        start, stop = max(start, 0), min(stop, size)
        return self._range(key, start, stop) if start < stop else b""

    async def read_stream(self, key: str, chunk_bytes: int = 1 << 20) -> AsyncIterator[bytes]:
        """All bytes in pieces of about `chunk_bytes`; raises FileNotFoundError at the first."""
        _require_key(key)
        with self._reading():
            found = await obstore.get_async(self._store, key)
            async for chunk in found.stream(min_chunk_size=chunk_bytes):
                yield bytes(chunk)

    async def read_range_stream(
        self, key: str, start: int, stop: int, chunk_bytes: int = 1 << 20
    ) -> AsyncIterator[bytes]:
        """Bytes [start, stop) in pieces, for HTTP ranges; both must lie within the length."""
        _require_key(key)
        with self._reading():
            found = await obstore.get_async(self._store, key, options={"range": (start, stop)})
            async for chunk in found.stream(min_chunk_size=chunk_bytes):
                yield bytes(chunk)

    def _size_or_raise(self, key: str) -> int:
        size = self.size(key)
        if size is None:
            raise FileNotFoundError(key)
        return size

    def _range(self, key: str, start: int, stop: int) -> bytes:
        with self._reading():
            return bytes(obstore.get_range(self._store, key, start=start, end=stop))

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """As `faults`; what is not there is gone only where the store itself is there."""
        try:
            with faults():
                yield
        except FileNotFoundError:
            self._require_store()
            raise

    def _settle(self, file: Path) -> None:
        """What was written is on the disk, and in the store."""
        with write_faults():
            _flush_to_disk(file)
        self._require_store()

    def _require_store(self) -> None:
        if self.mark is not None:
            self.mark.require()


def _s3(bucket: str, prefix: str, options: dict[str, Any]) -> S3Store:
    config = {name: value for name, value in options.items() if name != "allow_http" and value is not None}
    if "endpoint" in config:
        # Other stores rarely have a name for each bucket, and take any region.
        config.setdefault("region", os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or "us-east-1")
    client = {"allow_http": True} if options.get("allow_http") else {}
    return S3Store(bucket, prefix=prefix or None, client_options=client, retry_config=_RETRIES, **config)  # type: ignore[arg-type]


def _remove_folder(folder: Path) -> None:
    """Also while others delete or write in it, which is seen when it is no longer there, or not empty."""
    for left in reversed(range(_REMOVALS)):
        try:
            shutil.rmtree(folder)
        except FileNotFoundError:
            if not folder.exists():
                return
        except OSError as error:
            if error.errno != errno.ENOTEMPTY or left == 0:
                raise


def _require_key(key: str) -> None:
    if not _KEY.fullmatch(key):
        raise ValueError(f"not a key of the object store: {key!r}")


async def _to_its_end(writing: Awaitable[object]) -> None:
    """A write is not left half-way when the task is cancelled: the upload could then not be discarded."""
    under_way = asyncio.ensure_future(writing)
    try:
        with write_faults():
            await asyncio.shield(under_way)
    except asyncio.CancelledError:
        await asyncio.wait([under_way])
        raise


def _flush_to_disk(path: Path) -> None:
    """The bytes, then the name."""
    for target in (path, path.parent):
        handle = os.open(target, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
