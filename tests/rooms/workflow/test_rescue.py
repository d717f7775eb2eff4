"""What dead workers and broken transactions leave behind is taken up again, and one bad case never stops the rest."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID, uuid4

import psycopg
from procrastinate.manager import get_channel_for_queues
from psycopg.rows import dict_row

from voxport.core.plan import Plan
from voxport.core.stages import Step, first_steps, job_of
from voxport.storage.records import NewMedia
from voxport.workflow.dependencies import Dependencies
from voxport.workflow.housekeeping import requeue_orphans


async def rows(url: str, statement: str, *values: object) -> list[dict[str, Any]]:
    address = url.replace("+psycopg", "")
    async with await psycopg.AsyncConnection.connect(address, autocommit=True, row_factory=dict_row) as connection:
        cursor = await connection.execute(statement.encode(), values)
        return await cursor.fetchall() if cursor.description else []


async def taken_by_a_dead_worker(deps: Dependencies, url: str, step: Step, subject: UUID, *, once: bool) -> int:
    """A job whose worker was killed a minute ago; its id."""
    await deps.engine.defer(job_of(step), subject, once=once)
    worker = await deps.engine.app.job_manager.register_worker()
    await rows(url, "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'")
    taken = "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE status = 'todo' RETURNING id"
    (job,) = await rows(url, taken, worker)
    return int(job["id"])


async def states(url: str) -> list[tuple[int, str]]:
    jobs = await rows(url, "SELECT id, status FROM procrastinate_jobs ORDER BY id")
    return [(job["id"], job["status"]) for job in jobs]


async def test_a_job_that_waits_again_already_does_not_stop_the_rescue(deps: Dependencies, postgres_url: str) -> None:
    delivery, media = uuid4(), uuid4()
    dead = await taken_by_a_dead_worker(deps, postgres_url, Step.FETCH, delivery, once=True)
    other = await taken_by_a_dead_worker(deps, postgres_url, Step.SPEECH, media, once=False)
    await deps.engine.defer(job_of(Step.FETCH), delivery, once=True)
    assert await deps.engine.rescue_stalled(6.0) == 2
    assert [status for _, status in await states(postgres_url)] == ["failed", "todo", "todo"]
    assert dict(await states(postgres_url))[dead] == "failed"
    assert dict(await states(postgres_url))[other] == "todo"


async def test_workers_hear_of_what_was_rescued(deps: Dependencies, postgres_url: str) -> None:
    """As of a new job: by themselves they would ask seconds later."""
    await taken_by_a_dead_worker(deps, postgres_url, Step.SPEECH, uuid4(), once=False)
    queue = job_of(Step.SPEECH).queue.value
    address = postgres_url.replace("+psycopg", "")
    async with await psycopg.AsyncConnection.connect(address, autocommit=True) as worker:
        # As the engine's own workers listen, so that this fails where the engine tells them another way.
        (channel,) = get_channel_for_queues([queue])
        await worker.execute(f'LISTEN "{channel}"'.encode())
        assert await deps.engine.rescue_stalled(6.0) == 1
        told = [json.loads(notice.payload)["type"] async for notice in worker.notifies(timeout=20, stop_after=1)]
    assert told == ["job_inserted"]


async def test_a_media_whose_steps_are_all_done_is_published_again(deps: Dependencies, postgres_url: str) -> None:
    """The process died between the end of the last step and the end of the media."""
    acme, store = await deps.store.organizations.create("Acme"), deps.store
    new = NewMedia(acme.id, Plan(), first_steps(Plan(), fetches=False))
    async with deps.store.transaction() as connection:
        await store.media.insert(connection, new)
    for step in (Step.INGEST, Step.SPEECH, Step.TEXT, Step.PUBLISH):
        await store.steps.complete(new.id, step, run=1)
    await rows(postgres_url, "UPDATE media SET created = created - interval '1 minute'")
    await requeue_orphans(deps)
    (job,) = await rows(postgres_url, "SELECT task_name, lock FROM procrastinate_jobs")
    assert (job["task_name"], job["lock"]) == ("media.publish", f"media.publish:{new.id}")
