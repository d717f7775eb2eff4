"""Endpoints that fail: counted, paused, probed, and forgotten when something arrives there. By its clock."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Update, and_, case, delete, func, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.core.delivery import Cause, DeliveryStatus
from voxport.storage.claims import notify_workers
from voxport.storage.postgres.clock import seconds_from_now
from voxport.storage.postgres.database import Database
from voxport.storage.postgres.tables import deliveries, endpoints
from voxport.storage.records import Endpoint
from voxport.storage.storable import made_storable


class Endpoints:
    """Every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def failed(self, endpoint: Endpoint, error: str, *, pause_after: int, first_probe_s: float) -> bool:
        """One more round failed there; True when that was the one that pauses it."""
        organization_id, address = endpoint
        now, first_probe = func.now(), seconds_from_now(first_probe_s)
        first_is_enough = pause_after <= 1
        new = upsert(endpoints).values(
            organization_id=organization_id,
            endpoint=address,
            failures=1,
            failing_since=now,
            last_error=made_storable(error),
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
                "last_error": made_storable(error),
                "paused_since": case((enough, func.coalesce(endpoints.c.paused_since, now)), else_=None),
                "probe_due": case((enough, func.coalesce(endpoints.c.probe_due, first_probe)), else_=None),
            },
        ).returning((endpoints.c.paused_since == now).label("paused_now"))
        row = await self._database.fetch_one(changed)
        return row is not None and bool(row.paused_now)

    async def answered(self, endpoint: Endpoint) -> bool:
        """Something arrived there: nothing is held against it. True when it had been paused.

        What waits for a later round of the schedule after a pause is due now: who has come back wants it.
        """
        organization_id, address = endpoint
        forget = delete(endpoints).where(_is(endpoint)).returning(endpoints.c.paused_since)
        waiting = and_(
            deliveries.c.organization_id == organization_id,
            deliveries.c.endpoint == address,
            deliveries.c.status == DeliveryStatus.PENDING,
            deliveries.c.due.is_not(None),
            deliveries.c.claimed_by.is_(None),
        )
        resume: Update = update(deliveries).where(waiting).values(due=func.now(), cause=Cause.RESUMED)

        async def write(connection: AsyncConnection) -> bool:
            row = (await connection.execute(forget)).one_or_none()
            if row is None or row.paused_since is None:
                return False
            await connection.execute(resume)
            await notify_workers(connection)
            return True

        return await self._database.run(write)

    async def probe_now(self, endpoint: Endpoint) -> None:
        """A paused endpoint is asked again now: the last probe has asked it nothing."""
        paused = update(endpoints).where(_is(endpoint), endpoints.c.paused_since.is_not(None))
        await self._database.execute(paused.values(probe_due=func.now()))


def _is(endpoint: Endpoint) -> ColumnElement[bool]:
    organization_id, address = endpoint
    return (endpoints.c.organization_id == organization_id) & (endpoints.c.endpoint == address)
