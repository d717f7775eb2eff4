"""What a caller may do at an address: the scope of its token against the resource and the verb of the route.

Every handler that asks who is calling is answered from here (`context.RequestContext`), so a route that is added later
is closed to limited keys unless their scope names its resource.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused
from voxport.core.scope import MediaCondition
from voxport.storage.records import Caller

_RESOURCES = {
    "": "index",
    "media": "media",
    "deliveries": "deliveries",
    "endpoints": "endpoints",
    "definition": "definitions",
    "definitions": "definitions",
    "analytics": "analytics",
    "security": "security",
    "usage": "usage",
    "profile": "profile",
    "access": "access",
    "webhook-secrets": "access",
}
"""The first segment of a path below the root of its dialect, and the resource of all that lies there."""
_BELOW_MEDIA = {
    "transcript": "transcript",
    "transcripts": "transcript",
    "keywords": "keywords",
    "topics": "topics",
    "streams": "streams",
    "peaks": "streams",
    "metadata": "metadata",
    "progress": "progress",
    "deliveries": "deliveries",
    "retention": "retention",
    "encrypted": "encrypted",
}
"""What lies below one media is `media`, and a resource of its own too, for keys that are to have no more than that."""
_OF_CALLS = ("category-trials", "category-applications")
"""What lies below `definition` and tells what was said in calls, as statements do."""
_MEDIA_ID = "{media_id}"


@dataclass(frozen=True, slots=True)
class Admission:
    """A caller whose token allows the verb of the request on the resource of its route."""

    caller: Caller
    only: tuple[MediaCondition, ...] | None
    """Media of any of these conditions; None: all of the organisation."""

    def demand(self, media_id: UUID, metadata: Mapping[str, Any] | None) -> None:
        """Raises RequestRefused 10006 unless the request may be about that media; None: there is no such media.

        A key learns of media beyond its conditions not even whether they exist.
        """
        if self.only is None:
            return
        if metadata is None:
            allowed = MediaCondition(media_id) in self.only
        else:
            allowed = any(one.holds(media_id, metadata) for one in self.only)
        if not allowed:
            raise denied()


def admit(caller: Caller, root: str, path: str, method: str) -> Admission:
    """Raises RequestRefused 10006 where the scope of the caller's token does not allow the request for any media.

    `path` is the template of the route, `root` that of its dialect.
    """
    if caller.scope is None:
        return Admission(caller, None)
    verb = "get" if method == "HEAD" else method.lower()
    only = caller.scope.reach(resources_of(path, root), verb)
    if only == ():
        raise denied()
    return Admission(caller, only)


def resources_of(path: str, root: str) -> tuple[str, ...]:
    """The names that a scope has for what lies at the path of a route; none for what no key is given."""
    first, *below = path.removeprefix(root).strip("/").split("/")
    resource = _RESOURCES.get(first)
    if resource is None:
        return ()
    if resource == "media" and below[:1] == [_MEDIA_ID] and len(below) > 1 and below[1] in _BELOW_MEDIA:
        return (resource, _BELOW_MEDIA[below[1]])
    return ("analytics",) if resource == "definitions" and below[:1] and below[0] in _OF_CALLS else (resource,)


def denied() -> RequestRefused:
    """10006: the token is valid, and not for this."""
    return RequestRefused(Problem.of(Code.ACCESS_DENIED))
