"""Recordings as the tests of the store accept them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from voxport.core.media import Media
from voxport.core.plan import CallbackPlan, CallbackType, Plan
from voxport.core.stages import first_steps
from voxport.storage.claims import Claim, ClaimRequest
from voxport.storage.records import NewMedia
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
        return await store.work.insert_media(connection, new)


async def claim(store: Store, now: datetime, **fields: Any) -> list[Claim]:
    """What a new worker would claim at that time, for a minute."""
    asked: dict[str, Any] = {
        "worker": uuid4(),
        "now": now,
        "until": now + timedelta(minutes=1),
        "limit": 100,
        "room": 100,
        "rooms": {},
        "crowded": (),
        "share": 100,
        "last_chance": now - timedelta(days=1),
        "first_probe_s": 60.0,
        "longest_probe_s": 900.0,
    }
    return await store.work.claim_deliveries(ClaimRequest(**{**asked, **fields}))


async def claimed(store: Store, now: datetime, **fields: Any) -> list[UUID]:
    """As `claim`; their ids, given back at once."""
    worker = uuid4()
    ids = [one.delivery.id for one in await claim(store, now, worker=worker, **fields)]
    await store.work.give_back(worker, ids)
    return ids
