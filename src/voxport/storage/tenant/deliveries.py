"""What one organisation sees of its deliveries: the record of every attempt.

It only reads: the tenant role may not change a delivery (see `storage/replays.py` for making one again).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, bindparam, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.core.delivery_query import DeliveryQuery, DeliveryRecord
from voxport.storage.cipher import Cipher
from voxport.storage.postgres.database import Transactions
from voxport.storage.postgres.tables import attempts, deliveries, endpoints, media
from voxport.storage.rows import delivery_from_row, select_attempts, select_deliveries
from voxport.storage.selection import Place, having_status, made_between, place_of

_health = endpoints.alias("health")


def _select_records() -> Select[Any]:
    """Deliveries with what `_record` needs besides."""
    same = (_health.c.organization_id == deliveries.c.organization_id) & (_health.c.endpoint == deliveries.c.endpoint)
    return (
        select_deliveries()
        .outerjoin(_health, same)
        .add_columns(
            media.c.metadata["externalId"].astext.label("external_id"),
            _health.c.paused_since,
            _health.c.last_error,
            _health.c.probe_due,
        )
    )


_OF_MEDIA = (
    _select_records()
    .where(deliveries.c.media_id == bindparam("media_id"))
    .order_by(deliveries.c.run, deliveries.c.position)
)
_ONE = _select_records().where(deliveries.c.id == bindparam("delivery_id"))
_ATTEMPTS = select_attempts().where(attempts.c.delivery_id.in_(bindparam("ids", expanding=True)))
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

    async def of_media(self, media_id: UUID) -> list[DeliveryRecord]:
        """Run by run in the order of the callbacks, each with its attempts."""
        return await self._records(_OF_MEDIA, {"media_id": media_id}, _ATTEMPTS)

    async def get(self, delivery_id: UUID) -> DeliveryRecord | None:
        """With all its attempts; None when there is no such delivery."""
        found = await self._records(_ONE, {"delivery_id": delivery_id}, _ATTEMPTS)
        return found[0] if found else None

    async def page(self, query: DeliveryQuery) -> list[DeliveryRecord]:
        """One page, newest first, each with its last attempt only. A cursor that is not this tenant's gives []."""

        async def read(connection: AsyncConnection) -> list[DeliveryRecord]:
            place = None
            if query.after is not None:
                place = await place_of(connection, self._organization_id, query.after)
                if place is None:
                    return []
            return await self._read(connection, self._listing(query, place), {}, _LAST_ATTEMPTS)

        return await self._database.run(read)

    async def _records(
        self, statement: Select[Any], parameters: dict[str, Any], of_attempts: Select[Any]
    ) -> list[DeliveryRecord]:
        return await self._database.run(lambda connection: self._read(connection, statement, parameters, of_attempts))

    async def _read(
        self,
        connection: AsyncConnection,
        statement: Select[Any],
        parameters: dict[str, Any],
        of_attempts: Select[Any],
    ) -> list[DeliveryRecord]:
        rows = (await connection.execute(statement, parameters)).all()
        made: dict[UUID, list[Row[Any]]] = {}
        if rows:
            for attempt in await connection.execute(of_attempts, {"ids": [row.id for row in rows]}):
                made.setdefault(attempt.delivery_id, []).append(attempt)
        return [self._record(row, made.get(row.id, ())) for row in rows]

    def _record(self, row: Row[Any], made: Sequence[Row[Any]]) -> DeliveryRecord:
        return DeliveryRecord(
            delivery=delivery_from_row(self._cipher, row, made),
            external_id=row.external_id,
            endpoint=row.endpoint,
            paused=row.paused_since,
            endpoint_error=row.last_error,
            next_probe=row.probe_due,
        )

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
        return statement.order_by(deliveries.c.created.desc(), deliveries.c.id.desc()).limit(query.limit)
