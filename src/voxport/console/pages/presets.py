"""Presets: the configurations that people of an organisation begin with, saved under names of their own."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping

from starlette.responses import Response

from voxport.console.page import Page
from voxport.console.presets import PRESETS, PRESETS_PATH
from voxport.console.public_api import JSON, ApiRefused, Question, segment
from voxport.console.sessions import PATH

_BACK: Mapping[str, str] = {"upload": f"{PATH}/calls/upload", "presets": f"{PATH}/presets"}
"""Where somebody goes on who has saved one."""


async def show(page: Page) -> Response:
    """Those of the organisation, and those that are always there."""
    found = await page.get(PRESETS_PATH)
    return await page.render("presets.html", {"presets": found["presets"], "always": PRESETS})


async def edit(page: Page) -> Response:
    """One, to be changed or renamed, or a new one."""
    name = page.asked("name")
    if not name:
        return await _form(page, {"configuration": PRESETS[0].written})
    found = await page.get(f"{PRESETS_PATH}/{segment(name)}")
    written = json.dumps(found["configuration"], indent=2, ensure_ascii=False)
    text = {"name": name, "before": name, "description": found.get("presetDescription", "")}
    return await _form(page, {**text, "configuration": written})


async def begin(page: Page) -> Response:
    """A new one of the configuration that somebody has written where calls are sent."""
    sent = await page.form()
    return await _form(page, {"configuration": sent.get("configuration", ""), "back": sent.get("back", "")})


async def save(page: Page) -> Response:
    """Puts one; under another name than before it is renamed."""
    sent = await page.form()
    name, before = sent.get("name", "").strip(), sent.get("before", "")
    try:
        body = await asyncio.to_thread(_body, sent)
        question = Question("PUT", f"{PRESETS_PATH}/{segment(name)}", headers=(("content-type", JSON),))
        await page.answer(question, body)
    except ApiRefused as refused:
        if refused.status not in (400, 413):
            raise
        return await _form(page, {**sent, "problem": refused.message}, refused.status)
    if before not in ("", name):
        # The new one is there already: a fault here leaves two, and loses none.
        await _removed(page, before)
    return page.redirect(_BACK.get(sent.get("back", ""), _BACK["presets"]), [("done", "saved"), ("preset", name)])


async def delete(page: Page) -> Response:
    """Removes one; calls that were sent with it stay as they are."""
    await page.send("DELETE", f"{PRESETS_PATH}/{segment((await page.form()).get('name', ''))}")
    return page.redirect(f"{PATH}/presets", [("done", "removed")])


def _body(sent: Mapping[str, str]) -> bytes:
    """What a form asks for; raises ApiRefused 400.

    The configuration stands in it as it was written, so that the API sees a name that stands twice, and refuses it.
    """
    written, description = sent.get("configuration", ""), sent.get("description", "").strip()
    if not sent.get("name", "").strip():
        raise ApiRefused(400, 0, "It needs a name.")
    try:
        json.loads(written)
    except (ValueError, RecursionError) as error:
        raise ApiRefused(400, 0, f"The configuration is no JSON: {error}.") from None
    said = f'"presetDescription": {json.dumps(description)}, ' if description else ""
    return f'{{{said}"configuration": {written}}}'.encode()


async def _removed(page: Page, name: str) -> None:
    try:
        await page.send("DELETE", f"{PRESETS_PATH}/{segment(name)}")
    except ApiRefused as refused:
        if refused.status != 404:
            raise


async def _form(page: Page, sent: Mapping[str, str], status: int = 200) -> Response:
    usual = {"name": "", "before": "", "description": "", "configuration": "", "back": "", "problem": ""}
    return await page.render(
        "preset.html", {**usual, **{key: one for key, one in sent.items() if key in usual}}, status
    )
