"""The index of what is served; clients call it to try a token (docs/contract/v3-endpoints.md section 1)."""

from __future__ import annotations

from typing_extensions import TypedDict

from voxport.wire.v3.links import MEDIA_HREF, ROOT_HREF, SPECIFICATION_HREF
from voxport.wire.writing.links import Links, self_link
from voxport.wire.writing.shapes import open_ended


@open_ended
class VbRoot(TypedDict):
    _links: Links


def root_body() -> VbRoot:
    """The answer to `GET /v3/`."""
    return {
        "_links": {
            **self_link(ROOT_HREF),
            "media": {"href": MEDIA_HREF},
            "specification": {"href": SPECIFICATION_HREF},
        }
    }
