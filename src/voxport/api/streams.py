"""`/v3/media/{mediaId}/streams`: links to the sound of a media, and the sound itself behind them."""

from __future__ import annotations

import asyncio
import mimetypes
import time
from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from voxport.api.answers import error_answer, json_answer
from voxport.api.desk import Desk, not_found, path_media_id, query_of
from voxport.api.ranges import Unsatisfiable, read_range
from voxport.api.routing import NamedRoute
from voxport.core.artefacts import AudioForm, audio_form_from_json, audio_form_key
from voxport.core.codes import Code
from voxport.core.errors import Problem
from voxport.core.media import Media
from voxport.core.served_audio import ServedAudio, served_audio
from voxport.wire.v3.stream_links import StreamAddress
from voxport.wire.v3.streams import stream_body, streams_body
from voxport.wire.writing.streams import StreamLink, stream_names


class StreamsResource:
    """The recording, or the redacted or transcoded audio in its place. A link needs no token and bears one."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def routes(self) -> list[NamedRoute]:
        return [
            NamedRoute("/v3/media/{media_id}/streams", self.list, methods=["GET"]),
            NamedRoute("/v3/media/{media_id}/streams/{name}", self.redirect, methods=["GET"]),
            NamedRoute("/v3/media/{media_id}/streams/{name}/content", self.content, methods=["GET"]),
        ]

    async def list(self, request: Request) -> Response:
        media = await self._desk.media(request)
        return json_answer(streams_body(media.id, await self.links(request, media)))

    async def redirect(self, request: Request) -> Response:
        """302 to a fresh link, and the same link in a body for clients that do not follow."""
        media = await self._desk.media(request)
        link = await self.link(request, media, request.path_params["name"])
        return redirection(link, stream_body(media.id, link))

    async def link(self, request: Request, media: Media, name: str) -> StreamLink:
        """A fresh link to one stream; raises RequestRefused 10205 for a stream that there is not."""
        found = [stream for stream in await self.links(request, media) if stream.name == name]
        if not found:
            raise not_found()
        return found[0]

    async def links(self, request: Request, media: Media) -> Sequence[StreamLink]:
        """Fresh links to all streams that are served."""
        return [self._link(request, media, name) for name in await self._names(media)]

    async def content(self, request: Request) -> Response:
        """The bytes, whole or one range of them; the signature in the query is the only authority."""
        query = dict(query_of(request))
        name = request.path_params["name"]
        address = self._desk.links.read(path_media_id(request), name, query, time.time())
        media = await self._desk.store.tenant(address.organization_id).media(address.media_id)
        audio = None if media is None else served_audio(media)
        size_bytes = None if audio is None else await self._size_bytes(audio)
        if media is None or audio is None or size_bytes is None or name not in stream_names(audio):
            raise not_found()
        headers = _headers(media, name, await self._form(media, audio))
        try:
            part = read_range(_range_header(request, headers["ETag"]), size_bytes)
        except Unsatisfiable:
            problem = Problem(
                Code.RESOURCE_NOT_FOUND, f"The range lies outside the recording, which has {size_bytes} bytes."
            )
            return error_answer(request, [problem], 416, {"Content-Range": f"bytes */{size_bytes}"})
        start, stop = part or (0, size_bytes)
        headers["Content-Length"] = str(stop - start)
        if part is not None:
            headers["Content-Range"] = f"bytes {start}-{stop - 1}/{size_bytes}"
        status = 200 if part is None else 206
        if request.method == "HEAD":
            return Response(status_code=status, headers=headers)
        return StreamingResponse(self._desk.blobs.read_range_stream(audio.key, start, stop), status, headers)

    def _link(self, request: Request, media: Media, name: str) -> StreamLink:
        address = StreamAddress(media.organization.id, media.id, name)
        base_url = self._desk.options.public_url or str(request.base_url)
        return StreamLink(name, self._desk.links.location(base_url, address, time.time()))

    async def _names(self, media: Media) -> tuple[str, ...]:
        audio = served_audio(media)
        return stream_names(audio) if audio is not None and await self._size_bytes(audio) is not None else ()

    async def _size_bytes(self, audio: ServedAudio) -> int | None:
        return await asyncio.to_thread(self._desk.blobs.size, audio.key)

    async def _form(self, media: Media, audio: ServedAudio) -> AudioForm:
        """What the file is; of the recording as it came in what decoding found out."""
        if audio.written:
            stored = await asyncio.to_thread(self._desk.blobs.get, audio_form_key(media.id, audio.run))
            if stored is not None:
                return audio_form_from_json(stored)
        kind = media.content_type or "application/octet-stream"
        return AudioForm(kind, (mimetypes.guess_extension(kind) or "").lstrip("."))


def redirection(link: StreamLink, body: dict[str, Any]) -> Response:
    """302 to the link; nobody keeps it, since it ends soon."""
    return json_answer(body, 302, {"Location": link.location, "Cache-Control": "no-store"})


def _headers(media: Media, name: str, form: AudioForm) -> dict[str, str]:
    """A recording is never shown inside a page of this server's origin, whatever its sender called it."""
    extension = f".{form.extension}" if form.extension else ""
    return {
        "Content-Type": form.content_type,
        "Content-Disposition": f'attachment; filename="{media.id}-{name}{extension}"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, no-store",
        # What is served under a name changes once at most in a run, when the media is finished.
        "ETag": f'"{media.id}-{name}-{media.run}-{media.status.value}"',
    }


def _range_header(request: Request, etag: str) -> str | None:
    condition = request.headers.get("if-range")
    return request.headers.get("range") if condition in (None, etag) else None
