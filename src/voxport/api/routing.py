"""A route that leaves its name in the request's scope, so that logs and figures can tell routes without addresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from starlette.routing import Match, Route
from starlette.types import Scope

_PATH = "voxport.route"


class NamedRoute(Route):
    """As the framework's; `route_of` finds the path template of the one that a request came to."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        match, found = super().matches(scope)
        if match is not Match.NONE:
            found[_PATH] = self.path
        return match, found


def with_slashes(routes: Iterable[NamedRoute], root: str) -> Iterator[NamedRoute]:
    """The routes, those under `root` also with a slash at the end, as the guides of the older dialect write them.

    Not where the last part of an address is a name that may end in one itself.
    """
    for route in routes:
        yield route
        if route.path.startswith(f"{root}/") and not route.path.endswith(("/", ":path}")):
            yield NamedRoute(f"{route.path}/", route.endpoint, methods=list(route.methods or ()))


def route_of(scope: Scope) -> str:
    """`/v3/media/{media_id}`; `none` when no route was found."""
    path: str = scope.get(_PATH, "none")
    return path
