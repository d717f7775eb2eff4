"""`streams` of v2-beta: an object of addresses that work for a quarter of an hour, not a list as in v3."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NotRequired
from uuid import UUID

from typing_extensions import TypedDict

from voxport.core.plan import ORIGINAL
from voxport.wire.v2beta.links import media_href
from voxport.wire.writing.links import Links, self_link
from voxport.wire.writing.shapes import closed
from voxport.wire.writing.streams import StreamLink


@closed
class StreamAddresses(TypedDict):
    original: NotRequired[str]
    """Works for 15 minutes without a token; after audio redaction the redacted audio"""


@closed
class Streams(TypedDict):
    _links: Links
    streams: StreamAddresses


def streams_body(media_id: UUID, streams: Sequence[StreamLink]) -> Streams:
    """The answer to GET streams. `original` is the only name here; after audio redaction it is the redacted audio."""
    addresses: StreamAddresses = {}
    for stream in streams:
        if stream.name == ORIGINAL:
            addresses["original"] = stream.location
    return {"_links": self_link(media_href(media_id, "streams")), "streams": addresses}
