"""Sending recordings: the browser's own upload goes on to the API as it comes, byte by byte."""

from __future__ import annotations

from starlette.responses import Response

from voxport.console.page import Page
from voxport.console.presets import PRESETS, saved_presets
from voxport.console.public_api import Question


async def show(page: Page) -> Response:
    """Where files are dropped, with configurations to choose from."""
    values = {"presets": PRESETS, "saved": await saved_presets(page), "chosen": page.asked("preset")}
    return await page.render("upload.html", values)


async def send(page: Page) -> Response:
    """Accepts a recording as `POST /v3/media` does: the answer is the API's."""
    return page.passed_on(Question("POST", "/v3/media"))
