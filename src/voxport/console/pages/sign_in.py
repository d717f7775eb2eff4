"""Signing in with a token, and out. The API counts wrong tokens by address, here as everywhere."""

from __future__ import annotations

import re

from starlette.responses import RedirectResponse, Response

from voxport.console.page import Page
from voxport.console.public_api import ApiRefused, Question
from voxport.console.sessions import PATH

_TOKEN = re.compile(r"[A-Za-z0-9\-._~+/]{1,512}=*")
_OWN_PATH = re.compile(rf"{PATH}(?:/(?!\.\.?(?:[/?]|$))[A-Za-z0-9_.~-]+)*/?(?:\?[!-\[\]-~]*)?")
"""A page of the console, with its query: no segment that browsers read as one above, no sign that they change."""
_FIRST_PAGES = (
    ("calls", "/v3/media"),
    ("deliveries", "/v3/deliveries"),
    ("endpoints", "/v3/endpoints"),
    ("definitions", "/v3/definition/spotting/groups"),
    ("usage", "/v3/usage/months"),
)
"""Pages, each with what it asks first; who may see none of them may hand in recordings, if anything."""
_NOT_ONE = "That is no token: letters, digits and -._~+/ only, without spaces."
_REMEDIES = {
    401: "This token is not valid, or has ended. An operator makes one with `voxport token create --org NAME`.",
    429: "Too many tokens from this address were not valid; wait a minute.",
}


async def show(page: Page) -> Response:
    """The form."""
    return await _form(page, page.asked("next"))


async def sign_in(page: Page) -> Response:
    """Begins a session with the token of the form, if it is one."""
    form = await page.form()
    token, following = form.get("token", "").strip(), form.get("next", "")
    if not _TOKEN.fullmatch(token):
        return await _form(page, following, _NOT_ONE, 400)
    try:
        await page.api.ask(page.request, token, Question("GET", "/v3/"))
    except ApiRefused as refused:
        # A key whose scope does not name the index is valid all the same, and sees what it may.
        if refused.status != 403:
            return await _form(page, following, _REMEDIES.get(refused.status, refused.message), refused.status)
    where = following if _OWN_PATH.fullmatch(following) else f"{PATH}/{await _first_page(page, token)}"
    answer = RedirectResponse(where, 303)
    page.sessions.begin(page.request, answer, token)
    return answer


async def _first_page(page: Page, token: str) -> str:
    """The first page that a token may see: that of a key which knows no calls is another one."""
    for name, path in _FIRST_PAGES:
        try:
            await page.api.ask(page.request, token, Question("GET", path, [("limit", "1")]))
        except ApiRefused as refused:
            if refused.status == 403:
                continue
        return name
    return "calls/upload"


async def sign_out(page: Page) -> Response:
    """Ends the session of this browser."""
    answer = RedirectResponse(f"{PATH}/sign-in", 303)
    page.sessions.end(page.request, answer)
    return answer


async def _form(page: Page, following: str, problem: str | None = None, status: int = 200) -> Response:
    return await page.render("sign_in.html", {"next": following, "problem": problem}, status)
