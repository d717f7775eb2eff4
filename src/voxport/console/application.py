"""Puts the console together: its addresses, who may ask for them, and what refusals of the API become.

Every page answers under one policy; only a page of this origin changes anything (`protection`).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

import structlog
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Match, Mount, Route, Router
from starlette.types import Receive, Scope, Send

from voxport.console import protection
from voxport.console.assets import Assets
from voxport.console.page import HUGE_AT_ONCE, Page, SignedOut
from voxport.console.public_api import JSON, ApiRefused, PublicApi, reference_of
from voxport.console.rendering import Templates
from voxport.console.routes import ROUTES, ConsoleRoute
from voxport.console.sessions import PATH, Sessions

log = structlog.get_logger(__name__)

_ROUTE = "voxport.route"
"""Where the request log looks for the template of an address."""
SESSION_COOKIE = "voxport_session"
OPERATOR_COOKIE = "voxport_operator"


@dataclass(frozen=True, slots=True)
class ConsoleOptions:
    """What the console is given beside its API."""

    session_key: bytes
    """32 secret bytes that seal sessions; every server of one installation has the same."""
    has_operator: bool = False
    """Whether `/metrics` wants a token, which then opens the page of operations."""
    public_url: str = ""
    """Address of the API as customers see it, which a proxy may put below a path; empty: that of the request."""


class Console:
    """The pages, as something to be served below the API's own addresses."""

    def __init__(self, options: ConsoleOptions) -> None:
        self._api = PublicApi()
        self._assets = Assets()
        self._templates = Templates(self._assets)
        self._sessions = Sessions(options.session_key, SESSION_COOKIE)
        self._operators = Sessions(options.session_key, OPERATOR_COOKIE)
        self._options = options
        self._huge = asyncio.Semaphore(HUGE_AT_ONCE)

    def open(self, api: Callable[[Scope, Receive, Send], Awaitable[None]]) -> None:
        """Gives it the API that it asks, of which it is itself a part."""
        self._api.open(api)

    def routes(self) -> list[Mount | Route]:
        """What the API serves for it."""
        static = _Named(f"{PATH}/static/{{digest}}/{{name:path}}", self._asset, methods=["GET"])
        pages = [_Named(route.path, self._answering(route), methods=[route.method]) for route in ROUTES]
        lost = Router(default=self._lost)
        return [static, *pages, Mount(PATH, app=lost)]

    def _answering(self, route: ConsoleRoute) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            page = self._page(request)
            if request.method not in protection.SAFE_METHODS and not protection.is_own(request):
                return await _told(page, 403, "This was sent by a page of somebody else, and nothing was done.")
            try:
                if not route.for_anybody:
                    _ = page.token
                answered = await route.handler(page)
            except SignedOut:
                return await self._signed_out(page)
            except ApiRefused as refused:
                return await _told(page, refused.status, refused.message)
            except Exception:
                log.exception("page failed", reference=reference_of(request))
                return await _told(page, 500, "The server failed; its log knows this page by the reference.")
            for name, value in protection.headers().items():
                answered.headers.setdefault(name, value)
            return answered

        return answer

    def _page(self, request: Request) -> Page:
        return Page(
            request=request,
            api=self._api,
            templates=self._templates,
            sessions=self._sessions,
            operators=self._operators,
            has_operator=self._options.has_operator,
            public_url=self._options.public_url.rstrip("/"),
            huge=self._huge,
        )

    async def _signed_out(self, page: Page) -> Response:
        """Leads to the form and back; what somebody had written is not lost over it."""
        request = page.request
        answer: Response
        if request.headers.get("hx-request"):
            # A part of a page cannot show the form: the whole page goes there, and comes back.
            answer = Response(status_code=401, headers={"HX-Redirect": _sign_in_address(_page_around(request))})
        elif JSON in request.headers.get("accept", ""):
            # A script has asked, which keeps what it has and says so itself.
            answer = Response('{"errors": []}', 401, protection.headers(), JSON)
        elif request.method in protection.SAFE_METHODS:
            answer = RedirectResponse(_sign_in_address(page.here()), 303)
        else:
            answer = await self._kept(page)
        self._sessions.end(page.request, answer)
        return answer

    async def _kept(self, page: Page) -> Response:
        """The form that was sent, to be sent again by whoever has signed in meanwhile."""
        try:
            fields = await page.fields()
        except ApiRefused:
            return RedirectResponse(_sign_in_address(""), 303)
        return await page.render("signed_out.html", {"fields": fields, "signed_in": False}, 401)

    async def _asset(self, request: Request) -> Response:
        return self._assets.answer(request, request.path_params["digest"], request.path_params["name"])

    async def _lost(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope[_ROUTE] = PATH
        request = Request(scope, receive)
        answer = await _told(self._page(request), 404, "There is no such page.")
        await answer(scope, receive, send)


class _Named(Route):
    """A route whose template the request log finds."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        match, found = super().matches(scope)
        return match, {**found, _ROUTE: self.path} if match is not Match.NONE else found


def _page_around(request: Request) -> str:
    """The page of which a part was asked for, as htmx tells it; empty for what is no address."""
    try:
        shown = urlsplit(request.headers.get("hx-current-url", ""))
    except ValueError:
        return ""
    return shown.path + (f"?{shown.query}" if shown.query else "")


def _sign_in_address(following: str) -> str:
    """The form, which leads to `following` then."""
    return f"{PATH}/sign-in" + (f"?next={quote(following, safe='/')}" if following else "")


async def _told(page: Page, status: int, message: str) -> Response:
    values = {"status": status, "message": message, "reference": reference_of(page.request)}
    return await page.render("refused.html", values, status)
