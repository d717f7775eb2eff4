"""Checking redaction: a recording of one's own beside what is served of it. What was recorded is never sent back."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from starlette.responses import Response

from voxport.console.call_text import turns_of
from voxport.console.comparison import covered_in_words, places_of, ribbons_of_kinds
from voxport.console.page import Page
from voxport.console.pages.call import call_path, media_path, streams_of, title_of
from voxport.console.progress import progress_of
from voxport.console.public_api import Document

LANGUAGES: Sequence[tuple[str, str]] = (
    ("en-US", "English, United States"),
    ("en-UK", "English, United Kingdom"),
    ("en-AU", "English, Australia"),
    ("es-US", "Spanish, United States"),
    ("es-MX", "Spanish, Mexico"),
    ("es-ES", "Spanish, Spain"),
)
"""Those that detectors know (docs/redaction.md)."""
_USUAL = ("PCI", "SSN")
"""Detectors that are ticked to begin with, in every language."""


async def show(page: Page) -> Response:
    """Where a recording and detectors are chosen."""
    found = await page.get("/v3/definition/prediction/detectors")
    detectors = [_choice(one) for one in found["detectors"]]
    return await page.render(
        "redaction.html", {"detectors": detectors, "languages": LANGUAGES, "base": ""}, local_sound=True
    )


async def comparison(page: Page) -> Response:
    """What is served of a call, to be compared: how far it is, why it failed, or its players.

    A page where a browser goes there; the part of a page that follows the call where a script asks.
    """
    async with page.opened(media_path(page)) as media:
        return await _compared(page, media)


async def _compared(page: Page, media: Document) -> Response:
    tasks: Document = {}
    if media["status"] not in ("finished", "failed"):
        tasks = await page.get(media_path(page, "/progress"))
    streams = await streams_of(page)
    values = {
        **await asyncio.to_thread(_values, media),
        "title": title_of(media),
        "base": call_path(page),
        "streams": streams,
        "redacted": any(stream["streamName"] == "redacted-audio" for stream in streams),
        "progress": progress_of(tasks.get("progress", {}).get("tasks", ())),
    }
    if page.request.headers.get("hx-request"):
        return await page.render("comparison.html", values)
    return await page.render("compare.html", values, local_sound=True)


def _choice(detector: Document) -> Document:
    """A detector of the API as the form has it."""
    parameters = {one["name"]: one for one in detector["parameters"]}
    level = parameters["detectionLevel"]
    return {
        **detector,
        "levels": level["valueSet"],
        "level": level["defaultValue"],
        "kinds": parameters.get("kinds", {}).get("valueSet", ()),
        "checked": detector["detectorName"].partition("-")[0] in _USUAL,
    }


def _values(media: Document) -> Document:
    places = places_of(media)
    return {
        "call": media,
        "turns": turns_of(media) if "transcript" in media else [],
        "places": places,
        "ribbons": ribbons_of_kinds(media, places),
        "covered": covered_in_words(media, places),
    }
