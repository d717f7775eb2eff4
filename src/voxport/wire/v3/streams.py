"""`streams`: where the recordings of a media can be read, for a short while (docs/contract/v3-results.md section 9)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from voxport.wire.v3.links import media_href
from voxport.wire.writing.links import self_link
from voxport.wire.writing.streams import StreamLink


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
