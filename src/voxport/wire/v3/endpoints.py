"""Endpoints that fail, on the wire: Voxport's own. What is not known is absent, never null."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, NotRequired

from typing_extensions import TypedDict

from voxport.core.delivery_query import EndpointHealth
from voxport.wire.v3.links import ENDPOINTS_HREF
from voxport.wire.writing.links import Links, self_link
from voxport.wire.writing.shapes import Moment, one_of, open_ended
from voxport.wire.writing.times import wire_time


class _Since(TypedDict):
    failingSince: NotRequired[Moment]
    pausedSince: NotRequired[Moment]
    nextProbe: NotRequired[Moment]
    lastError: NotRequired[str]


@open_ended
class Endpoint(_Since):
    endpoint: str
    """Scheme, host and port"""
    status: Annotated[str, one_of(("failing", "paused"))]
    failures: int
    """Failed rounds since something last arrived"""
    waiting: int
    """Deliveries that wait for it"""


@open_ended
class Endpoints(TypedDict):
    _links: Links
    endpoints: list[Endpoint]


def endpoints_body(endpoints: Sequence[EndpointHealth]) -> Endpoints:
    """The endpoints that fail, paused ones first."""
    return {"_links": self_link(ENDPOINTS_HREF), "endpoints": [_endpoint(one) for one in endpoints]}


def _endpoint(health: EndpointHealth) -> Endpoint:
    return {
        "endpoint": health.endpoint,
        "status": "failing" if health.paused is None else "paused",
        "failures": health.failures,
        **_since(health),
        "waiting": health.waiting,
    }


def _since(health: EndpointHealth) -> _Since:
    since: _Since = {}
    if health.failing_since is not None:
        since["failingSince"] = wire_time(health.failing_since)
    if health.paused is not None:
        since["pausedSince"] = wire_time(health.paused)
    if health.next_probe is not None:
        since["nextProbe"] = wire_time(health.next_probe)
    if health.last_error is not None:
        since["lastError"] = health.last_error
    return since
