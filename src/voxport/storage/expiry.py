"""The time to live of media: it begins when their deliveries have ended, and stands still while one is made again.

The rule stands here once (docs/contract/open-questions.md 5); all times are the database's.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.storage.deletion import hide_media
from voxport.storage.postgres.database import Database
from voxport.storage.postgres.tables import media

_BEGIN = text(
    """
    UPDATE media AS m
    SET expires = now() + CAST(m.plan ->> 'time_to_live_s' AS float) * interval '1 second'
    WHERE m.id = ANY(CAST(:media AS uuid[])) AND m.expires IS NULL AND m.plan ->> 'time_to_live_s' IS NOT NULL
        AND m.status IN ('finished', 'failed')
        AND NOT EXISTS (SELECT FROM deliveries AS d WHERE d.media_id = m.id AND d.status = 'pending')
    """
)


class Expiry:
    """Every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def begin(self, media_id: UUID) -> bool:
        """The time to live begins now; False when there is none, it had begun, or a delivery is pending.

        False too while the media is processed again: what ends meanwhile belongs to an earlier run.
        """

        async def write(connection: AsyncConnection) -> bool:
            # Locked first: a replay that is just being written is seen by the statement after.
            await connection.execute(select(media.c.id).where(media.c.id == media_id).with_for_update())
            return await begin_expiry(connection, [media_id]) > 0

        return await self._database.run(write)

    async def over(self, limit: int = 100) -> list[UUID]:
        """Media whose time to live is over, longest first."""
        over = select(media.c.id).where(media.c.deleted_at.is_(None), media.c.expires <= func.now())
        return [row.id for row in await self._database.fetch_all(over.order_by(media.c.expires).limit(limit))]

    async def mark_deleted(self, media_id: UUID) -> bool:
        """Hides a media whose time is over, as `MediaStore.mark_deleted`; False when its time no longer is."""
        return await hide_media(self._database, (media.c.id == media_id) & (media.c.expires <= func.now()))


async def begin_expiry(connection: AsyncConnection, media_ids: Sequence[UUID]) -> int:
    """As `Expiry.begin`, for media that the caller has locked; of how many it began."""
    return (await connection.execute(_BEGIN, {"media": list(media_ids)})).rowcount
