"""`/v3/media/{mediaId}/transcript`: the transcript as JSON and in its text formats, once the media is finished."""

from __future__ import annotations

from starlette.responses import Response

from voxport.api.context import RequestContext
from voxport.api.responses import raw_response
from voxport.api.routing import Handler
from voxport.core.plan import TextFormat
from voxport.wire.v3.alternate_formats import alternate_formats_asked
from voxport.wire.writing.content_types import JSON, served_type

TEXT_FORMATS = (TextFormat.TEXT, TextFormat.SRT, TextFormat.WEBVTT, TextFormat.DFXP)
"""Each has an address of its own."""


async def show(context: RequestContext) -> Response:
    """The transcript object, with the alternate formats that the query asks for."""
    media = await context.finished_media()
    formats = alternate_formats_asked(context.query())
    return raw_response(await context.dependencies.results.transcript(media, formats), JSON)


def show_text(text_format: TextFormat) -> Handler:
    """A handler for the transcript in one text format."""

    async def show_one(context: RequestContext) -> Response:
        media = await context.finished_media()
        return raw_response(await context.dependencies.results.text(media, text_format), served_type(text_format))

    return show_one
