"""Blobs: the one door to everything kept as bytes, in a local folder or an S3 bucket (obstore)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractContextManager
from typing import Any, BinaryIO


class Blobs:
    """Keys are relative paths (`media/<id>/original`); a key with `..`, `//`, a leading `/` or odd characters: ValueError.

    Methods raise TransientFault when the store cannot be reached. The sync ones are safe from several threads.
    """

    @classmethod
    def open(cls, url: str, **options: Any) -> Blobs:
        """`file:///folder` (made when absent) or `s3://bucket/prefix`.

        Options of S3: `endpoint`, `region`, `allow_http`; credentials come from the usual AWS variables, or
        `access_key_id`, `secret_access_key`, `session_token`. Raises Misconfigured.
        """
        raise NotImplementedError

    async def write_stream(self, key: str, chunks: AsyncIterator[bytes]) -> int:
        """Bytes written. Constant memory, one write; nothing under `key`, nor beside it, unless `chunks` ended well."""
        raise NotImplementedError

    def put(self, key: str, data: bytes) -> None:
        raise NotImplementedError

    def get(self, key: str) -> bytes | None:
        raise NotImplementedError

    def exists(self, key: str) -> bool:
        raise NotImplementedError

    def size(self, key: str) -> int | None:
        raise NotImplementedError

    def delete_prefix(self, prefix: str) -> None:
        """Removes everything under `prefix` (whole path parts: `media/a` does not reach `media/ab`); twice is fine."""
        raise NotImplementedError

    def open_reader(self, key: str) -> BinaryIO:
        """Seekable and buffered; raises FileNotFoundError."""
        raise NotImplementedError

    def open_writer(self, key: str) -> AbstractContextManager[BinaryIO]:
        """Streams up; visible when the block ends well, discarded on an exception."""
        raise NotImplementedError

    def read_range(self, key: str, start: int, stop: int) -> bytes:
        """Bytes [start, stop), clipped to the length; raises FileNotFoundError."""
        raise NotImplementedError

    def read_stream(self, key: str, chunk_bytes: int = 1 << 20) -> AsyncIterator[bytes]:
        """All bytes in pieces; raises FileNotFoundError at the first."""
        raise NotImplementedError

    def read_range_stream(self, key: str, start: int, stop: int, chunk_bytes: int = 1 << 20) -> AsyncIterator[bytes]:
        """Bytes [start, stop) in pieces, for HTTP ranges."""
        raise NotImplementedError
