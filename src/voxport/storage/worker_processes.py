"""Which worker processes are alive, by the clock of the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Float, Integer, case, cast, delete, func, literal_column, select
from sqlalchemy.dialects.postgresql import insert as upsert

from voxport.core.worker_figures import WorkerFigures
from voxport.storage.postgres.clock import seconds_ahead
from voxport.storage.postgres.database import Database
from voxport.storage.postgres.tables import worker_processes

_ALWAYS: ColumnElement[datetime] = literal_column("'-infinity'::timestamptz")


@dataclass(frozen=True, slots=True)
class Beat:
    """What a process learns when it says that it is alive."""

    steady: bool
    """Whether it has been able to say so for so long, as a new one is taken to be.

    After an outage of the database nobody has: who says so first must not take the others for dead.
    """
    clock_ahead_s: float
    """How far its clock is ahead of the database's; 0 where the time of the question leaves that open."""


class WorkerProcesses:
    """Every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def beat(self, process: UUID, silence: timedelta, figures: WorkerFigures | None = None) -> Beat:
        """Says that the process is alive, and what it says about itself."""
        mine, since = worker_processes.c, func.now() - silence
        said = {} if figures is None else figures.document()
        new = upsert(worker_processes).values(id=process, seen=func.now(), steady_since=_ALWAYS, figures=said)
        seen_again = new.on_conflict_do_update(
            index_elements=["id"],
            set_={
                "seen": func.now(),
                "figures": said,
                "steady_since": case((mine.seen < since, func.now()), else_=mine.steady_since),
            },
        )
        asked = datetime.now(UTC)
        row = await self._database.fetch_one(seen_again.returning(mine.steady_since <= since, func.clock_timestamp()))
        if row is None:
            return Beat(steady=False, clock_ahead_s=0.0)
        steady, now = tuple(row)
        return Beat(steady=bool(steady), clock_ahead_s=seconds_ahead(asked, now, datetime.now(UTC)))

    async def alive(self, limit: int) -> list[WorkerFigures]:
        """Those that have just said so, with what they say about themselves; at most `limit`, by host and number."""
        said = worker_processes.c.figures
        every_s = func.coalesce(cast(said["every_s"].astext, Float), 10.0)
        heard = worker_processes.c.seen >= func.now() - func.make_interval(0, 0, 0, 0, 0, 0, 3 * every_s + 5)
        its = select(said).where(heard, said != {}).limit(limit)
        rows = await self._database.fetch_all(its.order_by(said["host"].astext, cast(said["process"].astext, Integer)))
        return [figures for row in rows if (figures := WorkerFigures.of(row.figures)) is not None]

    async def is_alive(self, process: UUID, silence: timedelta) -> bool:
        """Whether the process has said so within that time."""
        heard = worker_processes.c.seen >= func.now() - silence
        its = select(worker_processes.c.id).where(worker_processes.c.id == process, heard)
        return await self._database.fetch_one(its) is not None

    async def forget(self, silence: timedelta) -> None:
        """Forgets those that have said nothing for so long."""
        await self._database.execute(delete(worker_processes).where(worker_processes.c.seen < func.now() - silence))
