"""Endpoints that fail, on the wire: Voxport's own. What is not known is absent, never null."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated, NotRequired

from typing_extensions import TypedDict

from voxport.core.codes import Code
from voxport.core.delivery_query import EndpointHealth, EndpointStatistics
from voxport.core.errors import Problem, RequestRefused
from voxport.wire.reading.excerpts import clip
from voxport.wire.reading.query import moment
from voxport.wire.v3.links import ENDPOINTS_HREF
from voxport.wire.writing.links import Links, self_link
from voxport.wire.writing.shapes import Long, Moment, one_of, open_ended
from voxport.wire.writing.times import wire_time

STATISTICS_PATH = f"{ENDPOINTS_HREF}/statistics"


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


@open_ended
class EndpointStatisticsEntry(TypedDict):
    """How attempts at an endpoint have fared, failing or not."""

    endpoint: str
    attempts: int
    succeeded: int
    medianMs: Long
    """Half of the attempts took no longer"""
    p95Ms: Long
    """95 of 100 attempts took no longer"""


@open_ended
class EndpointStatisticsBody(TypedDict):
    _links: Links
    since: Moment
    endpoints: list[EndpointStatisticsEntry]
    """The busiest first"""


def parse_statistics_query(parameters: Sequence[tuple[str, str]], now: datetime) -> datetime:
    """The time from which on deliveries count; a day before `now` unless `since` says otherwise.

    Raises RequestRefused 10008, 10011.
    """
    given = dict(parameters)
    for name in given:
        if name != "since":
            raise RequestRefused(Problem.of(Code.PROPERTY_UNKNOWN, property=clip(name), section="the query"))
    return moment(given, "since", last=False) or now - timedelta(days=1)


def statistics_body(since: datetime, found: Sequence[EndpointStatistics]) -> EndpointStatisticsBody:
    """The answer to GET of the statistics."""
    return {
        "_links": self_link(STATISTICS_PATH),
        "since": wire_time(since),
        "endpoints": [
            {
                "endpoint": one.endpoint,
                "attempts": one.attempts,
                "succeeded": one.succeeded,
                "medianMs": one.median_ms,
                "p95Ms": one.p95_ms,
            }
            for one in found
        ],
    }


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
