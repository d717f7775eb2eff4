"""The service root: an index of what is served; clients call it to try a token.

Source: docs/contract/v3-endpoints.md section 1.
"""

from __future__ import annotations

from voxport.wire.v3.links import MEDIA_HREF, ROOT_HREF, SPECIFICATION_HREF
from voxport.wire.writing.links import Links, self_link


def root_body() -> dict[str, Links]:
    """The answer to `GET /v3/`."""
    return {
        "_links": {
            **self_link(ROOT_HREF),
            "media": {"href": MEDIA_HREF},
            "specification": {"href": SPECIFICATION_HREF},
        }
    }
