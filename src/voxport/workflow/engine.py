"""The job engine (Procrastinate) behind a few verbs: defer, cancel, rescue, look.

Which kinds of job there are, and the queue of each, says `core/stages.py`.

The few queries here are about the engine's own tables, whose form changes with the engine: they stand beside it, and
not in storage, which knows no job queue.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import procrastinate
import psycopg
from procrastinate import exceptions
from procrastinate import jobs as engine_jobs
from procrastinate.types import JobToDefer

from voxport.core.deadlines import answer_within
from voxport.core.errors import TransientFault
from voxport.core.plan import Priority
from voxport.core.stages import ERASE, JOBS, Job
from voxport.storage.postgres.connecting import CONNECT, POOLED, RECONNECT_S, connect, driver_address
from voxport.storage.postgres.database import Change
from voxport.storage.postgres.faults import FAULTS, as_fault, refusal
from voxport.workflow.queue_connector import QueueConnector

_CLASS_RANK = {Priority.HIGH: 1, Priority.NORMAL: 0, Priority.LOW: -1}
_RANK_STEP = 500_000_000
_SCHEMA_LOCK = 0x766F78_6A6F62  # "vox", "job"
_PLACES = """
    WITH jobs AS NOT MATERIALIZED (
        SELECT priority, queue_name, status, scheduled_at FROM procrastinate_jobs
        WHERE priority > %(bottom)s AND priority <= %(top)s AND queue_name <> %(housekeeping)s
    ), ready AS NOT MATERIALIZED (
        SELECT * FROM jobs WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now())
    ), served AS (
        SELECT array_agg(DISTINCT queue_name) AS queues FROM procrastinate_jobs
        WHERE status = 'doing' AND worker_id IS NOT NULL
    )
    SELECT
        COALESCE(
            (SELECT priority FROM ready WHERE queue_name = ANY((SELECT queues FROM served)::varchar[])
                ORDER BY priority DESC LIMIT 1),
            (SELECT priority FROM ready ORDER BY priority DESC LIMIT 1)
        ) AS next,
        LEAST(
            (SELECT priority FROM jobs WHERE status = 'todo' ORDER BY priority LIMIT 1),
            (SELECT min(priority) FROM jobs WHERE status = 'doing')
        ) AS last
"""
"""The job that is next in its class, of the queues that somebody serves if there is one, and the last that is there."""
_FORGET_DELIVERY_JOBS = (
    "DELETE FROM procrastinate_jobs WHERE task_name = 'delivery.round' AND status IN ('todo', 'doing')"
)
_WAKE = """
    SELECT pg_notify('procrastinate_queue_v1#' || queue, '{"type": "job_inserted", "job_id": 0}')
    FROM unnest(%(queues)s::text[]) AS queue
"""
"""The engine tells its workers of new jobs alone: of others they learn when they ask, every five seconds."""


@dataclass(frozen=True, slots=True)
class QueueDepth:
    """How much waits in one queue."""

    queue: str
    waiting: int
    """Jobs that could run now."""
    oldest_s: float
    """How long the oldest of them has waited."""


class Engine:
    """One connection pool to the queue. Every method raises TransientFault when the database is away."""

    def __init__(
        self,
        database_url: str,
        *,
        pool_size: int = 6,
        answer_s: float | None = None,
        direct_url: str | None = None,
    ) -> None:
        """`answer_s` is the time in which the database has to answer the queries of this file; None: any time.

        With a `direct_url`, `database_url` leads to a pooler.
        """
        self._answer_s, self._direct_url = answer_s, direct_url or database_url
        self.conninfo = driver_address(database_url)
        self._connector = QueueConnector(
            self._direct_url,
            conninfo=self.conninfo,
            min_size=1,
            max_size=pool_size,
            timeout=10,
            reconnect_timeout=RECONNECT_S,
            kwargs=CONNECT if direct_url is None else {**CONNECT, **POOLED},
        )
        self.app = procrastinate.App(connector=self._connector)

    async def open(self) -> None:
        await self.app.open_async()

    async def close(self) -> None:
        await self.app.close_async()

    async def install(self) -> None:
        """Makes the queue's own tables where they are missing; safe from several processes at once.

        Raises Misconfigured when the database never lets us in.
        """
        try:
            async with await connect(self._direct_url) as connection:
                await connection.execute("SELECT pg_advisory_xact_lock(%s)", (_SCHEMA_LOCK,))
                cursor = await connection.execute("SELECT to_regclass('procrastinate_jobs') IS NOT NULL")
                row = await cursor.fetchone()
                if row is not None and not row[0]:
                    await connection.execute(self.app.schema_manager.get_schema())
                # The first version made a delivery by a job; now its row is claimed, and nobody would take the job.
                await connection.execute(_FORGET_DELIVERY_JOBS)
        except FAULTS as error:
            raise refusal(error) or as_fault(error) from error

    async def defer(
        self,
        job: Job,
        subject: UUID,
        *,
        priority: int = 0,
        delay_s: float = 0.0,
        faults: int = 0,
        run: int | None = None,
        once: bool = False,
        connection: Any | None = None,
    ) -> None:
        """Queues `job` for `subject`, a media, in that `run` of it; the same job never runs twice at once for it.

        `run` None: the job is of no run. `connection`, a psycopg connection, makes the job part of the caller's
        transaction. `once` does nothing when the same job already waits.
        """
        configured = self.app.configure_task(
            job.name,
            allow_unknown=True,
            queue=job.queue.value,
            lock=_lock(job, subject),
            priority=priority,
            queueing_lock=_lock(job, subject) if once else None,
            schedule_at=datetime.now(UTC) + timedelta(seconds=delay_s) if delay_s else None,
            connection=connection,
        )
        try:
            await configured.defer_async(**_arguments(subject, faults, run))
        except exceptions.AlreadyEnqueued:
            return
        except exceptions.ConnectorException as error:
            raise _fault(error) from error

    async def hand_over(
        self, ended: int | None, following: Job, subject: UUID, *, priority: int, run: int, change: Change
    ) -> None:
        """In one statement: the `change`, the end of the job `ended` of this process, and `following` in its place.

        Where that job is not there any more, somebody else has gone on from it, and nothing is queued. None: no job
        ends. Raises TransientFault.
        """
        queued = JobToDefer(
            queue_name=following.queue.value,
            task_name=following.name,
            priority=priority,
            lock=_lock(following, subject),
            queueing_lock=None,
            args=_arguments(subject, 0, run),
            scheduled_at=None,
        )
        await self._connector.hand_over(ended, queued, change)

    async def place(self, priority: Priority, waiting: int) -> int:
        """What a new job is given as its priority, behind so many media of its organisation.

        High before normal before low. In a class all have turns, and who is next has the lowest. A new job's turn is as
        many behind the next one's as its organisation has waiting: each has one job a turn, whoever has how many
        waiting, and turns that were given stay, so that a backlog comes nearer as time goes by.
        """
        top = _CLASS_RANK[priority] * _RANK_STEP
        bounds = {"top": top, "bottom": top - _RANK_STEP, "housekeeping": ERASE.queue.value}
        (there,) = await self._rows(_PLACES, **bounds)
        if there["next"] is not None:
            turn = top - there["next"] + waiting
        else:
            turn = 0 if there["last"] is None else top - there["last"]
        return int(top - min(turn, _RANK_STEP - 1))

    async def cancel(self, subject: UUID) -> None:
        """Takes waiting jobs of `subject` out of the queue and asks running ones to stop."""
        rows = await self._rows(
            "SELECT id FROM procrastinate_jobs WHERE lock = ANY(%(locks)s) AND status IN ('todo', 'doing')",
            locks=_locks(subject),
        )
        try:
            for row in rows:
                await self.app.job_manager.cancel_job_by_id_async(row["id"], abort=True)
        except exceptions.ConnectorException as error:
            raise _fault(error) from error

    async def worked_on(self, subjects: Sequence[UUID]) -> set[UUID]:
        """Those of `subjects` of which a stage is running at this moment."""
        rows = await self._rows(
            "SELECT split_part(lock, ':', 2) AS id FROM procrastinate_jobs WHERE status = 'doing' "
            "AND task_name <> %(erase)s AND split_part(lock, ':', 2) = ANY(%(ids)s)",
            erase=ERASE.name,
            ids=[str(subject) for subject in subjects],
        )
        return {UUID(row["id"]) for row in rows}

    async def rescue_stalled(self, stalled_after_s: float) -> int:
        """Gives the jobs of workers that have gone silent back to the queue; how many."""
        manager = self.app.job_manager
        try:
            stalled = list(await manager.get_stalled_jobs(seconds_since_heartbeat=stalled_after_s))
            for job in stalled:
                await self._rescue(job)
            if stalled:
                await self._rows(_WAKE, queues=sorted({job.queue for job in stalled}))
            await manager.prune_stalled_workers(stalled_after_s * 10)
        except exceptions.ConnectorException as error:
            raise _fault(error) from error
        return len(stalled)

    async def _rescue(self, job: engine_jobs.Job) -> None:
        """One that cannot be queued again must not keep the others from it."""
        manager = self.app.job_manager
        try:
            await manager.retry_job(job)
        except exceptions.UniqueViolation:
            # The same job waits already (`once`), for the lock that this one holds: ended, it lets that one go.
            await manager.finish_job(job, engine_jobs.Status.FAILED, delete_job=False)
        except exceptions.ConnectorException as error:
            if isinstance(error.__cause__, psycopg.OperationalError):
                raise
            # Another worker was quicker, or the silent one has come back and ended it.

    async def delete_ended(self, older_than_h: int) -> None:
        """Forgets jobs that ended long ago, so that the queue's table stays small."""
        await self.app.job_manager.delete_old_jobs(
            nb_hours=older_than_h, include_failed=True, include_cancelled=True, include_aborted=True
        )

    async def orphans(self, subjects: list[UUID]) -> list[UUID]:
        """Which of `subjects` have no job, waiting or running."""
        if not subjects:
            return []
        rows = await self._rows(
            "SELECT s.id FROM unnest(%(ids)s::text[]) AS s(id) WHERE s.id NOT IN ("
            "SELECT split_part(lock, ':', 2) FROM procrastinate_jobs "
            "WHERE status IN ('todo', 'doing') AND lock IS NOT NULL)",
            ids=[str(subject) for subject in subjects],
        )
        return [UUID(row["id"]) for row in rows]

    async def depths(self) -> list[QueueDepth]:
        """What waits, by queue; all queues of the engine, also empty ones."""
        rows = await self._rows(
            "WITH waiting AS (SELECT queue_name, count(*) AS waiting, min(scheduled_at) AS put_off, "
            "min(id) FILTER (WHERE scheduled_at IS NULL) AS first FROM procrastinate_jobs "
            "WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now()) GROUP BY queue_name) "
            "SELECT queue_name, waiting, COALESCE(EXTRACT(EPOCH FROM now() - LEAST(put_off, "
            "(SELECT min(e.at) FROM procrastinate_events e WHERE e.job_id = first))), 0)::float8 AS oldest_s "
            "FROM waiting"
        )
        found = {row["queue_name"]: QueueDepth(row["queue_name"], row["waiting"], row["oldest_s"]) for row in rows}
        empty = (QueueDepth(queue, 0, 0.0) for queue in sorted({job.queue.value for job in JOBS}))
        return [found.get(depth.queue, depth) for depth in empty]

    async def _rows(self, query: Any, **arguments: Any) -> list[dict[str, Any]]:
        asked = self.app.connector.execute_query_all_async(query, **arguments)
        try:
            return await answer_within(self._answer_s, asked, "The job queue")
        except exceptions.ConnectorException as error:
            raise _fault(error) from error


def _fault(error: exceptions.ConnectorException) -> TransientFault:
    """Names what the database says of itself where it does (full, read-only), and the kind of fault else."""
    cause = error.__cause__
    return as_fault(cause) if isinstance(cause, FAULTS) else TransientFault("The job queue cannot be reached.")


def _arguments(subject: UUID, faults: int, run: int | None) -> dict[str, Any]:
    """What a job is given. What says nothing new is left out: jobs of an older version are read by the same names."""
    given: dict[str, Any] = {"subject": str(subject)}
    if faults:
        given["faults"] = faults
    if run not in (None, 1):
        given["run"] = run
    return given


def _lock(job: Job, subject: UUID) -> str:
    """Of the kind of job too: the next stage starts while the job of the last is being put away."""
    return f"{job.name}:{subject}"


def _locks(subject: UUID) -> list[str]:
    return [_lock(job, subject) for job in JOBS]
