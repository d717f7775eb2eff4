"""Keys: what is valid, making one that may do less, and ending one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from starlette.responses import Response

from voxport.console.page import Page
from voxport.console.public_api import ApiRefused, Document, segment
from voxport.console.sessions import PATH

LIVES: Mapping[str, str] = {
    "600000": "for 10 minutes",
    "3600000": "for an hour",
    "7200000": "for two hours",
    "": "until it is revoked",
}
SCOPES: Sequence[tuple[str, str]] = (
    ("", "everything but keys"),
    ("*:get", "read everything, change nothing"),
    ("media:post", "hand in recordings, and read none"),
    ("media:get", "read calls and all that belongs to them"),
    ("deliveries:get deliveries:post endpoints:get", "watch deliveries and send them again"),
    ("usage:get", "read the usage"),
)
"""Scopes to begin with, each with what a key of it does."""


async def show(page: Page) -> Response:
    """The keys that are valid."""
    return await _page(page)


async def make(page: Page) -> Response:
    """Makes a key; the answer is the only page that shows it."""
    form = await page.form()
    life, scope = form.get("life"), form.get("scope", "").strip()
    if life not in LIVES:
        # Not one that never ends, for want of a word about it.
        return await _page(page, {"problem": "Choose how long it is good.", "scope": scope}, 400)
    asked: Document = {"ttlMillis": int(life)} if life else {}
    if scope:
        asked["scope"] = scope
    try:
        made = await page.send("POST", "/v3/profile/keys", asked)
    except ApiRefused as refused:
        return await _page(page, {"problem": refused.message, "scope": scope, "life": life}, refused.status)
    return await _page(page, {"made": made})


async def ask_end(page: Page) -> Response:
    """The second question."""
    return await page.render("key_end.html", {"key": await page.get(_key(page))})


async def end(page: Page) -> Response:
    """Ends a key, and those that it has made."""
    await page.send("DELETE", _key(page))
    return page.redirect(f"{PATH}/keys", [("done", "ended")])


async def _page(page: Page, values: Document | None = None, status: int = 200) -> Response:
    usual: Document = {"made": None, "problem": None, "scope": "", "life": "3600000"}
    try:
        usual["keys"], usual["barred"] = (await page.get("/v3/profile/keys"))["keys"], None
    except ApiRefused as refused:
        if refused.status != 403:
            raise
        # A key that was made over the API manages none.
        usual["keys"], usual["barred"] = [], refused.message
        status = 403
    return await page.render("keys.html", {**usual, "lives": LIVES, "scopes": SCOPES, **(values or {})}, status)


def _key(page: Page) -> str:
    return f"/v3/profile/keys/{segment(page.path('key_id'))}"
