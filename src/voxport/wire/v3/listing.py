"""Lists of media: which ones a client asks for, and the answer (docs/contract/v3-endpoints.md section 4)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NotRequired
from uuid import UUID

from typing_extensions import TypedDict

from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused
from voxport.core.media import Media
from voxport.core.media_query import DEFAULT_LIMIT, MAX_LIMIT, MediaQuery
from voxport.wire.reading.excerpts import clip
from voxport.wire.reading.query import bad_value, moment
from voxport.wire.v3.links import MEDIA_HREF
from voxport.wire.v3.media import VbMediaSummary, summary_body
from voxport.wire.v3.paging import Pagination, pagination
from voxport.wire.writing.links import Links, self_link
from voxport.wire.writing.shapes import open_ended

_NOT_BUILT = {
    "query": "Full-text search (the query parameter query)",
    "extendedFilter": "Filtering by declared fields (the query parameter extendedFilter)",
}
_KNOWN = ("after", "before", "limit", "sortOrder", "externalId", "onOrAfterDate", "onOrBeforeDate")


def parse_media_query(parameters: Iterable[tuple[str, str]]) -> MediaQuery:
    """The query of decoded names and values. Empty values are absent; an unknown or repeated name is refused, since
    leaving a filter out would show more than was asked for. Raises RequestRefused."""
    given: dict[str, str] = {}
    for name, value in parameters:
        if not value:
            continue
        if name in _NOT_BUILT:
            raise RequestRefused(
                Problem(Code.PROPERTY_UNKNOWN, f"{_NOT_BUILT[name]} is not built into this server yet.")
            )
        if name not in _KNOWN:
            raise RequestRefused(
                Problem.of(Code.PROPERTY_UNKNOWN, property=clip(name), section="the query of a media list")
            )
        if name in given:
            raise bad_value(name, "given once")
        given[name] = value
    return MediaQuery(
        after=_media_id(given, "after"),
        before=_media_id(given, "before"),
        limit=_limit(given),
        descending=_descending(given),
        external_id=_external_id(given),
        on_or_after=moment(given, "onOrAfterDate", last=False),
        on_or_before=moment(given, "onOrBeforeDate", last=True),
    )


@open_ended
class VbMediaQueryResponse(TypedDict):
    """A page of a list of media."""

    _links: Links
    media: list[VbMediaSummary]
    pagination: NotRequired[Pagination]
    """Absent in an empty list, as published"""


def list_body(media: Sequence[Media], query: MediaQuery) -> VbMediaQueryResponse:
    """The answer; an empty list has no `pagination`, as published."""
    body: VbMediaQueryResponse = {"_links": self_link(MEDIA_HREF), "media": [summary_body(one) for one in media]}
    if media:
        body["pagination"] = pagination(query.limit, descending=query.descending)
    return body


def _media_id(given: dict[str, str], name: str) -> UUID | None:
    if name not in given:
        return None
    try:
        return UUID(given[name])
    except ValueError as error:
        raise bad_value(name, "the mediaId of a media") from error


def _limit(given: dict[str, str]) -> int:
    text = given.get("limit", str(DEFAULT_LIMIT))
    if not re.fullmatch("[0-9]{1,6}", text) or not 1 <= int(text) <= MAX_LIMIT:
        raise bad_value("limit", f"a whole number from 1 to {MAX_LIMIT}")
    return int(text)


def _descending(given: dict[str, str]) -> bool:
    order = given.get("sortOrder", "asc").lower()
    if order not in ("asc", "desc"):
        raise bad_value("sortOrder", "asc or desc")
    return order == "desc"


def _external_id(given: dict[str, str]) -> str | None:
    external_id = given.get("externalId")
    if external_id is not None and "\x00" in external_id:
        raise bad_value("externalId", "text without NUL characters")
    return external_id
