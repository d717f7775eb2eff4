"""Deliveries are claimed by one worker at a time, a little of each endpoint, and a paused one is only probed."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from tests.rooms.storage.recordings import accept, claim, claimed
from voxport.core.delivery import Cause
from voxport.core.plan import CallbackPlan, Plan
from voxport.storage.cipher import Cipher
from voxport.storage.claims import DELIVERIES_CHANNEL, Endpoint
from voxport.storage.store import Store

FAST, SLOW = "https://fast.example", "https://slow.example:8443"


@pytest.fixture
async def owner(store: Store) -> UUID:
    return (await store.create_organization("Acme")).id


async def finished(store: Store, owner: UUID, *addresses: str) -> list[UUID]:
    """A media that has ended with a delivery to each address."""
    plan = Plan(callbacks=tuple(CallbackPlan(f"{address}/calls?token=5ecre7") for address in addresses))
    return await store.work.finish_media((await accept(store, owner, plan)).id)


async def by_address(store: Store, now: datetime, **fields: Any) -> list[str]:
    return [one.delivery.address.removesuffix("/calls") for one in await claim(store, now, **fields)]


async def pause(store: Store, endpoint: Endpoint, failures: int = 3) -> list[bool]:
    return [
        await store.work.endpoint_failed(endpoint, "no answer", pause_after=3, first_probe_s=60)
        for _ in range(failures)
    ]


async def test_a_claim_brings_delivery_and_media_and_is_nobody_elses(store: Store, owner: UUID) -> None:
    (delivery_id,) = await finished(store, owner, FAST)
    now = datetime.now(UTC)
    (one,) = await claim(store, now)
    assert one.delivery == await store.work.delivery(delivery_id)
    assert one.media == await store.work.media(one.delivery.media_id)
    assert (one.endpoint, one.failures, one.paused) == ((owner, FAST), 0, False)
    assert await claimed(store, now) == []


async def test_what_a_dead_worker_held_is_open_again_when_its_lease_ends(store: Store, owner: UUID) -> None:
    pending = await finished(store, owner, FAST)
    now, worker = datetime.now(UTC), uuid4()
    await claim(store, now, worker=worker)
    await store.work.renew_claims(worker, pending, now + timedelta(minutes=5))
    await store.work.renew_claims(uuid4(), pending, now + timedelta(minutes=50))
    await store.work.give_back(uuid4(), pending)
    assert await claimed(store, now + timedelta(minutes=4)) == []
    assert await claimed(store, now + timedelta(minutes=6)) == pending


async def test_two_workers_at_once_never_claim_the_same(store: Store, owner: UUID) -> None:
    pending = set(await finished(store, owner, *[FAST] * 12))
    now = datetime.now(UTC)
    taken = await asyncio.gather(*(claim(store, now, limit=4) for _ in range(6)))
    ids = [one.delivery.id for claims in taken for one in claims]
    assert len(ids) == len(set(ids))
    assert set(ids) <= pending
    rest = [one.delivery.id for one in await claim(store, now)]
    assert {*ids, *rest} == pending


async def test_each_endpoint_gets_its_room_oldest_first(store: Store, owner: UUID) -> None:
    slow = await finished(store, owner, *[SLOW] * 5)
    await finished(store, owner, FAST, FAST)
    other = (await store.create_organization("Other")).id
    await finished(store, other, SLOW)
    now = datetime.now(UTC)
    assert await by_address(store, now, room=2) == [SLOW, SLOW, FAST, FAST, SLOW]
    assert await by_address(store, now, room=2, rooms={(owner, SLOW): 0}) == []
    assert await claimed(store, now, rooms={(owner, SLOW): 1}) == [slow[2]]
    assert await claimed(store, now, limit=2) == slow[2:4]


async def test_an_endpoint_that_failed_gets_one_at_a_time(store: Store, owner: UUID) -> None:
    await finished(store, owner, SLOW, SLOW, FAST, FAST)
    assert await pause(store, (owner, SLOW), failures=1) == [False]
    now = datetime.now(UTC)
    assert sorted(await by_address(store, now)) == [FAST, FAST, SLOW]


async def test_a_paused_endpoint_is_probed_now_and_then_with_one(store: Store, owner: UUID) -> None:
    pending = await finished(store, owner, SLOW, SLOW, FAST)
    assert await pause(store, (owner, SLOW)) == [False, False, True]
    assert await pause(store, (owner, SLOW), failures=1) == [False]
    now = datetime.now(UTC)
    assert await by_address(store, now) == [FAST]
    held = await store.tenant(owner).deliveries((await store.work.delivery(pending[0])).media_id)  # type: ignore[union-attr]
    assert [one.held for one in held] == [True, True, False]
    probe = now + timedelta(seconds=61)
    (one,) = await claim(store, probe, until=probe, rooms={(owner, FAST): 0})
    assert (one.endpoint, one.paused, one.failures) == ((owner, SLOW), True, 4)
    for later_s, found in ((59, 0), (61, 1), (61 + 119, 0), (61 + 121, 1)):
        at = probe + timedelta(seconds=later_s)
        assert len(await claim(store, at, until=at, rooms={(owner, FAST): 0})) == found, later_s


async def test_what_another_key_has_sealed_holds_nobody_up(store: Store, owner: UUID, postgres_url: str) -> None:
    sealed = await finished(store, owner, SLOW)
    other = await Store.open(postgres_url, Cipher(bytes(range(1, 33))))
    try:
        pending = await finished(other, owner, FAST)
        assert [one.delivery.id for one in await claim(other, datetime.now(UTC))] == pending
    finally:
        await other.close()
    assert await claimed(store, datetime.now(UTC) + timedelta(minutes=5)) == []
    assert set(await claimed(store, datetime.now(UTC) + timedelta(minutes=11))) == set(sealed)


async def test_one_failure_can_be_enough(store: Store, owner: UUID) -> None:
    await finished(store, owner, SLOW)
    assert await store.work.endpoint_failed((owner, SLOW), "no answer", pause_after=1, first_probe_s=60)
    assert await claimed(store, datetime.now(UTC)) == []


async def test_the_last_round_is_made_although_the_endpoint_is_paused(store: Store, owner: UUID) -> None:
    pending = await finished(store, owner, SLOW)
    await pause(store, (owner, SLOW))
    now = datetime.now(UTC)
    assert await claimed(store, now, last_chance=now - timedelta(hours=1)) == []
    assert await claimed(store, now, last_chance=now) == pending


async def test_who_answers_again_gets_everything_at_once(store: Store, owner: UUID) -> None:
    pending = await finished(store, owner, SLOW, SLOW)
    await store.work.end_round(pending[1], datetime.now(UTC) + timedelta(hours=8), 5)
    assert not await store.work.endpoint_answered((owner, SLOW))
    await pause(store, (owner, SLOW))
    assert await store.work.endpoint_answered((owner, SLOW))
    found = await claim(store, datetime.now(UTC))
    assert {one.delivery.id for one in found} == set(pending)
    assert {one.delivery.cause for one in found} == {Cause.RESUMED}
    assert {one.failures for one in found} == {0}


async def test_new_deliveries_are_told_of(store: Store, owner: UUID) -> None:
    notices = store.notices(DELIVERIES_CHANNEL)
    first = asyncio.ensure_future(anext(notices))
    while not first.done():
        await finished(store, owner, FAST)
        await asyncio.wait([first], timeout=0.2)
    assert first.exception() is None
    await notices.aclose()  # type: ignore[attr-defined]


async def test_what_cannot_be_read_holds_nobody_up(store: Store, owner: UUID) -> None:
    (damaged,) = await finished(store, owner, SLOW)
    (sound,) = await finished(store, owner, FAST)
    broken = await store.work.delivery(damaged)
    assert broken is not None
    async with store.transaction() as connection:
        spoil = text("""UPDATE media SET plan = jsonb_set(plan, '{callbacks,0,type}', '"hologram"') WHERE id = :id""")
        await connection.execute(spoil, {"id": broken.media_id})
    now = datetime.now(UTC)
    assert await claimed(store, now) == [sound]
    (again,) = await claim(store, now + timedelta(seconds=1))
    assert again.delivery.id == sound
