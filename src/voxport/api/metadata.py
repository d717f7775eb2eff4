"""`media/{mediaId}/metadata` of both dialects: what the customer says about a recording.

PUT replaces it (open-questions 43).
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from voxport.api.answers import json_answer
from voxport.api.bodies import small_body
from voxport.api.desk import Desk, not_found
from voxport.api.routing import NamedRoute
from voxport.core.codes import Code
from voxport.core.errors import Problem
from voxport.wire.dialects import WireDialect
from voxport.wire.reading.metadata import MetadataOptions

_STOPPED = Problem.of(Code.METADATA_INVALID, reason="the request stopped arriving")


class MetadataResource:
    def __init__(self, desk: Desk, dialect: WireDialect) -> None:
        self._desk, self._dialect = desk, dialect

    def routes(self) -> list[NamedRoute]:
        path = f"{self._dialect.root}/media/{{media_id}}/metadata"
        return [
            NamedRoute(path, self.show, methods=["GET"]),
            NamedRoute(path, self.replace, methods=["PUT"]),
        ]

    async def show(self, request: Request) -> Response:
        media = await self._desk.media(request)
        return json_answer(self._dialect.metadata_body(media))

    async def replace(self, request: Request) -> Response:
        media = await self._desk.media(request)
        options = MetadataOptions()
        body = await small_body(request, options.limits.size_bytes, self._desk.options.upload_idle_s, _STOPPED)
        metadata = self._dialect.metadata(body, options)
        changed = await self._desk.store.tenant(media.organization.id).set_metadata(media.id, metadata)
        if changed is None:
            raise not_found()
        return json_answer(self._dialect.metadata_body(changed))
