"""What one organisation's calls are found to be."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.core.categories import MAX_HEARD, Heard, Trial, TriedCall
from voxport.core.findings import CategoryResult
from voxport.storage.postgres.database import Transactions
from voxport.storage.postgres.tables import category_results
from voxport.storage.search.conditions import condition_sql
from voxport.storage.search.evaluation import (
    Category,
    UnpublishedCall,
    evaluation_sql,
    hits_at,
    of_values,
    result_with,
    results_of,
)
from voxport.storage.search.limited import limited
from voxport.storage.search.parameters import Parameters
from voxport.storage.search.results import result_of

SPOKEN = "c.lines IS NOT NULL AND (c.expires IS NULL OR c.expires > now())"
"""Calls that are finished and can be found, whether statements see them or lists alone."""
_NEWEST = f"""
    (SELECT c.* FROM call_index AS c WHERE c.organization_id = {{organization}} AND {SPOKEN}
    ORDER BY c.created DESC, c.media_id DESC LIMIT {{limit}})
"""  # noqa: S608 - our own words
_OF_CALL = select(category_results).order_by(category_results.c.category)


class TenantCategories:
    """Other organisations' calls do not exist for it."""

    def __init__(self, database: Transactions, organization_id: UUID) -> None:
        """`database` is bound to the organisation."""
        self._database, self._organization_id = database, organization_id

    async def evaluate(
        self, categories: Sequence[Category], call: UnpublishedCall, timeout_s: float
    ) -> list[CategoryResult]:
        """Which of the categories a call is in, in their order. Raises RequestRefused (10007) beyond its time."""
        parameters = Parameters()
        sql = evaluation_sql(of_values(call, parameters), [one.condition for one in categories], parameters)

        async def read(connection: AsyncConnection) -> list[CategoryResult]:
            async with limited(connection, timeout_s):
                row = (await connection.execute(text(sql), parameters.values)).one()
            return await asyncio.to_thread(results_of, row, categories)

        return await self._database.run(read)

    async def attempt(self, category: Category, calls: int, shown: int, timeout_s: float) -> Trial:
        """Which of the newest `calls` are in the category, the newest `shown` of them with places; nothing is kept.

        Raises RequestRefused (10007) beyond its time.
        """
        counting, showing = Parameters(), Parameters()
        organization = counting.add(self._organization_id, "uuid")
        newest = _NEWEST.format(organization=organization, limit=counting.add(calls, "integer"))
        met = f"SELECT c.media_id, c.created, ({condition_sql(category.condition, counting)}) AS met FROM {newest} AS c"  # noqa: S608

        async def read(connection: AsyncConnection) -> Trial:
            async with limited(connection, timeout_s) as shorten:
                rows = (await connection.execute(text(met), counting.values)).all()
                places = sorted(((row.created, row.media_id) for row in rows if row.met), reverse=True)
                ids = [media_id for _, media_id in places[:shown]]
                its = f"(SELECT * FROM call_index WHERE media_id = ANY({showing.add(ids, 'uuid[]')}))"  # noqa: S608
                sql = evaluation_sql(its, [category.condition], showing)
                await shorten()
                found = (await connection.execute(text(sql), showing.values)).all()
            tried = await asyncio.to_thread(_tried, {row.media_id: row for row in found}, category, places[:shown])
            return Trial(len(rows), len(places), tried)

        return await self._database.run(read)

    async def of_call(self, media_id: UUID) -> list[CategoryResult]:
        """What is known of a call that can be found, by name."""
        rows = await self._database.fetch_all(_OF_CALL.where(category_results.c.media_id == media_id))
        return [result_of(row) for row in rows]


def _tried(
    found: Mapping[UUID, Row[Any]], category: Category, places: Sequence[tuple[datetime, UUID]]
) -> list[TriedCall]:
    """The calls of `places` that are still there, in that order."""
    tried = []
    for created, media_id in places:
        if (row := found.get(media_id)) is None:
            continue
        hits = hits_at(row, 0, category)
        heard = [Heard(hit.speaker, hit.start_ms, hit.text) for hit in hits[:MAX_HEARD]]
        tried.append(TriedCall(media_id, created, result_with(row, 0, category, hits), heard))
    return tried
