"""`/v3/media/{mediaId}/streams`: links to the recording, and the recording itself behind them."""

from __future__ import annotations

import asyncio
import mimetypes
import time

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from voxport.api.answers import error_answer, json_answer
from voxport.api.desk import Desk, not_found, path_media_id, query_of
from voxport.api.ranges import Unsatisfiable, read_range
from voxport.api.routing import NamedRoute
from voxport.core.artefacts import original_key
from voxport.core.errors import Problem
from voxport.core.media import Media
from voxport.wire.v3.stream_links import StreamAddress
from voxport.wire.v3.streams import ORIGINAL, StreamLink, stream_body, streams_body


class StreamsResource:
    """The one stream there is: the recording as it came in. Its link needs no token and bears one."""

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
        streams = [self._link(request, media)] if await self._size_bytes(media) is not None else []
        return json_answer(streams_body(media.id, streams))

    async def redirect(self, request: Request) -> Response:
        """302 to a fresh link, and the same link in a body for clients that do not follow."""
        media = await self._desk.media(request)
        if request.path_params["name"] != ORIGINAL or await self._size_bytes(media) is None:
            raise not_found()
        stream = self._link(request, media)
        headers = {"Location": stream.location, "Cache-Control": "no-store"}
        return json_answer(stream_body(media.id, stream), 302, headers)

    async def content(self, request: Request) -> Response:
        """The bytes, whole or one range of them; the signature in the query is the only authority."""
        query = dict(query_of(request))
        address = self._desk.links.read(path_media_id(request), request.path_params["name"], query, time.time())
        media = await self._desk.store.tenant(address.organization_id).media(address.media_id)
        size_bytes = None if media is None else await self._size_bytes(media)
        if media is None or size_bytes is None:
            raise not_found()
        headers = _headers(media)
        try:
            part = read_range(_range_header(request, headers["ETag"]), size_bytes)
        except Unsatisfiable:
            problem = Problem(10205, f"The range lies outside the recording, which has {size_bytes} bytes.")
            return error_answer(request, [problem], 416, {"Content-Range": f"bytes */{size_bytes}"})
        start, stop = part or (0, size_bytes)
        headers["Content-Length"] = str(stop - start)
        if part is not None:
            headers["Content-Range"] = f"bytes {start}-{stop - 1}/{size_bytes}"
        status = 200 if part is None else 206
        if request.method == "HEAD":
            return Response(status_code=status, headers=headers)
        pieces = self._desk.blobs.read_range_stream(original_key(media.id), start, stop)
        return StreamingResponse(pieces, status, headers)

    def _link(self, request: Request, media: Media) -> StreamLink:
        address = StreamAddress(media.organization.id, media.id, ORIGINAL)
        base_url = self._desk.options.public_url or str(request.base_url)
        return StreamLink(ORIGINAL, self._desk.links.location(base_url, address, time.time()))

    async def _size_bytes(self, media: Media) -> int | None:
        return await asyncio.to_thread(self._desk.blobs.size, original_key(media.id))


def _headers(media: Media) -> dict[str, str]:
    """A recording is never shown inside a page of this server's origin, whatever its sender called it."""
    kind = media.content_type or "application/octet-stream"
    return {
        "Content-Type": kind,
        "Content-Disposition": f'attachment; filename="{media.id}-{ORIGINAL}{mimetypes.guess_extension(kind) or ""}"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, no-store",
        # The recording of a media never changes.
        "ETag": f'"{media.id}-{ORIGINAL}"',
    }


def _range_header(request: Request, etag: str) -> str | None:
    condition = request.headers.get("if-range")
    return request.headers.get("range") if condition in (None, etag) else None
