"""Categories that are looked for in past calls, over all organisations: accepted, and found again."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.core.categories import MAX_UNENDED, Application, NewApplication
from voxport.storage.postgres.database import Database
from voxport.storage.postgres.tables import category_applications
from voxport.storage.tenant.applications import SHOWN, application_of

KEPT = 200
"""Of one organisation; older ones that have ended are forgotten, however fast new ones are asked for."""
_ITS = category_applications.c


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

    async def waiting_calls(self) -> tuple[int, int]:
        """Applications that have not ended, and calls that those of them that have begun still have to look at."""
        left = func.coalesce(func.sum(func.greatest(_ITS.calls - _ITS.done, 0)), 0).label("left")
        row = await self._database.fetch_one(select(func.count().label("number"), left).where(_ITS.ended.is_(None)))
        return (0, 0) if row is None else (int(row.number), int(row.left))

    async def forget(self, kept_for: timedelta) -> int:
        """Forgets those that ended longer ago than that; how many. What they found stays."""
        ended = delete(category_applications).where(_ITS.ended < func.now() - kept_for)
        return await self._database.execute(ended)
