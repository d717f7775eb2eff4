"""`streams`: where the recordings of a media can be read, for a short while (docs/contract/v3-results.md section 9)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NotRequired
from uuid import UUID

from typing_extensions import TypedDict

from voxport.wire.v3.links import media_href
from voxport.wire.writing.links import Links, self_link
from voxport.wire.writing.shapes import open_ended
from voxport.wire.writing.streams import StreamLink


@open_ended
class VbStream(TypedDict):
    _links: NotRequired[Links]
    """Only in the answer to GET of one stream"""
    status: int
    streamName: str
    streamLocation: str
    """Works for 15 minutes without a token"""


@open_ended
class VbStreams(TypedDict):
    _links: Links
    streams: list[VbStream]


def stream_entry(stream: StreamLink) -> VbStream:
    """One element of a `streams` list."""
    return {"status": stream.status, "streamName": stream.name, "streamLocation": stream.location}


def streams_body(media_id: UUID, streams: Sequence[StreamLink]) -> VbStreams:
    """The answer to GET streams."""
    return {
        "_links": self_link(media_href(media_id, "streams")),
        "streams": [stream_entry(stream) for stream in streams],
    }


def stream_body(media_id: UUID, stream: StreamLink) -> VbStream:
    """The answer to GET of one stream, beside the redirect."""
    return {"_links": self_link(media_href(media_id, "streams", stream.name)), **stream_entry(stream)}
