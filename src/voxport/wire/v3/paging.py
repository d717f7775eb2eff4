"""`pagination` of a page of a list (docs/contract/v3-endpoints.md section 4)."""

from __future__ import annotations

from typing import Annotated, NotRequired

from typing_extensions import TypedDict

from voxport.wire.writing.shapes import one_of, open_ended


@open_ended
class SortOrder(TypedDict):
    field: str
    direction: Annotated[str, one_of(("asc", "desc"))]


@open_ended
class Pagination(TypedDict):
    limit: int
    sortOrder: list[SortOrder]
    after: NotRequired[str]
    """Where there may be more; pass it for the next page, whatever was deleted meanwhile. A page may be shorter than
    its limit"""


def pagination(limit: int, *, descending: bool, after: str | None = None) -> Pagination:
    """Of a page sorted by the time of creation; `after` is the cursor of the next one where there may be more."""
    body: Pagination = {
        "limit": limit,
        "sortOrder": [{"field": "dateCreated", "direction": "desc" if descending else "asc"}],
    }
    if after is not None:
        body["after"] = str(after)
    return body
