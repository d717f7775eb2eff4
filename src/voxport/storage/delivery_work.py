"""The workflow's side of deliveries: how they end, and how their endpoints fare."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, case, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.core.delivery import Cause, Delivery, DeliveryStatus
from voxport.storage.cipher import Cipher
from voxport.storage.claims import DELIVERIES_CHANNEL, ClaimWork, Endpoint
from voxport.storage.postgres.database import Database
from voxport.storage.postgres.tables import attempts, deliveries, endpoints, media
from voxport.storage.rows import delivery_from_row, select_attempts, select_deliveries
from voxport.storage.tries import TryWork, close_media, storable

_ONE = select_deliveries().where(deliveries.c.id == bindparam("delivery_id"))
_ATTEMPTS = select_attempts().where(attempts.c.delivery_id == bindparam("delivery_id"))
_PENDING = deliveries.c.status == DeliveryStatus.PENDING
_FREE: dict[str, Any] = {"claimed_by": None, "claimed_until": None}


class DeliveryWork(ClaimWork, TryWork):
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

    async def end_round(
        self,
        delivery_id: UUID,
        due: datetime | None,
        round: int,
        cause: Cause = Cause.SCHEDULE,
        *,
        worker: UUID | None = None,
    ) -> None:
        """`round` rounds are made; the next, for `cause`, is due at `due` (None: not by the clock); nobody's claim now.

        No effect on an ended one, nor on one that `worker` no longer holds: another goes on with it.
        """
        pending = update(deliveries).where(deliveries.c.id == delivery_id, _PENDING, *_held_by(worker))

        async def write(connection: AsyncConnection) -> None:
            await connection.execute(pending.values(due=due, round=round, cause=cause, **_FREE))

        await self._database.run(write)

    async def set_delivered(self, delivery_id: UUID) -> bool:
        """False when it had ended."""
        return await self._end(delivery_id, {"status": DeliveryStatus.DELIVERED, "reason": None})

    async def set_failed(
        self,
        delivery_id: UUID,
        reason: str,
        status: DeliveryStatus = DeliveryStatus.FAILED,
        *,
        worker: UUID | None = None,
    ) -> bool:
        """Failed, or expired, for good; False when it had ended, or `worker` no longer holds it."""
        return await self._end(delivery_id, {"status": status, "reason": storable(reason)}, worker)

    async def _end(self, delivery_id: UUID, values: dict[str, Any], worker: UUID | None = None) -> bool:
        values = {**values, **_FREE, "due": None, "ended": datetime.now(UTC), "round": deliveries.c.round + 1}

        async def write(connection: AsyncConnection) -> bool:
            # All deliveries of the media are ended one after another, so that the last one closes the step.
            its = select(deliveries.c.media_id).where(deliveries.c.id == delivery_id).scalar_subquery()
            await connection.execute(select(media.c.id).where(media.c.id == its).with_for_update())
            pending = update(deliveries).where(deliveries.c.id == delivery_id, _PENDING, *_held_by(worker))
            ended = pending.values(values).returning(deliveries.c.media_id)
            row = (await connection.execute(ended)).one_or_none()
            if row is None:
                return False
            await close_media(connection, [row.media_id], datetime.now(UTC))
            return True

        return await self._database.run(write)

    async def undelivered(self, media_id: UUID) -> int:
        """Deliveries of the media that are still pending."""
        statement = select(func.count()).select_from(deliveries).where(deliveries.c.media_id == media_id, _PENDING)

        async def read(connection: AsyncConnection) -> int:
            return int((await connection.execute(statement)).scalar_one())

        return await self._database.run(read)

    async def endpoint_failed(self, endpoint: Endpoint, error: str, *, pause_after: int, first_probe_s: float) -> bool:
        """One more round failed there; True when that was the one that pauses it."""
        organization_id, address = endpoint
        now = datetime.now(UTC)
        first_is_enough = pause_after <= 1
        first_probe = now + timedelta(seconds=first_probe_s)
        new = upsert(endpoints).values(
            organization_id=organization_id,
            endpoint=address,
            failures=1,
            failing_since=now,
            last_error=storable(error),
            paused_since=now if first_is_enough else None,
            probe_due=first_probe if first_is_enough else None,
        )
        failures = endpoints.c.failures + 1
        enough = failures >= pause_after
        changed = new.on_conflict_do_update(
            index_elements=["organization_id", "endpoint"],
            set_={
                "failures": failures,
                "failing_since": func.coalesce(endpoints.c.failing_since, now),
                "last_error": storable(error),
                "paused_since": case((enough, func.coalesce(endpoints.c.paused_since, now)), else_=None),
                "probe_due": case((enough, func.coalesce(endpoints.c.probe_due, first_probe)), else_=None),
            },
        ).returning(endpoints.c.failures, endpoints.c.paused_since)

        async def write(connection: AsyncConnection) -> bool:
            row = (await connection.execute(changed)).one()
            return bool(row.paused_since == now)

        return await self._database.run(write)

    async def endpoint_answered(self, endpoint: Endpoint) -> bool:
        """Something arrived there: nothing is held against it. True when it had been paused.

        What waits for a later round of the schedule after a pause is due now: who has come back wants it.
        """
        organization_id, address = endpoint
        its = (endpoints.c.organization_id == organization_id) & (endpoints.c.endpoint == address)
        forget = delete(endpoints).where(its).returning(endpoints.c.paused_since)
        waiting = (deliveries.c.organization_id == organization_id) & (deliveries.c.endpoint == address) & _PENDING
        resume = update(deliveries).where(waiting, deliveries.c.due.is_not(None), deliveries.c.claimed_by.is_(None))

        async def write(connection: AsyncConnection) -> bool:
            row = (await connection.execute(forget)).one_or_none()
            if row is None or row.paused_since is None:
                return False
            await connection.execute(resume.values(due=datetime.now(UTC), cause=Cause.RESUMED))
            await connection.execute(select(func.pg_notify(DELIVERIES_CHANNEL, "")))
            return True

        return await self._database.run(write)

    async def probe_at_once(self, endpoint: Endpoint) -> None:
        """A paused endpoint is asked again now: the last probe has asked it nothing."""
        organization_id, address = endpoint
        its = (endpoints.c.organization_id == organization_id) & (endpoints.c.endpoint == address)
        paused = update(endpoints).where(its, endpoints.c.paused_since.is_not(None))

        async def write(connection: AsyncConnection) -> None:
            await connection.execute(paused.values(probe_due=datetime.now(UTC)))

        await self._database.run(write)


def _held_by(worker: UUID | None) -> list[ColumnElement[bool]]:
    return [] if worker is None else [deliveries.c.claimed_by == worker]
