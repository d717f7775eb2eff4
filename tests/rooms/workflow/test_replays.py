"""Replays through the whole loop: what is sent again, to whom, and what becomes of the media's time to live."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from tests.rooms.workflow.test_deliveries import UNTIL_S, delivery, local, other, receiver, serving, until
from tests.support.receiver import Receiver
from voxport.core.artefacts import RunPaths, transcript_to_json
from voxport.core.delivery import Cause, DeliveryStatus
from voxport.core.delivery_query import ReplayQuery
from voxport.core.media import StepStatus
from voxport.core.plan import CallbackPlan, Plan
from voxport.core.stages import Step, first_steps
from voxport.core.transcript import Transcript
from voxport.storage.records import NewMedia
from voxport.workflow.dependencies import DeliverLimits, Dependencies
from voxport.workflow.intake import Intake

__all__ = ["local", "other", "receiver"]
LONG_AGO = datetime(2001, 1, 1, tzinfo=UTC)


async def finished(deps: Dependencies, *urls: str, time_to_live_s: int | None = None) -> tuple[NewMedia, list[UUID]]:
    acme = await deps.store.organizations.create("Acme")
    plan = Plan(callbacks=tuple(CallbackPlan(url) for url in urls), time_to_live_s=time_to_live_s)
    new = NewMedia(acme.id, plan, first_steps(plan, fetches=False))
    async with deps.store.transaction() as connection:
        await deps.store.media.insert(connection, new)
    deps.blobs.put(RunPaths(new.id, 1).transcript, transcript_to_json(Transcript("en-US", (), (), "test")))
    return new, await deps.store.media.finish(new.id, run=1)


def intake(deps: Dependencies) -> Intake:
    return Intake(deps.store, deps.blobs, deps.engine)


async def until_status(deps: Dependencies, delivery_id: UUID, status: DeliveryStatus, replays: int = 0) -> None:
    async def there() -> bool:
        found = await delivery(deps, delivery_id)
        return (found.status, found.replays) == (status, replays)

    await until(there)


async def until_expires(deps: Dependencies, media_id: UUID) -> datetime:
    async with asyncio.timeout(UNTIL_S):
        while True:
            media = await deps.store.media.get(media_id)
            assert media is not None
            if media.expires is not None:
                return media.expires
            await asyncio.sleep(0.02)


async def test_what_had_arrived_is_sent_again_and_the_clock_of_its_media_starts_again(
    local: Dependencies, receiver: Receiver
) -> None:
    new, (one,) = await finished(local, receiver.url("/in"), time_to_live_s=3600)
    async with serving(local):
        await until_status(local, one, DeliveryStatus.DELIVERED)
        first = await until_expires(local, new.id)
        release = receiver.hang("/in")
        assert await intake(local).replay(new.organization_id, one) is None
        media = await local.store.media.get(new.id)
        assert media is not None
        assert media.expires is None
        release.set()
        await until_status(local, one, DeliveryStatus.DELIVERED, replays=1)
        assert await until_expires(local, new.id) > first
    made = await delivery(local, one)
    assert [(attempt.number, attempt.cause, attempt.status) for attempt in made.attempts] == [
        (1, Cause.FIRST, 200),
        (2, Cause.REPLAY, 200),
    ]
    sent = receiver.requests_to("/in")
    assert [request.header("voxport-attempt-reason") for request in sent] == ["first", "replay"]
    assert {request.header("voxport-delivery-id") for request in sent} == {str(one)}
    media = await local.store.media.get(new.id)
    assert media is not None
    assert next(step.status for step in media.steps if step.step is Step.DELIVER) is StepStatus.COMPLETED


async def test_a_dead_letter_goes_to_a_new_address(local: Dependencies, receiver: Receiver, other: Receiver) -> None:
    new, (one,) = await finished(local, receiver.answer("/gone", [410]))
    async with serving(local):
        await until_status(local, one, DeliveryStatus.FAILED)
        assert await intake(local).replay(new.organization_id, one, other.url("/here")) is None
        await until_status(local, one, DeliveryStatus.DELIVERED, replays=1)
    assert len(other.requests_to("/here")) == 1
    made = await delivery(local, one)
    assert [attempt.address for attempt in made.attempts] == [receiver.url("/gone"), None]
    assert made.address == other.url("/here")


@pytest.mark.parametrize("many", [False, True])
async def test_a_replay_asks_a_paused_endpoint_at_once(local: Dependencies, receiver: Receiver, many: bool) -> None:
    limits = DeliverLimits(per_endpoint=4, pause_after=3, first_probe_s=600, longest_probe_s=600)
    patient = replace(local, options=replace(local.options, deliver=limits))
    new, (one, two) = await finished(patient, receiver.answer("/a", [503]), receiver.answer("/b", [503]))
    async with serving(patient):

        async def held() -> bool:
            return all([(await delivery(patient, each)).held for each in (one, two)])

        await until(held)
        receiver.answer("/a", [200])
        receiver.answer("/b", [200])
        pipeline = intake(patient)

        queued: set[str] = set()

        async def taken() -> bool:
            # What a worker has in hand at this moment is refused, and asked for again; what is queued is not.
            if many:
                query = ReplayQuery(LONG_AGO, (DeliveryStatus.PENDING,))
                queued.update(map(str, (await pipeline.replay_many(new.organization_id, query)).queued))
                return len(queued) == 2
            return await pipeline.replay(new.organization_id, one) is None

        await until(taken)
        for each in (one, two):

            async def arrived(each: UUID = each) -> bool:
                return (await delivery(patient, each)).status is DeliveryStatus.DELIVERED

            await until(arrived)
    assert await patient.store.tenant(new.organization_id).endpoints.failing() == []
