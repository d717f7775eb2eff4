"""What one organisation sees of its media."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, bindparam, func, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.core.media import Media
from voxport.core.media_query import MediaQuery
from voxport.core.scope import MediaCondition
from voxport.storage.cipher import Cipher
from voxport.storage.postgres.database import Database, Query, Transactions
from voxport.storage.postgres.tables import EXTERNAL_KEY_LENGTH, media
from voxport.storage.rows import media_from_row, select_media
from voxport.storage.storable import METADATA_REFUSED, as_written, require_storable

_ONE = select_media().where(media.c.id == bindparam("media_id"))
_ONE_QUERY = Query.of(_ONE)


class TenantMedia:
    """Deleted media and other organisations' do not exist for it."""

    def __init__(self, database: Database, bound: Transactions, cipher: Cipher, organization_id: UUID) -> None:
        """`bound` are transactions of `database` that are bound to the organisation."""
        self._database, self._bound, self._cipher = database, bound, cipher
        self._organization_id = organization_id

    async def get(self, media_id: UUID) -> Media | None:
        """None when there is no such media. The fastest read of this room: clients poll it."""
        row = await self._database.fetch_polled(self._organization_id, _ONE_QUERY, {"media_id": media_id})
        return None if row is None else media_from_row(self._cipher, row)

    async def page(self, query: MediaQuery) -> list[Media]:
        """Searchable media that meet `query`, with their steps. A cursor that is not this tenant's gives []."""
        return [media_from_row(self._cipher, row) for row in await self._bound.fetch_all(self._listing(query))]

    async def set_metadata(self, media_id: UUID, metadata: dict[str, Any]) -> Media | None:
        """Replaces the metadata; the media after it, None when there is no such media.

        Raises RequestRefused (10107) for a document that the database cannot hold.
        """
        require_storable(metadata, METADATA_REFUSED)

        async def write(connection: AsyncConnection) -> Media | None:
            await connection.execute(update(media).where(media.c.id == media_id).values(metadata=as_written(metadata)))
            row = (await connection.execute(_ONE, {"media_id": media_id})).one_or_none()
            return None if row is None else media_from_row(self._cipher, row)

        return await self._bound.run(write)

    def _listing(self, query: MediaQuery) -> Select[Any]:
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
            statement = statement.where(_has_external_id(query.external_id))
        if query.only is not None:
            statement = statement.where(or_(*map(_meets, query.only)))
        order = media.c.sequence.desc() if query.descending else media.c.sequence.asc()
        return statement.order_by(order).limit(query.limit)

    def _sequence_of(self, media_id: UUID) -> ScalarSelect[int]:
        cursor = media.alias("cursor_media")
        same = (cursor.c.id == media_id) & (cursor.c.organization_id == self._organization_id)
        return select(cursor.c.sequence).where(same).scalar_subquery()


def _has_external_id(external_id: str) -> ColumnElement[bool]:
    found = media.c.external_key == external_id[:EXTERNAL_KEY_LENGTH]
    return and_(found, media.c.metadata["externalId"].astext == external_id)


def _meets(condition: MediaCondition) -> ColumnElement[bool]:
    """As `MediaCondition.holds`."""
    found: list[ColumnElement[bool]] = [true()]
    if condition.media_id is not None:
        found.append(media.c.id == condition.media_id)
    if condition.external_id is not None:
        found.append(_has_external_id(condition.external_id))
    for name, value in condition.extended:
        field = media.c.metadata["extended"][name]
        found += (func.json_typeof(field) == "string", field.astext == value)
    return and_(*found)
