"""What lies below a media in v2-beta and is otherwise in v3: transcripts by Accept, keywords, topics, streams.

Finished results answer 404 (10301) until the media is finished.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from starlette.responses import Response

from voxport.api.context import RequestContext, not_found
from voxport.api.responses import NO_STORE, json_response, raw_response
from voxport.api.streams import redirection, stream_link, stream_links
from voxport.core.findings import Findings
from voxport.core.media import Media
from voxport.core.plan import ORIGINAL, TextFormat
from voxport.core.transcript import Transcript
from voxport.wire.v2beta.accept import accepted_format
from voxport.wire.v2beta.media import keywords_answer, topics_answer
from voxport.wire.v2beta.streams import streams_body
from voxport.wire.v2beta.transcript import LATEST, revision_of, transcript_answer, transcript_text, transcripts_answer
from voxport.wire.writing.content_types import JSON, served_type

_Answer = Callable[[Media, Findings | None], Mapping[str, object]]
_TranscriptAnswer = Callable[[Media, Transcript], Mapping[str, object]]
_TOKEN = "access_token"  # noqa: S105 - the name of a query parameter
_VARIES = {"Vary": "Accept"}


async def transcripts(context: RequestContext) -> Response:
    """The list of transcripts, of which there is one, in the form that `Accept` asks for."""
    return await _transcript(context, "v2-beta transcripts", transcripts_answer)


async def transcript(context: RequestContext) -> Response:
    """One transcript in the form that `Accept` asks for."""
    return await _transcript(context, "v2-beta transcript", transcript_answer)


async def _transcript(context: RequestContext, kind: str, answer: _TranscriptAnswer) -> Response:
    media = await _finished_revision(context)
    text_format = accepted_format(context.request.headers.getlist("accept"))
    results = context.dependencies.results

    def make(found: Transcript, _: Findings | None) -> Mapping[str, object]:
        return answer(media, found)

    if text_format is TextFormat.JSON:
        return raw_response(await results.document(media, kind, (), make), JSON, headers=_VARIES)
    text = await results.made(
        media, "v2-beta text", (text_format,), lambda found, _: transcript_text(found, text_format).encode()
    )
    return raw_response(text, served_type(text_format), headers=_VARIES)


async def keywords(context: RequestContext) -> Response:
    """The keywords of a finished media."""
    return await _section(context, "keywords", keywords_answer)


async def topics(context: RequestContext) -> Response:
    """The topics of a finished media."""
    return await _section(context, "topics", topics_answer)


async def streams(context: RequestContext) -> Response:
    """An object of links that work for a quarter of an hour."""
    media = await context.media()
    return json_response(streams_body(media.id, await stream_links(context, media)), headers=NO_STORE)


async def stream(context: RequestContext) -> Response:
    """302 to such a link; players send the token in the query, since they cannot set a header."""
    token = None if "authorization" in context.request.headers else dict(context.query()).get(_TOKEN)
    media = await context.media(token)
    link = await stream_link(context, media, ORIGINAL)
    return redirection(link, streams_body(media.id, [link]))


async def _section(context: RequestContext, name: str, answer: _Answer) -> Response:
    media = await _finished_revision(context)

    def make(_: Transcript, findings: Findings | None) -> Mapping[str, object]:
        return answer(media, findings)

    return raw_response(await context.dependencies.results.document(media, f"v2-beta {name}", (), make), JSON)


async def _finished_revision(context: RequestContext) -> Media:
    """Only the newest revision is kept; raises RequestRefused 10205 for another."""
    media = await context.finished_media()
    if context.request.path_params.get("revision", LATEST) not in (LATEST, revision_of(media)):
        raise not_found()
    return media
