"""The workflow's side of deliveries: what is due, what was tried, how it ended."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.core.delivery import Attempt, Delivery, DeliveryStatus
from voxport.core.media import Step, StepStatus
from voxport.storage.cipher import Cipher
from voxport.storage.database import Database
from voxport.storage.ending import close_deliver_step
from voxport.storage.rows import delivery_from_row, select_attempts, select_deliveries
from voxport.storage.tables import attempts, deliveries, media, media_steps

_ONE = select_deliveries().where(deliveries.c.id == bindparam("delivery_id"))
_ATTEMPTS = select_attempts().where(attempts.c.delivery_id == bindparam("delivery_id"))
_PENDING = deliveries.c.status == DeliveryStatus.PENDING


class DeliveryWork:
    """Part of `Work`. Every method is one transaction."""

    def __init__(self, database: Database, cipher: Cipher) -> None:
        self._database, self._cipher = database, cipher

    async def delivery(self, delivery_id: UUID) -> Delivery | None:
        """With its attempts; None also when its media is deleted."""

        async def read(connection: AsyncConnection) -> Delivery | None:
            row = (await connection.execute(_ONE, {"delivery_id": delivery_id})).one_or_none()
            if row is None:
                return None
            tried = (await connection.execute(_ATTEMPTS, {"delivery_id": delivery_id})).all()
            return delivery_from_row(self._cipher, row, tried)

        return await self._database.run(read)

    async def record_attempt(self, delivery_id: UUID, attempt: Attempt) -> None:
        """Keeps the attempt; the first sets `first_attempt` of the delivery and starts the deliver step.

        The same attempt recorded twice (same start) is kept once. When its number is taken by another, as after two
        rounds at once, it gets the next free one: an attempt that was made is never lost from the record.
        """

        async def write(connection: AsyncConnection) -> None:
            first = func.coalesce(deliveries.c.first_attempt, attempt.started)
            touched = update(deliveries).where(deliveries.c.id == delivery_id).values(first_attempt=first)
            row = (
                await connection.execute(touched.returning(deliveries.c.media_id, deliveries.c.organization_id))
            ).one_or_none()
            if row is not None:
                await _keep_attempt(connection, delivery_id, row.organization_id, attempt)
                await _start_deliver_step(connection, row.media_id, attempt.started)

        await self._database.run(write)

    async def end_round(self, delivery_id: UUID, due: datetime | None, round: int) -> None:
        """`round` rounds are made; the next is due at `due` (None: not by the clock). No effect on an ended one."""
        pending = update(deliveries).where(deliveries.c.id == delivery_id, _PENDING)

        async def write(connection: AsyncConnection) -> None:
            await connection.execute(pending.values(due=due, round=round))

        await self._database.run(write)

    async def set_delivered(self, delivery_id: UUID) -> bool:
        """False when it had ended."""
        return await self._end(delivery_id, {"status": DeliveryStatus.DELIVERED, "reason": None})

    async def set_failed(self, delivery_id: UUID, reason: str) -> bool:
        """False when it had ended."""
        return await self._end(delivery_id, {"status": DeliveryStatus.FAILED, "reason": reason})

    async def _end(self, delivery_id: UUID, values: dict[str, Any]) -> bool:
        values = {**values, "due": None, "ended": datetime.now(UTC), "round": deliveries.c.round + 1}

        async def write(connection: AsyncConnection) -> bool:
            # All deliveries of the media are ended one after another, so that the last one closes the step.
            its = select(deliveries.c.media_id).where(deliveries.c.id == delivery_id).scalar_subquery()
            await connection.execute(select(media.c.id).where(media.c.id == its).with_for_update())
            ended = update(deliveries).where(deliveries.c.id == delivery_id, _PENDING).values(values)
            row = (await connection.execute(ended.returning(deliveries.c.media_id))).one_or_none()
            if row is None:
                return False
            await close_deliver_step(connection, row.media_id)
            return True

        return await self._database.run(write)

    async def due_deliveries(self, now: datetime, limit: int = 100) -> list[UUID]:
        """Pending deliveries whose time has come, longest due first."""
        statement = (
            select(deliveries.c.id)
            .join(media, media.c.id == deliveries.c.media_id)
            .where(_PENDING, deliveries.c.due <= now, media.c.deleted_at.is_(None))
            .order_by(deliveries.c.due)
            .limit(limit)
        )

        async def read(connection: AsyncConnection) -> list[UUID]:
            return list((await connection.execute(statement)).scalars())

        return await self._database.run(read)

    async def undelivered(self, media_id: UUID) -> int:
        """Deliveries of the media that are still pending."""
        statement = select(func.count()).select_from(deliveries).where(deliveries.c.media_id == media_id, _PENDING)

        async def read(connection: AsyncConnection) -> int:
            return int((await connection.execute(statement)).scalar_one())

        return await self._database.run(read)


async def _keep_attempt(
    connection: AsyncConnection, delivery_id: UUID, organization_id: UUID, attempt: Attempt
) -> None:
    mine = attempts.c.delivery_id == delivery_id
    known = select(attempts.c.number).where(mine, attempts.c.started == attempt.started)
    if (await connection.execute(known)).first() is not None:
        return
    next_number = func.coalesce(func.max(attempts.c.number) + 1, 1)
    free = select(func.greatest(next_number, literal(attempt.number))).where(mine).scalar_subquery()
    values = {
        "delivery_id": delivery_id,
        "organization_id": organization_id,
        "number": free,
        "started": attempt.started,
        "duration_ms": attempt.duration_ms,
        "status": attempt.status,
        "sent_bytes": attempt.sent_bytes,
        "error": _storable(attempt.error),
        "answer_excerpt": _storable(attempt.answer_excerpt),
        "cause": attempt.cause,
    }
    await connection.execute(insert(attempts).values(values))


async def _start_deliver_step(connection: AsyncConnection, media_id: UUID, started: datetime) -> None:
    mine = (media_steps.c.media_id == media_id) & (media_steps.c.step == Step.DELIVER)
    waiting = mine & (media_steps.c.status == StepStatus.PENDING)
    await connection.execute(update(media_steps).where(waiting).values(status=StepStatus.STARTED, started=started))


def _storable(foreign: str | None) -> str | None:
    """Text of a customer's server, which PostgreSQL must be able to hold."""
    if foreign is None:
        return None
    return foreign.replace("\0", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode()
