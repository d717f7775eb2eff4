"""What one organisation sees of its deliveries: the record of every attempt.

It only reads: the tenant role may not change a delivery (see `storage/replays.py` for making one again).
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Integer, Row, Select, bindparam, case, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.core.delivery import Delivery
from voxport.core.delivery_query import FIRST_PAGE, SHOWN_ATTEMPTS, DeliveryQuery, DeliveryRecord, MediaDeliveriesQuery
from voxport.core.paging import Page
from voxport.storage.cipher import Cipher
from voxport.storage.cursors import Cursors, Place
from voxport.storage.listed_deliveries import read_listed, select_listed_deliveries, within_bounds
from voxport.storage.postgres.database import Transactions
from voxport.storage.postgres.tables import EXTERNAL_KEY_LENGTH, attempts, deliveries, endpoints, media
from voxport.storage.rows import select_attempts
from voxport.storage.selection import cursors_of, having_status, made_between, place_of

_health = endpoints.alias("health")
_EXTERNAL_ID = case(
    # The whole of it, so that metadata is read only for those that are longer than the column.
    (func.length(media.c.external_key) < EXTERNAL_KEY_LENGTH, media.c.external_key),
    (media.c.external_key.is_(None), None),
    else_=media.c.metadata["externalId"].astext,
)


def _select_records() -> Select[Any]:
    """Deliveries with what `_record` needs besides."""
    same = (_health.c.organization_id == deliveries.c.organization_id) & (_health.c.endpoint == deliveries.c.endpoint)
    return (
        select_listed_deliveries()
        .outerjoin(_health, same)
        .add_columns(
            _EXTERNAL_ID.label("external_id"),
            _health.c.paused_since,
            _health.c.last_error,
            _health.c.probe_due,
        )
    )


_OF_MEDIA = (
    _select_records()
    .where(
        deliveries.c.media_id == bindparam("media_id"),
        tuple_(deliveries.c.run, deliveries.c.position)
        > tuple_(bindparam("run", type_=Integer), bindparam("position", type_=Integer)),
    )
    .order_by(deliveries.c.run, deliveries.c.position)
    .limit(bindparam("limit", type_=Integer))
)
_BEFORE_ALL = (0, -1)
"""In front of the first callback of the first run."""
_ONE = _select_records().where(deliveries.c.id == bindparam("delivery_id"))
_NUMBERED = (
    select(
        attempts.c.delivery_id,
        attempts.c.number,
        func.row_number().over(partition_by=attempts.c.delivery_id, order_by=attempts.c.number.desc()).label("back"),
    )
    .where(attempts.c.delivery_id.in_(bindparam("ids", expanding=True)))
    .subquery()
)
_ATTEMPTS = select_attempts().where(
    tuple_(attempts.c.delivery_id, attempts.c.number).in_(
        select(_NUMBERED.c.delivery_id, _NUMBERED.c.number).where(_NUMBERED.c.back <= SHOWN_ATTEMPTS)
    )
)
_LAST_NUMBERS = (
    select(attempts.c.delivery_id, func.max(attempts.c.number))
    .where(attempts.c.delivery_id.in_(bindparam("ids", expanding=True)))
    .group_by(attempts.c.delivery_id)
)
_LAST_ATTEMPTS = select_attempts().where(tuple_(attempts.c.delivery_id, attempts.c.number).in_(_LAST_NUMBERS))


class TenantDeliveries:
    """Deleted media and other organisations' do not exist for it."""

    def __init__(self, database: Transactions, cipher: Cipher, organization_id: UUID) -> None:
        """`database` is bound to the organisation."""
        self._database, self._cipher, self._organization_id = database, cipher, organization_id

    async def of_media(self, media_id: UUID, query: MediaDeliveriesQuery = FIRST_PAGE) -> Page[DeliveryRecord]:
        """Run by run in the order of the callbacks, each with its last `SHOWN_ATTEMPTS` attempts.

        Raises RequestRefused 10011 for a cursor that is not of this tenant's lists.
        """
        cursors = Cursors(self._cipher, self._organization_id, "deliveries of a media", "the after of a page")
        run, position = _BEFORE_ALL if query.after is None else cursors.pair(query.after)
        asked = {"media_id": media_id, "run": run, "position": position, "limit": query.limit + 1}

        async def read(connection: AsyncConnection) -> tuple[list[DeliveryRecord], bool]:
            return await self._read(connection, _OF_MEDIA, asked, _ATTEMPTS, query.limit)

        records, more = await self._database.run(read)
        last = records[-1].delivery if more else None
        return Page(records, None if last is None else cursors.of_pair(last.run, last.position))

    async def get(self, delivery_id: UUID) -> DeliveryRecord | None:
        """With its last `SHOWN_ATTEMPTS` attempts; None when there is no such delivery."""

        async def read(connection: AsyncConnection) -> list[DeliveryRecord]:
            records, _ = await self._read(connection, _ONE, {"delivery_id": delivery_id}, _ATTEMPTS, 1)
            return records

        found = await self._database.run(read)
        return found[0] if found else None

    async def page(self, query: DeliveryQuery) -> Page[DeliveryRecord]:
        """One page, newest first, each with its last attempt only.

        Raises RequestRefused 10011 for a cursor that is not this tenant's.
        """
        cursors = cursors_of(self._cipher, self._organization_id)

        async def read(connection: AsyncConnection) -> tuple[list[DeliveryRecord], bool]:
            place = None
            if query.after is not None:
                place = await place_of(connection, cursors, self._organization_id, query.after)
            return await self._read(connection, self._listing(query, place), {}, _LAST_ATTEMPTS, query.limit)

        records, more = await self._database.run(read)
        last = records[-1].delivery if more else None
        return Page(records, None if last is None else cursors.of_moment((last.created, last.id)))

    async def _read(
        self,
        connection: AsyncConnection,
        statement: Select[Any],
        parameters: dict[str, Any],
        of_attempts: Select[Any],
        limit: int,
    ) -> tuple[list[DeliveryRecord], bool]:
        """At most `limit` of the rows of the statement, and whether others follow."""
        found = (await connection.execute(statement, parameters)).all()
        rows = within_bounds(found[:limit])
        made: dict[UUID, list[Row[Any]]] = {}
        if rows:
            for attempt in await connection.execute(of_attempts, {"ids": [row.id for row in rows]}):
                made.setdefault(attempt.delivery_id, []).append(attempt)
        read = await read_listed(connection, self._cipher, rows, made)
        records = [_record(row, delivery) for row, delivery in zip(rows, read, strict=True)]
        return records, len(found) > len(rows)

    def _listing(self, query: DeliveryQuery, place: Place | None) -> Select[Any]:
        """Keyset paging by time of making and id, along an index."""
        # The organisation is named here too: it makes the planner take the index, security does not depend on it.
        statement = _select_records().where(deliveries.c.organization_id == self._organization_id)
        wanted = having_status(query.statuses, held=query.held)
        if wanted is not None:
            statement = statement.where(wanted)
        statement = statement.where(*made_between(query))
        if place is not None:
            statement = statement.where(tuple_(deliveries.c.created, deliveries.c.id) < tuple_(*place))
        return statement.order_by(deliveries.c.created.desc(), deliveries.c.id.desc()).limit(query.limit + 1)


def _record(row: Row[Any], delivery: Delivery) -> DeliveryRecord:
    return DeliveryRecord(
        delivery=delivery,
        external_id=row.external_id,
        endpoint=row.endpoint,
        paused=row.paused_since,
        endpoint_error=row.last_error,
        next_probe=row.probe_due,
    )
