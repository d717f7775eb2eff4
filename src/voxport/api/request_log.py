"""Around every request: its log line, its metrics, and the headers each answer has.

A log line holds the route, never the query or a part of the body; ids tell which media, and nothing about anybody.
"""

from __future__ import annotations

import time

import structlog
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from voxport.api.multipart import ClientGone
from voxport.api.responses import reference_of
from voxport.api.routing import route_of
from voxport.api.server_metrics import ServerMetrics

log = structlog.get_logger(__name__)

_HEADERS = [(b"x-content-type-options", b"nosniff")]
_CLIENT_GONE = 499
"""What the log and the metrics say of a request whose sender hung up; no answer has this status."""
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"})
_QUIET = frozenset({"/healthz", "/readyz", "/metrics"})


class RequestLog:
    """ASGI middleware."""

    def __init__(self, app: ASGIApp, metrics: ServerMetrics) -> None:
        self._app, self._metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        # Nothing is answered, not by a console that passes an upload on either, to who has gone.
        status = _CLIENT_GONE

        async def send_on(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], *_HEADERS]
            await send(message)

        request = Request(scope)
        try:
            await self._app(scope, receive, send_on)
        except ClientGone:
            status = _CLIENT_GONE
        finally:
            self._record(scope, request, status, time.perf_counter() - started)

    def _record(self, scope: Scope, request: Request, status: int, seconds: float) -> None:
        route = route_of(scope)
        method = scope["method"] if scope["method"] in _METHODS else "other"
        self._metrics.count(method, route, status, seconds)
        if route in _QUIET:
            return
        log.info(
            "request",
            method=method,
            route=route,
            status=status,
            duration_ms=round(seconds * 1000, 1),
            reference=reference_of(request),
        )
