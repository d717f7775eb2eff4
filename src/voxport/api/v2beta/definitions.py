"""`/v2-beta/definitions`: the saved definitions of v3 in their older shapes, and what there is of the rest."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from voxport.api.answers import json_answer
from voxport.api.definitions import Collection, SavedResource
from voxport.api.desk import Desk, not_found
from voxport.api.routing import NamedRoute
from voxport.core.definitions import (
    DefinitionKind,
    group_from_json,
    group_to_json,
    vocabulary_from_json,
    vocabulary_to_json,
)
from voxport.core.errors import Problem, RequestRefused
from voxport.wire.v2beta.definitions import (
    GROUPS_PATH,
    INDEXES,
    MODELS_PATH,
    SEARCH_PATH,
    VOCABULARIES_PATH,
    group_body,
    groups_body,
    index_body,
    models_body,
    parse_group,
    parse_vocabulary,
    search_body,
    vocabularies_body,
    vocabulary_body,
)
from voxport.wire.v3.definitions import GROUP_REFUSED, VOCABULARY_REFUSED

V2_GROUPS = Collection(
    kind=DefinitionKind.SPOTTING_GROUP,
    path=GROUPS_PATH,
    called="keyword groups",
    refused=GROUP_REFUSED,
    parse=parse_group,
    to_json=group_to_json,
    from_json=group_from_json,
    body=group_body,
    list_body=groups_body,
)
V2_VOCABULARIES = Collection(
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


class OlderDefinitionsResource:
    """Both collections, the pages that lead to them, and what cannot be defined here."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def routes(self) -> list[NamedRoute]:
        return [
            *(NamedRoute(path, self._index(path), methods=["GET"]) for path in INDEXES),
            *SavedResource(self._desk, V2_GROUPS).routes(),
            *SavedResource(self._desk, V2_VOCABULARIES).routes(),
            NamedRoute(SEARCH_PATH, self.search, methods=["GET"]),
            NamedRoute(SEARCH_PATH, self.declare, methods=["PUT"]),
            NamedRoute(MODELS_PATH, self.models, methods=["GET"]),
            NamedRoute(f"{MODELS_PATH}/{{name}}", self.model, methods=["GET"]),
        ]

    async def search(self, request: Request) -> Response:
        await self._desk.caller(request)
        return json_answer(search_body())

    async def declare(self, request: Request) -> Response:
        """Fields to search by: known, and refused until they are built."""
        await self._desk.caller(request)
        raise RequestRefused(Problem(10008, "Searching by declared fields is not built into this server yet."))

    async def models(self, request: Request) -> Response:
        await self._desk.caller(request)
        return json_answer(models_body())

    async def model(self, request: Request) -> Response:
        await self._desk.caller(request)
        raise not_found()

    def _index(self, path: str) -> Callable[[Request], Awaitable[Response]]:
        async def show(request: Request) -> Response:
            await self._desk.caller(request)
            return json_answer(index_body(path))

        return show
