"""An answer as it leaves: named by an ETag, told to be unchanged (304), compressed for clients that ask for it.

For documents, which lie in memory; sound is streamed and passes by. Sources: RFC 9110 sections 8.8.3, 12.5.3, 13.1.2.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import re
from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from voxport.wire.reading.weights import weighted

Made = TypeVar("Made")

_GZIP = frozenset({"gzip", "x-gzip"})
_LEAST_COMPRESSED_BYTES = 1024
_LEAST_IN_THREAD_BYTES = 64 * 1024
"""Below that, a thread would take longer than what it is asked for."""
_LEVEL = 5
_AT_ONCE = 2
_TAG = re.compile(r'(?:W/)?("[^"]*")')
_REVALIDATED = "private, no-cache"
"""Whoever keeps the answer asks whether it is still so: it is one customer's, and may be deleted."""


class Representation:
    """Gives answers their form; a few are compressed at once, so that nobody else waits for a processor."""

    def __init__(self) -> None:
        self._compressing = asyncio.Semaphore(_AT_ONCE)

    async def of(self, request: Request, answer: Response) -> Response:
        """`answer` with its ETag and compressed where it is asked for; 304 in its place where the client has it."""
        if answer.status_code != HTTPStatus.OK or isinstance(answer, StreamingResponse):
            return answer
        content = bytes(answer.body)
        compressible = len(content) >= _LEAST_COMPRESSED_BYTES
        compressed = compressible and _wants_gzip(request.headers.getlist("accept-encoding"))
        if compressible:
            answer.headers.add_vary_header("Accept-Encoding")
        if request.method in ("GET", "HEAD") and "no-store" not in answer.headers.get("cache-control", ""):
            tag = await _tag(content)
            # Weak where the bytes depend on who compressed them.
            answer.headers["ETag"] = f"W/{tag}" if compressed else tag
            answer.headers.setdefault("Cache-Control", _REVALIDATED)
            if is_unchanged(request, tag):
                return unchanged(answer)
        return await self._compress(content, answer) if compressed else answer

    async def _compress(self, content: bytes, answer: Response) -> Response:
        async with self._compressing:
            packed = await _run(len(content), lambda: gzip.compress(content, _LEVEL, mtime=0))
        headers = {name: value for name, value in answer.headers.items() if name != "content-length"}
        return Response(packed, answer.status_code, {**headers, "Content-Encoding": "gzip"})


def is_unchanged(request: Request, tag: str) -> bool:
    """Whether the client says that it has what `tag`, a strong one, names."""
    asked = ",".join(request.headers.getlist("if-none-match"))
    return asked.strip() == "*" or tag in _TAG.findall(asked)


def unchanged(answer: Response) -> Response:
    """304 in place of `answer`, with the headers that tell a cache what it has."""
    kept = ("etag", "cache-control", "vary", "expires", "content-location")
    return Response(status_code=304, headers={name: answer.headers[name] for name in kept if name in answer.headers})


async def _tag(content: bytes) -> str:
    digest = await _run(len(content), lambda: hashlib.blake2b(content, digest_size=16).hexdigest())
    return f'"{digest}"'


def _wants_gzip(headers: Sequence[str]) -> bool:
    weights = dict(weighted(headers))
    named = [weights[name] for name in _GZIP if name in weights]
    return max(named) > 0 if named else weights.get("*", 0.0) > 0


async def _run(size_bytes: int, work: Callable[[], Made]) -> Made:
    """Does `work` on that many bytes; on more than a few beside the event loop."""
    return work() if size_bytes < _LEAST_IN_THREAD_BYTES else await asyncio.to_thread(work)
