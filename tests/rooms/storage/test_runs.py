"""A media that is processed more than once: its row begins again, what belongs to earlier runs stays as it was."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from tests.rooms.storage.recordings import (
    SOURCE_URL,
    accept,
    claim,
    deliveries_of,
    give_up,
    may_replay,
    pass_time,
    plan_with_callbacks,
    set_expires,
)
from tests.support.spoken_calls import finished_call
from voxport.core.codes import Code
from voxport.core.delivery import Attempt, DeliveryStatus
from voxport.core.delivery_rules import PROCESSED_AGAIN, skipped_after_failure
from voxport.core.errors import Problem, RequestRefused
from voxport.core.findings import CategoryResult, Mention, Occurrence
from voxport.core.media import Media, MediaStatus, StepStatus
from voxport.core.media_query import MediaQuery
from voxport.core.paging import Page
from voxport.core.plan import CallbackType, Plan, RunBefore
from voxport.core.stages import Step, further_steps
from voxport.core.statement import Selection
from voxport.core.submission import FurtherRun
from voxport.core.transcript import Span
from voxport.search.limits import StatementLimits
from voxport.search.parsing import read_statement
from voxport.storage.store import Store

BOTH = plan_with_callbacks(CallbackType.ANALYTICS, CallbackType.TRANSCRIPT)
NEXT = replace(plan_with_callbacks(CallbackType.ANALYTICS), before=RunBefore(1), time_to_live_s=60)
FAILURE = Problem(Code.SERVER_FAILED, "x")


@pytest.fixture
async def media(store: Store) -> Media:
    acme = await store.organizations.create("Acme")
    return await accept(store, acme.id, BOTH, source_url=SOURCE_URL, metadata={"title": "Call"})


def further(media: Media, plan: Plan = NEXT, **fields: Any) -> FurtherRun:
    return FurtherRun(media.id, media.organization.id, media.run, plan, **fields)


async def start(store: Store, new: FurtherRun) -> Media | None:
    async with store.transaction() as connection:
        return await store.runs.start(connection, new, further_steps(new.plan))


async def again(store: Store, media: Media, plan: Plan = NEXT, **fields: Any) -> Media:
    started = await start(store, further(media, plan, **fields))
    assert started is not None
    return started


async def test_it_begins_anew_under_the_same_id(store: Store, media: Media) -> None:
    await store.media.set_probe(media.id, duration_ms=1_000)
    await store.media.fail(media.id, [FAILURE], run=1, skips=skipped_after_failure)
    await set_expires(store, media.id, hours=1)
    second = await again(store, media, warnings=(FAILURE,), metadata={"title": "Other"}, corrected="Hello.")
    assert (second.id, second.sequence, second.created) == (media.id, media.sequence, media.created)
    assert (second.run, second.status, second.finished, second.errors) == (2, MediaStatus.ACCEPTED, None, ())
    assert (second.plan, second.source_url, second.duration_ms, second.expires) == (NEXT, SOURCE_URL, 1_000, None)
    assert (second.warnings, second.metadata) == ((FAILURE,), {"title": "Other"})
    assert [(one.step, one.status) for one in second.steps] == [
        (step, StepStatus.PENDING) for step in (Step.TEXT, Step.PUBLISH, Step.DELIVER)
    ]
    assert {one.task_id for one in second.steps}.isdisjoint(one.task_id for one in media.steps)
    assert second == await store.tenant(media.organization.id).media.get(media.id)


async def test_only_what_has_ended_and_once(store: Store, media: Media) -> None:
    assert await start(store, further(media)) is None
    await store.media.finish(media.id, run=1)
    assert await start(store, replace(further(media), organization_id=uuid4())) is None
    begun = await asyncio.gather(*(start(store, further(media)) for _ in range(4)))
    assert [one.run for one in begun if one is not None] == [2]
    assert await start(store, further(media)) is None
    await store.media.finish(media.id, run=2)
    await store.media.mark_deleted(media.id)
    assert await start(store, replace(further(media), after_run=2)) is None


async def test_what_the_database_cannot_hold_is_refused(store: Store, media: Media) -> None:
    await store.media.finish(media.id, run=1)
    with pytest.raises(RequestRefused):
        await again(store, media, metadata={"title": "a\0b"})
    found = await store.media.get(media.id)
    assert found is not None
    assert found.run == 1


async def test_the_transcript_to_align_is_sealed_and_goes_with_the_run(store: Store, media: Media) -> None:
    await store.media.finish(media.id, run=1)
    assert await store.runs.corrected(media.id) is None
    await again(store, media, corrected="My card is 4111.")
    assert await store.runs.corrected(media.id) == "My card is 4111."
    async with store.transaction() as connection:
        stored = (await connection.execute(text("SELECT corrected FROM media"))).scalar_one()
    assert b"4111" not in stored
    await store.media.finish(media.id, run=2)
    assert await store.runs.corrected(media.id) is None


async def test_what_belongs_to_an_earlier_run_changes_nothing(store: Store, media: Media) -> None:
    """A worker that was taken for dead wakes up after the media has been begun again."""
    await store.media.finish(media.id, run=1)
    second = await again(store, media)
    await store.steps.start(media.id, Step.TEXT, run=1)
    await store.steps.complete(media.id, Step.TEXT, run=1)
    await store.steps.set_fraction(media.id, Step.TEXT, 0.5, run=1)
    assert await store.media.finish(media.id, run=1) == []
    assert await store.media.fail(media.id, [FAILURE], run=1, skips=skipped_after_failure) == []
    assert await store.media.get(media.id) == second
    await store.steps.start(media.id, Step.TEXT, run=2)
    assert (await store.media.get(media.id) or second).status is MediaStatus.RUNNING


async def test_each_run_has_deliveries_of_its_own(store: Store, media: Media) -> None:
    first = await store.media.finish(media.id, run=1)
    before = await deliveries_of(store, media)
    second = await again(store, media)
    made = await store.media.finish(media.id, run=2)
    assert await store.media.finish(media.id, run=2) == []
    listed = await deliveries_of(store, media)
    assert [one.id for one in listed] == [*first, *made]
    assert [(one.run, one.position) for one in listed] == [(1, 0), (1, 1), (2, 0)]
    assert [one.callback for one in listed] == [*media.plan.callbacks, *second.plan.callbacks]
    assert listed[:2] == before


async def test_what_waited_goes_out_when_the_run_has_ended_as_its_own_run_asked(store: Store, media: Media) -> None:
    await store.media.finish(media.id, run=1)
    await again(store, media)
    assert await claim(store) == []
    await store.media.finish(media.id, run=2)
    found = await claim(store)
    claims = {(one.delivery.run, one.delivery.position): one for one in found}
    assert set(claims) == {(1, 0), (1, 1), (2, 0)}
    assert {one.media.run for one in claims.values()} == {2}
    assert claims[1, 1].media.plan == replace(NEXT, callbacks=media.plan.callbacks)
    assert claims[2, 0].media.plan == NEXT


async def test_a_run_that_fails_has_only_analytics_to_tell_of_earlier_ones_too(store: Store, media: Media) -> None:
    analytics, transcript = await store.media.finish(media.id, run=1)
    await again(store, media)
    await store.media.fail(media.id, [FAILURE], run=2, skips=skipped_after_failure)
    first, second = [await store.deliveries.get(one) for one in (analytics, transcript)]
    assert first is not None
    assert second is not None
    assert (first.status, second.status) == (DeliveryStatus.PENDING, DeliveryStatus.SKIPPED)
    (refusal,) = (await store.replays.replay(media.organization.id, transcript, may_replay)).refused
    assert "failed" in refusal.reason


async def test_the_deliver_step_tells_of_the_present_run(store: Store, media: Media) -> None:
    old = await store.media.finish(media.id, run=1)
    await again(store, media)
    (new,) = await store.media.finish(media.id, run=2)
    await arrives(store, new)
    assert await step(store, media) is StepStatus.COMPLETED
    await give_up(store, old[0])
    assert await step(store, media) is StepStatus.COMPLETED
    assert (await store.replays.replay(media.organization.id, old[0], may_replay)).queued == (old[0],)
    assert await step(store, media) is StepStatus.COMPLETED


async def test_its_time_begins_when_nothing_of_any_run_is_pending(store: Store, media: Media) -> None:
    old = await store.media.finish(media.id, run=1)
    await again(store, media)
    (new,) = await store.media.finish(media.id, run=2)
    expiries: list[datetime | None] = []
    for one in (new, *old):
        await arrives(store, one)
        known = await store.media.get(media.id)
        assert known is not None
        expiries.append(known.expires)
    assert [expires is None for expires in expiries] == [*[True] * len(old), False]


async def test_its_time_begins_with_its_end_where_nothing_is_delivered(store: Store) -> None:
    media = await accept(store, (await store.organizations.create("Quiet")).id, Plan(time_to_live_s=60))
    await store.media.fail(media.id, [FAILURE], run=1, skips=skipped_after_failure)
    known = await store.media.get(media.id)
    assert known is not None
    assert known.expires is not None


async def test_what_ends_while_it_is_processed_again_starts_nothing(store: Store, media: Media) -> None:
    """A worker had earlier deliveries in hand when the run began."""
    old = await store.media.finish(media.id, run=1)
    await again(store, media)
    for one in old:
        await arrives(store, one)
    assert await step(store, media) is StepStatus.PENDING
    assert not await store.expiry.begin(media.id)
    await pass_time(store, days=1)
    assert await store.expiry.mark_deleted() == []


async def test_an_earlier_delivery_can_be_made_again_elsewhere_too(store: Store, media: Media) -> None:
    old, _ = await store.media.finish(media.id, run=1)
    await arrives(store, old)
    second = await again(store, media)
    (refusal,) = (await store.replays.replay(media.organization.id, old, may_replay)).refused
    assert refusal.reason == PROCESSED_AGAIN
    await store.media.finish(media.id, run=2)
    moved = await store.replays.replay(media.organization.id, old, may_replay, "https://other.example/a")
    assert moved.queued == (old,)
    found = await store.deliveries.get(old)
    assert found is not None
    assert (found.address, found.status, found.run) == ("https://other.example/a", DeliveryStatus.PENDING, 1)
    present = await store.media.get(media.id)
    assert present is not None
    assert present.plan.callbacks == second.plan.callbacks


async def test_nothing_of_it_is_another_organisations(store: Store, media: Media) -> None:
    await store.media.finish(media.id, run=1)
    await again(store, media)
    other = await store.organizations.create("Other")
    assert await store.tenant(other.id).deliveries.of_media(media.id) == Page([])
    assert len(await deliveries_of(store, media)) == 2


async def arrives(store: Store, delivery_id: Any) -> None:
    attempt = Attempt(1, datetime.now(UTC), 1, 200, 1, None)
    await store.attempts.record([(delivery_id, attempt)])


async def step(store: Store, media: Media) -> StepStatus:
    found = await store.media.get(media.id)
    assert found is not None
    return next(one.status for one in found.steps if one.step is Step.DELIVER)


async def kept_of(store: Store, word: str) -> set[str]:
    """The tables that have the word, in whatever column."""
    async with store.transaction() as connection:
        tables = text("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        names = (await connection.execute(tables)).scalars().all()
        counted = {
            name: text(f'SELECT count(*) FROM "{name}" AS t WHERE t::text ILIKE :word')  # noqa: S608 - names of ours
            for name in names
        }
        its = {"word": f"%{word}%"}
        return {name for name, count in counted.items() if (await connection.execute(count, its)).scalar_one()}


async def test_of_a_call_that_is_not_to_be_found_no_word_is_in_the_database(store: Store) -> None:
    """Off for statements, lists still find it; off for both, nothing of what was said is there, also of what was."""
    acme = await store.organizations.create("Acme")
    asked = read_statement('SELECT * FROM media WHERE * SAYS "zebra"', StatementLimits())
    assert isinstance(asked, Selection)
    place = Mention("Caller", (Occurrence(Span(500, 900), "zebra"),))
    found = [CategoryResult("animals", "1", True, (place,))]
    said = ("Caller", "a zebra")
    await finished_call(store, acme.id, said, indexed=False, searchable=False, categories=found)
    assert await kept_of(store, "zebra") == set()
    listed = await finished_call(store, acme.id, said, indexed=False, categories=found)
    assert await kept_of(store, "zebra") == {"call_index", "category_results"}
    assert (await store.tenant(acme.id).search.select(asked)).total == 0
    query = MediaQuery(condition=asked.condition)
    assert [one.id for one in (await store.tenant(acme.id).media.page(query)).elements] == [listed.id]
    off = replace(listed.plan, searchable=False, before=RunBefore(1))
    second = await again(store, listed, off)
    await store.media.finish(second.id, run=2)
    assert await kept_of(store, "zebra") == set()
