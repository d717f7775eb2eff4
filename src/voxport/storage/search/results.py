"""Keeps `category_results`: which categories a call that can be found is in, in what version of each, and where."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import Row, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.core.findings import CategoryResult, Mention
from voxport.storage.postgres.tables import category_results, media

_MENTIONS = TypeAdapter(tuple[Mention, ...])
# The recording is locked as whoever deletes it or runs it again locks it first; looked at again, it must be the same.
_STORE_FOUND = text(
    """
    INSERT INTO category_results AS r (media_id, category, organization_id, version, matched, places, applied)
    SELECT m.id, :category, m.organization_id, :version, f.matched, f.places, now()
    FROM jsonb_to_recordset(CAST(:found AS jsonb)) AS f(media_id uuid, run integer, matched boolean, places jsonb)
    JOIN media AS m ON m.id = f.media_id AND m.run = f.run
    JOIN call_index AS c ON c.media_id = m.id
    WHERE m.deleted_at IS NULL AND c.lines IS NOT NULL
    FOR SHARE OF m
    ON CONFLICT (media_id, category) DO UPDATE
    SET version = excluded.version, matched = excluded.matched, places = excluded.places, applied = excluded.applied
    WHERE (r.version, r.matched, r.places) IS DISTINCT FROM (excluded.version, excluded.matched, excluded.places)
    """
)


@dataclass(frozen=True, slots=True)
class FoundResult:
    """What a past call was found to be."""

    media_id: UUID
    created: datetime
    run: int
    """The run whose words were looked at."""
    result: CategoryResult


async def store_results(connection: AsyncConnection, media_id: UUID, results: Sequence[CategoryResult]) -> None:
    """What a run that is published was found to be; what is known of it already, as found later, stays as it is."""
    organization_id = select(media.c.organization_id).where(media.c.id == media_id).scalar_subquery()
    rows = [
        {
            "media_id": media_id,
            "organization_id": organization_id,
            "category": one.name,
            "version": one.version,
            "matched": one.matched,
            "places": _MENTIONS.dump_python(one.mentions, mode="json"),
        }
        for one in results
    ]
    await connection.execute(insert(category_results).values(rows).on_conflict_do_nothing())


async def store_found(connection: AsyncConnection, found: Sequence[FoundResult]) -> None:
    """What past calls were found to be by one category; those that are gone or run again are passed over.

    What is known already stays as it is.
    """
    if not found:
        return
    rows = [
        {
            "media_id": str(one.media_id),
            "run": one.run,
            "matched": one.result.matched,
            "places": _MENTIONS.dump_python(one.result.mentions, mode="json"),
        }
        for one in found
    ]
    which = {"category": found[0].result.name, "version": found[0].result.version}
    await connection.execute(_STORE_FOUND, {**which, "found": json.dumps(rows)})


def result_of(row: Row[Any]) -> CategoryResult:
    """A row of `category_results`."""
    return CategoryResult(row.category, row.version, row.matched, _MENTIONS.validate_python(row.places))
