"""`media/{mediaId}/progress` of both dialects: how far a recording has come."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from voxport.api.answers import json_answer
from voxport.api.desk import Desk
from voxport.api.routing import NamedRoute
from voxport.wire.dialects import WireDialect


class ProgressResource:
    def __init__(self, desk: Desk, dialect: WireDialect) -> None:
        self._desk, self._dialect = desk, dialect

    def routes(self) -> list[NamedRoute]:
        return [NamedRoute(f"{self._dialect.root}/media/{{media_id}}/progress", self.show, methods=["GET"])]

    async def show(self, request: Request) -> Response:
        return json_answer(self._dialect.progress_body(await self._desk.media(request)))
