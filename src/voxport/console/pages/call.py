"""One call: its sound, what was said and found in it, its deliveries, and what can be changed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from starlette.responses import JSONResponse, Response

from voxport.console.call_text import text_of, turns_of
from voxport.console.filters import STATUSES
from voxport.console.page import Page
from voxport.console.progress import progress_of
from voxport.console.public_api import ApiRefused, Document, Question, multipart, segment
from voxport.console.ribbons import ribbons_of
from voxport.console.sessions import PATH

_API = "/v3/media/"
_ENDED = ("finished", "failed")
_SECTIONS = ("knowledge", "spotting", "entities", "metrics", "conversation", "categories")


@dataclass(frozen=True, slots=True)
class Download:
    """A form of the result that is saved as a file."""

    heading: str
    path: str
    """Below the media."""
    extension: str
    content_type: str


DOWNLOADS: Mapping[str, Download] = {
    "text": Download("Text", "/transcript/text", "txt", "text/plain; charset=utf-8"),
    "srt": Download("SRT", "/transcript/srt", "srt", "text/srt; charset=utf-8"),
    "vtt": Download("WebVTT", "/transcript/webvtt", "vtt", "text/vtt; charset=utf-8"),
    "dfxp": Download("DFXP", "/transcript/dfxp", "dfxp", "application/ttaf+xml; charset=utf-8"),
    "json": Download("JSON, everything", "", "json", "application/json"),
}


def media_path(page: Page, below: str = "") -> str:
    """The API's address of the call of this page, or of something below it."""
    return f"/v3/media/{segment(page.path('media_id'))}{below}"


def call_path(page: Page, below: str = "") -> str:
    """The console's address of the call of this page, or of something below it."""
    return f"{PATH}/calls/{segment(page.path('media_id'))}{below}"


async def show(page: Page) -> Response:
    """The whole page."""
    async with page.opened(media_path(page)) as media:
        return await _shown(page, media)


async def _shown(page: Page, media: Document) -> Response:
    tasks: Document = {}
    if media["status"] not in _ENDED:
        tasks = await page.get(media_path(page, "/progress"))
    streams = await streams_of(page)
    values = await asyncio.to_thread(_values, media)
    return await page.render(
        "call.html",
        {
            **values,
            "media_id": media["mediaId"],
            "base": call_path(page),
            "statuses": STATUSES,
            "downloads": DOWNLOADS,
            "find": page.asked("find"),
            "streams": streams,
            "progress": progress_of(tasks.get("progress", {}).get("tasks", ())),
        },
    )


async def progress(page: Page) -> Response:
    """How far the call is, for a page that is open; once it has ended, the page is loaded anew."""
    job = await page.get(media_path(page, "/progress"))
    if job["status"] in _ENDED:
        return page.redirect(call_path(page))
    values = {"base": call_path(page), "progress": progress_of(job["progress"]["tasks"]), "statuses": STATUSES}
    return await page.render("call_progress.html", {**values, "call": {"status": job["status"]}})


async def state(page: Page) -> Response:
    """How far the call is, in a few words, for a script that follows several; why, where it has failed."""
    job = await page.get(media_path(page, "/progress"))
    so_far = progress_of(job["progress"]["tasks"])
    status, more = job["status"], so_far.step
    if status == "failed":
        more = " ".join(one["error"] for one in (await page.get(media_path(page))).get("errors", ()))
    words = ": ".join(part for part in (STATUSES.get(status, status), more) if part)
    outcome = status if status in _ENDED else ""
    return JSONResponse({"outcome": outcome, "percent": 100 if outcome else so_far.percent, "words": words})


async def audio(page: Page) -> Response:
    """The sound that is served of the call, or the part of it that the player asks for."""
    streams = await streams_of(page)
    if not streams:
        raise ApiRefused(404, 0, "There is no sound of this call.")
    link = urlsplit(streams[0]["streamLocation"])
    # Below the public address there may be a path that a proxy takes away; here there is no proxy.
    path = f"{_API}{link.path.rpartition(_API)[2]}"
    return page.passed_on(Question("GET", path, parse_qsl(link.query)))


async def peaks(page: Page) -> Response:
    """What the waveform is drawn from."""
    found = await page.answer(Question("GET", media_path(page, "/peaks")))
    return Response(found.content, media_type="application/json")


async def measure_peaks(page: Page) -> Response:
    """Has the waveform measured of a call that an earlier version has processed; its page waits for it."""
    await page.answer(Question("POST", media_path(page, "/peaks")))
    return page.redirect(call_path(page), [("done", "measuring")])


async def download(page: Page) -> Response:
    """One form of the result, as a file."""
    chosen = DOWNLOADS.get(page.path("form"))
    if chosen is None:
        raise ApiRefused(404, 0, "There is no such form.")
    found = await page.answer(Question("GET", media_path(page, chosen.path)))
    name = f"{page.path('media_id')}.{chosen.extension}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Content-Type": chosen.content_type}
    return Response(found.content, headers=headers)


async def ask_correction(page: Page) -> Response:
    """The transcript, a line for each turn, to be corrected."""
    media = await page.get(media_path(page))
    if "transcript" not in media:
        raise ApiRefused(404, 0, "There is no transcript of this call.")
    return await _correction_form(page, await asyncio.to_thread(text_of, media), None, 200)


async def correct(page: Page) -> Response:
    """Aligns a corrected transcript, with the configuration of the last run."""
    text = (await page.form()).get("transcript", "")
    if not text.strip():
        return await _correction_form(page, text, "There is no text in it.", 400)
    content_type, body = multipart({"transcript": text})
    try:
        await page.answer(Question("POST", media_path(page), headers=(("content-type", content_type),)), body)
    except ApiRefused as refused:
        return await _correction_form(page, text, refused.message, refused.status)
    return page.redirect(call_path(page), [("done", "corrected")])


async def ask_metadata(page: Page) -> Response:
    """The metadata, to be changed."""
    found = await page.get(media_path(page, "/metadata"))
    found.pop("_links", None)
    return await _metadata_form(page, json.dumps(found, indent=2, ensure_ascii=False), None, 200)


async def replace_metadata(page: Page) -> Response:
    """Puts other metadata in the place of what is there."""
    written = (await page.form()).get("metadata", "")
    question = Question("PUT", media_path(page, "/metadata"), headers=(("content-type", "application/json"),))
    try:
        await page.answer(question, written.encode())
    except ApiRefused as refused:
        return await _metadata_form(page, written, refused.message, refused.status)
    return page.redirect(call_path(page), [("done", "metadata")])


async def _correction_form(page: Page, text: str, problem: str | None, status: int) -> Response:
    values = {"base": call_path(page), "text": text, "problem": problem}
    return await page.render("call_correct.html", values, status)


async def _metadata_form(page: Page, written: str, problem: str | None, status: int) -> Response:
    values = {"base": call_path(page), "written": written, "problem": problem}
    return await page.render("call_metadata.html", values, status)


async def streams_of(page: Page) -> list[Document]:
    """The streams of sound that are served; none for a key that may not hear them."""
    try:
        found: list[Document] = (await page.get(media_path(page, "/streams")))["streams"]
    except ApiRefused as refused:
        if refused.status != 403:
            raise
        return []
    return found


def title_of(media: Document) -> str:
    """What people call a call."""
    metadata = media.get("metadata", {})
    found: str = _text(metadata.get("title")) or _text(metadata.get("externalId")) or media["mediaId"]
    return found


def _values(media: Document) -> Document:
    metadata = media.get("metadata", {})
    has_words = "transcript" in media
    return {
        "call": media,
        "title": title_of(media),
        "metadata": {name: value for name, value in metadata.items() if name != "_links"},
        "turns": turns_of(media) if has_words else [],
        "ribbons": ribbons_of(media) if has_words else [],
        "found": {name: media[name] for name in _SECTIONS if name in media},
        "classifiers": media.get("prediction", {}).get("classifiers", []),
    }


def _text(value: object) -> str:
    return value if isinstance(value, str) and value.strip() else ""
