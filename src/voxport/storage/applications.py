"""Categories that are looked for in past calls, over all organisations: accepted, and found again."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.core.categories import MAX_UNENDED, Application, ApplicationFigures, NewApplication
from voxport.core.errors import TransientFault
from voxport.storage.postgres.database import Database
from voxport.storage.postgres.tables import category_applications
from voxport.storage.tenant.applications import SHOWN, application_of

KEPT = 200
"""Of one organisation; older ones that have ended are forgotten, however fast new ones are asked for."""
_ITS = category_applications.c
FIGURES = """
    WITH theirs AS (
        SELECT organization_id, count(*) AS number, sum(greatest(calls - done, 0)) AS calls, min(created) AS since
        FROM category_applications WHERE ended IS NULL GROUP BY 1
    )
    SELECT coalesce(sum(number), 0) AS unended, coalesce(sum(calls), 0) AS calls,
        CAST(coalesce(max(extract(epoch FROM now() - greatest(since, (
            SELECT max(greatest(a.advanced, a.ended, a.started)) FROM category_applications AS a
            WHERE a.organization_id = theirs.organization_id
        )))), 0) AS float) AS stalled_s,
        (SELECT count(*) FROM category_applications
            WHERE problem IS NOT NULL AND ended > now() - interval '1 day') AS failed
    FROM theirs
"""
"""One row, as the fields of `ApplicationFigures`."""


class Applications:
    """Every method is one transaction, except `insert`, which joins the caller's."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def insert(self, connection: AsyncConnection, new: NewApplication) -> Application | None:
        """Accepts it; visible when the caller's block ends. None where `MAX_UNENDED` of the organisation wait."""
        mine = (_ITS.organization_id == new.organization_id) & _ITS.ended.is_(None)
        waiting = (await connection.execute(select(func.count()).where(mine))).scalar_one()
        if waiting >= MAX_UNENDED:
            return None
        oldest = select(_ITS.created).where(_ITS.organization_id == new.organization_id)
        kept = oldest.order_by(_ITS.created.desc()).offset(KEPT).limit(1).scalar_subquery()
        await connection.execute(
            delete(category_applications).where(
                _ITS.organization_id == new.organization_id, _ITS.ended.is_not(None), _ITS.created <= kept
            )
        )
        values = {
            "id": new.id,
            "organization_id": new.organization_id,
            "category": new.category,
            "version": new.version,
            "statement": new.query,
            "calls": 0,
        }
        made = insert(category_applications).values(values).returning(*SHOWN)
        return application_of((await connection.execute(made)).one())

    async def waiting(self) -> list[UUID]:
        """Organisations with some that have not ended."""
        rows = await self._database.fetch_all(select(_ITS.organization_id).where(_ITS.ended.is_(None)).distinct())
        return [row.organization_id for row in rows]

    async def figures(self) -> ApplicationFigures:
        """How they fare at this moment, read along indexes that hold just those."""
        row = await self._database.fetch_one(text(FIGURES))
        if row is None:
            raise TransientFault("The database says nothing of categories.")
        return ApplicationFigures(int(row.unended), int(row.calls), float(row.stalled_s), int(row.failed))

    async def forget(self, kept_for: timedelta) -> int:
        """Forgets those that ended longer ago than that; how many. What they found stays."""
        ended = delete(category_applications).where(_ITS.ended < func.now() - kept_for)
        return await self._database.execute(ended)
