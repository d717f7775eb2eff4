"""`peaks`: how loud the sound of a media is, piece by piece, for drawing a waveform. Voxport's own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from pydantic import Field
from typing_extensions import TypedDict

from voxport.wire.v3.links import media_href
from voxport.wire.writing.links import Links, self_link
from voxport.wire.writing.shapes import Uuid, open_ended


@open_ended
class VbPeaks(TypedDict):
    _links: Links
    mediaId: Uuid
    channels: list[list[Annotated[int, Field(ge=0, le=255)]]]
    """Of each channel of the sound that is served the greatest size in each of at most 2000 pieces of equal length;
    255 is full scale"""


def peaks_to_json(channels: Sequence[Sequence[int]]) -> bytes:
    """The stored form; `peaks_body` reads it."""
    return json.dumps({"channels": channels}, separators=(",", ":")).encode()


def peaks_body(media_id: UUID, stored: bytes) -> VbPeaks:
    """The answer to GET peaks."""
    return {
        "_links": self_link(media_href(media_id, "peaks")),
        "mediaId": str(media_id),
        "channels": json.loads(stored)["channels"],
    }
