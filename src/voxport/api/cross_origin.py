"""Pages of other origins: CORS as the Fetch standard has it, for the origins that the operator lists.

Only the addresses of a dialect answer pages; `/metrics` and the probes never do. What a page may do then is what its
token may do. Without an origin in the list nothing here is in the way.
"""

from __future__ import annotations

from collections.abc import Collection

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

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


class CrossOrigin:
    """ASGI middleware: answers preflights, and tells browsers which pages may read an answer, a refusal too."""

    def __init__(self, app: ASGIApp, origins: Collection[str]) -> None:
        self._app = app
        # Cookies, stored passwords and the way into a private network are for pages that the operator named.
        named = EVERY_ORIGIN not in origins
        self._shared = CORSMiddleware(
            app,
            allow_origins=origins,
            allow_methods=_METHODS,
            # Whatever a page asks for: no header changes what a token may do, and "*" would leave out Authorization.
            allow_headers=("*",),
            allow_credentials=named,
            allow_private_network=named,
            expose_headers=_READABLE,
            max_age=_PREFLIGHT_KEPT_S,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        shared = scope["type"] == "http" and dialect_below(scope["path"]) is not None
        await (self._shared if shared else self._app)(scope, receive, send)
