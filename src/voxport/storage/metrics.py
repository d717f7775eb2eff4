"""What is counted for whoever watches the server. An organisation is its id."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import TextClause, text
from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.core.errors import TransientFault
from voxport.storage.postgres.clock import seconds_ahead
from voxport.storage.postgres.database import Database
from voxport.storage.records import DeliveryCounts, ServerFigures

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


_DUE = text(
    """
    SELECT count(*) AS number, CAST(coalesce(extract(epoch FROM now() - min(d.due)), 0) AS float) AS oldest_s
    FROM deliveries AS d JOIN media AS m ON m.id = d.media_id
    WHERE d.status = 'pending' AND d.due IS NOT NULL AND d.due <= now() AND m.deleted_at IS NULL
      AND m.status IN ('finished', 'failed') AND (d.claimed_until IS NULL OR d.claimed_until <= now())
      AND NOT EXISTS (
          SELECT FROM endpoints AS e
          WHERE e.organization_id = d.organization_id AND e.endpoint = d.endpoint AND e.failures > 0
      )
    """
)
_CONNECTIONS = text(
    """
    SELECT count(*) AS number, current_setting('max_connections')::int AS most, clock_timestamp() AS now,
        split_part(current_setting('server_version'), ' ', 1) AS version
    FROM pg_stat_activity WHERE application_name = 'voxport' AND datname = current_database()
    """
)


_FAILED = text(
    """
    SELECT coalesce(errors -> 0 ->> 'code', 'none') AS code, count(*) AS number FROM media
    WHERE status = 'failed' AND finished > now() - interval '1 day' GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 20
    """
)


_DEAD_BY_REASON = text(
    """
    SELECT CASE WHEN d.status = 'expired' THEN 'expired' WHEN a.number IS NULL THEN 'not sent'
        WHEN a.status IS NULL THEN 'no answer' ELSE CAST(a.status AS text) END AS reason, count(*) AS number
    FROM (
        SELECT id, status FROM deliveries WHERE status IN ('failed', 'expired') AND ended > now() - interval '1 day'
        ORDER BY ended DESC LIMIT 10000
    ) AS d LEFT JOIN LATERAL (
        SELECT number, status FROM attempts WHERE delivery_id = d.id ORDER BY number DESC LIMIT 1
    ) AS a ON true
    GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 20
    """
)


class StoreMetrics:
    """Every method raises TransientFault when the database is away."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def unended_media(self) -> dict[str, int]:
        """Media that have not ended, by status."""
        return {row.status: row.number for row in await self._database.fetch_all(_UNENDED)}

    async def failed_media(self) -> dict[str, int]:
        """Media that have failed within a day, by the code of their first error, those of the most first."""
        return {row.code: row.number for row in await self._database.fetch_all(_FAILED)}

    async def dead_by_reason(self) -> dict[str, int]:
        """Deliveries that were given up within a day, the last 10,000 of them, by what the last attempt came to.

        `expired`, `no answer`, `not sent`, or the status of the answer; those of the most first.
        """
        return {row.reason: row.number for row in await self._database.fetch_all(_DEAD_BY_REASON)}

    async def due_deliveries(self) -> tuple[int, float]:
        """How many deliveries wait for nothing but a worker, and for how many seconds the oldest of them has."""
        row = await self._database.fetch_one(_DUE)
        return (0, 0.0) if row is None else (row.number, row.oldest_s)

    async def server(self) -> ServerFigures:
        """Connections to the database, and how this process's clock goes beside its."""
        asked = datetime.now(UTC)
        row = await self._database.fetch_one(_CONNECTIONS)
        if row is None:
            raise TransientFault("The database says nothing of its connections.")
        return ServerFigures(row.number, row.most, seconds_ahead(asked, row.now, datetime.now(UTC)), row.version)

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
