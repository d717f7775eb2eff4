"""Deliveries over all organisations: one, and how its rounds end."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.core.delivery import Cause, Delivery, DeliveryStatus
from voxport.storage.attempts import close_media
from voxport.storage.cipher import Cipher
from voxport.storage.postgres.clock import seconds_from_now
from voxport.storage.postgres.database import Database
from voxport.storage.postgres.tables import attempts, deliveries, media
from voxport.storage.rows import delivery_from_row, select_attempts, select_deliveries
from voxport.storage.storable import made_storable

_ONE = select_deliveries().where(deliveries.c.id == bindparam("delivery_id"))
_ATTEMPTS = select_attempts().where(attempts.c.delivery_id == bindparam("delivery_id"))
_PENDING = deliveries.c.status == DeliveryStatus.PENDING
_UNCLAIMED: dict[str, Any] = {"claimed_by": None, "claimed_until": None}


class Deliveries:
    """Every method is one transaction. `worker` None: whoever has claimed it."""

    def __init__(self, database: Database, cipher: Cipher) -> None:
        self._database, self._cipher = database, cipher

    async def get(self, delivery_id: UUID) -> Delivery | None:
        """With its attempts; None also when its media is deleted."""

        async def read(connection: AsyncConnection) -> Delivery | None:
            row = (await connection.execute(_ONE, {"delivery_id": delivery_id})).one_or_none()
            if row is None:
                return None
            made = (await connection.execute(_ATTEMPTS, {"delivery_id": delivery_id})).all()
            return delivery_from_row(self._cipher, row, made)

        return await self._database.run(read)

    async def end_round(
        self, delivery_id: UUID, *, wait_s: float, rounds_made: int, cause: Cause, worker: UUID | None
    ) -> None:
        """The next round, for `cause`, is due in `wait_s` seconds of the database's clock; nobody's claim now.

        No effect on an ended one, nor on one that `worker` no longer holds: another goes on with it.
        """
        values = {"due": seconds_from_now(wait_s), "round": rounds_made, "cause": cause, **_UNCLAIMED}
        pending = update(deliveries).where(deliveries.c.id == delivery_id, _PENDING, *_claimed_by(worker))
        await self._database.execute(pending.values(values))

    async def set_delivered(self, delivery_id: UUID) -> bool:
        """False when it had ended."""
        return await self._end(delivery_id, {"status": DeliveryStatus.DELIVERED, "reason": None}, None)

    async def set_failed(self, delivery_id: UUID, reason: str, *, status: DeliveryStatus, worker: UUID | None) -> bool:
        """Failed, or expired, for good; False when it had ended, or `worker` no longer holds it."""
        return await self._end(delivery_id, {"status": status, "reason": made_storable(reason)}, worker)

    async def _end(self, delivery_id: UUID, how: dict[str, Any], worker: UUID | None) -> bool:
        values = {**how, **_UNCLAIMED, "due": None, "ended": func.now(), "round": deliveries.c.round + 1}
        its_media = select(deliveries.c.media_id).where(deliveries.c.id == delivery_id).scalar_subquery()
        pending = update(deliveries).where(deliveries.c.id == delivery_id, _PENDING, *_claimed_by(worker))
        ended = pending.values(values).returning(deliveries.c.media_id)

        async def write(connection: AsyncConnection) -> bool:
            # All deliveries of the media are ended one after another, so that the last one closes the step.
            await connection.execute(select(media.c.id).where(media.c.id == its_media).with_for_update())
            row = (await connection.execute(ended)).one_or_none()
            if row is None:
                return False
            await close_media(connection, [row.media_id])
            return True

        return await self._database.run(write)


def _claimed_by(worker: UUID | None) -> list[ColumnElement[bool]]:
    return [] if worker is None else [deliveries.c.claimed_by == worker]
