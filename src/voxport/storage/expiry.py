"""The time to live of media: it begins when their deliveries have ended, and stands still while one is made again."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.core.delivery import DeliveryStatus
from voxport.core.media import MediaStatus
from voxport.storage.postgres.database import Database
from voxport.storage.postgres.tables import deliveries, media


class ExpiryWork:
    """Part of `Work`. Every method is one transaction."""

    _database: Database

    async def begin_expiry(self, media_id: UUID, expires: datetime) -> bool:
        """Sets when the media is to be removed; False when a delivery is pending or the time had been set.

        False too while it is processed again: what ends meanwhile belongs to an earlier run.
        """
        ended = media.c.status.in_((MediaStatus.FINISHED, MediaStatus.FAILED))
        waiting = exists().where(deliveries.c.media_id == media_id, deliveries.c.status == DeliveryStatus.PENDING)
        begun = update(media).where(media.c.id == media_id, ended, media.c.expires.is_(None), ~waiting)

        async def write(connection: AsyncConnection) -> bool:
            # Locked first: a replay that is just being written is seen by the statement after.
            await connection.execute(select(media.c.id).where(media.c.id == media_id).with_for_update())
            return (await connection.execute(begun.values(expires=expires))).rowcount > 0

        return await self._database.run(write)

    async def mark_expired(self, media_id: UUID, now: datetime) -> bool:
        """Hides a media whose time is over, as `mark_deleted`; False when its time no longer is."""
        over = (media.c.id == media_id) & media.c.deleted_at.is_(None) & (media.c.expires <= now)

        async def write(connection: AsyncConnection) -> bool:
            hidden = update(media).where(over).values(deleted_at=datetime.now(UTC))
            return (await connection.execute(hidden)).rowcount > 0

        return await self._database.run(write)
