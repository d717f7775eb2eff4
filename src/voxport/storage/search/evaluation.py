"""Categories over calls that are named beforehand: each call is looked at, and no index is asked."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from voxport.core.findings import CategoryResult, Mention, Occurrence
from voxport.core.statement import Condition, said_in
from voxport.core.transcript import Span
from voxport.search.call_text import CallText, Description
from voxport.search.locating import Hit
from voxport.storage.search.conditions import condition_sql
from voxport.storage.search.hits import hits_of, read_hits
from voxport.storage.search.index import said_values
from voxport.storage.search.parameters import Parameters
from voxport.storage.search.selection import hits_sql

_TYPES: Mapping[str, str] = {
    "media_id": "uuid",
    "created": "timestamptz",
    "duration_ms": "bigint",
    "title": "text",
    "description": "text",
    "fields": "jsonb",
    "language": "text",
    "names": "text[]",
    "spellings": "text[]",
    "begins": "integer[]",
    "lines": "text[]",
    "numbers": "integer[]",
    "firsts": "integer[]",
    "times": "bytea",
    "word_count": "integer",
    "transitions": "integer",
    "metrics": "jsonb",
}
"""The columns of `call_index` that conditions look at."""


@dataclass(frozen=True, slots=True)
class UnpublishedCall:
    """A call that is in no index yet, as its categories are asked."""

    media_id: UUID
    created: datetime
    duration_ms: int
    description: Description
    text: CallText


@dataclass(frozen=True, slots=True)
class Category:
    """A category as it is looked for."""

    name: str
    version: str
    condition: Condition


def of_values(call: UnpublishedCall, parameters: Parameters) -> str:
    """A call as a row in the form of `call_index`."""
    said = call.description
    described = {"title": said.title, "description": said.description, "fields": said.fields}
    its = {"media_id": call.media_id, "created": call.created, "duration_ms": call.duration_ms}
    values = {**its, **described, **said_values(call.text)}
    columns = []
    for name, type_name in _TYPES.items():
        value = json.dumps(values[name]) if type_name == "jsonb" else values[name]
        columns.append(f"{parameters.add(value, type_name)} AS {name}")
    return f"(SELECT {', '.join(columns)})"


def evaluation_sql(
    calls: str, conditions: Sequence[Condition], parameters: Parameters, also: Sequence[str] = ()
) -> str:
    """Of each of `calls`, rows in the form of `call_index`: `met`, and for what it meets the hits `h0`, `h1` ...

    `also` names columns of theirs that are handed on.
    """
    met = ", ".join(f"({condition_sql(one, parameters)})" for one in conditions)
    columns = ["c.media_id", "c.duration_ms", "c.met", *(f"c.{name}" for name in also)]
    for at, one in enumerate(conditions):
        if said := said_in(one):
            columns.append(f"CASE WHEN c.met[{at + 1}] THEN {hits_sql(said, parameters)} END AS h{at}")
    # OFFSET 0: what is met is found out once, and not again for the hits.
    return f"SELECT {', '.join(columns)} FROM (SELECT c.*, ARRAY[{met}] AS met FROM {calls} AS c OFFSET 0) AS c"  # noqa: S608


def results_of(row: Row[Any], categories: Sequence[Category]) -> list[CategoryResult]:
    """What a row of `evaluation_sql` says, in the order of the categories."""
    return [result_with(row, at, one, hits_at(row, at, one)) for at, one in enumerate(categories)]


def hits_at(row: Row[Any], at: int, category: Category) -> Sequence[Hit]:
    """The places of the call of a row of `evaluation_sql` that meet its category of index `at`."""
    said = said_in(category.condition)
    return hits_of(read_hits(getattr(row, f"h{at}")), said, row.duration_ms or 0) if said and row.met[at] else ()


def result_with(row: Row[Any], at: int, category: Category, hits: Sequence[Hit]) -> CategoryResult:
    """What such a row says of that category."""
    return CategoryResult(category.name, category.version, row.met[at], _mentions(hits))


def _mentions(hits: Sequence[Hit]) -> tuple[Mention, ...]:
    """Each place once, by speaker."""
    places: dict[str, dict[tuple[int, int], str]] = {}
    for hit in hits:
        places.setdefault(hit.speaker, {}).setdefault((hit.start_ms, hit.end_ms), hit.exact)
    return tuple(
        Mention(speaker, tuple(Occurrence(Span(*span), exact) for span, exact in found.items()))
        for speaker, found in places.items()
    )
