"""Bodies that fit into memory: JSON documents of a bounded size."""

from __future__ import annotations

import asyncio

from starlette.requests import Request

from voxport.api.multipart import ClientGone
from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused


async def read_body(request: Request, limit_bytes: int, idle_s: float, stopped: Problem) -> bytes:
    """The whole body.

    Raises RequestRefused 10800 beyond `limit_bytes`, `stopped` (408) after a silence of `idle_s`, and ClientGone.
    """
    body = bytearray()
    more = True
    while more:
        try:
            async with asyncio.timeout(idle_s):
                message = await request.receive()
        except TimeoutError:
            raise RequestRefused(stopped, status=408) from None
        if message["type"] == "http.disconnect":
            raise ClientGone
        body += message.get("body", b"")
        if len(body) > limit_bytes:
            raise RequestRefused(Problem.of(Code.PAYLOAD_TOO_LARGE, limit=limit_bytes))
        more = message.get("more_body", False)
    return bytes(body)
