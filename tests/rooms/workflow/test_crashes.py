"""Who is to blame when a worker dies: neither who worked beside, nor who made progress, nor an outage."""

from __future__ import annotations

import asyncio
import threading
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import structlog

from tests.rooms.workflow.test_redacting import loaded, recognised
from tests.rooms.workflow.test_rescue import rows, taken_by_a_dead_worker
from voxport.core.analytics_plan import AnalyticsPlan
from voxport.core.errors import TransientFault
from voxport.core.media import Media, MediaStatus
from voxport.core.plan import Plan
from voxport.core.stages import Step
from voxport.workflow import isolation
from voxport.workflow.crashes import GIVEN_UP_AFTER
from voxport.workflow.dependencies import Dependencies
from voxport.workflow.housekeeping import rescue_stalled
from voxport.workflow.isolation import Isolation
from voxport.workflow.stage_run import MAX_FAULTS, StageJob, StageRun, run_job
from voxport.workflow.story import BODIES

_SILENCE = timedelta(seconds=6)


class WorkerKilledError(BaseException):
    """Stands for a kill -9: nothing of the stage is carried out, and nothing is written down after it."""


def job(media: Media, step: Step = Step.TEXT, faults: int = 0) -> StageJob:
    return StageJob(media_id=media.id, step=step, run=1, priority=0, faults=faults)


async def dies(deps: Dependencies, media: Media, step: Step = Step.TEXT) -> bool:
    """The stage begins and its worker dies; whether it was worked on alone. False too when it had been given up."""
    alone: list[bool] = []

    async def body(run: StageRun) -> None:
        (row,) = await rows(
            deps.engine.conninfo, "SELECT alone FROM media_steps WHERE media_id = %s AND step = %s", run.media.id, step
        )
        alone.append(row["alone"])
        raise WorkerKilledError

    try:
        await run_job(deps, {**BODIES, step: body}, job(media, step))
    except WorkerKilledError:
        await dead(deps, media)
    return alone == [True]


async def dead(deps: Dependencies, media: Media, process: UUID | None = None) -> None:
    """What was held by this process was held by one that has died."""
    held = "UPDATE media_steps SET holder = %s WHERE media_id = %s AND holder IS NOT NULL"
    await rows(deps.engine.conninfo, held, process or uuid4(), media.id)


async def finishes(deps: Dependencies, media: Media, step: Step = Step.TEXT) -> None:
    await run_job(deps, BODIES, job(media, step))
    assert (await loaded(deps, media.id)).status is MediaStatus.FINISHED


async def test_three_deaths_of_a_worker_fail_none_of_the_calls_in_its_hands(deps: Dependencies) -> None:
    acme = await deps.store.organizations.create("Acme")
    calls = [await recognised(deps, Plan(), of=acme) for _ in range(4)]
    with structlog.testing.capture_logs() as lines:
        for _ in range(3):
            for call in calls:
                await dies(deps, call)
        for call in calls:
            await finishes(deps, call)
    deaths = [one["times"] for one in lines if one["event"] == "a worker died with a stage in hand"]
    assert sorted(deaths) == [1] * 4 + [2] * 4 + [3] * 4


async def test_who_kills_alone_is_given_up_and_says_where(deps: Dependencies) -> None:
    media = await recognised(deps, Plan(analytics=AnalyticsPlan(discovery=True)))
    await deps.store.steps.complete(media.id, Step.TEXT, run=1)
    alone = [await dies(deps, media, Step.ANALYTICS) for _ in range(6)]
    assert alone == [False, False, True, True, True, False]
    assert alone.count(True) == GIVEN_UP_AFTER
    ended = await loaded(deps, media.id)
    assert (ended.status, [one.code for one in ended.errors]) == (MediaStatus.FAILED, [90003])
    assert ended.errors[0].message == (
        "Processing stopped 5 times without a result in step analytics, also with nothing beside it; it was given up. "
        "The media can be processed again from its recording."
    )


async def test_progress_begins_the_count_again(deps: Dependencies) -> None:
    media = await recognised(deps, Plan())
    for at in range(8):
        assert not await dies(deps, media)
        deps.blobs.put(media.paths.section(f"section-{at:05}"), b"{}")
    await finishes(deps, media)


@pytest.mark.parametrize("is_another", [True, False])
async def test_a_worker_that_lost_its_database_for_a_while_has_not_died(deps: Dependencies, is_another: bool) -> None:
    process = uuid4() if is_another else deps.process
    media = await recognised(deps, Plan())
    for _ in range(8):
        await deps.store.steps.start(media.id, Step.TEXT, run=1, holder=process, alone=True)
        await rescue_stalled(deps)
        (row,) = await rows(deps.engine.conninfo, "SELECT max(crashes) AS crashes FROM media_steps")
        assert row["crashes"] == 0
        await deps.store.worker_processes.beat(process, _SILENCE)
    await finishes(deps, media)


async def test_what_was_given_back_is_nobodys(deps: Dependencies) -> None:
    """The worker drained, or met a fault: that it is gone meanwhile says nothing of the call."""
    media = await recognised(deps, Plan())
    for _ in range(8):
        await run_job(deps, {**BODIES, Step.TEXT: _away}, job(media))
        await dead(deps, media)
    await finishes(deps, media)


async def test_an_outage_of_the_store_gives_nothing_up(deps: Dependencies) -> None:
    media = await recognised(deps, Plan())
    await run_job(deps, {**BODIES, Step.TEXT: _away}, job(media, faults=10 * MAX_FAULTS))
    assert not (await loaded(deps, media.id)).status.ended
    await finishes(deps, media)


async def test_after_an_outage_nobody_is_taken_for_dead_at_once(deps: Dependencies, postgres_url: str) -> None:
    await rescue_stalled(deps)
    taken = await taken_by_a_dead_worker(deps, postgres_url, Step.TEXT, uuid4(), once=False)
    await rows(postgres_url, "UPDATE worker_processes SET seen = now() - interval '1 minute'")
    state = "SELECT status FROM procrastinate_jobs WHERE id = %s"
    await rescue_stalled(deps)
    assert await rows(postgres_url, state, taken) == [{"status": "doing"}]
    await rows(postgres_url, "UPDATE worker_processes SET steady_since = now() - interval '1 minute'")
    await rescue_stalled(deps)
    assert await rows(postgres_url, state, taken) == [{"status": "todo"}]


async def _away(_run: StageRun) -> None:
    raise TransientFault("The object store failed.")


async def test_a_call_is_worked_on_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "PATIENCE_S", 0.01)
    one, order = Isolation(), list[str]()
    stop, begun, later, leaves = threading.Event(), asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def neighbour() -> None:
        async with one.beside_others(stop):
            begun.set()
            await asyncio.to_thread(stop.wait, 10)
            order.append("neighbour left")

    async def suspect() -> None:
        async with one.alone():
            later.set()
            order.append("alone")
            await leaves.wait()
            order.append("no longer alone")

    async def newcomer() -> None:
        async with one.beside_others(threading.Event()):
            order.append("newcomer")

    async with asyncio.timeout(20), asyncio.TaskGroup() as group:
        group.create_task(neighbour())
        await begun.wait()
        group.create_task(suspect())
        await later.wait()
        group.create_task(newcomer())
        other = group.create_task(suspect())
        await asyncio.sleep(0)
        other.cancel()
        leaves.set()
    assert order == ["neighbour left", "alone", "no longer alone", "newcomer"]
