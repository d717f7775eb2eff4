"""`media/{mediaId}/progress` of both dialects: how far a recording has come."""

from __future__ import annotations

from starlette.responses import Response

from voxport.api.context import RequestContext
from voxport.api.responses import json_response


async def show(context: RequestContext) -> Response:
    """The steps of the media and where they stand."""
    return json_response(context.dialect.progress_body(await context.media()))
