"""`/v3/definition`: what can be asked for in a configuration."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from voxport.api.answers import json_answer
from voxport.api.bodies import small_body
from voxport.api.desk import Desk, not_found
from voxport.api.routing import NamedRoute
from voxport.core.definitions import (
    DefinitionKind,
    group_from_json,
    group_to_json,
    vocabulary_from_json,
    vocabulary_to_json,
)
from voxport.core.detectors import find_detector
from voxport.core.errors import Problem, RequestRefused
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
from voxport.wire.v3.reader import clip

_GROUP, _VOCABULARY = DefinitionKind.SPOTTING_GROUP, DefinitionKind.VOCABULARY
_STOPPED = "The request stopped arriving."


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


class SpottingGroupsResource:
    """Groups of phrases to listen for."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def routes(self) -> list[NamedRoute]:
        # A name may have anything in it, also a slash.
        one = f"{GROUPS_PATH}/{{name:path}}"
        return [
            NamedRoute(GROUPS_PATH, self.list, methods=["GET"]),
            NamedRoute(one, self.show, methods=["GET"]),
            NamedRoute(one, self.put, methods=["PUT"]),
            NamedRoute(one, self.delete, methods=["DELETE"]),
        ]

    async def list(self, request: Request) -> Response:
        caller = await self._desk.caller(request)
        found = await self._desk.store.tenant(caller.organization.id).definitions(_GROUP)
        return json_answer(groups_body({one.name: group_from_json(one.body) for one in found}))

    async def show(self, request: Request) -> Response:
        caller, name = await self._desk.caller(request), _name(request)
        found = await self._desk.store.tenant(caller.organization.id).definition(_GROUP, name)
        if found is None:
            raise _unknown(name, "spotting groups")
        return json_answer(group_body(name, group_from_json(found.body)))

    async def put(self, request: Request) -> Response:
        """Makes the group or replaces it; recordings that were accepted before keep what it was."""
        caller, name = await self._desk.caller(request), _name(request)
        group = parse_group(await _body(self._desk, request, GROUP_REFUSED), name)
        await self._desk.store.tenant(caller.organization.id).put_definition(_GROUP, name, group_to_json(group))
        return json_answer(group_body(name, group))

    async def delete(self, request: Request) -> Response:
        caller, name = await self._desk.caller(request), _name(request)
        if not await self._desk.store.tenant(caller.organization.id).delete_definition(_GROUP, name):
            raise _unknown(name, "spotting groups")
        return Response(status_code=204)


class VocabulariesResource:
    """Vocabularies that configurations may name."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def routes(self) -> list[NamedRoute]:
        one = f"{VOCABULARIES_PATH}/{{name:path}}"
        return [
            NamedRoute(VOCABULARIES_PATH, self.list, methods=["GET"]),
            NamedRoute(one, self.show, methods=["GET"]),
            NamedRoute(one, self.put, methods=["PUT"]),
            NamedRoute(one, self.delete, methods=["DELETE"]),
        ]

    async def list(self, request: Request) -> Response:
        caller = await self._desk.caller(request)
        found = await self._desk.store.tenant(caller.organization.id).definitions(_VOCABULARY)
        return json_answer(vocabularies_body({one.name: vocabulary_from_json(one.body) for one in found}))

    async def show(self, request: Request) -> Response:
        caller, name = await self._desk.caller(request), _name(request)
        found = await self._desk.store.tenant(caller.organization.id).definition(_VOCABULARY, name)
        if found is None:
            raise _unknown(name, "vocabularies")
        return json_answer(vocabulary_body(name, vocabulary_from_json(found.body)))

    async def put(self, request: Request) -> Response:
        """Makes the vocabulary or replaces it; recordings that were accepted before keep what it was."""
        caller, name = await self._desk.caller(request), _name(request)
        vocabulary = parse_vocabulary(await _body(self._desk, request, VOCABULARY_REFUSED), name)
        tenant = self._desk.store.tenant(caller.organization.id)
        await tenant.put_definition(_VOCABULARY, name, vocabulary_to_json(vocabulary))
        return json_answer(vocabulary_body(name, vocabulary))

    async def delete(self, request: Request) -> Response:
        caller, name = await self._desk.caller(request), _name(request)
        if not await self._desk.store.tenant(caller.organization.id).delete_definition(_VOCABULARY, name):
            raise _unknown(name, "vocabularies")
        return Response(status_code=204)


def _name(request: Request) -> str:
    name: str = request.path_params["name"]
    # No database text holds it, so there is nothing of that name.
    if "\0" in name:
        raise not_found()
    return name


async def _body(desk: Desk, request: Request, code: int) -> bytes:
    return await small_body(request, BODY_LIMITS.size_bytes, desk.options.upload_idle_s, Problem(code, _STOPPED))


def _unknown(name: str, collection: str) -> RequestRefused:
    return RequestRefused(Problem.of(80000, definition=clip(name), collection=collection))
