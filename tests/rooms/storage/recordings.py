"""Recordings as the tests of the store accept them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from voxport.core.media import Media
from voxport.core.plan import CallbackPlan, CallbackType, Plan
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
    new = NewMedia(organization_id, plan or Plan(), **fields)
    async with store.transaction() as connection:
        return await store.work.insert_media(connection, new)
