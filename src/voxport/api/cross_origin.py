"""Pages of other origins: CORS as the Fetch standard has it, for the origins that the operator lists, and for players.

Only the addresses of a dialect answer pages; `/metrics` and the probes never do. What a page may do then is what its
token may do. A page of an origin that is not listed reads what lies at and below one recording, with a key that was
made for some recordings: such a key stands in pages of others, which no operator can list.
"""

from __future__ import annotations

from collections.abc import Collection

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from voxport.wire.dialects import dialect_below

EVERY_ORIGIN = "*"
"""In the list of origins: pages from anywhere."""

_METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE")
_READABLE = (
    "Accept-Ranges",
    "Allow",
    "Content-Disposition",
    "Content-Encoding",
    "Content-Length",
    "Content-Range",
    "ETag",
    "Location",
    "Retry-After",
    "WWW-Authenticate",
)
"""The headers of answers that a script may read besides those that every script may."""
_PREFLIGHT_KEPT_S = 7200
"""The longest that browsers keep the answer to a preflight."""
_FOR_ANY_PAGE = "for_any_page"
_ALLOWED_ORIGIN = b"access-control-allow-origin"


def let_any_page_read(request: Request) -> None:
    """Lets pages of all origins read the answer: what authorises the request is for some recordings alone."""
    setattr(request.state, _FOR_ANY_PAGE, True)


class CrossOrigin:
    """ASGI middleware: answers preflights, and tells browsers which pages may read an answer, a refusal too."""

    def __init__(self, app: ASGIApp, origins: Collection[str]) -> None:
        self._app = app
        # Cookies, stored passwords and the way into a private network are for pages that the operator named.
        named = EVERY_ORIGIN not in origins
        self._listed = _sharing(app, origins, _METHODS, credentials=named) if origins else None
        self._players = _sharing(app, (EVERY_ORIGIN,), ("GET", "HEAD"), credentials=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        dialect = dialect_below(scope["path"]) if scope["type"] == "http" else None
        origin = None if dialect is None else Headers(scope=scope).get("origin")
        listed = origin is not None and self._listed is not None and self._listed.is_allowed_origin(origin)
        if dialect is None:
            await self._app(scope, receive, send)
        elif origin is not None and not listed and scope["path"].startswith(f"{dialect.root}/media/"):
            await self._players(scope, receive, send if scope["method"] == "OPTIONS" else _kept_back(scope, send))
        else:
            await (self._listed or self._app)(scope, receive, send)


def _sharing(app: ASGIApp, origins: Collection[str], methods: Collection[str], *, credentials: bool) -> CORSMiddleware:
    return CORSMiddleware(
        app,
        allow_origins=origins,
        allow_methods=methods,
        # Whatever a page asks for: no header changes what a token may do, and "*" would leave out Authorization.
        allow_headers=("*",),
        allow_credentials=credentials,
        allow_private_network=credentials,
        expose_headers=_READABLE,
        max_age=_PREFLIGHT_KEPT_S,
    )


def _kept_back(scope: Scope, send: Send) -> Send:
    """Sends an answer whose token is not for any page without the header that would let the page read it.

    That a token is none, which is all that a 401 says, a player may know.
    """
    state = scope.setdefault("state", {})

    async def send_on(message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] != 401 and not state.get(_FOR_ANY_PAGE):
            message["headers"] = [one for one in message["headers"] if one[0].lower() != _ALLOWED_ORIGIN]
        await send(message)

    return send_on
