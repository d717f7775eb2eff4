"""What dead workers and broken transactions leave behind is taken up again, and one bad case never stops the rest."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg.rows import dict_row
from structlog.testing import capture_logs

from tests.rooms.workflow.test_wrong_clock import AheadClock, SlowClock, set_clock
from voxport.core.plan import Plan
from voxport.core.stages import Step, first_steps, job_of
from voxport.storage.records import NewMedia
from voxport.workflow.dependencies import Dependencies
from voxport.workflow.dispatch.gauges import DeliveryGauges
from voxport.workflow.gauges import read_gauges
from voxport.workflow.housekeeping import requeue_orphans, watch_clock


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


async def test_when_jobs_may_run_is_said_by_the_databases_clock(
    deps: Dependencies, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker an hour ahead would else leave what it rescues, or puts off, for an hour."""
    set_clock(monkeypatch)
    monkeypatch.setattr("procrastinate.utils.utcnow", lambda: AheadClock.now(UTC))
    await taken_by_a_dead_worker(deps, postgres_url, Step.SPEECH, uuid4(), once=False)
    assert await deps.engine.rescue_stalled(6.0) == 1
    await deps.engine.defer(job_of(Step.FETCH), uuid4(), delay_s=100.0)
    waits = "SELECT extract(epoch FROM scheduled_at - now())::float8 AS wait_s FROM procrastinate_jobs ORDER BY id"
    rescued, put_off = (row["wait_s"] for row in await rows(postgres_url, waits))
    assert rescued <= 0
    assert 50 < put_off <= 100


@pytest.mark.parametrize(("clock", "ahead_s"), [(AheadClock, 600.0), (SlowClock, -600.0)])
async def test_a_clock_that_differs_is_measured_and_warned_of(
    deps: Dependencies, monkeypatch: pytest.MonkeyPatch, clock: type[datetime], ahead_s: float
) -> None:
    with capture_logs() as right:
        await watch_clock(deps)
    assert right == []
    set_clock(monkeypatch, clock)
    (gauge, *_) = await read_gauges(deps.store, deps.engine, DeliveryGauges(deps.store))
    assert gauge.name == "voxport_clock_ahead_seconds"
    assert abs(gauge.value - ahead_s) < 1
    with capture_logs() as wrong:
        await watch_clock(deps)
    assert [(one["log_level"], abs(one["ahead_s"] - ahead_s) < 1) for one in wrong] == [("warning", True)]
