"""The query of a list of media: the same filters in every dialect, under names that each dialect gives them.

Source: docs/contract/v3-endpoints.md section 4, docs/contract/v2-beta.md section 5.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import TypeVar

from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused
from voxport.core.media_query import DEFAULT_LIMIT, MAX_LIMIT, MediaQuery
from voxport.core.paging import Cursor
from voxport.core.statement import Condition
from voxport.wire.reading.excerpts import clip
from voxport.wire.reading.media_conditions import (
    read_details,
    read_flag,
    read_milliseconds,
    read_speaker,
    read_statement_text,
    read_statuses,
)
from voxport.wire.reading.query import bad_value, empty_filter, moment, read_cursor, read_limit
from voxport.wire.reading.statements import equal_field, in_category, parse_extended_filter, parse_words, together


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
    WORDS = auto()
    """Words and phrases that are said in it, or stand in its title or description."""
    RANKED_WORDS = auto()
    """The same; those come first that they fit best, each with a piece of what is said."""
    FIELD = auto()
    """A field of the metadata has this value; may stand several times, and all hold together."""
    CATEGORY = auto()
    """It is in the category of this name; may stand several times, and all hold together."""
    CREATED_FROM = auto()
    """The earliest time of creation, inclusive."""
    CREATED_UNTIL = auto()
    """The latest time of creation, inclusive."""
    STATEMENT = auto()
    """A statement in VBQL, of which the condition counts."""
    STATUS = auto()
    """How far it is."""
    SPEAKER = auto()
    """Who speaks in it."""
    LENGTH_FROM = auto()
    """The least length in milliseconds."""
    LENGTH_UNTIL = auto()
    """The greatest length in milliseconds."""
    REDACTED = auto()
    """Whether something is covered in it."""
    DETAILS = auto()
    """What is shown of each beside the usual; it filters nothing."""


@dataclass(frozen=True, slots=True)
class MediaQueryNames:
    """How one dialect calls the filters."""

    filters: Mapping[str, MediaFilter]
    """Each name of a parameter; two names may stand for one filter."""
    field_prefix: str | None = None
    """What a name begins with whose rest is a field of `extended`; None: there is no such name."""


_MOST_FIELDS = 20
_REPEATED: Mapping[MediaFilter | None, Callable[[str, str], Condition]] = {
    MediaFilter.FIELD: parse_extended_filter,
    MediaFilter.CATEGORY: in_category,
}
_WORDS = (MediaFilter.WORDS, MediaFilter.RANKED_WORDS)
_PAGING = (MediaFilter.AFTER, MediaFilter.BEFORE, MediaFilter.LIMIT, MediaFilter.SORT_ORDER, MediaFilter.DETAILS)
"""What chooses a page and not which media there are: empty, as a client sends it for its first page, it is absent."""
T = TypeVar("T")
_Given = Mapping[MediaFilter, tuple[str, str]]
"""The name that the client wrote, and the value."""


def read_media_query(parameters: Iterable[tuple[str, str]], names: MediaQueryNames) -> MediaQuery:
    """The query of decoded names and values.

    Raises RequestRefused for a name that is unknown or stands twice and for a filter that is empty, since leaving one
    out would show more than was asked for, and for a value that is none. What filters nothing may be empty.
    """
    given: dict[MediaFilter, tuple[str, str]] = {}
    conditions: list[Condition] = []
    for name, value in parameters:
        if not value and names.filters.get(name) in _PAGING:
            continue
        if names.field_prefix is not None and name.startswith(names.field_prefix):
            field = name.removeprefix(names.field_prefix)
            if not field or not value:
                raise empty_filter(name)
            conditions.append(equal_field(name, f"extended.{field}", value))
            continue
        if value and (parse := _REPEATED.get(names.filters.get(name))) is not None:
            conditions.append(parse(name, value))
            continue
        if name not in names.filters:
            raise RequestRefused(
                Problem.of(Code.PROPERTY_UNKNOWN, property=clip(name), section="the query of a media list")
            )
        if names.filters[name] in given:
            raise bad_value(name, "given once")
        if not value:
            raise empty_filter(name)
        given[names.filters[name]] = (name, value)
    if len(conditions) > _MOST_FIELDS:
        raise bad_value("extendedFilter, or category,", f"given at most {_MOST_FIELDS} times")
    conditions += [parse_words(*given[one]) for one in _WORDS if one in given]
    ranked = MediaFilter.RANKED_WORDS in given
    if ranked and (MediaFilter.AFTER in given or MediaFilter.BEFORE in given or MediaFilter.SORT_ORDER in given):
        name = given[MediaFilter.RANKED_WORDS][0]
        raise bad_value(name, "given without a cursor and an order: what it finds is in an order of its own")
    return MediaQuery(
        condition=together(conditions),
        ranked=ranked,
        after=_cursor(given, MediaFilter.AFTER),
        before=_cursor(given, MediaFilter.BEFORE),
        limit=_limit(given),
        descending=_descending(given),
        external_id=_external_id(given),
        on_or_after=_moment(given, MediaFilter.CREATED_FROM, last=False),
        on_or_before=_moment(given, MediaFilter.CREATED_UNTIL, last=True),
        statement=_read(given, MediaFilter.STATEMENT, read_statement_text, None),
        statuses=_read(given, MediaFilter.STATUS, read_statuses, ()),
        speaker=_read(given, MediaFilter.SPEAKER, read_speaker, None),
        at_least_ms=_read(given, MediaFilter.LENGTH_FROM, read_milliseconds, None),
        at_most_ms=_read(given, MediaFilter.LENGTH_UNTIL, read_milliseconds, None),
        redacted=_read(given, MediaFilter.REDACTED, read_flag, None),
        details=_read(given, MediaFilter.DETAILS, read_details, ()),
    )


def _read(given: _Given, wanted: MediaFilter, read: Callable[[str, str], T], absent: T) -> T:
    return read(*given[wanted]) if wanted in given else absent


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
