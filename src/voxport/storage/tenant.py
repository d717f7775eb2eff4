"""What one organisation sees of its media. Row-level security makes a forgotten filter return nothing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.core.media import Media
from voxport.core.media_query import MediaQuery
from voxport.storage.cipher import Cipher
from voxport.storage.definitions import TenantDefinitions
from voxport.storage.postgres.database import Database, Query
from voxport.storage.postgres.tables import EXTERNAL_KEY_LENGTH, media
from voxport.storage.rows import (
    METADATA_REFUSED,
    media_from_row,
    require_storable,
    select_media,
)
from voxport.storage.tenant_deliveries import TenantDeliveries

_ONE = select_media().where(media.c.id == bindparam("media_id"))
_ONE_QUERY = Query.of(_ONE)


class Tenant(TenantDefinitions, TenantDeliveries):
    """Reads and writes of one organisation; deleted media and other organisations' do not exist for it."""

    def __init__(self, database: Database, cipher: Cipher, organization_id: UUID) -> None:
        self._database, self._cipher, self._organization_id = database, cipher, organization_id

    async def media(self, media_id: UUID) -> Media | None:
        """None when there is no such media. The fastest read of this room: clients poll it."""
        row = await self._database.read_one_as(self._organization_id, _ONE_QUERY, {"media_id": media_id})
        return None if row is None else media_from_row(self._cipher, row)

    async def list_media(self, query: MediaQuery) -> list[Media]:
        """Searchable media that meet `query`, with their steps. A cursor that is not this tenant's gives []."""
        statement = self._listing(query)

        async def read(connection: AsyncConnection) -> list[Media]:
            return [media_from_row(self._cipher, row) for row in await connection.execute(statement)]

        return await self._database.run_as(self._organization_id, read)

    async def set_metadata(self, media_id: UUID, metadata: dict[str, Any]) -> Media | None:
        """Replaces the metadata; the media after it, None when there is no such media.

        Raises RequestRefused (10107) for a document that the database cannot hold.
        """
        require_storable(metadata, METADATA_REFUSED)

        async def write(connection: AsyncConnection) -> Media | None:
            await connection.execute(update(media).where(media.c.id == media_id).values(metadata=metadata))
            row = (await connection.execute(_ONE, {"media_id": media_id})).one_or_none()
            return None if row is None else media_from_row(self._cipher, row)

        return await self._database.run_as(self._organization_id, write)

    def _listing(self, query: MediaQuery) -> Any:
        """Keyset paging: the cursor is the sequence of the media it names, so pages stay stable while media arrive."""
        # The organisation is named here too: it makes the planner take the index, security does not depend on it.
        statement = select_media().where(media.c.organization_id == self._organization_id, media.c.searchable)
        if query.after is not None:
            statement = statement.where(media.c.sequence > self._sequence_of(query.after))
        if query.before is not None:
            statement = statement.where(media.c.sequence < self._sequence_of(query.before))
        if query.on_or_after is not None:
            statement = statement.where(media.c.created >= query.on_or_after)
        if query.on_or_before is not None:
            statement = statement.where(media.c.created <= query.on_or_before)
        if query.external_id is not None:
            statement = statement.where(
                media.c.external_key == query.external_id[:EXTERNAL_KEY_LENGTH],
                media.c.metadata["externalId"].astext == query.external_id,
            )
        order = media.c.sequence.desc() if query.descending else media.c.sequence.asc()
        return statement.order_by(order).limit(query.limit)

    def _sequence_of(self, media_id: UUID) -> Any:
        cursor = media.alias("cursor_media")
        same = (cursor.c.id == media_id) & (cursor.c.organization_id == self._organization_id)
        return select(cursor.c.sequence).where(same).scalar_subquery()
