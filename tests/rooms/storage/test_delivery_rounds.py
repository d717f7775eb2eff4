from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from tests.rooms.storage.recordings import accept, claimed, deliveries_of, give_up, pass_time, plan_with_callbacks
from voxport.core.delivery import Attempt, Cause, Delivery, DeliveryStatus
from voxport.core.media import Media, StepStatus
from voxport.core.plan import CallbackType
from voxport.core.stages import Step
from voxport.storage.store import Store

FIRST = datetime(2031, 2, 3, 4, 5, 6, 789000, tzinfo=UTC)


def attempt(number: int, **fields: object) -> Attempt:
    made = Attempt(number, FIRST + timedelta(seconds=number - 1), 120, 503, 4096, "the server said 503", "try later")
    return replace(made, **fields)  # type: ignore[arg-type]


async def record(store: Store, delivery_id: UUID, made: Attempt) -> None:
    await store.attempts.record([(delivery_id, made)])


@pytest.fixture
async def media(store: Store) -> Media:
    acme = await store.organizations.create("Acme")
    return await accept(store, acme.id, plan_with_callbacks(CallbackType.ANALYTICS, CallbackType.TRANSCRIPT))


@pytest.fixture
async def pending(store: Store, media: Media) -> list[UUID]:
    return await store.media.finish(media.id, run=1)


async def now(store: Store, delivery_id: UUID) -> Delivery:
    found = await store.deliveries.get(delivery_id)
    assert found is not None
    return found


async def deliver_step(store: Store, media: Media) -> StepStatus:
    found = await store.media.get(media.id)
    assert found is not None
    return next(step.status for step in found.steps if step.step is Step.DELIVER)


async def test_a_delivery_begins_due_and_untried(store: Store, media: Media, pending: list[UUID]) -> None:
    delivery = await now(store, pending[1])
    assert delivery.media_id == media.id
    assert delivery.organization_id == media.organization.id
    assert delivery.callback == media.plan.callbacks[1]
    assert delivery.address == "https://bucket.example/1"
    assert (delivery.status, delivery.round, delivery.first_attempt, delivery.attempts) == (
        DeliveryStatus.PENDING,
        0,
        None,
        (),
    )
    assert await store.deliveries.get(uuid4()) is None


async def test_each_attempt_is_on_record_in_order(store: Store, media: Media, pending: list[UUID]) -> None:
    assert await deliver_step(store, media) is StepStatus.PENDING
    for number in (1, 2, 3):
        await record(store, pending[0], attempt(number))
    await record(store, pending[1], attempt(1, status=None, error="no answer", answer_excerpt=None))
    delivery = await now(store, pending[0])
    assert delivery.attempts == (attempt(1), attempt(2), attempt(3))
    assert delivery.first_attempt == FIRST
    seen = await deliveries_of(store, media)
    assert [len(one.attempts) for one in seen] == [3, 1]
    assert seen[0] == delivery
    assert await deliver_step(store, media) is StepStatus.STARTED
    await record(store, uuid4(), attempt(1))


async def test_an_attempt_is_kept_once_and_never_lost(store: Store, pending: list[UUID]) -> None:
    await record(store, pending[0], attempt(1))
    await record(store, pending[0], attempt(1))
    other = attempt(1, started=FIRST + timedelta(minutes=5))
    await asyncio.gather(*(record(store, pending[0], other) for _ in range(3)))
    assert (await now(store, pending[0])).attempts == (attempt(1), replace(other, number=2))


async def test_text_of_a_strange_server_is_kept_somehow(store: Store, pending: list[UUID]) -> None:
    await record(store, pending[0], attempt(1, answer_excerpt="nul \0 and half \ud800 a pair"))
    assert (await now(store, pending[0])).attempts[0].answer_excerpt == "nul \ufffd and half ? a pair"


async def test_rounds_go_by_the_clock(store: Store, pending: list[UUID]) -> None:
    asked = datetime.now(UTC)
    await store.deliveries.end_round(pending[0], wait_s=900.0, rounds_made=1, cause=Cause.SCHEDULE, worker=None)
    delivery = await now(store, pending[0])
    assert (delivery.round, delivery.status) == (1, DeliveryStatus.PENDING)
    assert delivery.due is not None
    assert asked <= delivery.due - timedelta(minutes=15) <= datetime.now(UTC)
    assert await claimed(store) == [pending[1]]
    await pass_time(store, minutes=14)
    assert await claimed(store) == [pending[1]]
    await pass_time(store, minutes=1)
    assert await claimed(store) == [pending[1], pending[0]]


async def test_a_delivery_ends_once(store: Store, media: Media, pending: list[UUID]) -> None:
    results = await asyncio.gather(*(store.deliveries.set_delivered(pending[0]) for _ in range(3)))
    assert sorted(results) == [False, False, True]
    assert not await give_up(store, pending[0], "too late")
    await store.deliveries.end_round(pending[0], wait_s=0.0, rounds_made=5, cause=Cause.SCHEDULE, worker=None)
    delivery = await now(store, pending[0])
    assert (delivery.status, delivery.reason, delivery.due, delivery.round) == (DeliveryStatus.DELIVERED, None, None, 1)
    assert await deliver_step(store, media) is not StepStatus.COMPLETED
    assert await store.deliveries.set_delivered(pending[1])
    assert await deliver_step(store, media) is StepStatus.COMPLETED
    assert not await store.deliveries.set_delivered(uuid4())


async def test_the_last_of_two_that_end_at_once_closes_the_step(store: Store) -> None:
    acme = await store.organizations.create("Acme")
    for _ in range(5):
        media = await accept(store, acme.id, plan_with_callbacks(CallbackType.ANALYTICS, CallbackType.MEDIA))
        one, other = await store.media.finish(media.id, run=1)
        await asyncio.gather(
            store.deliveries.set_delivered(one),
            give_up(store, other, "gone"),
        )
        assert await deliver_step(store, media) is StepStatus.FAILED


async def test_a_failed_delivery_says_why(store: Store, media: Media, pending: list[UUID]) -> None:
    assert await give_up(store, pending[0], "21 tries failed")
    delivery = await now(store, pending[0])
    assert (delivery.status, delivery.reason) == (DeliveryStatus.FAILED, "21 tries failed")
    assert await store.deliveries.set_delivered(pending[1])
    assert await deliver_step(store, media) is StepStatus.FAILED


async def test_tries_are_written_together_and_what_arrived_has_ended(
    store: Store, media: Media, pending: list[UUID]
) -> None:
    failed, arrived = attempt(1), attempt(1, status=200, error=None, answer_excerpt=None)
    await store.attempts.record([(pending[0], failed), (pending[1], arrived)])
    other, delivered = [await now(store, one) for one in pending]
    assert (delivered.status, delivered.due, delivered.round, delivered.attempts) == (
        DeliveryStatus.DELIVERED,
        None,
        1,
        (arrived,),
    )
    assert delivered.ended is not None
    assert (other.status, other.round, other.attempts) == (DeliveryStatus.PENDING, 0, (failed,))
    assert await deliver_step(store, media) is StepStatus.STARTED
    await record(store, pending[0], attempt(2, status=204))
    assert await deliver_step(store, media) is StepStatus.COMPLETED
