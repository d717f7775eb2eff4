"""Routes of the API as routes of the framework, which leave their path in the request's scope for logs and metrics."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route
from starlette.types import Scope

from voxport.api.context import Dependencies, RequestContext
from voxport.wire.dialects import WireDialect

_PATH = "voxport.route"

Handler = Callable[[RequestContext], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class ApiRoute:
    """One line of the table of addresses."""

    method: str
    """GET, POST, PUT or DELETE; GET answers HEAD too."""
    path: str
    """The template of the framework: `/v3/media/{media_id}`."""
    handler: Handler


class NamedRoute(Route):
    """A route of the framework whose path template `route_of` finds in the scope of a request that came to it.

    An address is matched to its last character, and a name in it may hold any: the framework's own patterns pass over
    a line feed at the end, by which `groups/a%0A` would be `groups/a`, and find nothing where one stands in between.
    """

    def __init__(self, path: str, endpoint: Callable[[Request], Awaitable[Response]], *, methods: list[str]) -> None:
        super().__init__(path, endpoint, methods=methods)
        self.path_regex = re.compile(rf"{self.path_regex.pattern.removesuffix('$')}\Z", re.DOTALL)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        match, found = super().matches(scope)
        # An address without its name is that of the collection, with a slash at its end.
        if match is Match.NONE or "" in found["path_params"].values():
            return Match.NONE, {}
        found[_PATH] = self.path
        return match, found


def named_routes(routes: Iterable[ApiRoute], dialect: WireDialect, dependencies: Dependencies) -> Iterator[NamedRoute]:
    """Routes of the framework for `routes`, whose handlers answer in `dialect`.

    Each is also served with a slash at its end, as old guides write some; not where the last part of an address is a
    name of the customer's, since the route takes that whole.
    """
    for route in routes:
        answer = _answering(route, dialect, dependencies)
        yield NamedRoute(route.path, answer, methods=[route.method])
        if not route.path.endswith(("/", ":path}")):
            yield NamedRoute(f"{route.path}/", answer, methods=[route.method])


def _answering(
    route: ApiRoute, dialect: WireDialect, dependencies: Dependencies
) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        found = await route.handler(RequestContext(request, dialect, dependencies, route.path))
        return await dependencies.representation.of(request, found)

    return answer


def route_of(scope: Scope) -> str:
    """`/v3/media/{media_id}`; `none` when no route was found."""
    path: str = scope.get(_PATH, "none")
    return path


def methods_at(request: Request) -> list[str]:
    """The methods that the address of a request answers, sorted."""
    found: set[str] = set()
    for route in request.app.routes:
        match, _ = route.matches(request.scope)
        if match is not Match.NONE:
            found |= route.methods
    return sorted(found)
