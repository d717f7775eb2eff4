"""What one organisation sees of its media."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    any_,
    bindparam,
    func,
    literal,
    not_,
    or_,
    select,
    true,
    union_all,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.core.media import Media, MediaSummary
from voxport.core.media_query import MediaQuery
from voxport.core.paging import PAGE_BYTES, Cursor, Page
from voxport.core.scope import MediaCondition
from voxport.core.statement import Condition
from voxport.storage.cipher import Cipher
from voxport.storage.cursors import Cursors
from voxport.storage.postgres.bounded_reads import fetch_within
from voxport.storage.postgres.database import Database, Query, Transactions
from voxport.storage.postgres.tables import EXTERNAL_KEY_LENGTH, call_index, deleted_media, media
from voxport.storage.rows import REDACTED, UNENDED, media_from_row, select_media, select_summaries, summary_from_row
from voxport.storage.search.index import index_description
from voxport.storage.search.limited import DEFAULT_TIMEOUT_S, limited
from voxport.storage.search.ranking import Ranked, ranked
from voxport.storage.search.selection import meeting
from voxport.storage.storable import METADATA_REFUSED, as_written, require_storable

_LONG_CHARS = 100_000
"""What is longer is decoded in a thread, since all other requests would wait meanwhile."""
_ONE = select_media().where(media.c.id == bindparam("media_id"))
_SHOWN = media.c.deleted_at.is_(None)
_ONE_QUERY = Query.of(_ONE)
_PRESENT, _DELETED = (
    select(table.c.sequence).where(
        key == bindparam("media_id"), table.c.organization_id == bindparam("organization_id")
    )
    for table, key in ((media, media.c.id), (deleted_media, deleted_media.c.media_id))
)
_PLACE = union_all(_PRESENT, _DELETED)


class TenantMedia:
    """Deleted media and other organisations' do not exist for it."""

    def __init__(self, database: Database, bound: Transactions, cipher: Cipher, organization_id: UUID) -> None:
        """`bound` are transactions of `database` that are bound to the organisation."""
        self._database, self._bound, self._cipher = database, bound, cipher
        self._organization_id = organization_id
        self._cursors = Cursors(cipher, organization_id, "media", "the after of a page, or the mediaId of a media")

    async def get(self, media_id: UUID) -> Media | None:
        """None when there is no such media. The fastest read of this room: clients poll it."""
        row = await self._database.fetch_polled(self._organization_id, _ONE_QUERY, {"media_id": media_id})
        if row is None:
            return None
        if len(row.plan) + len(row.metadata) > _LONG_CHARS:
            return await asyncio.to_thread(media_from_row, self._cipher, row)
        return media_from_row(self._cipher, row)

    async def page(self, query: MediaQuery, timeout_s: float = DEFAULT_TIMEOUT_S) -> Page[MediaSummary]:
        """Searchable media that meet `query`: `query.limit` of them, or fewer where those are `PAGE_BYTES` long.

        Raises RequestRefused 10011 for a cursor that is not this tenant's, and 10007 where the condition of the query
        takes longer than `timeout_s`.
        """

        if query.condition is not None and query.ranked:
            return Page(await self._best(query, query.condition, timeout_s))

        async def read(connection: AsyncConnection) -> tuple[list[Row[Any]], bool]:
            async with limited(connection, timeout_s if query.searches else None):
                after = await self._place(connection, query.after, "after", query.only)
                before = await self._place(connection, query.before, "before", query.only)
                listing = self._listing(select_summaries(query.details), query, after, before)
                return await fetch_within(connection, listing, lambda row: len(row.metadata), PAGE_BYTES)

        rows, cut = await self._bound.run(read)
        following = self._cursors.of_number(rows[-1].sequence) if cut or len(rows) == query.limit else None
        return Page(await asyncio.to_thread(_summaries, rows), following)

    async def in_work(self) -> tuple[int, int]:
        """How many media have not ended, and the bytes of those that were uploaded or fetched."""
        size = func.coalesce(func.sum(media.c.size_bytes), 0).label("size_bytes")
        unended = select(func.count().label("number"), size).where(
            media.c.organization_id == self._organization_id, UNENDED
        )
        row = await self._bound.fetch_one(unended.where(media.c.deleted_at.is_(None)))
        return (0, 0) if row is None else (int(row.number), int(row.size_bytes))

    async def set_metadata(self, media_id: UUID, metadata: dict[str, Any]) -> Media | None:
        """Replaces the metadata; the media after it, None when there is no such media.

        Raises RequestRefused (10107) for a document that the database cannot hold.
        """
        require_storable(metadata, METADATA_REFUSED)

        async def write(connection: AsyncConnection) -> Media | None:
            await connection.execute(update(media).where(media.c.id == media_id).values(metadata=as_written(metadata)))
            await index_description(connection, media_id, metadata)
            row = (await connection.execute(_ONE, {"media_id": media_id})).one_or_none()
            return None if row is None else media_from_row(self._cipher, row)

        return await self._bound.run(write)

    async def _best(self, query: MediaQuery, condition: Condition, timeout_s: float) -> list[MediaSummary]:
        """Of the newest that meet the query those that fit its condition best."""
        newest = self._listing(select(media.c.id).where(_SHOWN), replace(query, descending=True), None, None)

        async def read(connection: AsyncConnection) -> tuple[dict[UUID, Ranked], list[Row[Any]]]:
            async with limited(connection, timeout_s) as shorten:
                best = await ranked(connection, newest, condition, query.limit, shorten)
                await shorten()
                its = select_summaries(query.details).where(media.c.id.in_(best))
                rows, _ = await fetch_within(connection, its, lambda row: len(row.metadata), PAGE_BYTES)
                return best, rows

        best, rows = await self._bound.run(read)
        found = {one.id: one for one in await asyncio.to_thread(_summaries, rows)}
        ids = [media_id for media_id in best if media_id in found]
        return [replace(found[one], rank=best[one].rank, snippet=best[one].snippet) for one in ids]

    def _listing(self, columns: Select[Any], query: MediaQuery, after: int | None, before: int | None) -> Select[Any]:
        """Keyset paging: cursors are sequences of media, so pages stay stable while media arrive and go."""
        # The organisation is named here too: it makes the planner take the index, security does not depend on it.
        statement = columns.where(media.c.organization_id == self._organization_id, media.c.searchable)
        if after is not None:
            behind = media.c.sequence < after if query.descending else media.c.sequence > after
            statement = statement.where(behind)
        if before is not None:
            statement = statement.where(media.c.sequence < before)
        if query.on_or_after is not None:
            statement = statement.where(media.c.created >= query.on_or_after)
        if query.on_or_before is not None:
            statement = statement.where(media.c.created <= query.on_or_before)
        if query.external_id is not None:
            statement = statement.where(_has_external_id(query.external_id))
        if query.condition is not None:
            statement = statement.where(meeting(query.condition, self._organization_id, indexed=query.indexed))
        statement = statement.where(*_conditions(query))
        if query.only is not None:
            statement = statement.where(or_(*map(_meets, query.only)))
        order = media.c.sequence.desc() if query.descending else media.c.sequence.asc()
        return statement.order_by(order).limit(query.limit)

    async def _place(
        self,
        connection: AsyncConnection,
        cursor: Cursor | None,
        parameter: str,
        only: Sequence[MediaCondition] | None = None,
    ) -> int | None:
        """The sequence that a cursor stands for; a media that was deleted lately still has its place.

        A media that meets no condition of `only` has none: where it stands would tell that it is there.
        """
        if cursor is None:
            return None
        if isinstance(cursor, str):
            return self._cursors.number(cursor, parameter)
        asked = {"media_id": cursor, "organization_id": self._organization_id}
        known = only is None or MediaCondition(cursor) in only
        place = _PLACE if known else _PRESENT.where(or_(*map(_meets, only or ())))
        row = (await connection.execute(place, asked)).first()
        if row is None:
            raise self._cursors.unknown(parameter)
        return int(row.sequence)


def _summaries(rows: Sequence[Row[Any]]) -> list[MediaSummary]:
    return [summary_from_row(row) for row in rows]


def _conditions(query: MediaQuery) -> list[ColumnElement[bool]]:
    """What is said of the media itself, beside its place in the list."""
    found: list[ColumnElement[bool]] = []
    if query.statuses:
        found.append(media.c.status.in_(query.statuses))
    if query.speaker is not None:
        its = (call_index.c.media_id == media.c.id) & (literal(query.speaker.casefold()) == any_(call_index.c.names))
        found.append(select(call_index.c.media_id).where(its).exists())
    if query.at_least_ms is not None:
        found.append(media.c.duration_ms >= query.at_least_ms)
    if query.at_most_ms is not None:
        found.append(media.c.duration_ms <= query.at_most_ms)
    if query.redacted is not None:
        found.append(REDACTED if query.redacted else not_(REDACTED))
    return found


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
