"""`/v3/media/{mediaId}/transcript`: the transcript as JSON and in its text formats, once the media is finished."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from voxport.api.answers import raw_answer
from voxport.api.desk import Desk, query_of
from voxport.api.routing import NamedRoute
from voxport.core.plan import TextFormat
from voxport.wire.v3.alternate_formats import alternate_formats_asked
from voxport.wire.writing.content_types import JSON, SERVED

_TEXT_FORMATS = (TextFormat.TEXT, TextFormat.SRT, TextFormat.WEBVTT, TextFormat.DFXP)


class TranscriptResource:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def routes(self) -> list[NamedRoute]:
        texts = [
            NamedRoute(f"/v3/media/{{media_id}}/transcript/{text_format}", self._text(text_format), methods=["GET"])
            for text_format in _TEXT_FORMATS
        ]
        return [NamedRoute("/v3/media/{media_id}/transcript", self.show, methods=["GET"]), *texts]

    async def show(self, request: Request) -> Response:
        media = await self._desk.finished_media(request)
        formats = alternate_formats_asked(query_of(request))
        return raw_answer(await self._desk.results.transcript(media, formats), JSON)

    def _text(self, text_format: TextFormat) -> Callable[[Request], Awaitable[Response]]:
        async def show_text(request: Request) -> Response:
            media = await self._desk.finished_media(request)
            return raw_answer(await self._desk.results.text(media, text_format), SERVED[text_format])

        return show_text
