"""Which deliveries a listing or a replay takes: conditions on their status, making and address, and a cursor."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.core.delivery import DEAD, DeliveryStatus
from voxport.core.delivery_query import DeliveryQuery, ReplayQuery
from voxport.storage.postgres.tables import deliveries
from voxport.storage.rows import is_held

# Written out, not as parameters: only so does the planner see that the index of just these rows will do.
IS_PENDING: ColumnElement[bool] = text("deliveries.status = 'pending'")  # type: ignore[assignment]
IS_DEAD: ColumnElement[bool] = text("deliveries.status IN ('failed', 'expired')")  # type: ignore[assignment]


Place = tuple[datetime, UUID]
"""Where a listing has a delivery: its time of making, then its id."""


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


def made_between(query: DeliveryQuery | ReplayQuery) -> list[ColumnElement[bool]]:
    """The conditions of a query besides status and cursor."""
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
