"""`/v2-beta/definitions`: the saved definitions of v3 in their older shapes, and what there is of the rest."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from voxport.api.answers import json_answer
from voxport.api.bodies import small_body
from voxport.api.definitions import SPOTTING_GROUPS, VOCABULARIES, SavedResource
from voxport.api.desk import Desk, not_found
from voxport.api.routing import NamedRoute
from voxport.core.errors import Problem
from voxport.wire.v2beta.definitions import (
    GROUPS_PATH,
    INDEXES,
    MODELS_PATH,
    SEARCH_LIMITS,
    SEARCH_PATH,
    SEARCH_REFUSED,
    VOCABULARIES_PATH,
    check_search,
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

V2_GROUPS = replace(
    SPOTTING_GROUPS,
    path=GROUPS_PATH,
    called="keyword groups",
    parse=parse_group,
    body=group_body,
    list_body=groups_body,
)
V2_VOCABULARIES = replace(
    VOCABULARIES,
    path=VOCABULARIES_PATH,
    parse=parse_vocabulary,
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
        """Takes what there is and refuses every other field."""
        await self._desk.caller(request)
        stopped = Problem(SEARCH_REFUSED, "The request stopped arriving.")
        check_search(await small_body(request, SEARCH_LIMITS.size_bytes, self._desk.options.upload_idle_s, stopped))
        return json_answer(search_body())

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
