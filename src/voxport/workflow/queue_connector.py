"""How the job queue is asked: in one round trip a question, where Procrastinate takes four, and listened to once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, LiteralString

import procrastinate
from procrastinate import exceptions, sql
from procrastinate.connector import Notify
from procrastinate.types import JobToDefer

from voxport.core.errors import TransientFault
from voxport.storage.postgres.database import Change
from voxport.storage.postgres.faults import FAULTS, retry
from voxport.storage.postgres.listener import Listener
from voxport.storage.postgres.statement_pool import statement_pool

_RAISED = "P0001"
"""Of PostgreSQL: an exception of a function, which here says that the job is not there."""
_HAND_OVER = b"""
    WITH changed AS (%b), ended AS (
        DELETE FROM procrastinate_jobs WHERE id = %%(ended)s AND status IN ('todo', 'doing') RETURNING id
    )
    SELECT procrastinate_defer_jobs_v1(%%(jobs)s::procrastinate_job_to_defer_v1[])
    WHERE %%(ended)s::bigint IS NULL OR EXISTS (SELECT FROM ended)
"""


_FETCH: LiteralString = """
    SELECT found.*, EXISTS (
        SELECT FROM procrastinate_jobs AS other
        WHERE other.status = 'todo' AND other.queue_name = ANY(%(queues)s::varchar[]) AND other.id <> found.id
            AND (other.scheduled_at IS NULL OR other.scheduled_at <= now())
    ) AS more
    FROM procrastinate_fetch_job_v2(%(queues)s::varchar[], %(worker_id)s) AS found
"""
_NO_JOB = {"id": None}


class QueueConnector(procrastinate.PsycopgConnector):
    """Procrastinate's own, over connections for single statements; all loops of a process listen on one."""

    def __init__(self, direct_url: str, **pool: Any) -> None:
        """Notices come from `direct_url`, which keeps sessions."""
        super().__init__(pool_factory=statement_pool, **pool)
        self._listener = Listener(direct_url)
        self._ended: set[int] = set()
        """Jobs that run in this process and are ended already."""
        self._queued: Counter[str] = Counter()
        """By queue: what was heard of new jobs, and what was queued from here."""
        self._drained: dict[int, int] = {}
        """By the loop whose last job was the only one there: what `_queued` was for its queues."""

    async def hand_over(self, ended: int | None, following: JobToDefer, change: Change) -> None:
        """As `Engine.hand_over`; of the job that ended Procrastinate has nothing left to write down.

        A second time it does nothing, so it is tried again after a fault.
        """
        statement = _HAND_OVER % change.query.sql
        parameters = self._wrap_json({**change.parameters, "ended": ended, "jobs": [following]})

        async def once() -> None:
            async with self.pool.connection() as connection:
                await connection.execute(statement, parameters)

        await retry(once)
        self._queued[following.queue_name] += 1
        if ended is not None:
            self._ended.add(ended)

    async def execute_query_async(self, query: LiteralString, **arguments: Any) -> None:
        """As Procrastinate's; that a job has ended is written down unless it is, and tried again after a fault.

        A job that were left as one that runs, in a worker that lives, would be taken up by nobody.
        """
        if query not in (sql.queries["finish_job"], sql.queries["retry_job"]):
            await super().execute_query_async(query, **arguments)
            return
        if arguments["job_id"] in self._ended:
            self._ended.remove(arguments["job_id"])
            return
        try:
            await retry(lambda: self._end_job(query, arguments))
        except TransientFault as error:
            raise exceptions.ConnectorException from error

    async def _end_job(self, query: LiteralString, arguments: dict[str, Any]) -> None:
        try:
            await super().execute_query_async(query, **arguments)
        except exceptions.ConnectorException as error:
            # Broken off in `hand_over`, after the database had done it, or rescued and ended by somebody else.
            if getattr(error.__cause__, "sqlstate", None) == _RAISED:
                return
            if isinstance(error.__cause__, FAULTS):
                raise error.__cause__ from error
            raise

    async def execute_query_one_async(self, query: LiteralString, **arguments: Any) -> dict[str, Any]:
        """As Procrastinate's, which asks for the next job until there is none: not again where there cannot be one."""
        if query != sql.queries["fetch_job"] or arguments["queues"] is None:
            asked: dict[str, Any] = await super().execute_query_one_async(query, **arguments)
            return asked
        queued, loop = sum(self._queued[queue] for queue in arguments["queues"]), arguments["worker_id"]
        if self._drained.pop(loop, None) == queued:
            return _NO_JOB
        row: dict[str, Any] = await super().execute_query_one_async(_FETCH, **arguments)
        if row["id"] is not None and not row["more"]:
            self._drained[loop] = queued
        return row

    async def execute_query_all_async(self, query: LiteralString, **arguments: Any) -> list[dict[str, Any]]:
        """As Procrastinate's; of what is queued from here its loops know before they hear of it."""
        rows: list[dict[str, Any]] = await super().execute_query_all_async(query, **arguments)
        self._queued.update(job.queue_name for job in arguments.get("jobs", ()))
        return rows

    async def listen_notify(self, on_notification: Notify, channels: Iterable[str]) -> None:
        """Runs until cancelled; raises ConnectorException when the database is away."""

        async def tell(*, channel: str, payload: str) -> None:
            self._queued[channel.rpartition("#")[2]] += 1
            await on_notification(channel=channel, payload=payload)

        try:
            await self._listener.listen(tell, frozenset(channels))
        except FAULTS as error:
            raise exceptions.ConnectorException from error
