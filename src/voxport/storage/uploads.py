"""The ledger of uploads: which media may have bytes in the store before there is a row for them.

A process that is killed in the middle of an upload leaves those bytes; the ledger is how they are found again.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, exists, func, select
from sqlalchemy.dialects.postgresql import insert

from voxport.storage.postgres.database import Database
from voxport.storage.postgres.tables import media, uploads


class Uploads:
    """Every method is one transaction; `MediaStore.insert` ends the upload of what it accepts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def begin(self, media_id: UUID) -> None:
        """Must have returned before the first byte of the media is written. Twice keeps the first time."""
        await self._database.execute(insert(uploads).values(media_id=media_id).on_conflict_do_nothing())

    async def end(self, media_id: UUID) -> None:
        """The bytes are gone; twice, or for an upload that never began, is harmless."""
        await self._database.execute(delete(uploads).where(uploads.c.media_id == media_id))

    async def abandoned(self, after: timedelta, limit: int) -> list[UUID]:
        """Uploads that began longer ago than that and did not become a media, longest begun first."""
        accepted = exists().where(media.c.id == uploads.c.media_id)
        old = select(uploads.c.media_id).where(uploads.c.started < func.now() - after, ~accepted)
        rows = await self._database.fetch_all(old.order_by(uploads.c.started).limit(limit))
        return [row.media_id for row in rows]
