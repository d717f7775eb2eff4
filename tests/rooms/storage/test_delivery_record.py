"""What a customer reads of its deliveries, and what making one again changes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from tests.rooms.storage.recordings import SIGNATURE, accept, claim, give_up, may_replay, pass_time, plan_with_callbacks
from voxport.core.codes import Code
from voxport.core.delivery import DEAD, Attempt, Cause, DeliveryStatus
from voxport.core.delivery_query import SHOWN_ATTEMPTS, DeliveryQuery, DeliveryRecord, MediaDeliveriesQuery, ReplayQuery
from voxport.core.delivery_rules import skipped_after_failure
from voxport.core.errors import Problem, RequestRefused
from voxport.core.media import Media, Organization, StepStatus
from voxport.core.paging import Page
from voxport.core.plan import CallbackPlan, CallbackType, Plan, RoleTarget
from voxport.core.stages import Step
from voxport.storage.cipher import Cipher
from voxport.storage.store import Store

THREE = (CallbackType.ANALYTICS, CallbackType.TRANSCRIPT, CallbackType.ANALYTICS)
LONG_AGO = datetime(2001, 1, 1, tzinfo=UTC)
BUCKET = "https://bucket.example"


def attempt(number: int, status: int | None = 503, started: datetime | None = None) -> Attempt:
    return Attempt(number, started or datetime.now(UTC), 120, status, 4096, "the server said 503", "try later")


@pytest.fixture
async def acme(store: Store) -> Organization:
    return await store.organizations.create("Acme")


@pytest.fixture
async def media(store: Store, acme: Organization) -> Media:
    return await accept(
        store, acme.id, plan_with_callbacks(*THREE, time_to_live_s=3600), metadata={"externalId": "call-17"}
    )


@pytest.fixture
async def pending(store: Store, media: Media) -> list[UUID]:
    return await store.media.finish(media.id, run=1)


async def execute(store: Store, sql: str, **values: Any) -> None:
    async with store.transaction() as connection:
        await connection.execute(text(sql), values)


async def pause(store: Store, organization_id: UUID, endpoint: str = BUCKET) -> None:
    where, error = (organization_id, endpoint), "no connection could be made"
    while not await store.endpoints.failed(where, error, pause_after=2, first_probe_s=900):
        pass


async def record(store: Store, organization_id: UUID, delivery_id: UUID) -> DeliveryRecord:
    found = await store.tenant(organization_id).deliveries.get(delivery_id)
    assert found is not None
    return found


async def expires(store: Store, media: Media) -> datetime | None:
    found = await store.media.get(media.id)
    assert found is not None
    return found.expires


async def listed(store: Store, organization_id: UUID, **asked: Any) -> list[UUID]:
    page = await store.tenant(organization_id).deliveries.page(DeliveryQuery(**asked))
    return [one.delivery.id for one in page.elements]


async def test_a_record_has_all_of_it(store: Store, acme: Organization, media: Media, pending: list[UUID]) -> None:
    for number in (1, 2):
        await store.attempts.record([(pending[0], attempt(number))])
    whole = await record(store, acme.id, pending[0])
    assert (whole.external_id, whole.endpoint, whole.paused) == ("call-17", BUCKET, None)
    assert [one.number for one in whole.delivery.attempts] == [1, 2]
    of_media = await store.tenant(acme.id).deliveries.of_media(media.id)
    assert ([one.delivery.id for one in of_media.elements], of_media.after) == (pending, None)
    page = await store.tenant(acme.id).deliveries.page(DeliveryQuery())
    with_last = {one.delivery.id: one.delivery for one in page.elements}
    assert [one.number for one in with_last[pending[0]].attempts] == [2]
    assert with_last[pending[1]].attempts == ()


async def test_others_and_what_is_deleted_are_not_there(
    store: Store, acme: Organization, media: Media, pending: list[UUID]
) -> None:
    other = await store.organizations.create("Other")
    stranger = store.tenant(other.id)
    assert await stranger.deliveries.get(pending[0]) is None
    assert await stranger.deliveries.of_media(media.id) == Page([])
    assert await stranger.deliveries.page(DeliveryQuery()) == Page([])
    with pytest.raises(RequestRefused, match="10011"):
        await stranger.deliveries.page(DeliveryQuery(after=pending[0]))
    await pause(store, acme.id)
    assert await stranger.endpoints.failing() == []
    with pytest.raises(LookupError):
        await store.replays.replay(other.id, pending[0], may_replay)
    assert (await store.replays.replay_many(other.id, ReplayQuery(LONG_AGO, ()), may_replay)).queued == ()
    await store.media.mark_deleted(media.id)
    assert await store.tenant(acme.id).deliveries.get(pending[0]) is None
    assert await listed(store, acme.id) == []
    with pytest.raises(LookupError):
        await store.replays.replay(acme.id, pending[0], may_replay)
    assert (await store.replays.replay_many(acme.id, ReplayQuery(LONG_AGO, ()), may_replay)).queued == ()


async def test_pages_go_through_all_newest_first(store: Store, acme: Organization) -> None:
    made: list[UUID] = []
    for _ in range(4):
        one = await accept(store, acme.id, plan_with_callbacks(*THREE))
        made = [*sorted(await store.media.finish(one.id, run=1), reverse=True), *made]
    seen: list[UUID] = []
    while page := await listed(store, acme.id, limit=5, after=seen[-1] if seen else None):
        seen += page
    assert seen == made
    with pytest.raises(RequestRefused, match="10011"):
        await listed(store, acme.id, after=uuid4())


async def test_pages_go_on_when_all_that_was_seen_is_gone(store: Store, acme: Organization) -> None:
    for _ in range(4):
        one = await accept(store, acme.id, plan_with_callbacks(*THREE))
        await store.media.finish(one.id, run=1)
    made = await listed(store, acme.id)
    seen: list[UUID] = []
    cursor: str | None = None
    while not seen or cursor is not None:
        page = await store.tenant(acme.id).deliveries.page(DeliveryQuery(limit=4, after=cursor))
        seen += [record.delivery.id for record in page.elements]
        cursor = page.after
        for last in page.elements[-1:]:
            # With it go the others of its media, which are not seen.
            await store.media.mark_deleted(last.delivery.media_id)
            await store.media.erase(last.delivery.media_id)
    assert seen == [*made[:4], *made[6:10]]


async def test_the_deliveries_of_a_media_have_pages(store: Store, acme: Organization, media: Media) -> None:
    tenant = store.tenant(acme.id)
    made = [record.delivery.id for record in (await tenant.deliveries.of_media(media.id)).elements]
    first = await tenant.deliveries.of_media(media.id, MediaDeliveriesQuery(limit=2))
    rest = await tenant.deliveries.of_media(media.id, MediaDeliveriesQuery(after=first.after, limit=2))
    assert [record.delivery.id for record in (*first.elements, *rest.elements)] == made
    assert rest.after is None


async def test_a_list_reads_each_runs_addresses_once_and_no_plan(
    store: Store, acme: Organization, media: Media, pending: list[UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    """5,000 callbacks of one recording, each with a plan of 5,000 callbacks, were 15.8 GB."""
    opened: list[bytes] = []
    decrypt = Cipher.decrypt

    def count(cipher: Cipher, sealed: bytes, bound_to: bytes) -> bytes:
        opened.append(bound_to)
        return decrypt(cipher, sealed, bound_to)

    monkeypatch.setattr(Cipher, "decrypt", count)
    monkeypatch.setattr("voxport.storage.sealing.plan_from_json", None)
    deliveries = store.tenant(acme.id).deliveries
    for read in (deliveries.of_media(media.id), deliveries.page(DeliveryQuery())):
        assert len((await read).elements) == len(pending)
        assert opened == [media.id.bytes]
        opened.clear()
    await give_up(store, pending[0])
    result = await store.replays.replay_many(acme.id, ReplayQuery(LONG_AGO), may_replay)
    assert (result.queued, opened) == ((pending[0],), [media.id.bytes])


async def test_rows_of_before_callbacks_stood_in_them_are_shown_from_their_plan(
    store: Store, acme: Organization, media: Media, pending: list[UUID]
) -> None:
    deliveries = store.tenant(acme.id).deliveries
    shown = await deliveries.of_media(media.id)
    async with store.transaction() as connection:
        await connection.execute(text("UPDATE deliveries SET callback = NULL"))
    assert await deliveries.of_media(media.id) == shown


async def test_a_page_ends_where_the_addresses_become_too_many(
    store: Store, acme: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        one = await accept(store, acme.id, plan_with_callbacks(CallbackType.ANALYTICS, CallbackType.ANALYTICS))
        for delivery_id in await store.media.finish(one.id, run=1):
            await give_up(store, delivery_id)
    made = await listed(store, acme.id)
    monkeypatch.setattr("voxport.storage.listed_deliveries.MAX_SECRETS_BYTES", 1)
    seen: list[UUID] = []
    cursor: str | None = None
    while not seen or cursor is not None:
        page = await store.tenant(acme.id).deliveries.page(DeliveryQuery(after=cursor))
        assert len(page.elements) == 2
        seen += [record.delivery.id for record in page.elements]
        cursor = page.after
    assert seen == made
    first = await store.replays.replay_many(acme.id, ReplayQuery(LONG_AGO), may_replay)
    assert (sorted(first.queued), first.more) == (sorted(made[-2:]), True)
    rest = await store.replays.replay_many(acme.id, ReplayQuery(LONG_AGO, after=first.after), may_replay)
    assert sorted(rest.queued) == sorted(made[2:4])


async def test_a_delivery_shows_its_last_attempts(
    store: Store, acme: Organization, pending: list[UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [(pending[0], attempt(number)) for number in range(1, SHOWN_ATTEMPTS + 3)]
    await store.attempts.record(made)
    shown = (await record(store, acme.id, pending[0])).delivery.attempts
    assert [one.number for one in shown] == list(range(3, SHOWN_ATTEMPTS + 3))


async def test_filters(store: Store, acme: Organization, media: Media, pending: list[UUID]) -> None:
    delivered, failed, waiting = pending
    await store.attempts.record([(delivered, attempt(1, 200))])
    await give_up(store, failed, "410")
    lost = await accept(store, acme.id, plan_with_callbacks(CallbackType.TRANSCRIPT, CallbackType.ANALYTICS))
    (told,) = await store.media.fail(
        lost.id, [Problem(Code.MEDIA_UNREADABLE, "no sound")], run=1, skips=skipped_after_failure
    )
    await give_up(store, told, "over", DeliveryStatus.EXPIRED)
    (skipped,) = await listed(store, acme.id, statuses=(DeliveryStatus.SKIPPED,))
    assert skipped not in pending
    assert await listed(store, acme.id, statuses=DEAD) == [told, failed]
    assert await listed(store, acme.id, statuses=(DeliveryStatus.EXPIRED,)) == [told]
    assert await listed(store, acme.id, statuses=(DeliveryStatus.DELIVERED,)) == [delivered]
    mixed = (DeliveryStatus.PENDING, DeliveryStatus.FAILED, DeliveryStatus.DELIVERED)
    assert set(await listed(store, acme.id, statuses=mixed)) == {delivered, failed, waiting}
    assert await listed(store, acme.id, statuses=(DeliveryStatus.PENDING,)) == [waiting]
    assert await listed(store, acme.id, held=True) == []
    await pause(store, acme.id)
    assert await listed(store, acme.id, held=True) == [waiting]
    assert set(await listed(store, acme.id, held=True, statuses=(DeliveryStatus.FAILED,))) == {failed, waiting}
    assert set(await listed(store, acme.id, media_id=media.id)) == set(pending)
    assert len(await listed(store, acme.id, host="Bucket.Example")) == 5
    assert await listed(store, acme.id, host="other.example") == []
    made = (await record(store, acme.id, waiting)).delivery.created
    assert set(await listed(store, acme.id, since=made, until=made)) == set(pending)
    assert await listed(store, acme.id, until=made - timedelta(microseconds=1)) == []


async def test_of_endpoints_that_fail_so_many_are_shown(
    store: Store, acme: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    hosts = [f"https://{number}.example" for number in range(4)]
    for host in hosts:
        await store.endpoints.failed((acme.id, host), "refused", pause_after=5, first_probe_s=900)
    monkeypatch.setattr("voxport.storage.tenant.endpoints.MOST_FAILING", 3)
    assert [one.endpoint for one in await store.tenant(acme.id).endpoints.failing()] == hosts[:3]


async def test_an_endpoint_that_fails_is_shown_until_something_arrives(
    store: Store, acme: Organization, pending: list[UUID]
) -> None:
    await store.endpoints.failed((acme.id, BUCKET), "refused", pause_after=5, first_probe_s=900)
    (failing,) = await store.tenant(acme.id).endpoints.failing()
    assert (failing.failures, failing.paused, failing.next_probe, failing.waiting) == (1, None, None, 3)
    await pause(store, acme.id)
    (paused,) = await store.tenant(acme.id).endpoints.failing()
    assert paused.failures == 2
    assert paused.paused is not None
    assert paused.next_probe is not None
    held = await record(store, acme.id, pending[0])
    assert held.delivery.held
    assert (held.paused, held.endpoint_error) == (paused.paused, "no connection could be made")
    assert held.next_probe == paused.next_probe
    await store.endpoints.answered((acme.id, BUCKET))
    assert await store.tenant(acme.id).endpoints.failing() == []


@pytest.mark.parametrize("end", [DeliveryStatus.DELIVERED, DeliveryStatus.FAILED, DeliveryStatus.EXPIRED])
async def test_what_has_ended_is_pending_again(
    store: Store, acme: Organization, media: Media, pending: list[UUID], end: DeliveryStatus
) -> None:
    for delivery_id in pending:
        await store.attempts.record([(delivery_id, attempt(1, 200 if end is DeliveryStatus.DELIVERED else 503))])
        if end is not DeliveryStatus.DELIVERED:
            await give_up(store, delivery_id, "given up", end)
    before = (await record(store, acme.id, pending[1])).delivery
    assert before.status is end
    assert await expires(store, media) is not None
    asked = datetime.now(UTC)
    assert (await store.replays.replay(acme.id, pending[1], may_replay)).queued == (pending[1],)
    again = (await record(store, acme.id, pending[1])).delivery
    assert (again.status, again.reason, again.round, again.ended) == (DeliveryStatus.PENDING, None, 0, None)
    assert (again.cause, again.replays) == (Cause.REPLAY, 1)
    assert again.due is not None
    assert again.first_attempt is not None
    assert asked <= again.due == again.first_attempt <= datetime.now(UTC)
    assert (again.attempts, again.created) == (before.attempts, before.created)
    assert (await record(store, acme.id, pending[0])).delivery.replays == 0
    found = await store.media.get(media.id)
    assert found is not None
    assert found.expires is None
    (step,) = (step for step in found.steps if step.step is Step.DELIVER)
    assert (step.status, step.finished) == (StepStatus.STARTED, None)
    assert not await store.expiry.begin(media.id)
    await store.attempts.record([(pending[1], attempt(2, 200))])
    after = (await record(store, acme.id, pending[1])).delivery
    assert (after.status, [one.number for one in after.attempts]) == (DeliveryStatus.DELIVERED, [1, 2])
    assert await expires(store, media) is not None


async def test_one_that_is_being_tried_is_left_alone(store: Store, acme: Organization, pending: list[UUID]) -> None:
    worker = uuid4()
    assert len(await claim(store, worker=worker)) == 3
    alone = await store.replays.replay(acme.id, pending[0], may_replay)
    assert (alone.queued, alone.claimed) == ((), (pending[0],))
    many = await store.replays.replay_many(acme.id, ReplayQuery(LONG_AGO, (DeliveryStatus.PENDING,)), may_replay)
    assert (many.queued, many.refused, set(many.claimed)) == ((), (), set(pending))
    later = datetime.now(UTC) + timedelta(hours=1)
    await store.deliveries.end_round(pending[0], wait_s=3600.0, rounds_made=3, cause=Cause.SCHEDULE, worker=None)
    assert (await store.replays.replay(acme.id, pending[0], may_replay)).queued == (pending[0],)
    again = (await record(store, acme.id, pending[0])).delivery
    assert again.round == 0
    assert again.due is not None
    assert again.due < later
    assert [one.delivery.id for one in await claim(store, worker=worker)] == [pending[0]]


async def test_a_paused_endpoint_is_asked_at_once(store: Store, acme: Organization, pending: list[UUID]) -> None:
    await pause(store, acme.id)
    await execute(store, "UPDATE deliveries SET created = now() - interval '3 days', first_attempt = created")
    for delivery_id in pending:
        await give_up(store, delivery_id)
    for delivery_id in pending[:2]:
        assert (await store.replays.replay(acme.id, delivery_id, may_replay)).queued == (delivery_id,)
    (health,) = await store.tenant(acme.id).endpoints.failing()
    assert health.next_probe is not None
    assert health.next_probe <= datetime.now(UTC)
    (probe,) = await claim(store, last_round_after_s=16 * 3600.0)
    # The other, days after it was made, is at the beginning of its schedule again: held, not on its last round.
    (other,) = {*pending[:2]} - {probe.delivery.id}
    assert await claim(store, last_round_after_s=16 * 3600.0) == []
    assert (await record(store, acme.id, other)).delivery.held


async def test_workers_are_woken(store: Store, acme: Organization, pending: list[UUID]) -> None:
    await give_up(store, pending[0])
    notices = store.notices("voxport_deliveries")
    woken = asyncio.ensure_future(anext(aiter(notices)))
    while not woken.done():
        await store.replays.replay(acme.id, pending[0], may_replay)
        await asyncio.wait([woken], timeout=0.05)
    woken.result()
    assert isinstance(notices, AsyncGenerator)
    await notices.aclose()


async def test_skipped_ones_have_nothing_to_send(store: Store, acme: Organization, media: Media) -> None:
    await store.media.fail(media.id, [Problem(Code.MEDIA_UNREADABLE, "no sound")], run=1, skips=skipped_after_failure)
    (skipped,) = await listed(store, acme.id, statuses=(DeliveryStatus.SKIPPED,))
    (refusal,) = (await store.replays.replay(acme.id, skipped, may_replay)).refused
    assert "skipped: the media failed" in refusal.reason
    assert (await record(store, acme.id, skipped)).delivery.status is DeliveryStatus.SKIPPED


OVER = "https://bucket.example/call.json?AWSAccessKeyId=AKIA0&Expires=1700000000&Signature=5ecre7"


async def test_an_ended_signature_needs_a_new_address(store: Store, acme: Organization) -> None:
    role = CallbackPlan(OVER, role=RoleTarget("arn:aws:iam::111122223333:role/out"))
    other = CallbackPlan(f"https://hooks.example/?{SIGNATURE}")
    plan = Plan(callbacks=(CallbackPlan(OVER, "PUT"), other, role))
    media = await accept(store, acme.id, plan, source_url="https://calls.example/1.wav?key=5ecre7")
    first, second, third = await store.media.finish(media.id, run=1)
    await store.attempts.record([(first, attempt(1, 403))])
    for delivery_id in (first, second, third):
        await give_up(store, delivery_id, "over", DeliveryStatus.EXPIRED)
    (refusal,) = (await store.replays.replay(acme.id, first, may_replay)).refused
    assert "ended at 2023-11-14 22:13:20 UTC" in refusal.reason
    assert "Sign a new one" in refusal.reason
    assert "5ecre7" not in refusal.reason
    many = await store.replays.replay_many(acme.id, ReplayQuery(LONG_AGO), may_replay)
    assert ([one.delivery_id for one in many.refused], set(many.queued)) == ([first], {second, third})
    new = "https://other.example:8443/call.json?Expires=4000000000&AWSAccessKeyId=AKIA0&Signature=n3w5ecre7"
    assert (await store.replays.replay(acme.id, first, may_replay, new)).queued == (first,)
    again = await record(store, acme.id, first)
    assert again.delivery.callback.url == new
    assert (again.delivery.address, again.endpoint) == (
        "https://other.example:8443/call.json",
        "https://other.example:8443",
    )
    assert [one.address for one in again.delivery.attempts] == ["https://bucket.example/call.json"]
    assert await listed(store, acme.id, host="other.example") == [first]
    found = await store.media.get(media.id)
    assert found is not None
    assert found.source_url == "https://calls.example/1.wav?key=5ecre7"
    assert found.plan.callbacks[1:] == plan.callbacks[1:]


async def test_many_go_page_by_page_oldest_first(store: Store, acme: Organization) -> None:
    made: list[UUID] = []
    for _ in range(3):
        one = await accept(store, acme.id, plan_with_callbacks(*THREE))
        made += sorted(await store.media.finish(one.id, run=1))
    for delivery_id in made:
        await give_up(store, delivery_id)
    first = await store.replays.replay_many(acme.id, ReplayQuery(LONG_AGO, limit=4), may_replay)
    assert (first.queued, first.refused, first.more) == (tuple(made[:4]), (), True)
    rest = await store.replays.replay_many(acme.id, ReplayQuery(LONG_AGO, limit=5, after=first.after), may_replay)
    assert (rest.queued, rest.more) == (tuple(made[4:]), False)
    none = await store.replays.replay_many(acme.id, ReplayQuery(LONG_AGO), may_replay)
    assert (none.queued, none.more, none.after) == ((), False, None)
    later = ReplayQuery(datetime.now(UTC), (DeliveryStatus.PENDING,))
    assert (await store.replays.replay_many(acme.id, later, may_replay)).queued == ()


async def test_replays_at_once_count_once_each_and_lock_nobody_out(
    store: Store, acme: Organization, pending: list[UUID]
) -> None:
    for delivery_id in pending:
        await give_up(store, delivery_id)
    many = [store.replays.replay_many(acme.id, ReplayQuery(LONG_AGO), may_replay) for _ in range(4)]
    ended = [store.replays.replay(acme.id, one, may_replay) for one in reversed(pending)]
    results = await asyncio.gather(*many, *ended)
    assert all(len(result.queued) == 1 for result in results[4:])
    counted = [(await record(store, acme.id, one)).delivery.replays for one in pending]
    queued = [one for result in results[:4] for one in result.queued]
    assert sum(counted) == len(queued) + len(ended)


async def test_an_expiry_that_a_replay_has_stopped_erases_nothing(
    store: Store, acme: Organization, media: Media, pending: list[UUID]
) -> None:
    for delivery_id in pending:
        await give_up(store, delivery_id)
    assert await store.expiry.mark_deleted() == []
    await pass_time(store, hours=2)
    assert not await store.expiry.begin(media.id)
    await store.replays.replay(acme.id, pending[0], may_replay)
    assert await store.expiry.mark_deleted() == []
    await give_up(store, pending[0])
    assert await store.expiry.mark_deleted() == []
    await pass_time(store, hours=2)
    assert await store.expiry.mark_deleted() == [media.id]
    assert await store.tenant(acme.id).media.get(media.id) is None
