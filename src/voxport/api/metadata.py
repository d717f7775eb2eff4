"""`/v3/media/{mediaId}/metadata`: what the customer says about a recording; PUT replaces it (open-questions 43)."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from voxport.api.answers import json_answer
from voxport.api.desk import Desk, not_found
from voxport.api.multipart import ClientGone
from voxport.api.routing import NamedRoute
from voxport.core.errors import Problem, RequestRefused
from voxport.wire.v3.metadata import MetadataOptions, metadata_body, parse_metadata


class MetadataResource:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def routes(self) -> list[NamedRoute]:
        return [
            NamedRoute("/v3/media/{media_id}/metadata", self.show, methods=["GET"]),
            NamedRoute("/v3/media/{media_id}/metadata", self.replace, methods=["PUT"]),
        ]

    async def show(self, request: Request) -> Response:
        media = await self._desk.media(request)
        return json_answer(metadata_body(media.id, media.metadata))

    async def replace(self, request: Request) -> Response:
        media = await self._desk.media(request)
        options = MetadataOptions()
        body = await _body(request, options.limits.size_bytes, self._desk.options.upload_idle_s)
        metadata = parse_metadata(body, options)
        changed = await self._desk.store.tenant(media.organization.id).set_metadata(media.id, metadata)
        if changed is None:
            raise not_found()
        return json_answer(metadata_body(changed.id, changed.metadata))


async def _body(request: Request, limit_bytes: int, idle_s: float) -> bytes:
    """The whole body; raises RequestRefused 10800 beyond the limit and 408 when it stops arriving."""
    body = bytearray()
    more = True
    while more:
        try:
            async with asyncio.timeout(idle_s):
                message = await request.receive()
        except TimeoutError:
            stopped = Problem.of(10107, reason="the request stopped arriving")
            raise RequestRefused(stopped, status=408) from None
        if message["type"] == "http.disconnect":
            raise ClientGone
        body += message.get("body", b"")
        if len(body) > limit_bytes:
            raise RequestRefused(Problem.of(10800, limit=limit_bytes))
        more = message.get("more_body", False)
    return bytes(body)
