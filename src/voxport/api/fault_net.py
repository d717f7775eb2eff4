"""The net under mistakes of ours: what no handler expected becomes a line in the log and an answer of 500."""

from __future__ import annotations

import structlog
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from voxport.api.error_handlers import failed
from voxport.api.multipart import ClientGone
from voxport.api.responses import reference_of

log = structlog.get_logger(__name__)


class FaultNet:
    """ASGI middleware; it lies within whatever adds headers to answers, so that a 500 has them too."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def send_on(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        request = Request(scope)
        try:
            await self._app(scope, receive, send_on)
        except ClientGone:
            raise
        except Exception:
            log.exception("request failed", reference=reference_of(request))
            # A status that is sent cannot be taken back; an answer cut short is how the client learns.
            if not begun:
                await failed(request)(scope, receive, send)
