"""The list of calls: what was asked, one page of it, and what can be done to one call from there."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence

from starlette.responses import RedirectResponse, Response

from voxport.console.filters import (
    COLUMNS,
    LABELS,
    STATUSES,
    CallFilters,
    chosen_columns,
    in_words,
    read_filters,
    time_ranges,
)
from voxport.console.page import Page
from voxport.console.presets import PRESETS, saved_presets
from voxport.console.progress import progress_of
from voxport.console.public_api import ApiRefused, Document, Question, multipart, segment
from voxport.console.rendering import shortened
from voxport.console.sessions import PATH

_COLUMNS_COOKIE = "voxport_columns"
_LONGEST_TITLE, _LONGEST_EXTENDED = 200, 500
"""Characters; the page of a call has all of them."""
_YEAR_S = 366 * 86_400
_MOST_CATEGORIES = 500
_LIVE_S, _IDLE_S = 3, 15
"""Seconds between two looks at the newest calls: while one is in work, and otherwise."""


async def home(page: Page) -> Response:
    """The console begins with the calls."""
    return page.redirect(f"{PATH}/calls")


async def show(page: Page) -> Response:
    """The whole page."""
    filters = read_filters(page.request.query_params)
    columns = _columns(page)
    try:
        values = await _listed(page, filters, columns)
    except ApiRefused as refused:
        if refused.status != 400:
            raise
        # What cannot be understood stays in the form, with the reason beside it.
        values = {**_empty(filters, columns), "problem": in_words(refused.message, LABELS)}
        return await page.render("calls.html", values, 400)
    return await page.render("calls.html", values)


async def rows(page: Page) -> Response:
    """The rows alone, for a page that is open."""
    filters = read_filters(page.request.query_params)
    return await page.render("calls_rows.html", await _listed(page, filters, _columns(page)))


async def choose_columns(page: Page) -> Response:
    """Keeps in this browser which columns its person wants to see, and goes back to the list as it was."""
    fields = await page.fields()
    chosen = [value for name, value in fields if name == "column" and value in COLUMNS]
    asked = read_filters(dict(fields)).address()
    answer = RedirectResponse(f"{PATH}/calls" + (f"?{asked}" if asked else ""), 303)
    written = ".".join(dict.fromkeys(chosen))
    answer.set_cookie(_COLUMNS_COOKIE, written, max_age=_YEAR_S, path=PATH, httponly=True, samesite="strict")
    return answer


async def categories(page: Page) -> Response:
    """Names of categories, for the field that asks for one; none for a key that may not read them."""
    names: list[str] = []
    try:
        async with page.opened("/v3/definition/categories") as found:
            names = [one["categoryName"] for one in found["categories"][:_MOST_CATEGORIES]]
    except ApiRefused as refused:
        if refused.status != 403:
            raise
    return await page.render("calls_categories.html", {"names": names})


async def ask_delete(page: Page) -> Response:
    """The second question."""
    return await page.render("call_delete.html", {"call": await page.get(_media(page, "metadata"))} | _named(page))


async def delete(page: Page) -> Response:
    """Erases the call."""
    await page.send("DELETE", _media(page))
    return page.redirect(f"{PATH}/calls", [("done", "deleted")])


async def ask_again(page: Page) -> Response:
    """Which configuration the call is to be analysed with."""
    return await _again_form(page, "", None, 200)


async def again(page: Page) -> Response:
    """Analyses the call once more."""
    configuration = (await page.form()).get("configuration", "")
    content_type, body = multipart({"configuration": configuration} if configuration.strip() else {})
    try:
        await page.answer(Question("POST", _media(page), headers=(("content-type", content_type),)), body)
    except ApiRefused as refused:
        return await _again_form(page, configuration, refused.message, refused.status)
    return page.redirect(f"{PATH}/calls/{segment(page.path('media_id'))}", [("done", "again")])


async def _again_form(page: Page, configuration: str, problem: str | None, status: int) -> Response:
    call = await page.get(_media(page, "metadata"))
    values: Document = {"call": call, "presets": PRESETS, "problem": problem, "configuration": configuration}
    values |= {"saved": await saved_presets(page), "chosen": ""}
    return await page.render("call_again.html", values | _named(page), status)


def _media(page: Page, below: str = "") -> str:
    path = f"/v3/media/{segment(page.path('media_id'))}"
    return f"{path}/{below}" if below else path


def _named(page: Page) -> dict[str, object]:
    return {"media_id": page.path("media_id")}


def _columns(page: Page) -> Sequence[str]:
    return chosen_columns(page.request.cookies.get(_COLUMNS_COOKIE))


async def _listed(page: Page, filters: CallFilters, columns: Sequence[str]) -> dict[str, object]:
    found = await page.get("/v3/media", filters.query(columns))
    calls = await asyncio.to_thread(lambda: [_row(one) for one in found["media"]])
    working = any(one["status"] in ("accepted", "running") for one in calls)
    return {
        **_empty(filters, columns),
        "calls": calls,
        "after": None if filters.is_ranked else found.get("pagination", {}).get("after"),
        "every_s": None if filters.after else _LIVE_S if working else _IDLE_S,
    }


def _empty(filters: CallFilters, columns: Sequence[str]) -> dict[str, object]:
    return {
        "filters": filters,
        "columns": columns,
        "all_columns": COLUMNS,
        "statuses": STATUSES,
        "ranges": time_ranges(),
        "calls": [],
        "after": None,
        "every_s": None,
        "problem": None,
    }


def _row(call: Document) -> Document:
    """A call as its row shows it; metadata is the customer's, and may have anything anywhere."""
    metadata = call["metadata"]
    title, external_id = metadata.get("title"), metadata.get("externalId")
    has_title = isinstance(title, str) and title.strip()
    return {
        **call,
        "title": shortened(title, _LONGEST_TITLE) if has_title else external_id or call["mediaId"],
        "external_id": external_id,
        "progress": progress_of(call.get("tasks", ())),
        "extended": shortened(json.dumps(metadata.get("extended") or {}, ensure_ascii=False), _LONGEST_EXTENDED),
        "parts": _marked(call.get("snippet", "")),
    }


def _marked(snippet: str) -> list[tuple[str, bool]]:
    """Pieces of a snippet, each with whether it stood between `**`."""
    return [(piece, bool(number % 2)) for number, piece in enumerate(snippet.split("**")) if piece]
