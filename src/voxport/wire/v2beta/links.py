"""HAL links of v2-beta: relative in answers, absolute in callbacks.

Source: docs/contract/v2-beta.md section 1, docs/contract/callbacks.md section 5.
"""

from __future__ import annotations

from uuid import UUID

from voxport.wire.writing.links import path_of

ROOT_HREF = "/v2-beta"
MEDIA_HREF = f"{ROOT_HREF}/media"


def media_href(media_id: UUID, *below: str) -> str:
    """The path of a media or of what lies below it, each segment percent-encoded."""
    return path_of(f"{MEDIA_HREF}/{media_id}", *below)
