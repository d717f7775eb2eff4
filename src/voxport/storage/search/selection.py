"""A whole statement as one statement of PostgreSQL: which calls, how many, and where in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, text

from voxport.core.statement import All, Condition, Said, Selection, said_in
from voxport.storage.search.conditions import condition_sql, field_sql
from voxport.storage.search.lines import NUMBERED_LINES, SPEAKER_OF_LINE, TIMES_OF_LINE, line_meets
from voxport.storage.search.parameters import Parameters
from voxport.storage.search.terms import INDEXED, organization_term, terms_of

MAX_HIT_LINES = 100
"""Turns of one call that are shown; later ones are not."""
MAX_BYTES = 16 * 1024 * 1024
"""Of metadata and turns of all rows together; the database sends neither where they are longer."""
_SPOKEN = "c.analytic AND c.lines IS NOT NULL"
_SHOWN = """
    WITH found AS MATERIALIZED (
        SELECT c.media_id, c.created, {order} AS ordered FROM searched_calls AS c WHERE {where}
    ), page AS (
        SELECT * FROM found ORDER BY ordered {direction} NULLS LAST, created DESC, media_id
        LIMIT {limit} OFFSET {offset}
    )
    SELECT t.total, shown.media_id, shown.created, shown.finished, shown.word_count, shown.transitions,
        shown.duration_ms, shown.language, shown.bytes {shown},
        CASE WHEN shown.bytes <= {most_bytes} THEN shown.its_metadata END AS metadata,
        CASE WHEN shown.bytes <= {most_bytes} THEN shown.its_hits END AS hits
    FROM (SELECT count(*) AS total FROM found) AS t LEFT JOIN (
        SELECT its.*, sum(coalesce(octet_length(its.its_metadata), 0) + coalesce(octet_length(its.its_hits), 0)) OVER ()
            AS bytes
        FROM (
        SELECT c.media_id, c.created, c.word_count, c.transitions, c.duration_ms, c.language,
            {metadata} AS its_metadata, {hits} AS its_hits, page.ordered, media.finished {columns}
        FROM page JOIN call_index AS c ON c.media_id = page.media_id JOIN media ON media.id = page.media_id
        ) AS its
    ) AS shown ON true
    ORDER BY shown.ordered {direction} NULLS LAST, shown.created DESC, shown.media_id
"""
_HITS = """
    (SELECT CAST(jsonb_agg(
        jsonb_build_array(h.number, h.speaker, h.line, encode(h.times, 'hex'), to_jsonb(h.met))) AS text)
    FROM (
        SELECT l.turn AS number, c.spellings[{speaker}] AS speaker, l.line, ARRAY[{conditions}] AS met,
            {times} AS times
        FROM {lines}
        WHERE {some} ORDER BY l.turn LIMIT {most}
    ) AS h)
"""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A statement for the driver."""

    sql: str
    values: dict[str, Any]


def compile_selection(selection: Selection, organization_id: UUID) -> Compiled:
    """The calls of a selection with their number, in order; `hits` are as `hits_sql` has them."""
    parameters = Parameters()
    order = "c.created" if selection.order is None else field_sql(selection.order.field, parameters)
    columns = [f"{field_sql(one.field, parameters)} AS f{at}" for at, one in enumerate(selection.columns)]
    said = said_in(selection.condition) if selection.shows_hits else ()
    sql = _SHOWN.format(
        order=order,
        direction="DESC" if selection.order is None or selection.order.descending else "ASC",
        where=f"{_SPOKEN} AND {where_sql(selection.condition, organization_id, parameters)}",
        limit=parameters.add(selection.limit, "integer"),
        offset=parameters.add(selection.offset, "integer"),
        columns="".join(f", {one}" for one in columns),
        shown="".join(f", shown.f{at}" for at in range(len(columns))),
        metadata="CAST(NULL AS text)" if columns else "CAST(media.metadata AS text)",
        hits=hits_sql(said, parameters) if said else "CAST(NULL AS text)",
        most_bytes=parameters.add(MAX_BYTES, "integer"),
    )
    return Compiled(sql, parameters.values)


def meeting(condition: Condition, organization_id: UUID, *, indexed: bool = False) -> ColumnElement[bool]:
    """The condition on a recording of the organisation, for a list of them; `indexed`: of those that statements see."""
    parameters = Parameters()
    where = where_sql(condition, organization_id, parameters)
    if indexed:
        where = f"{_SPOKEN} AND {where}"
    its = text(f"media.id IN (SELECT c.media_id FROM searched_calls AS c WHERE {where})")  # noqa: S608 - our own words
    bound: ColumnElement[bool] = its.bindparams(**parameters.values)  # type: ignore[assignment]
    return bound


def where_sql(condition: Condition, organization_id: UUID, parameters: Parameters) -> str:
    """The condition on a call `c`: first what the index tells, then what is left to look at in each call."""
    terms = terms_of(condition, parameters)
    mine = organization_term(str(organization_id), parameters)
    parts = [f"{INDEXED} @@ {mine}" if terms.sql is None else f"{INDEXED} @@ ({mine} && ({terms.sql}))"]
    if not terms.exact:
        left = condition.items if isinstance(condition, All) else (condition,)
        parts += [f"({condition_sql(one, parameters)})" for one in left if not terms_of(one, Parameters()).exact]
    return " AND ".join(parts)


def hits_sql(said: Sequence[Said], parameters: Parameters) -> str:
    """The lines of a call `c` that meet one of `said`: number, speaker, line, times of words, and which it meets."""
    met = [line_meets(one, parameters) for one in said]
    return _HITS.format(
        conditions=", ".join(f"({one})" for one in met),
        times=TIMES_OF_LINE,
        speaker=SPEAKER_OF_LINE,
        lines=NUMBERED_LINES,
        some=" OR ".join(f"({one})" for one in met),
        most=MAX_HIT_LINES,
    )
