"""Counting what was processed, in the transaction in which a run finishes; deleting a media takes nothing away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.core.plan import Plan
from voxport.core.usage import products_of
from voxport.storage.postgres.tables import usage


@dataclass(frozen=True, slots=True)
class FinishedRun:
    """A run of a media that has just finished."""

    organization_id: UUID
    run: int
    finished: datetime
    """By the database's clock."""
    duration_ms: int
    """Length of the recording."""


async def count_run(connection: AsyncConnection, ended: FinishedRun, plan: Plan) -> None:
    """Adds the run to its day, once for each of its products."""
    day = ended.finished.astimezone(UTC).date()
    counts = {"organization_id": ended.organization_id, "day": day, "milliseconds": ended.duration_ms, "calls": 1}
    # Always in the same order: two runs that finish at once wait for each other and never cross.
    rows = [{**counts, "product": product} for product in sorted(products_of(plan, ended.run))]
    new = upsert(usage)
    counted = new.on_conflict_do_update(
        index_elements=["organization_id", "day", "product"],
        set_={
            "milliseconds": usage.c.milliseconds + new.excluded.milliseconds,
            "calls": usage.c.calls + new.excluded.calls,
        },
    )
    await connection.execute(counted, rows)
