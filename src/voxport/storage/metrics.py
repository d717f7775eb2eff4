"""What is counted for whoever watches the server. An organisation is its id."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import TextClause, text
from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.storage.postgres.database import Database
from voxport.storage.records import DeliveryCounts

_UNENDED = text(
    "SELECT status, count(*) AS number FROM media WHERE status NOT IN ('finished', 'failed') GROUP BY status"
)
_TOTALS = text("SELECT organization_id, status, count(*) AS number FROM deliveries GROUP BY organization_id, status")
_PENDING = text(
    """
    SELECT organization_id, count(*) AS waiting,
        CAST(greatest(0, extract(epoch FROM now() - min(created))) AS float) AS oldest_s
    FROM deliveries WHERE status = 'pending' GROUP BY 1
    """
)
_DEAD = text(
    "SELECT organization_id, count(*) AS number FROM deliveries WHERE status IN ('failed', 'expired') GROUP BY 1"
)
_HELD = text(
    """
    SELECT d.organization_id, count(*) AS number
    FROM endpoints AS e JOIN deliveries AS d USING (organization_id, endpoint)
    WHERE e.paused_since IS NOT NULL AND d.status = 'pending' AND d.due IS NOT NULL GROUP BY 1
    """
)
_PAUSED = text("SELECT organization_id, count(*) AS number FROM endpoints WHERE paused_since IS NOT NULL GROUP BY 1")


class StoreMetrics:
    """Every method raises TransientFault when the database is away."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def unended_media(self) -> dict[str, int]:
        """Media that have not ended, by status."""
        return {row.status: row.number for row in await self._database.fetch_all(_UNENDED)}

    async def deliveries(self) -> DeliveryCounts:
        """What has not arrived, counted along indexes that hold just that."""
        return await self._database.run(_counts)

    async def delivery_totals(self) -> dict[str, dict[UUID, int]]:
        """All deliveries of media that are kept, by status and organisation. Reads the whole table."""
        totals: dict[str, dict[UUID, int]] = {}
        for row in await self._database.fetch_all(_TOTALS):
            totals.setdefault(row.status, {})[row.organization_id] = row.number
        return totals


async def _counts(connection: AsyncConnection) -> DeliveryCounts:
    pending = (await connection.execute(_PENDING)).all()
    return DeliveryCounts(
        pending={row.organization_id: row.waiting for row in pending},
        oldest_s={row.organization_id: row.oldest_s for row in pending},
        held=await _count(connection, _HELD),
        dead=await _count(connection, _DEAD),
        paused=await _count(connection, _PAUSED),
    )


async def _count(connection: AsyncConnection, question: TextClause) -> Mapping[UUID, int]:
    return {row.organization_id: row.number for row in await connection.execute(question)}
