"""`/v3/media/{mediaId}/metadata`: what the customer says about a recording; PUT replaces it (open-questions 43)."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from voxport.api.answers import json_answer
from voxport.api.bodies import small_body
from voxport.api.desk import Desk, not_found
from voxport.api.routing import NamedRoute
from voxport.core.errors import Problem
from voxport.wire.v3.metadata import MetadataOptions, metadata_body, parse_metadata

_STOPPED = Problem.of(10107, reason="the request stopped arriving")


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
        body = await small_body(request, options.limits.size_bytes, self._desk.options.upload_idle_s, _STOPPED)
        metadata = parse_metadata(body, options)
        changed = await self._desk.store.tenant(media.organization.id).set_metadata(media.id, metadata)
        if changed is None:
            raise not_found()
        return json_answer(metadata_body(changed.id, changed.metadata))
