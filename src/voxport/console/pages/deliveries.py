"""Deliveries: what is due, held or dead and why, each attempt, and sending again one or all of a time range."""

from __future__ import annotations

import re
from collections.abc import Mapping

from starlette.responses import Response

from voxport.console.filters import in_words, time_ranges
from voxport.console.page import Page
from voxport.console.public_api import ApiRefused, Document, segment
from voxport.console.sessions import PATH

PAGE_SIZE = 50
STATUSES: Mapping[str, str] = {
    "pending": "pending",
    "held": "held: its endpoint is paused",
    "dead": "dead letters (failed or expired)",
    "failed": "failed",
    "expired": "expired",
    "skipped": "skipped",
    "delivered": "delivered",
}
_MEANINGS: Mapping[str, str] = {
    "pending": "being sent, or waiting for its next attempt",
    "held": "waiting for its endpoint, which is paused because it fails, to answer again",
    "delivered": "taken by the receiver",
    "failed": "given up: the reason says why",
    "expired": "given up, since the pre-signed URL has ended, or ends before the next attempt",
    "skipped": "not made: the call failed, or has nothing of what was asked for",
}
"""What each status says of a delivery; failed and expired ones are dead letters."""
_LABELS: Mapping[str, str] = {
    "status": "Status",
    "since": "Created from",
    "until": "Created until",
    "host": "Host of the receiver",
    "mediaId": "Media id",
    "after": "The page of the list",
}
_FILTERS = ("status", "since", "until", "host", "mediaId")
_MOST_REQUESTS = 20
"""Of 500 deliveries each; what is left then is sent by asking once more."""
_SHOWN_REFUSALS = 50
_OWN = re.compile(rf"{PATH}/(?:calls|deliveries)/[0-9a-f-]{{36}}")


async def show(page: Page) -> Response:
    """A page of deliveries, newest first."""
    filters = {name: page.asked(name) for name in (*_FILTERS, "after")}
    asked = [(name, value) for name, value in filters.items() if value]
    values: Document = {
        "filters": filters,
        "statuses": STATUSES,
        "ranges": time_ranges(),
        "meanings": _MEANINGS,
        "problem": None,
    }
    try:
        found = await page.get("/v3/deliveries", [*asked, ("limit", str(PAGE_SIZE))])
    except ApiRefused as refused:
        if refused.status != 400:
            raise
        told: Document = {"deliveries": [], "after": None, "problem": in_words(refused.message, _LABELS)}
        return await page.render("deliveries.html", {**values, **told}, 400)
    after = found["pagination"].get("after")
    return await page.render("deliveries.html", {**values, "deliveries": found["deliveries"], "after": after})


async def show_one(page: Page) -> Response:
    """One delivery with its attempts."""
    return await _detail(page, None, 200)


async def attempt(page: Page) -> Response:
    """One attempt: what was sent, as far as it can be made again, and what was answered."""
    delivery = await page.get(_delivery(page))
    number = page.path("number")
    made = [str(one["number"]) for one in delivery["attempts"]]
    if number not in made:
        raise ApiRefused(404, 0, "There is no such attempt, or it is not one of the last hundred.")
    sent, reason = None, None
    path = f"/v3/media/{segment(delivery['mediaId'])}/delivery-requests/{segment(delivery['deliveryId'])}"
    try:
        sent = await page.get(path, [("attempt", number)])
    except ApiRefused as refused:
        if refused.status not in (403, 404, 503):
            raise
        reason = refused.message
    at = made.index(number)
    values = {"delivery": delivery, "attempt": delivery["attempts"][at], "sent": sent, "reason": reason}
    neighbours = {"before": made[at - 1] if at else None, "after": made[at + 1] if at + 1 < len(made) else None}
    return await page.render("attempt.html", {**values, **neighbours})


async def replay(page: Page) -> Response:
    """Sends one again, to another address if one is given, and goes back to where that was asked."""
    form = await page.form()
    url, back = form.get("url", "").strip(), form.get("back", "")
    try:
        await page.send("POST", f"{_delivery(page)}/replay", {"url": url} if url else None)
    except ApiRefused as refused:
        if refused.status not in (400, 409):
            raise
        return await _detail(page, refused.message, refused.status)
    where = back if _OWN.fullmatch(back) else f"{PATH}/deliveries/{segment(page.path('delivery_id'))}"
    return page.redirect(where, [("done", "replayed")])


async def replay_many(page: Page) -> Response:
    """Sends all of a time range again that are dead, or have the status asked for."""
    form = await page.form()
    asked = {name: form[name] for name in _FILTERS if form.get(name, "").strip()}
    queued, refused, more = 0, [], True
    for _ in range(_MOST_REQUESTS):
        found = await page.send("POST", "/v3/deliveries/replay", asked)
        queued += found["queued"]
        refused += found["refused"]
        more = found["more"]
        if not more:
            break
        asked["after"] = found["after"]
    values = {"queued": queued, "refused": refused[:_SHOWN_REFUSALS], "number": len(refused), "more": more}
    return await page.render("deliveries_replayed.html", {**values, "asked": asked})


async def of_call(page: Page) -> Response:
    """The deliveries of a call with all attempts, as a part of its page."""
    media_id = page.path("media_id")
    found = await page.get(f"/v3/media/{segment(media_id)}/deliveries")
    pending = any(one["status"] == "pending" for one in found["deliveries"])
    values = {"deliveries": found["deliveries"], "media_id": media_id, "live": pending, "statuses": STATUSES}
    return await page.render("call_deliveries.html", {**values, "more": "pagination" in found})


async def _detail(page: Page, problem: str | None, status: int) -> Response:
    values = {"delivery": await page.get(_delivery(page)), "problem": problem, "statuses": STATUSES}
    return await page.render("delivery.html", values, status)


def _delivery(page: Page) -> str:
    return f"/v3/deliveries/{segment(page.path('delivery_id'))}"
