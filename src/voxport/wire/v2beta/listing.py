"""Lists of media in v2-beta: the names of their filters, and the answer (docs/contract/v2-beta.md section 5)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NotRequired

from typing_extensions import TypedDict

from voxport.core.media import ListedMedia
from voxport.core.media_query import MediaQuery
from voxport.core.paging import Page
from voxport.wire.reading.media_query import MediaFilter, MediaQueryNames, read_media_query
from voxport.wire.reading.query import bad_value
from voxport.wire.v2beta.links import MEDIA_HREF
from voxport.wire.v2beta.media import MediaListItem, list_item_body
from voxport.wire.writing.links import Links, self_link
from voxport.wire.writing.shapes import closed, open_ended

_NAMES = MediaQueryNames(
    filters={
        "after": MediaFilter.AFTER,
        "before": MediaFilter.BEFORE,
        "limit": MediaFilter.LIMIT,
        "sortOrder": MediaFilter.SORT_ORDER,
        "externalId": MediaFilter.EXTERNAL_ID,
        "externalID": MediaFilter.EXTERNAL_ID,
        "query": MediaFilter.WORDS,
        "category": MediaFilter.CATEGORY,
        "filter.created.gte": MediaFilter.CREATED_FROM,
        "filter.created.lte": MediaFilter.CREATED_UNTIL,
    },
    field_prefix="filter.metadata.extended.",
)
_INCLUDE = "include"
_METADATA = "metadata"


@open_ended
class NextPage(TypedDict):
    after: str
    """Pass it for the next page, whatever was deleted meanwhile. A page may be shorter than its limit"""


@closed
class MediaList(TypedDict):
    _links: Links
    media: list[MediaListItem]
    pagination: NotRequired[NextPage]
    """An addition of this server; where there may be more"""


def parse_media_query(parameters: Iterable[tuple[str, str]]) -> MediaQuery:
    """The query of decoded names and values. Raises RequestRefused 10008, 10011.

    `include=metadata` changes nothing: every element of the list has its metadata.
    """
    filters: list[tuple[str, str]] = []
    for name, value in parameters:
        if name != _INCLUDE:
            filters.append((name, value))
        elif value.lower() not in ("", _METADATA):
            raise bad_value(_INCLUDE, _METADATA)
    return read_media_query(filters, _NAMES)


def list_body(page: Page[ListedMedia]) -> MediaList:
    """The answer: elements with their status and metadata."""
    body: MediaList = {"_links": self_link(MEDIA_HREF), "media": [list_item_body(one) for one in page.elements]}
    if page.after is not None:
        body["pagination"] = {"after": page.after}
    return body
