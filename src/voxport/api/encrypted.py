"""`/v3/media/{mediaId}/encrypted`: all results of a media, as an OpenPGP message that only the customer can open."""

from __future__ import annotations

import asyncio

from starlette.responses import Response, StreamingResponse

from voxport.api.context import RequestContext, not_found
from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused
from voxport.core.media import MediaStatus
from voxport.wire.writing.content_types import RECORDING


async def show(context: RequestContext) -> Response:
    """The message, binary; 404 for a media that is not encrypted (10205), and until it is finished (10301)."""
    media = await context.media()
    if media.plan.encryption is None:
        raise not_found()
    if media.status is not MediaStatus.FINISHED:
        raise RequestRefused(Problem.of(Code.TRANSCRIPT_NOT_READY))
    blobs, key = context.dependencies.blobs, media.paths.encrypted_result
    size_bytes = await asyncio.to_thread(blobs.size, key)
    if size_bytes is None:
        raise RequestRefused(
            Problem.of(Code.DATA_MISSING, collection="encrypted results", organization=media.organization.id)
        )
    headers = {
        "Content-Type": RECORDING,
        "Content-Length": str(size_bytes),
        "Content-Disposition": f'attachment; filename="{media.id}.json.pgp"',
        "Cache-Control": "private, no-store",
    }
    if context.request.method == "HEAD":
        return Response(headers=headers)
    return StreamingResponse(blobs.read_stream(key), headers=headers)
