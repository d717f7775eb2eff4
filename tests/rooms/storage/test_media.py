from __future__ import annotations

import asyncio
import threading
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Row, text

from tests.rooms.storage.recordings import accept, claimed, deliveries_of, pass_time, plan_with_callbacks, set_expires
from voxport.core.codes import Code
from voxport.core.delivery import DeliveryStatus
from voxport.core.delivery_rules import skipped_after_failure
from voxport.core.errors import Problem
from voxport.core.media import Media, MediaStatus, StepProgress, StepStatus
from voxport.core.plan import CallbackType, Plan, VocabularyTerm
from voxport.core.stages import Step, first_steps
from voxport.storage.cipher import Cipher
from voxport.storage.records import NewMedia
from voxport.storage.rows import media_from_row
from voxport.storage.store import Store
from voxport.storage.tenant import media as tenant_media

THREE = (CallbackType.ANALYTICS, CallbackType.TRANSCRIPT, CallbackType.MEDIA)
PROBLEM = Problem(Code.MEDIA_UNREADABLE, "The media could not be read.")


@pytest.fixture
async def media(store: Store) -> Media:
    acme = await store.organizations.create("Acme")
    return await accept(store, acme.id, plan_with_callbacks(*THREE))


async def now(store: Store, media_id: UUID) -> Media:
    found = await store.media.get(media_id)
    assert found is not None
    return found


async def step(store: Store, media_id: UUID, wanted: Step) -> StepProgress:
    return next(step for step in (await now(store, media_id)).steps if step.step is wanted)


async def test_what_the_callers_block_does_not_end_is_not_accepted(store: Store) -> None:
    acme = await store.organizations.create("Acme")
    ids: list[UUID] = []

    async def accept_and_break() -> None:
        async with store.transaction() as connection:
            ids.append(
                (await store.media.insert(connection, NewMedia(acme.id, Plan(), first_steps(Plan(), fetches=False)))).id
            )
            raise RuntimeError("killed between the row and its job")

    with pytest.raises(RuntimeError, match="killed"):
        await accept_and_break()
    assert await store.media.get(ids[0]) is None
    assert await store.media.count_unended(acme.id) == 0


async def test_status_moves_forward_only(store: Store, media: Media) -> None:
    await store.steps.start(media.id, Step.INGEST, run=2)
    assert (await now(store, media.id)).status is MediaStatus.ACCEPTED
    await store.steps.start(media.id, Step.INGEST, run=1)
    assert (await now(store, media.id)).status is MediaStatus.RUNNING
    await store.media.finish(media.id, run=1)
    await store.steps.start(media.id, Step.SPEECH, run=1)
    finished = await now(store, media.id)
    assert finished.status is MediaStatus.FINISHED
    # What published it is done with it; what was never carried out stays as it was.
    assert {one.status for one in finished.steps if one.step is Step.PUBLISH} == {StepStatus.COMPLETED}
    assert {one.status for one in finished.steps if one.step is Step.SPEECH} == {StepStatus.PENDING}


async def test_a_probe_keeps_what_it_does_not_say(store: Store, media: Media) -> None:
    await store.media.set_probe(media.id, size_bytes=5 << 32)
    await store.media.set_probe(media.id, content_type="audio/wav", duration_ms=1500)
    await store.media.set_probe(media.id)
    found = await now(store, media.id)
    assert (found.content_type, found.duration_ms, found.size_bytes) == ("audio/wav", 1500, 5 << 32)


async def test_the_life_of_a_step(store: Store, media: Media) -> None:
    await store.steps.set_fraction(media.id, Step.SPEECH, 0.5, run=1)
    assert (await step(store, media.id, Step.SPEECH)).fraction is None
    await store.steps.start(media.id, Step.SPEECH, run=1)
    first = await step(store, media.id, Step.SPEECH)
    assert first.status is StepStatus.STARTED
    assert first.started is not None
    await store.steps.start(media.id, Step.SPEECH, run=1)
    assert await step(store, media.id, Step.SPEECH) == first
    for fraction, shown in ((0.4, 0.4), (0.2, 0.4), (7, 1.0)):
        await store.steps.set_fraction(media.id, Step.SPEECH, fraction, run=1)
        assert (await step(store, media.id, Step.SPEECH)).fraction == pytest.approx(shown)
    async with store.transaction() as connection:
        await connection.execute(
            text("UPDATE media_steps SET status = 'failed', finished = now() WHERE step = 'speech'")
        )
    await store.steps.start(media.id, Step.SPEECH, run=1, completes=Step.INGEST)
    assert (await step(store, media.id, Step.INGEST)).status is StepStatus.COMPLETED
    again = await step(store, media.id, Step.SPEECH)
    assert (again.status, again.finished, again.fraction) == (StepStatus.STARTED, None, None)
    assert again.started is not None
    assert again.started > first.started
    await store.steps.complete(media.id, Step.SPEECH, run=1)
    done = await step(store, media.id, Step.SPEECH)
    assert (done.status, done.fraction, done.task_id) == (StepStatus.COMPLETED, 1.0, first.task_id)
    await store.steps.start(media.id, Step.SPEECH, run=1)
    await store.steps.skip(media.id, Step.SPEECH, run=1)
    assert await step(store, media.id, Step.SPEECH) == done
    await store.steps.skip(media.id, Step.TEXT, run=1)
    assert (await step(store, media.id, Step.TEXT)).status is StepStatus.SKIPPED


async def test_finishing_makes_each_delivery_once(store: Store, media: Media) -> None:
    results = await asyncio.gather(*(store.media.finish(media.id, run=1) for _ in range(5)))
    pending = [result for result in results if result]
    assert len(pending) == 1
    assert len(pending[0]) == 3
    found = await now(store, media.id)
    assert found.status is MediaStatus.FINISHED
    assert found.finished is not None
    assert found.errors == ()
    deliveries = await deliveries_of(store, media)
    assert [delivery.id for delivery in deliveries] == pending[0]
    assert [delivery.position for delivery in deliveries] == [0, 1, 2]
    assert [delivery.callback for delivery in deliveries] == list(media.plan.callbacks)
    assert {delivery.status for delivery in deliveries} == {DeliveryStatus.PENDING}


async def test_a_media_that_ended_stays_as_it_ended(store: Store, media: Media) -> None:
    assert len(await store.media.finish(media.id, run=1)) == 3
    ended = await now(store, media.id)
    assert await store.media.fail(media.id, [PROBLEM], run=1, skips=skipped_after_failure) == []
    for change in (store.steps.start, store.steps.skip, store.steps.complete):
        await change(media.id, Step.SPEECH, run=1)
    assert await now(store, media.id) == ended
    assert len(await deliveries_of(store, media)) == 3


async def test_finishing_and_failing_at_once_is_one_of_them(store: Store) -> None:
    acme = await store.organizations.create("Acme")
    for _ in range(5):
        media = await accept(store, acme.id, plan_with_callbacks(*THREE))
        finished, failed = await asyncio.gather(
            store.media.finish(media.id, run=1),
            store.media.fail(media.id, [PROBLEM], run=1, skips=skipped_after_failure),
        )
        assert bool(finished) != bool(failed)
        assert len((await store.tenant(acme.id).deliveries.of_media(media.id)).elements) == 3


async def test_a_failure_tells_analytics_callbacks_only(store: Store, media: Media) -> None:
    await store.steps.complete(media.id, Step.INGEST, run=1)
    await store.steps.start(media.id, Step.SPEECH, run=1)
    (pending,) = await store.media.fail(media.id, [PROBLEM], run=1, skips=skipped_after_failure)
    found = await now(store, media.id)
    assert (found.status, found.errors) == (MediaStatus.FAILED, (PROBLEM,))
    assert {step.step: step.status for step in found.steps} == {
        Step.INGEST: StepStatus.COMPLETED,
        Step.SPEECH: StepStatus.FAILED,
        Step.TEXT: StepStatus.SKIPPED,
        Step.PUBLISH: StepStatus.SKIPPED,
        Step.DELIVER: StepStatus.PENDING,
    }
    deliveries = await deliveries_of(store, media)
    assert [delivery.status for delivery in deliveries] == [
        DeliveryStatus.PENDING,
        DeliveryStatus.SKIPPED,
        DeliveryStatus.SKIPPED,
    ]
    assert deliveries[0].id == pending
    assert all(delivery.reason for delivery in deliveries[1:])


async def test_a_failure_without_anybody_to_tell(store: Store) -> None:
    acme = await store.organizations.create("Acme")
    media = await accept(store, acme.id, plan_with_callbacks(CallbackType.MEDIA))
    assert await store.media.fail(media.id, [PROBLEM], run=1, skips=skipped_after_failure) == []
    assert (await step(store, media.id, Step.DELIVER)).status is StepStatus.SKIPPED
    assert await store.media.fail(uuid4(), [PROBLEM], run=1, skips=skipped_after_failure) == []


async def test_an_end_that_is_rolled_back_did_not_happen(store: Store, media: Media) -> None:
    async def break_off() -> None:
        async with store.transaction() as connection:
            assert len(await store.media.finish(media.id, connection=connection, run=1)) == 3
            raise RuntimeError("killed before the commit")

    with pytest.raises(RuntimeError, match="killed"):
        await break_off()
    assert (await now(store, media.id)).status is MediaStatus.ACCEPTED
    assert len(await store.media.finish(media.id, run=1)) == 3


async def test_deleting_while_it_runs(store: Store, media: Media) -> None:
    assert await store.media.is_active(media.id)
    assert sorted(await asyncio.gather(*(store.media.mark_deleted(media.id) for _ in range(3)))) == [False, False, True]
    assert not await store.media.is_active(media.id)
    assert await store.media.get(media.id) is None
    await store.steps.start(media.id, Step.SPEECH, run=1)
    assert await store.media.finish(media.id, run=1) == []
    assert await store.media.fail(media.id, [PROBLEM], run=1, skips=skipped_after_failure) == []
    assert await store.media.count_unended(media.organization.id) == 0
    assert await store.media.unended(timedelta()) == []
    assert await store.media.deleted() == [media.id]
    await store.media.erase(media.id)
    await store.media.erase(media.id)
    assert await store.media.deleted() == []
    assert not await store.media.mark_deleted(media.id)


async def test_deleting_stops_deliveries_and_erasing_takes_them_along(store: Store, media: Media) -> None:
    first, *_ = await store.media.finish(media.id, run=1)
    assert await store.deliveries.get(first) is not None
    await store.media.mark_deleted(media.id)
    assert await store.deliveries.get(first) is None
    assert await claimed(store) == []
    await store.media.erase(media.id)


async def test_what_has_not_ended_is_counted_and_found(store: Store, media: Media) -> None:
    later = await accept(store, media.organization.id)
    assert await store.media.count_unended(media.organization.id) == 2
    assert await store.media.count_unended(uuid4()) == 0
    unended = await store.media.unended(timedelta())
    assert [(one.id, one.created) for one in unended] == [(media.id, media.created), (later.id, later.created)]
    assert [one.id for one in await store.media.unended(timedelta(), limit=1)] == [media.id]
    assert await store.media.unended(timedelta(minutes=1)) == []
    await store.media.finish(media.id, run=1)
    assert [one.id for one in await store.media.unended(timedelta())] == [later.id]
    assert not await store.media.is_active(media.id)


async def test_expiry(store: Store, media: Media) -> None:
    await set_expires(store, media.id, hours=1)
    assert (await now(store, media.id)).expires is not None
    assert await store.expiry.mark_deleted() == []
    await pass_time(store, hours=1)
    # Of several that ask at once one gets it.
    assert sorted(await asyncio.gather(*(store.expiry.mark_deleted() for _ in range(3)))) == [[], [], [media.id]]
    assert await store.media.deleted() == [media.id]
    assert await store.media.deleted(timedelta(minutes=1)) == []
    assert await store.media.get(media.id) is None


async def test_an_upload_stands_in_the_ledger_until_it_is_a_media(store: Store) -> None:
    acme = await store.organizations.create("Acme")
    accepted, broken = uuid4(), uuid4()
    await store.uploads.begin(broken)
    await store.uploads.begin(accepted)
    await store.uploads.begin(broken)
    assert await abandoned(store) == [broken, accepted]
    assert await store.uploads.abandoned(timedelta(), limit=1) == [broken]
    assert await store.uploads.abandoned(timedelta(minutes=1), limit=100) == []

    async def accept_and_break() -> None:
        async with store.transaction() as connection:
            await store.media.insert(
                connection, NewMedia(acme.id, Plan(), first_steps(Plan(), fetches=False), id=accepted)
            )
            raise RuntimeError("killed before the commit")

    with pytest.raises(RuntimeError, match="killed"):
        await accept_and_break()
    assert await abandoned(store) == [broken, accepted]
    await accept(store, acme.id, id=accepted)
    assert await abandoned(store) == [broken]
    await store.uploads.end(broken)
    await store.uploads.end(broken)
    assert await abandoned(store) == []


async def test_an_upload_whose_media_exists_is_never_abandoned(store: Store, media: Media) -> None:
    await store.uploads.begin(media.id)
    assert await abandoned(store) == []
    await store.media.mark_deleted(media.id)
    assert await abandoned(store) == []


async def abandoned(store: Store) -> list[UUID]:
    """Those that began before now."""
    return await store.uploads.abandoned(timedelta(), limit=100)


async def test_a_warning_is_put_behind_the_others_once(store: Store) -> None:
    acme = await store.organizations.create("Acme")
    posted, found, third = (
        Problem(Code.PROPERTY_UNKNOWN, "Not used."),
        Problem(Code.MEDIA_UNREADABLE, "Left out."),
        Problem(Code.MEDIA_UNREADABLE, "Also left out."),
    )
    media, other = await accept(store, acme.id, warnings=(posted,)), await accept(store, acme.id)
    await asyncio.gather(*(store.media.add_warning(media.id, found) for _ in range(4)))
    await store.media.add_warning(media.id, third)
    await store.media.add_warning(media.id, posted)
    assert (await now(store, media.id)).warnings == (posted, found, third)
    assert (await now(store, other.id)).warnings == ()
    await store.media.add_warning(uuid4(), found)


@pytest.mark.parametrize("letters", [10, 200_000])
async def test_what_is_long_is_decoded_beside_the_event_loop(
    store: Store, monkeypatch: pytest.MonkeyPatch, letters: int
) -> None:
    """A plan has up to 4 MiB of vocabulary; on the loop every other request would wait for it."""
    acme = await store.organizations.create("Acme")
    accepted = await accept(store, acme.id, Plan(vocabulary=(VocabularyTerm("a" * letters),)))
    decoding: list[threading.Thread] = []

    def decoded(cipher: Cipher, row: Row[Any]) -> Media:
        decoding.append(threading.current_thread())
        return media_from_row(cipher, row)

    monkeypatch.setattr(tenant_media, "media_from_row", decoded)
    assert await store.tenant(acme.id).media.get(accepted.id) == accepted
    assert [one is threading.current_thread() for one in decoding] == [letters == 10]
