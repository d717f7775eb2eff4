"""Which rule ends a media, and that an account's rule holds for what is there already."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from tests.rooms.storage.recordings import accept, claim, plan_with_callbacks
from voxport.core.codes import Code
from voxport.core.errors import Problem
from voxport.core.media import Media
from voxport.core.plan import CallbackType, Plan
from voxport.core.retention import AccountRetention, Retention, RetentionRule
from voxport.storage import expiry
from voxport.storage.store import Store

DAY = 86_400
RULES = AccountRetention(9 * DAY, 2 * DAY)


async def ended(store: Store, organization_id: UUID, plan: Plan, *, fails: bool = False) -> Media:
    media = await accept(store, organization_id, plan)
    problems = [Problem.of(Code.MEDIA_UNREADABLE, reason="it is empty")]
    if fails:
        await store.media.fail(media.id, problems, run=1, skips=lambda _: None)
    else:
        await store.media.finish(media.id, run=1)
    await store.expiry.begin(media.id)
    return media


async def days_left(store: Store, media: Media) -> tuple[RetentionRule | None, float | None]:
    found, retention = await store.media.get(media.id), await why(store, media)
    if found is None or found.expires is None or found.finished is None:
        return retention.rule, None
    return retention.rule, (found.expires - found.finished) / timedelta(days=1)


async def why(store: Store, media: Media) -> Retention:
    found = await store.tenant(media.organization.id).retention.of_media(media.id)
    assert found is not None
    return found


async def test_the_call_says_first_then_the_account_and_of_failures_apart(store: Store) -> None:
    acme = await store.organizations.create("Acme")
    before = await ended(store, acme.id, Plan())
    assert await days_left(store, before) == (None, None)
    assert await store.expiry.account(acme.id) == AccountRetention()
    await store.expiry.set_account(acme.id, RULES)
    assert await store.expiry.account(acme.id) == RULES
    own = await ended(store, acme.id, Plan(time_to_live_s=DAY), fails=True)
    failed = await ended(store, acme.id, Plan(), fails=True)
    assert await days_left(store, own) == (RetentionRule.CALL, 1)
    assert await days_left(store, failed) == (RetentionRule.FAILED, 2)
    for media in (before, await ended(store, acme.id, Plan())):
        assert await days_left(store, media) == (RetentionRule.ACCOUNT, 9)


async def test_what_the_account_says_later_holds_for_what_is_there(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(expiry, "_AT_ONCE", 2)
    acme, other = await store.organizations.create("Acme"), await store.organizations.create("Other")
    for organization in (acme, other):
        await store.expiry.set_account(organization.id, RULES)
    own, foreign = await ended(store, acme.id, Plan(time_to_live_s=DAY)), await ended(store, other.id, Plan())
    failed = await ended(store, acme.id, Plan(), fails=True)
    media = [await ended(store, acme.id, Plan()) for _ in range(5)]
    await store.expiry.set_account(acme.id, AccountRetention(3 * DAY))
    assert [await days_left(store, one) for one in (*media, failed)] == [(RetentionRule.ACCOUNT, 3)] * 6
    assert await days_left(store, own) == (RetentionRule.CALL, 1)
    assert await days_left(store, foreign) == (RetentionRule.ACCOUNT, 9)
    await store.expiry.set_account(acme.id, AccountRetention())
    assert [await days_left(store, one) for one in (*media, failed)] == [(None, None)] * 6
    assert await days_left(store, own) == (RetentionRule.CALL, 1)


async def test_nothing_begins_before_the_last_delivery_and_it_counts_from_there(store: Store) -> None:
    acme = await store.organizations.create("Acme")
    running = await accept(store, acme.id)
    waiting = await ended(store, acme.id, plan_with_callbacks(CallbackType.ANALYTICS))
    await store.expiry.set_account(acme.id, RULES)
    for media in (running, waiting):
        assert await days_left(store, media) == (None, None)
    assert (await why(store, waiting)).pending == 1
    (claimed,) = await claim(store)
    await store.deliveries.set_delivered(claimed.delivery.id)
    retention, found = await why(store, waiting), await store.media.get(waiting.id)
    assert (retention.rule, retention.pending) == (RetentionRule.ACCOUNT, 0)
    assert found is not None
    assert found.expires is not None
    assert retention.last_delivery == found.expires - timedelta(days=9)


async def test_there_is_nothing_to_say_of_what_is_not_there(store: Store) -> None:
    acme, other = await store.organizations.create("Acme"), await store.organizations.create("Other")
    media = await ended(store, acme.id, Plan())
    assert await store.tenant(other.id).retention.of_media(media.id) is None
    assert await store.tenant(acme.id).retention.of_media(uuid4()) is None
    await store.media.mark_deleted(media.id)
    assert await store.tenant(acme.id).retention.of_media(media.id) is None
    assert await store.expiry.account(uuid4()) == AccountRetention()
