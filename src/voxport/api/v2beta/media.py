"""What lies below a media in v2-beta and is otherwise in v3: transcripts by Accept, keywords, topics, streams."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from voxport.api.answers import json_answer, raw_answer
from voxport.api.desk import Desk, not_found, query_of
from voxport.api.routing import NamedRoute
from voxport.api.streams import StreamsResource, redirection
from voxport.core.findings import Findings
from voxport.core.media import Media
from voxport.core.plan import TextFormat
from voxport.core.transcript import Transcript
from voxport.wire.v2beta.accept import accepted_format
from voxport.wire.v2beta.links import MEDIA_HREF
from voxport.wire.v2beta.media import findings_section_body
from voxport.wire.v2beta.streams import streams_body
from voxport.wire.v2beta.transcript import CONTENT_TYPES, LATEST, revision_of, transcript_answer, transcript_text
from voxport.wire.writing.content_types import JSON
from voxport.wire.writing.streams import ORIGINAL

_ONE = f"{MEDIA_HREF}/{{media_id}}"
_TOKEN = "access_token"  # noqa: S105 - the name of a query parameter


class BelowMediaResource:
    """Finished results answer 404 (10301) until the media is finished."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._streams = desk, StreamsResource(desk)

    def routes(self) -> list[NamedRoute]:
        sections = [
            NamedRoute(f"{_ONE}/{name}{revision}", self._section(name), methods=["GET"])
            for name in ("keywords", "topics")
            for revision in ("", "/{revision}")
        ]
        return [
            NamedRoute(f"{_ONE}/transcripts", self.transcript, methods=["GET"]),
            NamedRoute(f"{_ONE}/transcripts/{{revision}}", self.transcript, methods=["GET"]),
            NamedRoute(f"{_ONE}/streams", self.streams, methods=["GET"]),
            NamedRoute(f"{_ONE}/streams/{ORIGINAL}", self.stream, methods=["GET"]),
            *sections,
        ]

    async def transcript(self, request: Request) -> Response:
        """In the form that `Accept` asks for."""
        media = await self._desk.finished_media(request)
        _demand_revision(request, media)
        text_format = accepted_format(request.headers.getlist("accept"))

        def make(found: Transcript, _: Findings | None) -> dict[str, Any]:
            return transcript_answer(media, found)

        if text_format is TextFormat.JSON:
            content = await self._desk.results.document(media, "v2-beta transcript", (), make)
            return raw_answer(content, JSON, headers=_VARIES)
        text = await self._desk.results.made(
            media, "v2-beta text", (text_format,), lambda found, _: transcript_text(found, text_format).encode()
        )
        return raw_answer(text, CONTENT_TYPES[text_format], headers=_VARIES)

    async def streams(self, request: Request) -> Response:
        """An object of links that work for a quarter of an hour."""
        media = await self._desk.media_to_play(request)
        return json_answer(streams_body(media.id, await self._streams.links(request, media)))

    async def stream(self, request: Request) -> Response:
        """302 to such a link; players send the token in the query, since they cannot set a header."""
        token = None if "authorization" in request.headers else dict(query_of(request)).get(_TOKEN)
        media = await self._desk.media_to_play(request, token)
        link = await self._streams.link(request, media, ORIGINAL)
        return redirection(link, streams_body(media.id, [link]))

    def _section(self, name: str) -> Callable[[Request], Awaitable[Response]]:
        async def show(request: Request) -> Response:
            media = await self._desk.finished_media(request)
            _demand_revision(request, media)

            def make(_: Transcript, findings: Findings | None) -> dict[str, Any]:
                body = findings_section_body(media, findings, name)
                if body is None:
                    raise not_found()
                return body

            return raw_answer(await self._desk.results.document(media, f"v2-beta {name}", (), make), JSON)

        return show


_VARIES = {"Vary": "Accept"}


def _demand_revision(request: Request, media: Media) -> None:
    """Only the newest revision is kept; raises RequestRefused 10205 for another."""
    if request.path_params.get("revision", LATEST) not in (LATEST, revision_of(media)):
        raise not_found()
