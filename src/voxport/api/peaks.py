"""`/v3/media/{mediaId}/peaks`: what a waveform of the served sound is drawn from. An addition of this server."""

from __future__ import annotations

import asyncio

from starlette.responses import Response

from voxport.api.context import RequestContext
from voxport.api.responses import made_response
from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused
from voxport.wire.v3.peaks import peaks_body

_NONE = "There are no peaks of this media: a version before this one has processed it, or its sound could not be read."


async def show(context: RequestContext) -> Response:
    """The peaks of a finished media."""
    media = await context.finished_media()
    stored = await asyncio.to_thread(context.dependencies.blobs.get, media.paths.peaks)
    if stored is None:
        raise RequestRefused(Problem(Code.RESOURCE_NOT_FOUND, _NONE))
    return await made_response(lambda: peaks_body(media.id, stored))
