"""The query of a list of media: the same filters in every dialect, under names that each dialect gives them.

Source: docs/contract/v3-endpoints.md section 4, docs/contract/v2-beta.md section 5.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused
from voxport.core.media_query import DEFAULT_LIMIT, MAX_LIMIT, MediaQuery
from voxport.core.paging import Cursor
from voxport.wire.reading.excerpts import clip
from voxport.wire.reading.query import bad_value, empty_filter, moment, read_cursor, read_limit


class MediaFilter(Enum):
    """What a list of media can be asked for."""

    AFTER = auto()
    """What follows the media of this id, or the place of this cursor, in the order asked for."""
    BEFORE = auto()
    """Media created before the one of this id, or before the place of this cursor."""
    LIMIT = auto()
    """How many at most, 1 to 1000."""
    SORT_ORDER = auto()
    """By the time of creation: asc, oldest first, or desc."""
    EXTERNAL_ID = auto()
    """Exactly this id in the metadata."""
    CREATED_FROM = auto()
    """The earliest time of creation, inclusive."""
    CREATED_UNTIL = auto()
    """The latest time of creation, inclusive."""


@dataclass(frozen=True, slots=True)
class MediaQueryNames:
    """How one dialect calls the filters."""

    filters: Mapping[str, MediaFilter]
    """Each name of a parameter; two names may stand for one filter."""
    not_built: Mapping[str, str]
    """Names of filters that this server does not have yet, each with the start of the sentence that says so."""


_PAGING = (MediaFilter.AFTER, MediaFilter.BEFORE, MediaFilter.LIMIT, MediaFilter.SORT_ORDER)
"""What chooses a page and not which media there are: empty, as a client sends it for its first page, it is absent."""
_Given = Mapping[MediaFilter, tuple[str, str]]
"""The name that the client wrote, and the value."""


def read_media_query(parameters: Iterable[tuple[str, str]], names: MediaQueryNames) -> MediaQuery:
    """The query of decoded names and values.

    Raises RequestRefused for a name that is unknown or stands twice and for a filter that is empty, since leaving one
    out would show more than was asked for, and for a value that is none. What filters nothing may be empty.
    """
    given: dict[MediaFilter, tuple[str, str]] = {}
    for name, value in parameters:
        if not value and names.filters.get(name) in _PAGING:
            continue
        if name in names.not_built:
            reason = f"{names.not_built[name]} is not built into this server yet."
            raise RequestRefused(Problem(Code.PROPERTY_UNKNOWN, reason))
        if name not in names.filters:
            raise RequestRefused(
                Problem.of(Code.PROPERTY_UNKNOWN, property=clip(name), section="the query of a media list")
            )
        if names.filters[name] in given:
            raise bad_value(name, "given once")
        if not value:
            raise empty_filter(name)
        given[names.filters[name]] = (name, value)
    return MediaQuery(
        after=_cursor(given, MediaFilter.AFTER),
        before=_cursor(given, MediaFilter.BEFORE),
        limit=_limit(given),
        descending=_descending(given),
        external_id=_external_id(given),
        on_or_after=_moment(given, MediaFilter.CREATED_FROM, last=False),
        on_or_before=_moment(given, MediaFilter.CREATED_UNTIL, last=True),
    )


def _cursor(given: _Given, wanted: MediaFilter) -> Cursor | None:
    if wanted not in given:
        return None
    name, value = given[wanted]
    return read_cursor(name, value, "the mediaId of a media")


def _limit(given: _Given) -> int:
    if MediaFilter.LIMIT not in given:
        return DEFAULT_LIMIT
    name, value = given[MediaFilter.LIMIT]
    return read_limit(name, value, MAX_LIMIT)


def _descending(given: _Given) -> bool:
    if MediaFilter.SORT_ORDER not in given:
        return False
    name, value = given[MediaFilter.SORT_ORDER]
    if value.lower() not in ("asc", "desc"):
        raise bad_value(name, "asc or desc")
    return value.lower() == "desc"


def _external_id(given: _Given) -> str | None:
    if MediaFilter.EXTERNAL_ID not in given:
        return None
    name, value = given[MediaFilter.EXTERNAL_ID]
    if "\x00" in value:
        raise bad_value(name, "text without NUL characters")
    return value


def _moment(given: _Given, wanted: MediaFilter, *, last: bool) -> datetime | None:
    if wanted not in given:
        return None
    name, value = given[wanted]
    return moment({name: value}, name, last=last)
