"""What receivers, clocks and lost leases do to deliveries: none is tried for ever or held for another's sake."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from tests.rooms.storage.recordings import may_replay
from tests.rooms.workflow.test_deliveries import (
    HOLDS,
    QUICK,
    UNTIL_S,
    delivery,
    finished,
    serving,
    until,
    until_status,
)
from tests.support.receiver import Answer, Receiver, running_receiver
from voxport.core.delivery import Attempt, Cause, DeliveryStatus
from voxport.core.plan import CallbackPlan, Plan
from voxport.core.stages import first_steps
from voxport.delivery.schedule import Schedule
from voxport.outbound import Outbound
from voxport.storage.records import NewMedia
from voxport.workflow.dependencies import DeliverLimits, Dependencies
from voxport.workflow.dispatch.dispatcher import Dispatcher

UNPRINTABLE = b"<Error><Code>Broken\0\x1b[31m</Code><Message>\0</Message></Error>"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with running_receiver() as receiver:
        yield receiver


@pytest.fixture
async def local(deps: Dependencies) -> AsyncIterator[Dependencies]:
    """Dependencies that may deliver to this machine, with a schedule of moments."""
    outbound = Outbound(HOLDS)
    limits = DeliverLimits(per_endpoint=4, pause_after=3, first_probe_s=0.05, longest_probe_s=0.1)
    yield replace(deps, outbound=outbound, options=replace(deps.options, schedule=QUICK, deliver=limits))
    await outbound.aclose()


@pytest.fixture
def touchy(local: Dependencies) -> Dependencies:
    """Pauses an endpoint at its first failure; what is held there is soon due, and its last round far away."""
    limits = replace(local.options.deliver, pause_after=1, first_probe_s=0.3, longest_probe_s=0.3)
    schedule = Schedule(rounds_s=(0.1, 0.2, 600.0), attempts=1)
    return replace(local, options=replace(local.options, schedule=schedule, deliver=limits))


async def until_held(deps: Dependencies, delivery_id: UUID) -> None:
    """And due: the oldest of what waits there."""

    async def is_held() -> bool:
        one = await delivery(deps, delivery_id)
        return one.held and one.due is not None and one.due < datetime.now(UTC)

    await until(is_held)


async def test_an_answer_that_cannot_be_stored_uses_up_the_schedule_as_any_other(
    local: Dependencies, receiver: Receiver
) -> None:
    short = replace(local, options=replace(local.options, schedule=Schedule(rounds_s=(0.1,), attempts=1)))
    (one,) = await finished(short, receiver.script("/broken", Answer(500, UNPRINTABLE)))
    async with serving(short):
        await until_status(short, DeliveryStatus.FAILED, one)
    ended = await delivery(short, one)
    told = [ended.reason or "", *(attempt.error or "" for attempt in ended.attempts)]
    assert (len(ended.attempts), all(one.isprintable() and "Broken" in one for one in told)) == (2, True)


async def test_a_replay_is_sent_although_the_clock_was_set_back(local: Dependencies, receiver: Receiver) -> None:
    (one,) = await finished(local, receiver.url("/calls"))
    before = await delivery(local, one)
    ahead = datetime.now(UTC) + timedelta(hours=1)
    await local.store.attempts.record([(one, Attempt(1, ahead, 5, 200, 2, None))])
    assert (await local.store.replays.replay(before.organization_id, one, may_replay)).queued == (one,)
    async with serving(local):
        await until_status(local, DeliveryStatus.DELIVERED, one)
    assert [request.header("voxport-attempt") for request in receiver.requests] == ["2"]


async def test_a_probe_that_is_refused_shows_that_the_endpoint_answers(
    touchy: Dependencies, receiver: Receiver
) -> None:
    (refused,) = await finished(touchy, receiver.answer("/gone", [503, 404]))
    async with serving(touchy):
        await until_held(touchy, refused)
        others = await finished(touchy, receiver.url("/calls"))
        await until_status(touchy, DeliveryStatus.DELIVERED, *others)
    assert (await delivery(touchy, refused)).status is DeliveryStatus.PENDING


async def test_a_paused_endpoint_is_not_probed_with_the_same_delivery_for_ever(
    touchy: Dependencies, receiver: Receiver
) -> None:
    (poison,) = await finished(touchy, receiver.answer("/too-much", [503]))
    async with serving(touchy):
        await until_held(touchy, poison)
        others = await finished(touchy, *[receiver.url("/calls")] * 3)
        await until_status(touchy, DeliveryStatus.DELIVERED, *others)


async def test_a_probe_is_not_spent_on_urls_that_have_ended(local: Dependencies, receiver: Receiver) -> None:
    ended = receiver.url("/object?AWSAccessKeyId=AKIA&Expires=1&Signature=abcdef")
    old = await finished(local, *[ended] * 3)
    (fresh,) = await finished(local, receiver.url("/calls"))
    owner = (await delivery(local, fresh)).organization_id
    rare = replace(local.options.deliver, pause_after=1, longest_probe_s=3600.0, first_probe_s=3600.0)
    patient = replace(local, options=replace(local.options, deliver=rare))
    endpoint = (owner, receiver.url(""))
    await patient.store.endpoints.failed(endpoint, "no answer", pause_after=1, first_probe_s=0.0)
    async with serving(patient):
        await until_status(patient, DeliveryStatus.EXPIRED, *old)
        await until_status(patient, DeliveryStatus.DELIVERED, fresh)


async def test_who_has_lost_the_lease_ends_nothing_of_what_another_does(
    local: Dependencies, receiver: Receiver
) -> None:
    (one,) = await finished(local, receiver.url("/calls"))
    loop = Dispatcher(local, 4, heartbeat_s=60.0, drain_s=0.0)
    assert await loop._claim(10) == 1
    (claim,) = loop._endpoints.waiting()
    other = uuid4()
    async with local.store.transaction() as connection:
        await connection.execute(text("UPDATE deliveries SET claimed_by = :other"), {"other": other})
    await loop._later(claim)
    assert (
        await local.store.deliveries.set_failed(one, "no", worker=loop._worker, status=DeliveryStatus.FAILED) is False
    )
    await local.store.deliveries.end_round(one, wait_s=3600.0, rounds_made=3, cause=Cause.SCHEDULE, worker=loop._worker)
    after = await delivery(local, one)
    assert (after.status, after.round, after.due == claim.delivery.due) == (DeliveryStatus.PENDING, 0, True)


async def test_what_arrives_after_it_was_given_up_is_delivered(local: Dependencies, receiver: Receiver) -> None:
    (one,) = await finished(local, receiver.url("/calls"))
    await local.store.deliveries.set_failed(one, "Given up.", status=DeliveryStatus.FAILED, worker=None)
    await local.store.attempts.record([(one, Attempt(1, datetime.now(UTC), 5, 200, 2, None))])
    after = await delivery(local, one)
    assert (after.status, after.reason) == (DeliveryStatus.DELIVERED, None)


@pytest.mark.parametrize("arrives", [True, False])
async def test_the_time_to_live_begins_with_the_end_of_the_last_delivery_whatever_dies_then(
    local: Dependencies, arrives: bool
) -> None:
    acme = await local.store.organizations.create("Acme")
    callbacks = tuple(CallbackPlan(f"https://hook.example/{number}") for number in range(2))
    plan = Plan(callbacks=callbacks, time_to_live_s=3600)
    new = NewMedia(acme.id, plan, first_steps(plan, fetches=False))
    async with local.store.transaction() as connection:
        await local.store.media.insert(connection, new)
    first, last = await local.store.media.finish(new.id, run=1)
    await local.store.deliveries.set_failed(first, "410", status=DeliveryStatus.FAILED, worker=None)
    between = await local.store.media.get(new.id)
    now = datetime.now(UTC)
    if arrives:
        await local.store.attempts.record([(last, Attempt(1, now, 5, 200, 2, None))])
    else:
        await local.store.deliveries.set_failed(last, "410", status=DeliveryStatus.FAILED, worker=None)
    after = await local.store.media.get(new.id)
    assert between is not None
    assert after is not None
    assert between.expires is None
    assert after.expires is not None
    assert timedelta(hours=1) <= after.expires - now < timedelta(hours=1, minutes=1)


def mute(stack: AsyncExitStack) -> int:
    """The port of a receiver that takes connections and nothing more."""
    listening = socket.create_server(("127.0.0.1", 0))
    stack.enter_context(listening)
    port: int = listening.getsockname()[1]
    return port


async def test_an_organisation_with_many_endpoints_that_hang_leaves_room_for_others(
    local: Dependencies, receiver: Receiver
) -> None:
    patient = replace(local, outbound=Outbound(replace(HOLDS, answer_timeout_s=UNTIL_S)))
    async with AsyncExitStack() as stack:
        stack.push_async_callback(patient.outbound.aclose)
        urls = [f"http://127.0.0.1:{mute(stack)}/" for _ in range(24)]
        await finished(patient, *urls * 2)
        async with serving(patient, drain_s=0.05):
            others = await finished(patient, *[receiver.url("/calls")] * 5, owner="Other")
            await until_status(patient, DeliveryStatus.DELIVERED, *others)
