"""A span around every POST, from its first byte to its answer: where the trace of a recording begins."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from voxport.api.routing import route_of
from voxport.telemetry.traces import SpanKind, Traces

_FAULTS = 500


class TracedPosts:
    """ASGI middleware, around all others.

    The trace is one of this server's: a client's own is linked, so that nobody outside says what is kept.
    Source: W3C Trace Context, section on restarting a trace.
    """

    def __init__(self, app: ASGIApp, traces: Traces) -> None:
        self._app, self._traces = app, traces

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "POST":
            await self._app(scope, receive, send)
            return
        status: int | None = None

        async def send_on(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        with self._traces.span("POST", SpanKind.SERVER, link=_traceparent(scope)) as span:
            try:
                await self._app(scope, receive, send_on)
            finally:
                route = route_of(scope)
                span.name(f"POST {route}")
                span.say(http__request__method="POST", http__route=route, http__response__status_code=status)
                if status is not None and status >= _FAULTS:
                    span.fail(str(status))


def _traceparent(scope: Scope) -> str | None:
    return next((value.decode("latin-1") for name, value in scope["headers"] if name == b"traceparent"), None)
