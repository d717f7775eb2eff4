"""What one organisation sees of its deliveries: the record of every attempt, and the endpoints that fail.

It only reads: the tenant role may not change a delivery (see `replays` for making one again).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, func, or_, select, text, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.core.delivery import DEAD, Delivery, DeliveryStatus
from voxport.core.delivery_query import DeliveryQuery, DeliveryRecord, EndpointHealth
from voxport.storage.cipher import Cipher
from voxport.storage.postgres.database import Database
from voxport.storage.postgres.tables import attempts, deliveries, endpoints, media
from voxport.storage.rows import delivery_from_row, is_held, select_attempts, select_deliveries

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

# Written out, not as parameters: only so does the planner see that the index of just these rows will do.
IS_PENDING: ColumnElement[bool] = text("deliveries.status = 'pending'")  # type: ignore[assignment]
IS_DEAD: ColumnElement[bool] = text("deliveries.status IN ('failed', 'expired')")  # type: ignore[assignment]


Place = tuple[datetime, UUID]
"""Where a listing has a delivery: its time of making, then its id."""


class TenantDeliveries:
    """Part of `Tenant`; deleted media and other organisations' do not exist for it."""

    _database: Database
    _cipher: Cipher
    _organization_id: UUID

    async def deliveries(self, media_id: UUID) -> list[Delivery]:
        """Run by run in the order of the callbacks, each with its attempts."""
        return [record.delivery for record in await self.media_deliveries(media_id)]

    async def media_deliveries(self, media_id: UUID) -> list[DeliveryRecord]:
        """As `deliveries`, with what is told of each."""
        return await self._records(_OF_MEDIA, {"media_id": media_id}, _ATTEMPTS)

    async def delivery(self, delivery_id: UUID) -> DeliveryRecord | None:
        """With all its attempts; None when there is no such delivery."""
        found = await self._records(_ONE, {"delivery_id": delivery_id}, _ATTEMPTS)
        return found[0] if found else None

    async def list_deliveries(self, query: DeliveryQuery) -> list[DeliveryRecord]:
        """One page, newest first, each with its last attempt only. A cursor that is not this tenant's gives []."""

        async def read(connection: AsyncConnection) -> list[DeliveryRecord]:
            place = None
            if query.after is not None:
                place = await place_of(connection, self._organization_id, query.after)
                if place is None:
                    return []
            return await self._read(connection, self._deliveries_listing(query, place), {}, _LAST_ATTEMPTS)

        return await self._database.run_as(self._organization_id, read)

    async def endpoints(self) -> list[EndpointHealth]:
        """Endpoints that are paused, then those whose last round failed, longest first."""
        waiting = select(func.count()).where(
            deliveries.c.organization_id == endpoints.c.organization_id,
            deliveries.c.endpoint == endpoints.c.endpoint,
            IS_PENDING,
            deliveries.c.due.is_not(None),
        )
        statement = (
            select(endpoints, waiting.scalar_subquery().label("waiting"))
            .where(endpoints.c.organization_id == self._organization_id)
            .where(or_(endpoints.c.paused_since.is_not(None), endpoints.c.failures > 0))
            .order_by(endpoints.c.paused_since.nulls_last(), endpoints.c.failing_since, endpoints.c.endpoint)
        )

        async def read(connection: AsyncConnection) -> list[EndpointHealth]:
            return [_endpoint(row) for row in await connection.execute(statement)]

        return await self._database.run_as(self._organization_id, read)

    async def _records(
        self, statement: Select[Any], parameters: dict[str, Any], of_attempts: Select[Any]
    ) -> list[DeliveryRecord]:
        return await self._database.run_as(
            self._organization_id, lambda connection: self._read(connection, statement, parameters, of_attempts)
        )

    async def _read(
        self,
        connection: AsyncConnection,
        statement: Select[Any],
        parameters: dict[str, Any],
        of_attempts: Select[Any],
    ) -> list[DeliveryRecord]:
        rows = (await connection.execute(statement, parameters)).all()
        tried: dict[UUID, list[Row[Any]]] = {}
        if rows:
            for attempt in await connection.execute(of_attempts, {"ids": [row.id for row in rows]}):
                tried.setdefault(attempt.delivery_id, []).append(attempt)
        return [self._record(row, tried.get(row.id, ())) for row in rows]

    def _record(self, row: Row[Any], tried: Sequence[Row[Any]]) -> DeliveryRecord:
        return DeliveryRecord(
            delivery_from_row(self._cipher, row, tried),
            row.external_id,
            row.endpoint,
            row.paused_since,
            row.last_error,
            row.probe_due,
        )

    def _deliveries_listing(self, query: DeliveryQuery, place: Place | None) -> Select[Any]:
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


def having_status(statuses: Sequence[DeliveryStatus], *, held: bool = False) -> ColumnElement[bool] | None:
    """The condition on the status; None: any will do."""
    wanted = set(statuses)
    if not wanted and not held:
        return None
    either: list[ColumnElement[bool]] = []
    if wanted >= set(DEAD):
        either.append(IS_DEAD)
        wanted -= set(DEAD)
    if DeliveryStatus.PENDING in wanted:
        either.append(IS_PENDING)
        wanted.remove(DeliveryStatus.PENDING)
    elif held:
        either.append(and_(IS_PENDING, is_held()))
    if wanted & set(DEAD):
        # Named twice, so that the index of dead letters serves half of them as well.
        either.append(and_(IS_DEAD, deliveries.c.status.in_(wanted & set(DEAD))))
        wanted -= set(DEAD)
    if wanted:
        either.append(deliveries.c.status.in_(wanted))
    return either[0] if len(either) == 1 else or_(*either)


def made_between(query: Any) -> list[ColumnElement[bool]]:
    """The conditions of a DeliveryQuery or ReplayQuery besides status and cursor."""
    found: list[ColumnElement[bool]] = []
    if query.since is not None:
        found.append(deliveries.c.created >= query.since)
    if query.until is not None:
        found.append(deliveries.c.created <= query.until)
    if query.host is not None:
        found.append(deliveries.c.host == query.host.lower())
    if query.media_id is not None:
        found.append(deliveries.c.media_id == query.media_id)
    return found


async def place_of(connection: AsyncConnection, organization_id: UUID, delivery_id: UUID) -> Place | None:
    """Where a listing has that delivery; None when it is not this organisation's.

    Read beforehand: only with the values does the planner see how much of the index lies behind.
    """
    its = (deliveries.c.id == delivery_id) & (deliveries.c.organization_id == organization_id)
    row = (await connection.execute(select(deliveries.c.created, deliveries.c.id).where(its))).one_or_none()
    return None if row is None else (row.created, row.id)


def _endpoint(row: Row[Any]) -> EndpointHealth:
    return EndpointHealth(
        row.endpoint,
        row.failures,
        row.failing_since,
        row.last_error,
        row.paused_since,
        row.probe_due if row.paused_since is not None else None,
        row.waiting,
    )
