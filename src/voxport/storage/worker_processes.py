"""Which worker processes are alive, by the clock of the database."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, case, delete, func, literal_column, select
from sqlalchemy.dialects.postgresql import insert as upsert

from voxport.storage.postgres.database import Database
from voxport.storage.postgres.tables import worker_processes

_ALWAYS: ColumnElement[datetime] = literal_column("'-infinity'::timestamptz")


class WorkerProcesses:
    """Every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def beat(self, process: UUID, silence: timedelta) -> bool:
        """Says that the process is alive; whether it has been able to say so for so long, as a new one is taken to be.

        After an outage of the database nobody has: who says so first must not take the others for dead.
        """
        mine, since = worker_processes.c, func.now() - silence
        new = upsert(worker_processes).values(id=process, seen=func.now(), steady_since=_ALWAYS)
        seen_again = new.on_conflict_do_update(
            index_elements=["id"],
            set_={
                "seen": func.now(),
                "steady_since": case((mine.seen < since, func.now()), else_=mine.steady_since),
            },
        )
        row = await self._database.fetch_one(seen_again.returning(mine.steady_since <= since))
        return row is not None and bool(row[0])

    async def is_alive(self, process: UUID, silence: timedelta) -> bool:
        """Whether the process has said so within that time."""
        heard = worker_processes.c.seen >= func.now() - silence
        its = select(worker_processes.c.id).where(worker_processes.c.id == process, heard)
        return await self._database.fetch_one(its) is not None

    async def forget(self, silence: timedelta) -> None:
        """Forgets those that have said nothing for so long."""
        await self._database.execute(delete(worker_processes).where(worker_processes.c.seen < func.now() - silence))
