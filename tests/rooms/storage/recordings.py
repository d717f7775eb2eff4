"""Recordings as the tests of the store accept them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import text

from voxport.core.delivery import Delivery, DeliveryStatus
from voxport.core.delivery_rules import replay_refusal
from voxport.core.media import Media, MediaStatus
from voxport.core.plan import CallbackPlan, CallbackType, Plan
from voxport.core.stages import first_steps
from voxport.storage.records import Claim, ClaimRequest, NewMedia
from voxport.storage.store import Store

SIGNATURE = "X-Amz-Signature=5ecre7"
SOURCE_URL = "https://user:pa55word@calls.example/1.wav?token=5ecre7-source"


def plan_with_callbacks(*types: CallbackType, **fields: Any) -> Plan:
    callbacks = tuple(
        CallbackPlan(f"https://bucket.example/{number}?{SIGNATURE}-{number}", "PUT", type=kind)
        for number, kind in enumerate(types)
    )
    return Plan(callbacks=callbacks, **fields)


async def accept(store: Store, organization_id: UUID, plan: Plan | None = None, **fields: Any) -> Media:
    plan = plan or Plan()
    steps = first_steps(plan, fetches="source_url" in fields)
    new = NewMedia(organization_id, plan, **{"steps": steps, **fields})
    async with store.transaction() as connection:
        return await store.media.insert(connection, new)


async def deliveries_of(store: Store, media: Media) -> list[Delivery]:
    """As their customer sees them."""
    page = await store.tenant(media.organization.id).deliveries.of_media(media.id)
    return [record.delivery for record in page.elements]


async def give_up(
    store: Store, delivery_id: UUID, reason: str = "given up", status: DeliveryStatus = DeliveryStatus.FAILED
) -> bool:
    return await store.deliveries.set_failed(delivery_id, reason, status=status, worker=None)


def may_replay(delivery: Delivery, media_status: MediaStatus) -> str | None:
    """The rule of this moment."""
    return replay_refusal(delivery, media_status, datetime.now(UTC))


async def pass_time(store: Store, **duration: float) -> None:
    """As if that much time had passed since everything that was written: the clock that counts is the database's."""
    times = {
        "deliveries": ("created", "first_attempt", "due", "claimed_until"),
        "endpoints": ("failing_since", "paused_since", "probe_due"),
        "media": ("created", "expires"),
        "uploads": ("started",),
    }
    async with store.transaction() as connection:
        for table, columns in times.items():
            earlier = ", ".join(f"{column} = {column} - CAST(:passed AS interval)" for column in columns)
            change = text(f"UPDATE {table} SET {earlier}")  # noqa: S608 - our own words
            await connection.execute(change, {"passed": timedelta(**duration)})


async def set_expires(store: Store, media_id: UUID, **from_now: float) -> None:
    """When the media is to be removed."""
    async with store.transaction() as connection:
        change = text("UPDATE media SET expires = now() + CAST(:left AS interval) WHERE id = :id")
        await connection.execute(change, {"left": timedelta(**from_now), "id": media_id})


async def claim(store: Store, **fields: Any) -> list[Claim]:
    """What a new worker would claim now, for a minute."""
    asked: dict[str, Any] = {
        "worker": uuid4(),
        "lease_s": 60.0,
        "limit": 100,
        "first_capacity": 100,
        "capacities": {},
        "saturated": frozenset(),
        "tenant_share": 100,
        "last_round_after_s": 86_400.0,
        "first_probe_s": 60.0,
        "longest_probe_s": 900.0,
    }
    return await store.claims.acquire(ClaimRequest(**{**asked, **fields}))


async def claimed(store: Store, **fields: Any) -> list[UUID]:
    """As `claim`; their ids, released at once."""
    worker = uuid4()
    ids = [one.delivery.id for one in await claim(store, worker=worker, **fields)]
    await store.claims.release(worker, ids)
    return ids
