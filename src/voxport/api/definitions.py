"""`/v3/definition`: what can be asked for in a configuration."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from voxport.api.answers import json_answer
from voxport.api.desk import Desk, not_found
from voxport.api.routing import NamedRoute
from voxport.core.detectors import find_detector
from voxport.wire.v3.prediction import DETECTORS_PATH, detector_body, detectors_body


class DetectorsResource:
    """The detectors there are; the same for every organisation."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def routes(self) -> list[NamedRoute]:
        return [
            NamedRoute(DETECTORS_PATH, self.detectors, methods=["GET"]),
            NamedRoute(f"{DETECTORS_PATH}/{{detector_id}}", self.detector, methods=["GET"]),
        ]

    async def detectors(self, request: Request) -> Response:
        await self._desk.caller(request)
        return json_answer(detectors_body())

    async def detector(self, request: Request) -> Response:
        """By id, or by name."""
        await self._desk.caller(request)
        definition = find_detector(request.path_params["detector_id"])
        if definition is None:
            raise not_found()
        return json_answer(detector_body(definition))
