"""`/v3/` and the machine-readable description of the API."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from voxport.api.answers import json_answer, raw_answer
from voxport.api.desk import Desk
from voxport.api.routing import NamedRoute
from voxport.wire.v3.links import SPECIFICATION_HREF
from voxport.wire.v3.root import root_body
from voxport.wire.v3.specification import CONTENT_TYPE, specification


class RootResource:
    """The index needs a token, which clients use to try one; the description needs none."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def routes(self) -> list[NamedRoute]:
        return [
            NamedRoute("/v3", self.show, methods=["GET"]),
            NamedRoute("/v3/", self.show, methods=["GET"]),
            NamedRoute(SPECIFICATION_HREF, self.describe, methods=["GET"]),
        ]

    async def show(self, request: Request) -> Response:
        await self._desk.caller(request)
        return json_answer(root_body())

    async def describe(self, _request: Request) -> Response:
        return raw_answer(specification(), CONTENT_TYPE)
