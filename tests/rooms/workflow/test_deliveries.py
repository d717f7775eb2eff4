"""The loop that makes deliveries: what arrives, what fails, what hangs, and what a stopped worker leaves."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from ipaddress import ip_network
from typing import Literal
from uuid import UUID

import pytest
from sqlalchemy import text

from tests.support.receiver import Answer, Receiver, running_receiver
from voxport.core.artefacts import RunPaths, transcript_to_json
from voxport.core.delivery import Attempt, Cause, Delivery, DeliveryStatus
from voxport.core.media import StepStatus
from voxport.core.plan import CallbackPlan, Plan
from voxport.core.stages import Step, first_steps
from voxport.core.transcript import Transcript
from voxport.delivery.schedule import Schedule
from voxport.outbound import Outbound, OutboundOptions
from voxport.storage.records import NewMedia
from voxport.workflow.dependencies import DeliverLimits, Dependencies
from voxport.workflow.dispatch.attempts import AttemptWriter
from voxport.workflow.dispatch.dispatcher import Dispatcher

UNTIL_S = 20.0
"""Far more than anything here takes; what never happens fails the test."""
HOLDS = OutboundOptions(allow_networks=(ip_network("127.0.0.0/8"),), allow_http=True, answer_timeout_s=0.5)
QUICK = Schedule(rounds_s=(0.1, 0.2, 0.3, 0.4, 0.5, 60.0), attempts=1)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with running_receiver() as receiver:
        yield receiver


@pytest.fixture
def other() -> Iterator[Receiver]:
    with running_receiver() as receiver:
        yield receiver


@pytest.fixture
async def local(deps: Dependencies) -> AsyncIterator[Dependencies]:
    """Dependencies that may deliver to this machine, with a schedule of moments."""
    outbound = Outbound(HOLDS)
    limits = DeliverLimits(per_endpoint=4, pause_after=3, first_probe_s=0.1, longest_probe_s=0.2)
    yield replace(deps, outbound=outbound, options=replace(deps.options, schedule=QUICK, deliver=limits))
    await outbound.aclose()


@asynccontextmanager
async def serving(deps: Dependencies, *, at_once: int = 8, drain_s: float = 5.0) -> AsyncIterator[None]:
    loop = asyncio.create_task(Dispatcher(deps, at_once, heartbeat_s=0.2, drain_s=drain_s).serve())
    try:
        yield
    finally:
        loop.cancel()
        await asyncio.gather(loop, return_exceptions=True)


async def finished(deps: Dependencies, *urls: str, owner: str = "Acme") -> list[UUID]:
    """A media of that organisation that has ended just now with a delivery to each address."""
    plan = Plan(callbacks=tuple(CallbackPlan(url) for url in urls))
    organization = await deps.store.organizations.create(owner)
    new = NewMedia(organization.id, plan, first_steps(plan, fetches=False))
    async with deps.store.transaction() as connection:
        await deps.store.media.insert(connection, new)
    deps.blobs.put(RunPaths(new.id, 1).transcript, transcript_to_json(Transcript("en-US", (), (), "test")))
    return await deps.store.media.finish(new.id, run=1)


async def delivery(deps: Dependencies, delivery_id: UUID) -> Delivery:
    found = await deps.store.deliveries.get(delivery_id)
    assert found is not None
    return found


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(UNTIL_S):
        while not await holds():  # noqa: ASYNC110 - what is waited for stands in a database
            await asyncio.sleep(0.02)


async def until_status(deps: Dependencies, status: DeliveryStatus, *ids: UUID) -> None:
    async def all_are() -> bool:
        return {(await delivery(deps, one)).status for one in ids} == {status}

    await until(all_are)


async def test_everything_arrives_once_and_is_on_record(local: Dependencies, receiver: Receiver) -> None:
    # On a busy machine an answer may take longer than the others here have, and would be asked for again.
    patient = replace(local, outbound=Outbound(replace(HOLDS, answer_timeout_s=60.0)))
    ids = await finished(local, *[receiver.url("/calls")] * 20)
    async with serving(patient):
        ids += await finished(local, *[receiver.url("/calls")] * 20)
        await until_status(local, DeliveryStatus.DELIVERED, *ids)
    await patient.outbound.aclose()
    sent = [request.header("voxport-delivery-id") for request in receiver.requests]
    assert sorted(sent, key=str) == sorted(map(str, ids))
    one = await delivery(local, ids[0])
    assert [(attempt.status, attempt.cause, attempt.error) for attempt in one.attempts] == [(200, Cause.FIRST, None)]
    media = await local.store.media.get(one.media_id)
    assert media is not None
    assert {step.step: step.status for step in media.steps}[Step.DELIVER] is StepStatus.COMPLETED


async def test_an_endpoint_that_hangs_holds_nobody_up(local: Dependencies, receiver: Receiver, other: Receiver) -> None:
    other.hang("/never")
    hanging = await finished(local, *[other.url("/never")] * 30)
    async with serving(local, at_once=4):
        ids = await finished(local, *[receiver.url("/calls")] * 30)
        await until_status(local, DeliveryStatus.DELIVERED, *ids)
    assert (await delivery(local, hanging[-1])).status is DeliveryStatus.PENDING


async def test_a_paused_endpoint_is_probed_and_gets_everything_in_the_end(
    local: Dependencies, receiver: Receiver
) -> None:
    down = Answer(503)
    url = receiver.script("/calls", *[down] * 8, Answer(200))
    ids = await finished(local, *[url] * 12)
    async with serving(local):

        async def paused() -> bool:
            return (await delivery(local, ids[0])).held

        await until(paused)
        await until_status(local, DeliveryStatus.DELIVERED, *ids)
    attempts = [attempt for one in ids for attempt in (await delivery(local, one)).attempts]
    assert sum(attempt.status == 503 for attempt in attempts) == 8
    assert Cause.PROBE in {attempt.cause for attempt in attempts}
    assert [(await delivery(local, one)).held for one in ids] == [False] * 12


async def test_a_refusal_of_one_address_does_not_pause_the_others(local: Dependencies, receiver: Receiver) -> None:
    url = receiver.answer("/denied", [403])
    denied = await finished(local, *[url] * 4)
    async with serving(local):

        async def tried() -> bool:
            return all([(await delivery(local, one)).round >= 2 for one in denied])

        await until(tried)
        assert [(await delivery(local, one)).held for one in denied] == [False] * 4
        await until_status(local, DeliveryStatus.DELIVERED, *await finished(local, receiver.url("/calls")))


async def test_a_worker_that_stops_gives_back_what_it_cannot_end(local: Dependencies, receiver: Receiver) -> None:
    slow = replace(local, outbound=Outbound(replace(HOLDS, answer_timeout_s=60.0)))
    released = receiver.hang("/slow")
    ids = await finished(slow, *[receiver.url("/slow")] * 3)
    async with serving(slow, drain_s=0.1):

        async def begun() -> bool:
            return bool(receiver.requests)

        await until(begun)
    await slow.outbound.aclose()
    released.set()
    assert {(await delivery(local, one)).status for one in ids} == {DeliveryStatus.PENDING}
    async with serving(local):
        await until_status(local, DeliveryStatus.DELIVERED, *ids)


async def test_a_worker_that_stops_ends_what_is_under_way(local: Dependencies, receiver: Receiver) -> None:
    released = receiver.hang("/slow")
    slow = replace(local, outbound=Outbound(replace(HOLDS, answer_timeout_s=60.0)))
    (only,) = await finished(slow, receiver.url("/slow"))
    async with serving(slow, drain_s=UNTIL_S):

        async def begun() -> bool:
            return bool(receiver.requests)

        await until(begun)
        asyncio.get_running_loop().call_later(0.1, released.set)
    await slow.outbound.aclose()
    assert (await delivery(local, only)).status is DeliveryStatus.DELIVERED


async def test_what_a_dead_worker_held_is_delivered_by_another(local: Dependencies, receiver: Receiver) -> None:
    quick = replace(local, options=replace(local.options, stalled_after_s=0.5))
    ids = await finished(local, receiver.url("/calls"))
    dead = Dispatcher(quick, 4, heartbeat_s=60.0, drain_s=0.0)
    assert await dead._claim(10) == 1
    async with serving(quick):
        await until_status(local, DeliveryStatus.DELIVERED, *ids)


async def test_the_last_round_is_made_and_then_it_is_given_up(local: Dependencies, receiver: Receiver) -> None:
    short = replace(local, options=replace(local.options, schedule=Schedule(rounds_s=(0.1, 0.2), attempts=1)))
    ids = await finished(short, *[receiver.answer("/broken", [500])] * 5)
    async with serving(short):
        await until_status(short, DeliveryStatus.FAILED, *ids)
    reasons = {(await delivery(local, one)).reason for one in ids}
    assert all(reason is not None and "500" in reason for reason in reasons)


async def test_what_a_stopped_worker_broke_off_is_free_at_once(local: Dependencies, receiver: Receiver) -> None:
    receiver.hang("/never")
    slow = replace(local, options=replace(local.options, stalled_after_s=3600.0))
    (one,) = await finished(slow, receiver.url("/never"))
    async with serving(slow, drain_s=0.05):
        await until_asked(receiver, 1)
    receiver.answer("/never", [200])
    async with serving(slow):
        await until_status(slow, DeliveryStatus.DELIVERED, one)


async def test_a_lease_that_ended_does_not_start_the_same_delivery_twice(
    local: Dependencies, receiver: Receiver
) -> None:
    receiver.hang("/never")
    patient = replace(local, outbound=Outbound(replace(HOLDS, answer_timeout_s=2.0)))
    # Over before it is renewed, as after an absence of the database or a step of the clock.
    lapsing = replace(patient, options=replace(patient.options, stalled_after_s=0.0))
    await finished(lapsing, receiver.url("/never"))
    async with serving(lapsing, drain_s=0.05):
        await until_asked(receiver, 1)
        ids = await finished(lapsing, *[receiver.url("/calls")] * 5)
        await until_status(lapsing, DeliveryStatus.DELIVERED, *ids)
        assert len(receiver.requests_to("/never")) == 1
    await patient.outbound.aclose()


async def until_asked(receiver: Receiver, times: int) -> None:
    async def was() -> bool:
        return len(receiver.requests_to("/never")) >= times

    await until(was)


async def test_a_try_that_cannot_be_written_takes_no_other_with_it(local: Dependencies) -> None:
    (good,) = await finished(local, "https://hook.example/")
    (bad,) = await finished(local, "https://hook.example/")
    record = AttemptWriter(local.store)
    one = Attempt(1, datetime.now(UTC), 5, 200, 2, None)
    # No such number fits into the column.
    kept = [record.keep(good, one), record.keep(bad, replace(one, duration_ms=2**70)), record.keep(good, one)]
    waiting = asyncio.gather(*kept, return_exceptions=True)
    writer = asyncio.create_task(record.write())
    outcomes = await asyncio.wait_for(waiting, UNTIL_S)
    writer.cancel()
    assert [isinstance(outcome, Exception) for outcome in outcomes] == [False, True, False]
    assert (await delivery(local, good)).status is DeliveryStatus.DELIVERED


async def test_a_fault_of_ours_is_met_less_and_less_often(local: Dependencies) -> None:
    (one,) = await finished(local, "https://hook.example/")
    loop = Dispatcher(local, 4, heartbeat_s=60.0, drain_s=0.0)
    assert await loop._claim(10) == 1
    (claim,) = loop._endpoints.waiting()
    waits_s: list[float] = []
    for _ in range(9):
        before = datetime.now(UTC)
        async with local.store.transaction() as connection:
            await connection.execute(text("UPDATE deliveries SET claimed_by = :it"), {"it": loop._worker})
        await loop._later(claim)
        due = (await delivery(local, one)).due
        assert due is not None
        waits_s.append(round((due - before).total_seconds() / 10) * 10)
    assert waits_s == [30, 60, 120, 240, 480, 960, 1920, 3600, 3600]


class WaitedEvent(asyncio.Event):
    """Says when somebody waits for it."""

    def __init__(self) -> None:
        super().__init__()
        self.waited = asyncio.Event()

    async def wait(self) -> Literal[True]:
        self.waited.set()
        return await super().wait()


@pytest.mark.parametrize("turns", range(4))
async def test_a_loop_that_is_cancelled_as_it_wakes_ends(local: Dependencies, turns: int) -> None:
    dispatcher = Dispatcher(local, 4, heartbeat_s=60.0, drain_s=0.0)
    dispatcher._wake = wake = WaitedEvent()
    loop = asyncio.create_task(dispatcher.serve())
    await asyncio.wait_for(wake.waited.wait(), UNTIL_S)
    wake.set()
    for _ in range(turns):
        await asyncio.sleep(0)
    loop.cancel()
    ended, _ = await asyncio.wait([loop], timeout=5.0)
    loop.cancel()
    await asyncio.gather(loop, return_exceptions=True)
    assert ended
