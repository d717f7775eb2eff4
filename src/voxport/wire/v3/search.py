"""What recordings can be searched by, and what a statement (VBQL) finds.

Bodies and addresses are those of docs/contract/v3-endpoints.md sections 4 and 7.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field
from typing_extensions import TypedDict

from voxport.core.statement import Selection
from voxport.search.locating import Hit
from voxport.search.results import FoundCall, FoundCalls
from voxport.wire.v3.links import MEDIA_HREF
from voxport.wire.writing.links import Links, self_link
from voxport.wire.writing.shapes import Milliseconds, Share, closed
from voxport.wire.writing.times import wire_time

SEARCH_PATH = "/v3/definition/media/search"
VBQL_PATH = "/v3/analytics/vbql"


@closed
class VbSearchableFields(TypedDict):
    _links: Links
    fields: list[str]


@closed
class VbHitValues(TypedDict):
    """Where in a call something was found."""

    startMs: Milliseconds
    endMs: Milliseconds
    startRatio: Share
    """`startMs` as a share of the length of the call"""
    line: Annotated[int, Field(ge=0)]
    """Which turn of the call, from 0"""
    speaker: str
    text: str
    """What is said there, without letter case and marks; of a long turn the words around"""


@closed
class VbMatchResult(TypedDict):
    """A place of a call that meets the statement."""

    score: Share
    conditions: list[str]
    """The conditions that it meets, as they stand in the statement"""
    fieldValues: VbHitValues


@closed
class VbStatementResult(TypedDict):
    """What a statement finds."""

    _links: Links
    totalResults: Annotated[int, Field(ge=0)]
    """How many calls meet it"""
    queryTimeMillis: Milliseconds
    limit: Annotated[int, Field(ge=0)]
    offset: Annotated[int, Field(ge=0)]
    hits: list[list[VbMatchResult]]
    """With hits() among the columns, a list for each row"""
    rows: list[dict[str, Any]]
    """The calls, as the columns of the statement show them"""


def search_body(fields: Sequence[str]) -> VbSearchableFields:
    """The fields of the metadata that are declared."""
    return {"_links": self_link(SEARCH_PATH), "fields": list(fields)}


def statement_body(selection: Selection, found: FoundCalls, took_ms: int) -> VbStatementResult:
    """The answer to a statement."""
    hits = [_matches(call) for call in found.calls] if selection.shows_hits else []
    return {
        "_links": self_link(VBQL_PATH),
        "totalResults": found.total,
        "queryTimeMillis": took_ms,
        "limit": selection.limit,
        "offset": selection.offset,
        "hits": hits,
        "rows": [_row(selection, call) for call in found.calls],
    }


def declared_body(took_ms: int) -> VbStatementResult:
    """The answer to a statement that declares fields: it finds nothing."""
    return {
        "_links": self_link(VBQL_PATH),
        "totalResults": 0,
        "queryTimeMillis": took_ms,
        "limit": 0,
        "offset": 0,
        "hits": [],
        "rows": [],
    }


def _row(selection: Selection, call: FoundCall) -> dict[str, object]:
    if selection.columns:
        return {name: _value(value) for name, value in call.values.items()}
    row: dict[str, object] = {
        "_links": self_link(f"{MEDIA_HREF}/{call.media_id}"),
        "mediaId": str(call.media_id),
        "dateCreated": wire_time(call.created),
        "interactionType": "speech",
        "language": call.language,
        "length": call.duration_ms,
        "wordCount": call.word_count,
        "transitions": call.transitions,
        "metadata": call.metadata,
    }
    if call.finished is not None:
        row["dateFinished"] = wire_time(call.finished)
    return row


def _value(value: object) -> object:
    if isinstance(value, datetime):
        return wire_time(value)
    return float(value) if isinstance(value, Decimal) else value


def _matches(call: FoundCall) -> list[VbMatchResult]:
    """Each place once, with all conditions that it meets."""
    places: dict[tuple[int, int, int], list[Hit]] = {}
    for hit in call.hits:
        places.setdefault((hit.line, hit.start_ms, hit.end_ms), []).append(hit)
    return [_match(call, hits) for hits in places.values()]


def _match(call: FoundCall, hits: list[Hit]) -> VbMatchResult:
    first = hits[0]
    return {
        "score": 1.0,
        "conditions": list(dict.fromkeys(hit.condition for hit in hits)),
        "fieldValues": {
            "startMs": first.start_ms,
            "endMs": first.end_ms,
            "startRatio": round(min(1.0, first.start_ms / max(call.duration_ms, 1)), 4),
            "line": first.line,
            "speaker": first.speaker,
            "text": first.text,
        },
    }
