"""`/v3/` and the machine-readable descriptions of the API, one for each dialect."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from voxport.api.answers import json_answer, raw_answer
from voxport.api.desk import Desk
from voxport.api.routing import NamedRoute
from voxport.wire.v2beta import specification as v2beta
from voxport.wire.v3.links import SPECIFICATION_HREF
from voxport.wire.v3.root import root_body
from voxport.wire.v3.specification import CONTENT_TYPE, specification


class RootResource:
    """The index needs a token, which clients use to try one; the descriptions need none."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def routes(self) -> list[NamedRoute]:
        return [
            NamedRoute("/v3", self.show, methods=["GET"]),
            NamedRoute("/v3/", self.show, methods=["GET"]),
            NamedRoute(SPECIFICATION_HREF, self.describe, methods=["GET"]),
            NamedRoute(v2beta.SPECIFICATION_HREF, self.describe_older, methods=["GET"]),
        ]

    async def show(self, request: Request) -> Response:
        await self._desk.caller(request)
        return json_answer(root_body())

    async def describe(self, _request: Request) -> Response:
        return raw_answer(specification(), CONTENT_TYPE)

    async def describe_older(self, _request: Request) -> Response:
        return raw_answer(v2beta.specification(), CONTENT_TYPE)
