"""`/v3/definition`: what can be asked for in a configuration."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from starlette.requests import Request
from starlette.responses import Response

from voxport.api.answers import json_answer
from voxport.api.bodies import small_body
from voxport.api.desk import Desk, not_found
from voxport.api.routing import NamedRoute
from voxport.core.codes import Code
from voxport.core.definitions import (
    DefinitionKind,
    group_from_json,
    group_to_json,
    vocabulary_from_json,
    vocabulary_to_json,
)
from voxport.core.detectors import find_detector
from voxport.core.errors import Problem, RequestRefused
from voxport.storage.tenant import Tenant
from voxport.wire.reading.excerpts import clip
from voxport.wire.v3.definitions import (
    BODY_LIMITS,
    GROUP_REFUSED,
    GROUPS_PATH,
    METRICS_PATH,
    VOCABULARIES_PATH,
    VOCABULARY_REFUSED,
    group_body,
    groups_body,
    metrics_body,
    parse_group,
    parse_vocabulary,
    vocabularies_body,
    vocabulary_body,
)
from voxport.wire.v3.prediction import DETECTORS_PATH, detector_body, detectors_body

Value = TypeVar("Value")


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


class MetricsResource:
    """The conversation metrics there are; the same for every organisation."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def routes(self) -> list[NamedRoute]:
        return [NamedRoute(METRICS_PATH, self.metrics, methods=["GET"])]

    async def metrics(self, request: Request) -> Response:
        await self._desk.caller(request)
        return json_answer(metrics_body())


@dataclass(frozen=True, slots=True)
class Collection(Generic[Value]):
    """What sets one collection of saved definitions apart: its wire, and how its values are stored."""

    kind: DefinitionKind
    path: str
    called: str
    refused: Code
    parse: Callable[[bytes, str], Value]
    to_json: Callable[[Value], dict[str, Any]]
    from_json: Callable[[dict[str, Any]], Value]
    body: Callable[[str, Value], dict[str, Any]]
    list_body: Callable[[Mapping[str, Value]], dict[str, Any]]


SPOTTING_GROUPS = Collection(
    kind=DefinitionKind.SPOTTING_GROUP,
    path=GROUPS_PATH,
    called="spotting groups",
    refused=GROUP_REFUSED,
    parse=parse_group,
    to_json=group_to_json,
    from_json=group_from_json,
    body=group_body,
    list_body=groups_body,
)
VOCABULARIES = Collection(
    kind=DefinitionKind.VOCABULARY,
    path=VOCABULARIES_PATH,
    called="vocabularies",
    refused=VOCABULARY_REFUSED,
    parse=parse_vocabulary,
    to_json=vocabulary_to_json,
    from_json=vocabulary_from_json,
    body=vocabulary_body,
    list_body=vocabularies_body,
)


class SavedResource(Generic[Value]):
    """A collection that an organisation fills itself: groups of phrases to listen for, vocabularies."""

    def __init__(self, desk: Desk, collection: Collection[Value]) -> None:
        self._desk, self._of = desk, collection

    def routes(self) -> list[NamedRoute]:
        # A name may have anything in it, also a slash.
        one = f"{self._of.path}/{{name:path}}"
        return [
            NamedRoute(self._of.path, self.list, methods=["GET"]),
            NamedRoute(one, self.show, methods=["GET"]),
            NamedRoute(one, self.put, methods=["PUT"]),
            NamedRoute(one, self.delete, methods=["DELETE"]),
        ]

    async def list(self, request: Request) -> Response:
        tenant = await self._tenant(request)
        found = await tenant.definitions(self._of.kind)
        return json_answer(self._of.list_body({one.name: self._of.from_json(one.body) for one in found}))

    async def show(self, request: Request) -> Response:
        tenant, name = await self._tenant(request), _name(request)
        found = await tenant.definition(self._of.kind, name)
        if found is None:
            raise self._unknown(name)
        return json_answer(self._of.body(name, self._of.from_json(found.body)))

    async def put(self, request: Request) -> Response:
        """Makes the definition or replaces it; recordings that were accepted before keep what it was."""
        tenant, name = await self._tenant(request), _name(request)
        stopped = Problem(self._of.refused, "The request stopped arriving.")
        content = await small_body(request, BODY_LIMITS.size_bytes, self._desk.options.upload_idle_s, stopped)
        value = self._of.parse(content, name)
        await tenant.put_definition(self._of.kind, name, self._of.to_json(value))
        return json_answer(self._of.body(name, value))

    async def delete(self, request: Request) -> Response:
        tenant, name = await self._tenant(request), _name(request)
        if not await tenant.delete_definition(self._of.kind, name):
            raise self._unknown(name)
        return Response(status_code=204)

    async def _tenant(self, request: Request) -> Tenant:
        caller = await self._desk.caller(request)
        return self._desk.store.tenant(caller.organization.id)

    def _unknown(self, name: str) -> RequestRefused:
        return RequestRefused(Problem.of(Code.DEFINITION_NOT_FOUND, definition=clip(name), collection=self._of.called))


def _name(request: Request) -> str:
    name: str = request.path_params["name"]
    # No database text holds it, so there is nothing of that name.
    if "\0" in name:
        raise not_found()
    return name
