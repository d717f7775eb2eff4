"""Which deliveries a listing or a replay takes: conditions on their status, making and address, and a cursor."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.core.delivery import DEAD, DeliveryStatus
from voxport.core.delivery_query import DeliveryQuery, ReplayQuery
from voxport.core.paging import Cursor
from voxport.storage.cipher import Cipher
from voxport.storage.cursors import Cursors, Place
from voxport.storage.postgres.tables import deliveries
from voxport.storage.rows import is_held

# Written out, not as parameters: only so does the planner see that the index of just these rows will do.
IS_PENDING: ColumnElement[bool] = text("deliveries.status = 'pending'")  # type: ignore[assignment]
IS_DEAD: ColumnElement[bool] = text("deliveries.status IN ('failed', 'expired')")  # type: ignore[assignment]


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


def cursors_of(cipher: Cipher, organization_id: UUID) -> Cursors:
    """The cursors of an organisation's deliveries, for lists of them and replays alike."""
    return Cursors(cipher, organization_id, "deliveries", "the after of a page, or the deliveryId of a delivery")


async def place_of(connection: AsyncConnection, cursors: Cursors, organization_id: UUID, cursor: Cursor) -> Place:
    """The place that a cursor stands for; raises RequestRefused 10011 for one that is not this organisation's.

    Read beforehand: only with the values does the planner see how much of the index lies behind.
    """
    if isinstance(cursor, str):
        return cursors.moment(cursor)
    its = (deliveries.c.id == cursor) & (deliveries.c.organization_id == organization_id)
    row = (await connection.execute(select(deliveries.c.created, deliveries.c.id).where(its))).one_or_none()
    if row is None:
        raise cursors.unknown()
    return row.created, row.id
