"""`/v3/media/{mediaId}/streams`: links to the sound of a media, and the sound itself behind them.

The sound is the recording, or the redacted or transcoded audio in its place. A link needs no token and bears one.
"""

from __future__ import annotations

import asyncio
import mimetypes
import time
from collections.abc import Mapping, Sequence

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from voxport.api.context import RequestContext, not_found
from voxport.api.cross_origin import let_any_page_read
from voxport.api.ranges import Unsatisfiable, read_range
from voxport.api.representation import is_unchanged, unchanged
from voxport.api.responses import NO_STORE, error_response, json_response
from voxport.core.artefacts import AudioForm, audio_form_from_json
from voxport.core.codes import Code
from voxport.core.errors import Problem
from voxport.core.media import Media
from voxport.core.served_audio import ServedAudio, served_audio_of
from voxport.storage.objects.blobs import Blobs
from voxport.wire.v3.stream_links import StreamAddress
from voxport.wire.v3.streams import stream_body, streams_body
from voxport.wire.writing.content_types import RECORDING
from voxport.wire.writing.streams import StreamLink, stream_names


async def list_streams(context: RequestContext) -> Response:
    """Fresh links to all streams of a media."""
    media = await context.media()
    return json_response(streams_body(media.id, await stream_links(context, media)), headers=NO_STORE)


async def redirect(context: RequestContext) -> Response:
    """302 to a fresh link, and the same link in a body for clients that do not follow."""
    media = await context.media()
    link = await stream_link(context, media, context.request.path_params["name"])
    return redirection(link, stream_body(media.id, link))


async def content(context: RequestContext) -> Response:
    """The bytes, whole or one range of them; the signature in the query is the only authority."""
    blobs = context.dependencies.blobs
    name = context.request.path_params["name"]
    address = context.dependencies.links.read(context.path_id("media_id"), name, dict(context.query()), time.time())
    let_any_page_read(context.request)
    media = await context.dependencies.store.tenant(address.organization_id).media.get(address.media_id)
    audio = None if media is None else served_audio_of(media)
    size_bytes = None if audio is None else await _size_bytes(blobs, audio)
    if media is None or audio is None or size_bytes is None or name not in stream_names(audio):
        raise not_found()
    headers = _headers(media, name, await _form(blobs, media, audio))
    if is_unchanged(context.request, headers["ETag"]):
        return unchanged(Response(headers=headers))
    try:
        part = read_range(_range_header(context.request, headers["ETag"]), size_bytes)
    except Unsatisfiable:
        problem = Problem(
            Code.RESOURCE_NOT_FOUND, f"The range lies outside the recording, which has {size_bytes} bytes."
        )
        return error_response(context.request, [problem], 416, {"Content-Range": f"bytes */{size_bytes}"})
    start, stop = part or (0, size_bytes)
    headers["Content-Length"] = str(stop - start)
    if part is not None:
        headers["Content-Range"] = f"bytes {start}-{stop - 1}/{size_bytes}"
    status = 200 if part is None else 206
    if context.request.method == "HEAD":
        return Response(status_code=status, headers=headers)
    return StreamingResponse(blobs.read_range_stream(audio.key, start, stop), status, headers)


async def stream_links(context: RequestContext, media: Media) -> Sequence[StreamLink]:
    """Fresh links to all streams of a media that are served; none when there is no sound."""
    audio = served_audio_of(media)
    if audio is None or await _size_bytes(context.dependencies.blobs, audio) is None:
        return []
    return [_link(context, media, name) for name in stream_names(audio)]


async def stream_link(context: RequestContext, media: Media, name: str) -> StreamLink:
    """A fresh link to one stream; raises RequestRefused 10205 for a stream that there is not."""
    for link in await stream_links(context, media):
        if link.name == name:
            return link
    raise not_found()


def redirection(link: StreamLink, body: Mapping[str, object]) -> Response:
    """302 to the link; nobody keeps it, since it ends soon."""
    return json_response(body, 302, {"Location": link.location, **NO_STORE})


def _link(context: RequestContext, media: Media, name: str) -> StreamLink:
    address = StreamAddress(media.organization.id, media.id, name)
    base_url = context.dependencies.options.public_url or str(context.request.base_url)
    return StreamLink(name, context.dependencies.links.location(base_url, address, time.time()))


async def _size_bytes(blobs: Blobs, audio: ServedAudio) -> int | None:
    return await asyncio.to_thread(blobs.size, audio.key)


async def _form(blobs: Blobs, media: Media, audio: ServedAudio) -> AudioForm:
    """What the file is; of the recording as it came in what decoding found out."""
    form = await _clear_form(blobs, media, audio)
    return AudioForm(RECORDING, f"{form.extension}.pgp".lstrip(".")) if audio.encrypted else form


async def _clear_form(blobs: Blobs, media: Media, audio: ServedAudio) -> AudioForm:
    if audio.form_key is not None:
        stored = await asyncio.to_thread(blobs.get, audio.form_key)
        if stored is not None:
            return audio_form_from_json(stored)
    kind = media.content_type or RECORDING
    return AudioForm(kind, (mimetypes.guess_extension(kind) or "").lstrip("."))


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
