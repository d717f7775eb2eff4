"""Endpoints: which fail and since when, how attempts have fared, tries of a webhook, and the secret that signs it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from starlette.responses import Response

from voxport.console.page import Page
from voxport.console.public_api import ApiRefused, Document

PERIODS: Mapping[str, tuple[str, timedelta]] = {
    "1h": ("the last hour", timedelta(hours=1)),
    "24h": ("the last 24 hours", timedelta(days=1)),
    "7d": ("the last 7 days", timedelta(days=7)),
    "30d": ("the last 30 days", timedelta(days=30)),
}
_OVERLAPS: Mapping[str, str] = {"0": "at once", "3600": "in an hour", "86400": "in a day", "604800": "in a week"}


async def show(page: Page) -> Response:
    """The whole page."""
    return await _page(page)


async def test(page: Page) -> Response:
    """Sends a test event, and shows what came of it."""
    url = (await page.form()).get("url", "").strip()
    try:
        tried = await page.send("POST", "/v3/endpoints/test", {"url": url})
    except ApiRefused as refused:
        return await _page(page, {"url": url, "problem": refused.message}, refused.status)
    return await _page(page, {"url": url, "tried": tried})


async def show_secret(page: Page) -> Response:
    """The secrets that sign; they stand on a page of their own, which nobody sees by looking at another."""
    return await _secrets(page, await page.get("/v3/webhook-secrets"))


async def rotate_secret(page: Page) -> Response:
    """Makes a new secret."""
    overlap = (await page.form()).get("overlap", "")
    if overlap not in _OVERLAPS:
        raise ApiRefused(400, 0, "Choose when the secrets of before end.")
    return await _secrets(page, await page.send("POST", "/v3/webhook-secrets", {"overlapSeconds": int(overlap)}))


async def _page(page: Page, tried: Document | None = None, status: int = 200) -> Response:
    period = page.asked("period") if page.asked("period") in PERIODS else "24h"
    since = datetime.now(UTC) - PERIODS[period][1]
    query = [("since", f"{since:%Y-%m-%dT%H:%M:%SZ}")]
    values: Document = {
        "failing": (await page.get("/v3/endpoints"))["endpoints"],
        "statistics": (await page.get("/v3/endpoints/statistics", query))["endpoints"],
        "period": period,
        "periods": PERIODS,
        "url": "",
        "problem": None,
        "tried": None,
    }
    return await page.render("endpoints.html", {**values, **(tried or {})}, status)


async def _secrets(page: Page, found: Document) -> Response:
    return await page.render("webhook_secrets.html", {"secrets": found["secrets"], "overlaps": _OVERLAPS})
