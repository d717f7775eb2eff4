"""The steps of a media's present run: which there are, and how they fare. Which there are is decided elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Text, Update, Uuid, bindparam, case, delete, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.core.media import StepStatus
from voxport.core.stages import Step
from voxport.storage.postgres.database import Change, Database, Query
from voxport.storage.postgres.tables import media, media_steps
from voxport.storage.rows import UNENDED

CLOSE_DELIVER = text(
    """
    UPDATE media_steps AS step SET
        status = CASE WHEN ended.dead THEN 'failed' WHEN ended.arrived THEN 'completed' ELSE 'skipped' END,
        finished = CASE WHEN ended.dead OR ended.arrived THEN now() END
    FROM (
        SELECT media_id, bool_or(status IN ('failed', 'expired')) AS dead, bool_or(status = 'delivered') AS arrived
        FROM deliveries AS d WHERE media_id = ANY(CAST(:media AS uuid[]))
            AND run = (SELECT m.run FROM media AS m WHERE m.id = d.media_id)
        GROUP BY media_id HAVING NOT bool_or(status = 'pending')
    ) AS ended
    WHERE step.media_id = ended.media_id AND step.step = 'deliver'
    """
)


_COMPLETING = """
    UPDATE media_steps SET
        status = 'completed', started = coalesce(started, now()), finished = now(), fraction = 1, holder = NULL
    WHERE media_id = :media_id AND step = :step AND status IN ('pending', 'started', 'failed')
        AND EXISTS (SELECT FROM media WHERE id = :media_id AND run = :run AND media.status IN ('accepted', 'running'))
"""
# The media is locked before its step, as everywhere.
_START = text(
    """
    WITH running AS (
        UPDATE media SET status = 'running'
        WHERE media.id = :media_id AND media.run = :run AND media.status = 'accepted' AND media.deleted_at IS NULL
        RETURNING media.id
    ), before AS (
        SELECT s.holder, s.alone, s.crashes, s.crashes_alone, s.artefacts
        FROM media_steps AS s JOIN media ON media.id = s.media_id LEFT JOIN running ON running.id = media.id
        WHERE s.media_id = :media_id AND s.step = :step AND s.status <> 'completed'
            AND media.run = :run AND media.status IN ('accepted', 'running')
        FOR UPDATE OF s
    ), begun AS (
        UPDATE media_steps AS s SET
            status = 'started',
            started = CASE WHEN s.status = 'started' THEN s.started ELSE now() END,
            finished = NULL,
            fraction = CASE WHEN s.status = 'started' THEN s.fraction END,
            holder = :holder,
            alone = :alone
        FROM before WHERE s.media_id = :media_id AND s.step = :step
    ), completed AS (COMPLETING)
    SELECT * FROM before
    """.replace("COMPLETING", _COMPLETING.replace(":step", ":completes"))
).bindparams(bindparam("holder", type_=Uuid), bindparam("completes", type_=Text))
_COMPLETE = text(_COMPLETING)
_COMPLETION = Query.of(_COMPLETE)


_INSERT = text(
    """
    INSERT INTO media_steps (media_id, organization_id, position, step, status, task_id)
    SELECT :media_id, :organization_id, asked.place - 1, asked.step, 'pending', gen_random_uuid()
    FROM unnest(CAST(:steps AS text[])) WITH ORDINALITY AS asked (step, place)
    """
).bindparams(bindparam("media_id", type_=Uuid), bindparam("organization_id", type_=Uuid))


@dataclass(frozen=True, slots=True)
class Hold:
    """Who has had a step in hand, and what became of those who had."""

    holder: UUID | None = None
    """The worker process; None: it has given the step back, or nobody had it."""
    alone: bool = False
    """Whether nobody else was at work in that process."""
    crashes: int = 0
    """Processes that have died with it, since it has made progress."""
    crashes_alone: int = 0
    """Those of them in which nobody else was at work."""
    artefacts: int | None = None
    """Objects of the media in the store at the last of these deaths; None: there was none."""


class Steps:
    """Every method is one transaction. `run` is the run that the writer works for: other runs stay as they are."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def start(
        self,
        media_id: UUID,
        step: Step,
        *,
        run: int,
        holder: UUID | None = None,
        alone: bool = False,
        completes: Step | None = None,
    ) -> Hold:
        """Started now, in the hands of `holder`, and with it an accepted run; who had the step in hand before.

        One that is started keeps its time; one that was skipped or has failed starts again. `completes` is completed in
        the same statement.
        """
        asked = {"media_id": media_id, "run": run, "holder": holder, "alone": alone}
        steps = {"step": step.value, "completes": None if completes is None else completes.value}
        row = await self._database.fetch_one(_START, {**asked, **steps})
        return Hold() if row is None else Hold(**row._mapping)

    async def count_crash(self, media_id: UUID, step: Step, hold: Hold, *, run: int) -> None:
        """Keeps the counts of `hold` with the step."""
        values = {"crashes": hold.crashes, "crashes_alone": hold.crashes_alone, "artefacts": hold.artefacts}
        await self._set(media_id, step, run, (StepStatus.STARTED,), values)

    async def give_back(self, media_id: UUID, step: Step, *, run: int, holder: UUID) -> None:
        """The process has it in hand no longer; what another holds stays."""
        mine = (media_steps.c.media_id == media_id) & (media_steps.c.step == step) & (media_steps.c.holder == holder)
        its_run = media_steps.c.media_id.in_(select(media.c.id).where(media.c.id == media_id, media.c.run == run))
        await self._database.execute(update(media_steps).where(mine, its_run).values(holder=None))

    async def complete(self, media_id: UUID, step: Step, *, run: int) -> None:
        """Completed now, once; a step that was never started began and ended now."""
        await self._database.execute(_COMPLETE, _named(media_id, step, run))

    def completion(self, media_id: UUID, step: Step, *, run: int) -> Change:
        """What `complete` does, for who makes it part of a statement of his own."""
        return Change(_COMPLETION, _named(media_id, step, run))

    async def skip(self, media_id: UUID, step: Step, *, run: int) -> None:
        """There was nothing to do for it."""
        values = {"status": StepStatus.SKIPPED}
        await self._set(media_id, step, run, (StepStatus.PENDING, StepStatus.STARTED), values)

    async def set_fraction(self, media_id: UUID, step: Step, fraction: float, *, run: int) -> None:
        """Share done, 0-1, of a started step; never goes back."""
        done = min(max(fraction, 0.0), 1.0)
        grown = func.greatest(func.coalesce(media_steps.c.fraction, 0.0), done)
        await self._set(media_id, step, run, (StepStatus.STARTED,), {"fraction": grown})

    async def extend(self, media_id: UUID, steps: Sequence[Step], *, run: int) -> None:
        """Gives the run those of `steps` that it lacks, pending; `steps` has all that it has, in their new order."""

        async def write(connection: AsyncConnection) -> None:
            its = select(media.c.organization_id).where(media.c.id == media_id, media.c.run == run, UNENDED)
            owner = (await connection.execute(its.with_for_update())).scalar_one_or_none()
            if owner is None:
                return
            mine = media_steps.c.media_id == media_id
            stored = (await connection.execute(delete(media_steps).where(mine).returning(media_steps))).mappings()
            there = {Step(row["step"]): dict(row) for row in stored}
            rows = _pending(media_id, owner, steps)
            # One statement a row: those that are there have columns that new ones leave to the table.
            for row in rows:
                kept = there.get(row["step"], row)
                await connection.execute(insert(media_steps).values({**kept, "position": row["position"]}))

        await self._database.run(write)

    async def _set(
        self, media_id: UUID, step: Step, run: int, before: tuple[StepStatus, ...], values: dict[str, Any]
    ) -> None:
        """Changes a step that is in one of the states `before`; the steps of an ended run stay as they are."""
        running = select(media.c.id).where(media.c.id == media_id, media.c.run == run, UNENDED)
        mine = (media_steps.c.media_id.in_(running)) & (media_steps.c.step == step)
        await self._database.execute(update(media_steps).where(mine, media_steps.c.status.in_(before)).values(values))


def _named(media_id: UUID, step: Step, run: int) -> dict[str, Any]:
    return {"media_id": media_id, "step": step.value, "run": run}


async def insert_steps(
    connection: AsyncConnection, media_id: UUID, organization_id: UUID, steps: Sequence[Step]
) -> None:
    """All pending, in that order, for a run that has none."""
    its = {"media_id": media_id, "organization_id": organization_id, "steps": [step.value for step in steps]}
    await connection.execute(_INSERT, its)


async def delete_steps(connection: AsyncConnection, media_id: UUID) -> None:
    """Those of the run before."""
    await connection.execute(delete(media_steps).where(media_steps.c.media_id == media_id))


def _pending(media_id: UUID, organization_id: UUID, steps: Sequence[Step]) -> list[dict[str, Any]]:
    return [
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


def closed_steps(ended: ColumnElement[UUID], *, failed: bool) -> Update:
    """For the statement that ends a run: publishing completes it.

    Of one that `failed`, what was under way has failed, what had not begun is skipped; the deliver step goes on telling
    of the failure.
    """
    mine = media_steps.c.media_id == ended
    if not failed:
        done = {"status": StepStatus.COMPLETED, "finished": func.now(), "fraction": 1.0, "holder": None}
        began = func.coalesce(media_steps.c.started, func.now())
        return update(media_steps).where(mine, media_steps.c.step == Step.PUBLISH).values(**done, started=began)
    begun = media_steps.c.status == StepStatus.STARTED
    unended = media_steps.c.status.in_((StepStatus.STARTED, StepStatus.PENDING))
    values = {
        "status": case((begun, StepStatus.FAILED.value), else_=StepStatus.SKIPPED.value),
        "finished": case((begun, func.now()), else_=media_steps.c.finished),
    }
    return update(media_steps).where(mine, media_steps.c.step != Step.DELIVER, unended).values(values)


async def close_deliver_step(connection: AsyncConnection, media_ids: Sequence[UUID]) -> None:
    """Ends it where no delivery of the media's present run is pending any more: failed when one of them failed."""
    await connection.execute(CLOSE_DELIVER, {"media": list(media_ids)})
