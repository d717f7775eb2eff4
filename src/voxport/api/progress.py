"""`/v3/media/{mediaId}/progress`: how far a recording has come."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from voxport.api.answers import json_answer
from voxport.api.desk import Desk
from voxport.api.routing import NamedRoute
from voxport.wire.v3.progress import progress_body


class ProgressResource:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def routes(self) -> list[NamedRoute]:
        return [NamedRoute("/v3/media/{media_id}/progress", self.show, methods=["GET"])]

    async def show(self, request: Request) -> Response:
        return json_answer(progress_body(await self._desk.media(request)))
