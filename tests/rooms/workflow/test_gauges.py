"""What the installation says about itself: every queue, also empty ones, and every worker that lives."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import structlog

from tests.rooms.storage.recordings import accept, plan_with_callbacks
from voxport import __version__
from voxport.core.plan import CallbackType
from voxport.core.stages import JOBS, Queue
from voxport.core.worker_figures import WorkerFigures
from voxport.workflow.dependencies import Dependencies
from voxport.workflow.dispatch.gauges import DeliveryGauges
from voxport.workflow.gauges import read_gauges
from voxport.workflow.housekeeping import rescue_stalled
from voxport.workflow.worker_figures import SelfObservation

_SILENCE = timedelta(seconds=6)


async def shown(deps: Dependencies) -> Mapping[tuple[str, ...], float]:
    found = await read_gauges(deps.store, deps.engine, DeliveryGauges(deps.store))
    return {(one.name.removeprefix("voxport_"), *one.labels.values()): one.value for one in found}


async def test_queues_are_there_when_they_are_empty_and_count_what_waits(deps: Dependencies) -> None:
    empty = await shown(deps)
    for queue in Queue:
        assert empty["queue_jobs", queue.value] == empty["queue_oldest_seconds", queue.value] == 0
        assert empty["queue_workers", queue.value] == 0
    assert empty["media_under_way", "running"] == 0
    assert 0 < empty["database_connections",] <= empty["database_connections_most",]
    acme = await deps.store.organizations.create("Acme")
    media = await accept(deps.store, acme.id, plan_with_callbacks(CallbackType.ANALYTICS))
    await deps.engine.defer(JOBS[0], media.id)
    await deps.engine.defer(JOBS[0], uuid4(), delay_s=600)
    await deps.store.media.finish(media.id, run=1)
    full = await shown(deps)
    assert full["queue_jobs", JOBS[0].queue.value] == full["queue_jobs", Queue.DELIVER.value] == 1
    assert 0 < full["queue_oldest_seconds", JOBS[0].queue.value] < 60
    assert 0 < full["queue_oldest_seconds", Queue.DELIVER.value] < 60
    await deps.store.endpoints.failed(await endpoint_of_one(deps, acme.id), "refused", pause_after=9, first_probe_s=9)
    assert (await shown(deps))["queue_jobs", Queue.DELIVER.value] == 0  # it waits for the endpoint, not for a worker


async def endpoint_of_one(deps: Dependencies, organization_id: UUID) -> tuple[UUID, str]:
    async with deps.store.transaction() as connection:
        return organization_id, (await connection.exec_driver_sql("SELECT endpoint FROM deliveries")).scalar_one()


async def test_a_worker_speaks_through_the_database_while_it_lives(deps: Dependencies) -> None:
    observed = SelfObservation(["speech", "deliver"], every_s=2.0, model="base")
    await rescue_stalled(deps, observed)
    other = WorkerFigures("gpu-1", 7, queues=("speech",), clock_ahead_s=-600.0, every_s=0.001, tells_speakers=False)
    await deps.store.worker_processes.beat(uuid4(), _SILENCE, other)
    await deps.store.worker_processes.beat(uuid4(), _SILENCE)  # of a version that says nothing about itself
    seen = await shown(deps)
    assert [seen["queue_workers", queue] for queue in ("speech", "deliver", "fetch")] == [2, 1, 0]
    assert seen["worker_clock_ahead_seconds", "gpu-1:7"] == -600
    assert [value for key, value in seen.items() if key[0] == "worker_tells_speakers"] == [0]
    mine = observed.figures()
    assert seen["worker_resident_memory_bytes", f"{mine.host}:{mine.process}"] > 1_000_000
    assert seen["worker_info", f"{mine.host}:{mine.process}", __version__, "base"] == 1
    assert seen["worker_info", "gpu-1:7", "", ""] == 1
    assert abs(seen["clock_ahead_seconds",]) < 2
    await forget(deps)
    assert {key[0] for key in await shown(deps) if key[0].startswith("worker_")} == set()


async def forget(deps: Dependencies) -> None:
    """A worker that says nothing any more, for long enough."""
    async with deps.store.transaction() as connection:
        await connection.exec_driver_sql("UPDATE worker_processes SET seen = now() - interval '1 minute'")


@pytest.mark.parametrize("ahead_s", [600.0, -8.0])
def test_a_clock_that_is_off_is_told_once(ahead_s: float) -> None:
    observed = SelfObservation([], every_s=2.0)
    with structlog.testing.capture_logs() as lines:
        for now in (0.0, ahead_s, ahead_s, 0.5):
            observed.note_clock(now)
    assert [line["event"] for line in lines] == [
        "this machine's clock is not the database's",
        "this machine's clock is the database's again",
    ]
