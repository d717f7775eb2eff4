"""Query strings, read strictly: 10011 for what is not percent-encoded UTF-8; and moments within them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl
from uuid import UUID

from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused
from voxport.core.paging import Cursor
from voxport.wire.reading.excerpts import clip

Parameters = list[tuple[str, str]]

_BROKEN_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[Tt](\d{2}:\d{2}:\d{2})(\.\d{1,6})?(?:[Zz]|([+ -]\d{2}:?\d{2})))?", re.ASCII)
"""As of RFC 3339. The plus of an offset that was not encoded arrives as a space."""
MOMENT = "a date as YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ, or with an offset such as +00:00 in place of Z"
"""What a moment may be, for a sentence."""
_CURSOR = re.compile(r"[A-Za-z0-9_-]{40,100}", re.ASCII)
_MICROSECOND = timedelta(microseconds=1)


def read_query(query: str | bytes) -> Parameters:
    """Names and values of a raw query string, in order; raises RequestRefused 10011."""
    try:
        text = query.decode("ascii") if isinstance(query, bytes) else query
    except UnicodeDecodeError as error:
        raise RequestRefused(Problem.of(Code.QUERY_PARAMETER_INVALID, parameter="of the request")) from error
    parameters: Parameters = []
    for pair in text.split("&"):
        name = clip(pair.partition("=")[0])
        if _BROKEN_ESCAPE.search(pair):
            raise RequestRefused(Problem.of(Code.QUERY_PARAMETER_INVALID, parameter=name))
        try:
            parameters += parse_qsl(pair, keep_blank_values=True, errors="strict")
        except UnicodeDecodeError as error:
            raise RequestRefused(Problem.of(Code.QUERY_PARAMETER_INVALID, parameter=name)) from error
    return parameters


def bad_value(parameter: str, wanted: str) -> RequestRefused:
    """The refusal of a query value; 10011 is the one documented code about query values."""
    return RequestRefused(
        Problem(Code.QUERY_PARAMETER_INVALID, f"The query parameter {clip(parameter)} must be {wanted}.")
    )


def empty_filter(parameter: str) -> RequestRefused:
    """The refusal of a filter without a value: whoever sends one means something, and never everything."""
    return bad_value(parameter, "left out, or given a value; an empty filter is not taken for none")


def read_cursor(parameter: str, value: str, wanted: str) -> Cursor:
    """The id of an element, or the cursor of a page, which only the store can read. Raises RequestRefused 10011."""
    try:
        return UUID(value)
    except ValueError:
        if _CURSOR.fullmatch(value):
            return value
        raise bad_value(parameter, f"the after of a page, or {wanted}") from None


def read_limit(parameter: str, value: str, maximum: int) -> int:
    """How many elements a page has; raises RequestRefused 10011."""
    if not re.fullmatch("[0-9]{1,6}", value) or not 1 <= int(value) <= maximum:
        raise bad_value(parameter, f"a whole number from 1 to {maximum}")
    return int(value)


def moment(given: Mapping[str, str], name: str, *, last: bool) -> datetime | None:
    """The moment under `name`, None when absent; raises RequestRefused 10011.

    The first microsecond of the day, second or fraction given, or the `last` one: both bounds are inclusive. A day
    alone is one of UTC.
    """
    if name not in given:
        return None
    match = _DATE.fullmatch(given[name])
    refusal = bad_value(name, MOMENT)
    if match is None:
        raise refusal
    day, clock, fraction, offset = match.groups()
    try:
        zone = (offset or "+00:00").replace(" ", "+")
        found = datetime.fromisoformat(f"{day}T{clock or '00:00:00'}{zone}").astimezone(UTC)
        found += timedelta(microseconds=int((fraction or ".0")[1:].ljust(6, "0")))
        return found + (_resolution(clock, fraction) - _MICROSECOND) if last else found
    except (ValueError, OverflowError) as error:
        raise refusal from error


def _resolution(clock: str | None, fraction: str | None) -> timedelta:
    if clock is None:
        return timedelta(days=1)
    return timedelta(seconds=1) if fraction is None else timedelta(microseconds=10 ** (7 - len(fraction)))
