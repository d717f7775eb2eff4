"""Lists of media: the names of their filters, and the answer (docs/contract/v3-endpoints.md section 4)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NotRequired

from typing_extensions import TypedDict

from voxport.core.media import ListedMedia
from voxport.core.media_query import MediaQuery
from voxport.core.paging import Page
from voxport.wire.reading.media_query import MediaFilter, MediaQueryNames, read_media_query
from voxport.wire.v3.links import MEDIA_HREF
from voxport.wire.v3.media import VbMediaSummary, summary_body
from voxport.wire.v3.paging import Pagination, pagination
from voxport.wire.writing.links import Links, self_link
from voxport.wire.writing.shapes import open_ended

_NAMES = MediaQueryNames(
    filters={
        "after": MediaFilter.AFTER,
        "before": MediaFilter.BEFORE,
        "limit": MediaFilter.LIMIT,
        "sortOrder": MediaFilter.SORT_ORDER,
        "externalId": MediaFilter.EXTERNAL_ID,
        "query": MediaFilter.WORDS,
        "category": MediaFilter.CATEGORY,
        "q": MediaFilter.RANKED_WORDS,
        "extendedFilter": MediaFilter.FIELD,
        "onOrAfterDate": MediaFilter.CREATED_FROM,
        "onOrBeforeDate": MediaFilter.CREATED_UNTIL,
        "vbql": MediaFilter.STATEMENT,
        "status": MediaFilter.STATUS,
        "speaker": MediaFilter.SPEAKER,
        "minLength": MediaFilter.LENGTH_FROM,
        "maxLength": MediaFilter.LENGTH_UNTIL,
        "redacted": MediaFilter.REDACTED,
        "include": MediaFilter.DETAILS,
    },
)


@open_ended
class VbMediaQueryResponse(TypedDict):
    """A page of a list of media."""

    _links: Links
    media: list[VbMediaSummary]
    pagination: NotRequired[Pagination]
    """Absent in an empty list, as published"""


def parse_media_query(parameters: Iterable[tuple[str, str]]) -> MediaQuery:
    """The query of decoded names and values. Raises RequestRefused 10008, 10011."""
    return read_media_query(parameters, _NAMES)


def list_body(page: Page[ListedMedia], query: MediaQuery) -> VbMediaQueryResponse:
    """The answer; an empty list has no `pagination`, as published."""
    media = [summary_body(one, query.details) for one in page.elements]
    body: VbMediaQueryResponse = {"_links": self_link(MEDIA_HREF), "media": media}
    if media:
        body["pagination"] = pagination(query.limit, descending=query.descending, after=page.after)
    return body
