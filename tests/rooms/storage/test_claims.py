"""Deliveries are claimed by one worker at a time, a little of each endpoint, and a paused one is only probed."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from tests.rooms.storage.recordings import accept, claim, claimed, deliveries_of, pass_time
from voxport.core.delivery import Cause
from voxport.core.plan import CallbackPlan, Plan
from voxport.storage.cipher import Cipher
from voxport.storage.claims import DELIVERIES_CHANNEL
from voxport.storage.records import Endpoint
from voxport.storage.store import Store

FAST, SLOW = "https://fast.example", "https://slow.example:8443"


@pytest.fixture
async def owner(store: Store) -> UUID:
    return (await store.organizations.create("Acme")).id


async def finished(store: Store, owner: UUID, *addresses: str) -> list[UUID]:
    """A media that has ended with a delivery to each address."""
    plan = Plan(callbacks=tuple(CallbackPlan(f"{address}/calls?token=5ecre7") for address in addresses))
    return await store.media.finish((await accept(store, owner, plan)).id, run=1)


async def by_address(store: Store, **fields: Any) -> list[str]:
    return [one.delivery.address.removesuffix("/calls") for one in await claim(store, **fields)]


async def pause(store: Store, endpoint: Endpoint, failures: int = 3) -> list[bool]:
    return [
        await store.endpoints.failed(endpoint, "no answer", pause_after=3, first_probe_s=60) for _ in range(failures)
    ]


async def test_a_claim_brings_delivery_and_media_and_is_nobody_elses(store: Store, owner: UUID) -> None:
    (delivery_id,) = await finished(store, owner, FAST)
    (one,) = await claim(store)
    assert one.delivery == await store.deliveries.get(delivery_id)
    assert one.media == await store.media.get(one.delivery.media_id)
    assert (one.endpoint, one.failures, one.paused) == ((owner, FAST), 0, False)
    assert await claimed(store) == []


async def test_what_a_dead_worker_held_is_open_again_when_its_lease_ends(store: Store, owner: UUID) -> None:
    pending = await finished(store, owner, FAST)
    worker = uuid4()
    await claim(store, worker=worker)
    await store.claims.renew(worker, pending, 300.0)
    await store.claims.renew(uuid4(), pending, 3000.0)
    await store.claims.release(uuid4(), pending)
    await pass_time(store, minutes=4)
    assert await claimed(store) == []
    await pass_time(store, minutes=2)
    assert await claimed(store) == pending


async def test_two_workers_at_once_never_claim_the_same(store: Store, owner: UUID) -> None:
    pending = set(await finished(store, owner, *[FAST] * 12))
    taken = await asyncio.gather(*(claim(store, limit=4) for _ in range(6)))
    ids = [one.delivery.id for claims in taken for one in claims]
    assert len(ids) == len(set(ids))
    assert set(ids) <= pending
    rest = [one.delivery.id for one in await claim(store)]
    assert {*ids, *rest} == pending


async def test_each_endpoint_gets_its_room_oldest_first(store: Store, owner: UUID) -> None:
    # One media each: those of one are due at the same moment, in no order.
    slow = [one for _ in range(5) for one in await finished(store, owner, SLOW)]
    await finished(store, owner, FAST, FAST)
    other = (await store.organizations.create("Other")).id
    await finished(store, other, SLOW)
    assert await by_address(store, first_capacity=2) == [SLOW, SLOW, FAST, FAST, SLOW]
    assert await by_address(store, first_capacity=2, capacities={(owner, SLOW): 0}) == []
    assert await claimed(store, capacities={(owner, SLOW): 1}) == [slow[2]]
    assert await claimed(store, limit=2) == slow[2:4]


async def test_an_endpoint_that_failed_gets_one_at_a_time(store: Store, owner: UUID) -> None:
    await finished(store, owner, SLOW, SLOW, FAST, FAST)
    assert await pause(store, (owner, SLOW), failures=1) == [False]
    assert sorted(await by_address(store)) == [FAST, FAST, SLOW]


async def test_a_paused_endpoint_is_probed_now_and_then_with_one(store: Store, owner: UUID) -> None:
    pending = await finished(store, owner, SLOW, SLOW, FAST)
    assert await pause(store, (owner, SLOW)) == [False, False, True]
    assert await pause(store, (owner, SLOW), failures=1) == [False]
    assert await by_address(store) == [FAST]
    first = await store.deliveries.get(pending[0])
    assert first is not None
    media = await store.media.get(first.media_id)
    assert media is not None
    held = await deliveries_of(store, media)
    assert [one.held for one in held] == [True, True, False]
    await pass_time(store, seconds=61)
    (one,) = await claim(store, lease_s=0.0, capacities={(owner, FAST): 0})
    assert (one.endpoint, one.paused, one.failures) == ((owner, SLOW), True, 4)
    for passed_s, found in ((58, 0), (3, 1), (118, 0), (3, 1)):
        await pass_time(store, seconds=passed_s)
        assert len(await claim(store, lease_s=0.0, capacities={(owner, FAST): 0})) == found, passed_s


async def test_what_another_key_has_sealed_holds_nobody_up(store: Store, owner: UUID, postgres_url: str) -> None:
    sealed = await finished(store, owner, SLOW)
    other = await Store.open(postgres_url, Cipher(bytes(range(1, 33))))
    try:
        pending = await finished(other, owner, FAST)
        assert [one.delivery.id for one in await claim(other)] == pending
    finally:
        await other.close()
    await pass_time(store, minutes=5)
    assert await claimed(store) == []
    await pass_time(store, minutes=6)
    assert await claimed(store) == sealed


async def test_one_failure_can_be_enough(store: Store, owner: UUID) -> None:
    await finished(store, owner, SLOW)
    assert await store.endpoints.failed((owner, SLOW), "no answer", pause_after=1, first_probe_s=60)
    assert await claimed(store) == []


async def test_the_last_round_is_made_although_the_endpoint_is_paused(store: Store, owner: UUID) -> None:
    pending = await finished(store, owner, SLOW)
    await pause(store, (owner, SLOW))
    assert await claimed(store, last_round_after_s=3600.0) == []
    (last,) = await claim(store, last_round_after_s=0.0)
    assert (last.delivery.id, last.paused, last.last_round) == (pending[0], True, True)


async def test_who_answers_again_gets_everything_at_once(store: Store, owner: UUID) -> None:
    pending = await finished(store, owner, SLOW, SLOW)
    await store.deliveries.end_round(pending[1], wait_s=8 * 3600.0, rounds_made=5, cause=Cause.SCHEDULE, worker=None)
    assert not await store.endpoints.answered((owner, SLOW))
    await pause(store, (owner, SLOW))
    assert await store.endpoints.answered((owner, SLOW))
    found = await claim(store)
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
    broken = await store.deliveries.get(damaged)
    assert broken is not None
    async with store.transaction() as connection:
        spoil = text("""UPDATE media SET plan = jsonb_set(plan, '{callbacks,0,type}', '"hologram"') WHERE id = :id""")
        await connection.execute(spoil, {"id": broken.media_id})
    assert await claimed(store) == [sound]
    (again,) = await claim(store)
    assert again.delivery.id == sound
