"""`streams` of v2-beta: an object of addresses that work for a quarter of an hour, not a list as in v3."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from voxport.wire.v2beta.links import media_href
from voxport.wire.writing.links import self_link
from voxport.wire.writing.streams import ORIGINAL, StreamLink


def streams_body(media_id: UUID, streams: Sequence[StreamLink]) -> dict[str, Any]:
    """The answer to GET streams. `original` is the only name here; after audio redaction it is the redacted audio."""
    return {
        "_links": self_link(media_href(media_id, "streams")),
        "streams": {stream.name: stream.location for stream in streams if stream.name == ORIGINAL},
    }
