"""The status line of an answer, seen on its way to the parser: what is left of an answer that the parser refuses.

A receiver that says 200 and then sends a header which is none has taken what it got all the same.
"""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import httpcore

_MOST_BYTES = 16 * 1024
_STATUS_LINE = re.compile(rb"(?:\A|\r?\n\r?\n)HTTP/1\.[01] ([1-9][0-9]{2})(?: [^\r\n]*)?\r?\n")


class AnswerBytes:
    """The first bytes of the answer to one request."""

    def __init__(self) -> None:
        self._taken = bytearray()

    def take(self, data: bytes) -> None:
        """Adds what was read, up to 16 KiB in all."""
        self._taken += data[: _MOST_BYTES - len(self._taken)]

    def clear(self) -> None:
        """Forgets what came before TLS: a proxy's answer is none of the receiver's."""
        self._taken.clear()

    @property
    def status(self) -> int | None:
        """Of the first status line that is not informational (1xx), once it is whole; None: there is none."""
        found = (int(code) for code in _STATUS_LINE.findall(bytes(self._taken)))
        return next((status for status in found if status >= 200), None)


_WATCHED: ContextVar[AnswerBytes | None] = ContextVar("voxport_answer_bytes", default=None)


@contextmanager
def watched_answer() -> Iterator[AnswerBytes]:
    """What `WatchedStream` reads within the block, in this task."""
    answer = AnswerBytes()
    token = _WATCHED.set(answer)
    try:
        yield answer
    finally:
        _WATCHED.reset(token)


class WatchedStream(httpcore.AsyncNetworkStream):
    """A connection that shows what it reads to whoever watches in the same task."""

    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self._stream = stream

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109 - httpcore's signature
        data = await self._stream.read(max_bytes, timeout)
        if (answer := _WATCHED.get()) is not None:
            answer.take(data)
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._stream.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109
    ) -> httpcore.AsyncNetworkStream:
        if (answer := _WATCHED.get()) is not None:
            answer.clear()
        return WatchedStream(await self._stream.start_tls(ssl_context, server_hostname, timeout))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
