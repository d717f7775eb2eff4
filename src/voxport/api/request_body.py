"""Bodies that fit into memory: JSON documents of a bounded size, received whole and read beside the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from starlette.types import Receive

from voxport.api.multipart import ClientGone
from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused

_AT_ONCE_CHARS = 100_000
"""A document of so many characters is read in about a hundredth of a second, for which others can wait."""
_Read = TypeVar("_Read")
_IDLE_TIMES = 3


async def parsed(text: str | bytes, parse: Callable[[], _Read]) -> _Read:
    """What `parse` makes of `text`; a long one is read in a thread, since all other requests would wait meanwhile."""
    return parse() if len(text) <= _AT_ONCE_CHARS else await asyncio.to_thread(parse)


async def read_body(receive: Receive, limit_bytes: int, idle_s: float, stopped: Problem) -> bytes:
    """The whole body.

    Raises RequestRefused 10800 beyond `limit_bytes`, `stopped` (408) after a silence of `idle_s` or `_IDLE_TIMES` as
    long in all, and ClientGone.
    """
    try:
        async with asyncio.timeout(_IDLE_TIMES * idle_s):
            return await _body(receive, limit_bytes, idle_s)
    except TimeoutError:
        raise RequestRefused(stopped, status=408) from None


async def _body(receive: Receive, limit_bytes: int, idle_s: float) -> bytes:
    body = bytearray()
    more = True
    while more:
        async with asyncio.timeout(idle_s):
            message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGone
        body += message.get("body", b"")
        if len(body) > limit_bytes:
            raise RequestRefused(Problem.of(Code.PAYLOAD_TOO_LARGE, limit=limit_bytes))
        more = message.get("more_body", False)
    return bytes(body)
