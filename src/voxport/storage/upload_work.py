"""The ledger of uploads: which media may have bytes in the store before there is a row for them.

A process that is killed in the middle of an upload leaves those bytes; the ledger is how they are found again.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, exists, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql import Executable

from voxport.storage.postgres.database import Database
from voxport.storage.postgres.tables import media, uploads


class UploadWork:
    """Part of `Work`. Every method is one transaction; `insert_media` ends the upload of what it accepts."""

    _database: Database

    async def begin_upload(self, media_id: UUID) -> None:
        """Must have returned before the first byte of the media is written. Twice keeps the first time."""
        await self._change(insert(uploads).values(media_id=media_id).on_conflict_do_nothing())

    async def end_upload(self, media_id: UUID) -> None:
        """The bytes are gone; twice, or for an upload that never began, is harmless."""
        await self._change(delete(uploads).where(uploads.c.media_id == media_id))

    async def abandoned_uploads(self, before: datetime, limit: int = 100) -> list[UUID]:
        """Uploads that began before then and did not become a media, longest begun first."""
        accepted = exists().where(media.c.id == uploads.c.media_id)
        old = select(uploads.c.media_id).where(uploads.c.started < before, ~accepted)
        statement = old.order_by(uploads.c.started).limit(limit)

        async def read(connection: AsyncConnection) -> list[UUID]:
            return list((await connection.execute(statement)).scalars())

        return await self._database.run(read)

    async def _change(self, statement: Executable) -> None:
        async def write(connection: AsyncConnection) -> None:
            await connection.execute(statement)

        await self._database.run(write)
