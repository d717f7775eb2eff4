"""`streams`: where the recordings of a media can be read, for a short while (v3-results.md section 9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from voxport.core.served_audio import ServedAudio
from voxport.wire.v3.links import media_href, self_link

ORIGINAL = "original"
REDACTED_AUDIO = "redacted-audio"


def stream_names(audio: ServedAudio | None) -> tuple[str, ...]:
    """How the sound that is served is called: redacted audio goes by both names (open-questions 20)."""
    if audio is None:
        return ()
    return (ORIGINAL, REDACTED_AUDIO) if audio.redacted else (ORIGINAL,)


@dataclass(frozen=True, slots=True)
class StreamLink:
    """A stream and its pre-authorised address, which works for 15 minutes and is a secret until then."""

    name: str
    location: str = field(repr=False)
    status: int = 200


def stream_entry(stream: StreamLink) -> dict[str, Any]:
    """One element of a `streams` list."""
    return {"status": stream.status, "streamName": stream.name, "streamLocation": stream.location}


def streams_body(media_id: UUID, streams: Sequence[StreamLink]) -> dict[str, Any]:
    """The answer to GET streams."""
    return {
        "_links": self_link(media_href(media_id, "streams")),
        "streams": [stream_entry(stream) for stream in streams],
    }


def stream_body(media_id: UUID, stream: StreamLink) -> dict[str, Any]:
    """The answer to GET of one stream, beside the redirect."""
    return {"_links": self_link(media_href(media_id, "streams", stream.name)), **stream_entry(stream)}
