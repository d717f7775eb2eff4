"""The steps of a media's present run: which there are, and how they fare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.core.media import MediaStatus, StepStatus
from voxport.core.stages import Step
from voxport.storage.postgres.database import Database
from voxport.storage.postgres.tables import media, media_steps

_UNENDED = media.c.status.in_((MediaStatus.ACCEPTED, MediaStatus.SCHEDULED, MediaStatus.RUNNING))


@dataclass(frozen=True, slots=True)
class _Task:
    """A step of one run: what is written for an earlier run changes nothing."""

    media_id: UUID
    step: Step
    run: int


class StepWork:
    """Part of `Work`. Every method is one transaction; `run` is the run that the writer works for."""

    _database: Database

    async def start_step(self, media_id: UUID, step: Step, *, run: int = 1) -> None:
        """Started now. One that is started keeps its time; one that had failed starts anew; an ended media's stays."""
        anew = {"status": StepStatus.STARTED, "started": datetime.now(UTC), "finished": None, "fraction": None}
        await self._set_step(
            _Task(media_id, step, run), (StepStatus.PENDING, StepStatus.FAILED, StepStatus.SKIPPED), anew
        )

    async def complete_step(self, media_id: UUID, step: Step, *, run: int = 1) -> None:
        """Completed now, once; a step that was never started began and ended now."""
        now = datetime.now(UTC)
        started = func.coalesce(media_steps.c.started, now)
        values = {"status": StepStatus.COMPLETED, "started": started, "finished": now, "fraction": 1.0}
        await self._set_step(
            _Task(media_id, step, run), (StepStatus.PENDING, StepStatus.STARTED, StepStatus.FAILED), values
        )

    async def skip_step(self, media_id: UUID, step: Step, *, run: int = 1) -> None:
        """There was nothing to do for it."""
        await self._set_step(
            _Task(media_id, step, run), (StepStatus.PENDING, StepStatus.STARTED), {"status": StepStatus.SKIPPED}
        )

    async def fail_step(self, media_id: UUID, step: Step, *, run: int = 1) -> None:
        """Failed now; the media goes on, if another try is made, or is failed by `fail_media`."""
        values = {"status": StepStatus.FAILED, "finished": datetime.now(UTC)}
        await self._set_step(_Task(media_id, step, run), (StepStatus.PENDING, StepStatus.STARTED), values)

    async def set_fraction(self, media_id: UUID, step: Step, fraction: float, *, run: int = 1) -> None:
        """Share done, 0-1, of a started step; never goes back."""
        done = min(max(fraction, 0.0), 1.0)
        grown = func.greatest(func.coalesce(media_steps.c.fraction, 0.0), done)
        await self._set_step(_Task(media_id, step, run), (StepStatus.STARTED,), {"fraction": grown})

    async def _set_step(self, task: _Task, before: tuple[StepStatus, ...], values: dict[str, Any]) -> None:
        """Changes a step that is in one of the states `before`; the steps of an ended run stay as they are."""
        running = select(media.c.id).where(media.c.id == task.media_id, media.c.run == task.run, _UNENDED)
        mine = (media_steps.c.media_id.in_(running)) & (media_steps.c.step == task.step)
        statement = update(media_steps).where(mine, media_steps.c.status.in_(before)).values(values)

        async def write(connection: AsyncConnection) -> None:
            await connection.execute(statement)

        await self._database.run(write)


async def insert_steps(
    connection: AsyncConnection, media_id: UUID, organization_id: UUID, steps: Sequence[Step]
) -> None:
    """All pending, in that order, in the place of those there were."""
    await connection.execute(delete(media_steps).where(media_steps.c.media_id == media_id))
    rows = [
        {
            "media_id": media_id,
            "organization_id": organization_id,
            "position": position,
            "step": step,
            "status": StepStatus.PENDING,
            "task_id": uuid4(),
        }
        for position, step in enumerate(steps)
    ]
    if rows:
        await connection.execute(insert(media_steps), rows)
