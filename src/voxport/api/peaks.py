"""`/v3/media/{mediaId}/peaks`: what a waveform of the served sound is drawn from. An addition of this server."""

from __future__ import annotations

import asyncio

from starlette.responses import Response

from voxport.api.context import RequestContext
from voxport.api.responses import made_response
from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused
from voxport.wire.v3.peaks import peaks_body

_NONE = "There are no peaks of this media: an earlier version has processed it. POST has them measured."


async def show(context: RequestContext) -> Response:
    """The peaks of a finished media."""
    media = await context.finished_media()
    stored = await asyncio.to_thread(context.dependencies.blobs.get, media.paths.peaks)
    if stored is None:
        raise RequestRefused(Problem(Code.RESOURCE_NOT_FOUND, _NONE))
    return await made_response(lambda: peaks_body(media.id, stored))


async def measure(context: RequestContext) -> Response:
    """Has the peaks of a finished media measured that has none; 202, and GET shows them when they are there."""
    media = await context.finished_media()
    if not await asyncio.to_thread(context.dependencies.blobs.exists, media.paths.peaks):
        await context.dependencies.pipeline.measure_peaks(media.id)
    return Response(status_code=202)
