from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from tests.rooms.storage.recordings import accept, claimed, plan_with_callbacks
from voxport.core.codes import Code
from voxport.core.delivery import DeliveryStatus
from voxport.core.errors import Problem
from voxport.core.media import Media, MediaStatus, Step, StepProgress, StepStatus
from voxport.core.plan import CallbackType, Plan
from voxport.core.stages import first_steps
from voxport.storage.records import NewMedia
from voxport.storage.store import Store

THREE = (CallbackType.ANALYTICS, CallbackType.TRANSCRIPT, CallbackType.MEDIA)
PROBLEM = Problem(Code.MEDIA_UNREADABLE, "The media could not be read.")


@pytest.fixture
async def media(store: Store) -> Media:
    acme = await store.create_organization("Acme")
    return await accept(store, acme.id, plan_with_callbacks(*THREE))


async def now(store: Store, media_id: UUID) -> Media:
    found = await store.work.media(media_id)
    assert found is not None
    return found


async def step(store: Store, media_id: UUID, wanted: Step) -> StepProgress:
    return next(step for step in (await now(store, media_id)).steps if step.step is wanted)


async def test_what_the_callers_block_does_not_end_is_not_accepted(store: Store) -> None:
    acme = await store.create_organization("Acme")
    ids: list[UUID] = []

    async def accept_and_break() -> None:
        async with store.transaction() as connection:
            ids.append(
                (
                    await store.work.insert_media(
                        connection, NewMedia(acme.id, Plan(), first_steps(Plan(), fetches=False))
                    )
                ).id
            )
            raise RuntimeError("killed between the row and its job")

    with pytest.raises(RuntimeError, match="killed"):
        await accept_and_break()
    assert await store.work.media(ids[0]) is None
    assert await store.work.waiting_count(acme.id) == 0


async def test_status_moves_forward_only(store: Store, media: Media) -> None:
    work = store.work
    assert await work.set_status(media.id, MediaStatus.SCHEDULED)
    assert await work.set_status(media.id, MediaStatus.RUNNING)
    assert not await work.set_status(media.id, MediaStatus.SCHEDULED)
    assert not await work.set_status(uuid4(), MediaStatus.RUNNING)
    assert (await now(store, media.id)).status is MediaStatus.RUNNING
    await work.finish_media(media.id)
    assert not await work.set_status(media.id, MediaStatus.RUNNING)
    with pytest.raises(ValueError, match="finished"):
        await work.set_status(media.id, MediaStatus.FINISHED)


async def test_a_probe_keeps_what_it_does_not_say(store: Store, media: Media) -> None:
    await store.work.set_probe(media.id, size_bytes=5 << 32)
    await store.work.set_probe(media.id, content_type="audio/wav", duration_ms=1500)
    await store.work.set_probe(media.id)
    found = await now(store, media.id)
    assert (found.content_type, found.duration_ms, found.size_bytes) == ("audio/wav", 1500, 5 << 32)


async def test_the_life_of_a_step(store: Store, media: Media) -> None:
    work = store.work
    await work.set_fraction(media.id, Step.SPEECH, 0.5)
    assert (await step(store, media.id, Step.SPEECH)).fraction is None
    await work.start_step(media.id, Step.SPEECH)
    first = await step(store, media.id, Step.SPEECH)
    assert first.status is StepStatus.STARTED
    assert first.started is not None
    await work.start_step(media.id, Step.SPEECH)
    assert await step(store, media.id, Step.SPEECH) == first
    for fraction, shown in ((0.4, 0.4), (0.2, 0.4), (7, 1.0)):
        await work.set_fraction(media.id, Step.SPEECH, fraction)
        assert (await step(store, media.id, Step.SPEECH)).fraction == pytest.approx(shown)
    await work.fail_step(media.id, Step.SPEECH)
    failed = await step(store, media.id, Step.SPEECH)
    assert failed.status is StepStatus.FAILED
    assert failed.finished is not None
    await work.start_step(media.id, Step.SPEECH)
    again = await step(store, media.id, Step.SPEECH)
    assert (again.status, again.finished, again.fraction) == (StepStatus.STARTED, None, None)
    assert again.started is not None
    assert again.started > first.started
    await work.complete_step(media.id, Step.SPEECH)
    done = await step(store, media.id, Step.SPEECH)
    assert (done.status, done.fraction, done.task_id) == (StepStatus.COMPLETED, 1.0, first.task_id)
    await work.start_step(media.id, Step.SPEECH)
    await work.skip_step(media.id, Step.SPEECH)
    assert await step(store, media.id, Step.SPEECH) == done
    await work.skip_step(media.id, Step.INGEST)
    assert (await step(store, media.id, Step.INGEST)).status is StepStatus.SKIPPED


async def test_finishing_makes_each_delivery_once(store: Store, media: Media) -> None:
    results = await asyncio.gather(*(store.work.finish_media(media.id) for _ in range(5)))
    pending = [result for result in results if result]
    assert len(pending) == 1
    assert len(pending[0]) == 3
    found = await now(store, media.id)
    assert found.status is MediaStatus.FINISHED
    assert found.finished is not None
    assert found.errors == ()
    deliveries = await store.tenant(media.organization.id).deliveries(media.id)
    assert [delivery.id for delivery in deliveries] == pending[0]
    assert [delivery.position for delivery in deliveries] == [0, 1, 2]
    assert [delivery.callback for delivery in deliveries] == list(media.plan.callbacks)
    assert {delivery.status for delivery in deliveries} == {DeliveryStatus.PENDING}


async def test_a_media_that_ended_stays_as_it_ended(store: Store, media: Media) -> None:
    assert len(await store.work.finish_media(media.id)) == 3
    ended = await now(store, media.id)
    assert await store.work.fail_media(media.id, PROBLEM) == []
    for change in (store.work.start_step, store.work.fail_step, store.work.skip_step, store.work.complete_step):
        await change(media.id, Step.SPEECH)
    assert await now(store, media.id) == ended
    assert len(await store.tenant(media.organization.id).deliveries(media.id)) == 3


async def test_finishing_and_failing_at_once_is_one_of_them(store: Store) -> None:
    acme = await store.create_organization("Acme")
    for _ in range(5):
        media = await accept(store, acme.id, plan_with_callbacks(*THREE))
        finished, failed = await asyncio.gather(
            store.work.finish_media(media.id), store.work.fail_media(media.id, PROBLEM)
        )
        assert bool(finished) != bool(failed)
        assert len(await store.tenant(acme.id).deliveries(media.id)) == 3


async def test_a_failure_tells_analytics_callbacks_only(store: Store, media: Media) -> None:
    await store.work.complete_step(media.id, Step.INGEST)
    await store.work.start_step(media.id, Step.SPEECH)
    (pending,) = await store.work.fail_media(media.id, PROBLEM)
    found = await now(store, media.id)
    assert (found.status, found.errors) == (MediaStatus.FAILED, (PROBLEM,))
    assert {step.step: step.status for step in found.steps} == {
        Step.INGEST: StepStatus.COMPLETED,
        Step.SPEECH: StepStatus.FAILED,
        Step.TEXT: StepStatus.SKIPPED,
        Step.PUBLISH: StepStatus.SKIPPED,
        Step.DELIVER: StepStatus.PENDING,
    }
    deliveries = await store.tenant(media.organization.id).deliveries(media.id)
    assert [delivery.status for delivery in deliveries] == [
        DeliveryStatus.PENDING,
        DeliveryStatus.SKIPPED,
        DeliveryStatus.SKIPPED,
    ]
    assert deliveries[0].id == pending
    assert all(delivery.reason for delivery in deliveries[1:])
    assert await store.work.undelivered(media.id) == 1


async def test_a_failure_without_anybody_to_tell(store: Store) -> None:
    acme = await store.create_organization("Acme")
    media = await accept(store, acme.id, plan_with_callbacks(CallbackType.MEDIA))
    assert await store.work.fail_media(media.id, PROBLEM) == []
    assert await store.work.undelivered(media.id) == 0
    assert (await step(store, media.id, Step.DELIVER)).status is StepStatus.SKIPPED
    assert await store.work.fail_media(uuid4(), PROBLEM) == []


async def test_an_end_that_is_rolled_back_did_not_happen(store: Store, media: Media) -> None:
    async def break_off() -> None:
        async with store.transaction() as connection:
            assert len(await store.work.finish_media(media.id, connection=connection)) == 3
            raise RuntimeError("killed before the commit")

    with pytest.raises(RuntimeError, match="killed"):
        await break_off()
    assert (await now(store, media.id)).status is MediaStatus.ACCEPTED
    assert len(await store.work.finish_media(media.id)) == 3


async def test_deleting_while_it_runs(store: Store, media: Media) -> None:
    work = store.work
    await work.set_status(media.id, MediaStatus.RUNNING)
    assert await work.is_active(media.id)
    assert sorted(await asyncio.gather(*(work.mark_deleted(media.id) for _ in range(3)))) == [False, False, True]
    assert not await work.is_active(media.id)
    assert await work.media(media.id) is None
    await work.start_step(media.id, Step.SPEECH)
    assert not await work.set_status(media.id, MediaStatus.RUNNING)
    assert await work.finish_media(media.id) == []
    assert await work.fail_media(media.id, PROBLEM) == []
    assert await work.waiting_count(media.organization.id) == 0
    assert await work.unended_media() == []
    assert await work.deleted_media() == [media.id]
    await work.erase_media(media.id)
    await work.erase_media(media.id)
    assert await work.deleted_media() == []
    assert not await work.mark_deleted(media.id)


async def test_deleting_stops_deliveries_and_erasing_takes_them_along(store: Store, media: Media) -> None:
    first, *_ = await store.work.finish_media(media.id)
    assert await store.work.delivery(first) is not None
    await store.work.mark_deleted(media.id)
    assert await store.work.delivery(first) is None
    assert await claimed(store, datetime.now(UTC) + timedelta(days=1)) == []
    await store.work.erase_media(media.id)
    assert await store.work.undelivered(media.id) == 0


async def test_what_has_not_ended_is_counted_and_found(store: Store, media: Media) -> None:
    later = await accept(store, media.organization.id)
    assert await store.work.waiting_count(media.organization.id) == 2
    assert await store.work.waiting_count(uuid4()) == 0
    unended = await store.work.unended_media()
    assert [(one.id, one.created) for one in unended] == [(media.id, media.created), (later.id, later.created)]
    assert [one.id for one in await store.work.unended_media(limit=1)] == [media.id]
    await store.work.finish_media(media.id)
    assert [one.id for one in await store.work.unended_media()] == [later.id]
    assert not await store.work.is_active(media.id)


async def test_expiry(store: Store, media: Media) -> None:
    expires = datetime.now(UTC) + timedelta(hours=1)
    await store.work.set_expiry(media.id, expires)
    assert (await now(store, media.id)).expires == expires
    assert await store.work.expired_media(datetime.now(UTC)) == []
    assert await store.work.expired_media(expires) == [media.id]
    await store.work.set_expiry(media.id, None)
    assert await store.work.expired_media(expires) == []
    await store.work.set_expiry(media.id, expires)
    await store.work.mark_deleted(media.id)
    assert await store.work.expired_media(expires) == []


async def test_an_upload_stands_in_the_ledger_until_it_is_a_media(store: Store) -> None:
    acme = await store.create_organization("Acme")
    work, accepted, broken = store.work, uuid4(), uuid4()
    began = datetime.now(UTC)
    await work.begin_upload(broken)
    await work.begin_upload(accepted)
    await work.begin_upload(broken)
    later = datetime.now(UTC) + timedelta(seconds=1)
    assert await work.abandoned_uploads(later) == [broken, accepted]
    assert await work.abandoned_uploads(later, limit=1) == [broken]
    assert await work.abandoned_uploads(began - timedelta(seconds=1)) == []

    async def accept_and_break() -> None:
        async with store.transaction() as connection:
            await work.insert_media(
                connection, NewMedia(acme.id, Plan(), first_steps(Plan(), fetches=False), id=accepted)
            )
            raise RuntimeError("killed before the commit")

    with pytest.raises(RuntimeError, match="killed"):
        await accept_and_break()
    assert await work.abandoned_uploads(later) == [broken, accepted]
    await accept(store, acme.id, id=accepted)
    assert await work.abandoned_uploads(later) == [broken]
    await work.end_upload(broken)
    await work.end_upload(broken)
    assert await work.abandoned_uploads(later) == []


async def test_an_upload_whose_media_exists_is_never_abandoned(store: Store, media: Media) -> None:
    later = datetime.now(UTC) + timedelta(days=2)
    await store.work.begin_upload(media.id)
    assert await store.work.abandoned_uploads(later) == []
    await store.work.mark_deleted(media.id)
    assert await store.work.abandoned_uploads(later) == []


async def test_a_warning_is_put_behind_the_others_once(store: Store) -> None:
    acme = await store.create_organization("Acme")
    posted, found, third = (
        Problem(Code.PROPERTY_UNKNOWN, "Not used."),
        Problem(Code.MEDIA_UNREADABLE, "Left out."),
        Problem(Code.MEDIA_UNREADABLE, "Also left out."),
    )
    media, other = await accept(store, acme.id, warnings=(posted,)), await accept(store, acme.id)
    await asyncio.gather(*(store.work.add_warning(media.id, found) for _ in range(4)))
    await store.work.add_warning(media.id, third)
    await store.work.add_warning(media.id, posted)
    assert (await now(store, media.id)).warnings == (posted, found, third)
    assert (await now(store, other.id)).warnings == ()
    await store.work.add_warning(uuid4(), found)
