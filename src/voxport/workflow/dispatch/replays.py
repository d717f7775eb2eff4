"""Deliveries made again by hand: storage queues them, the rules of `core/delivery_rules.py` say which make sense."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from voxport.core.delivery import Delivery
from voxport.core.delivery_query import ReplayQuery, ReplayRefusal, Replays
from voxport.core.delivery_rules import UNDER_WAY, replay_refusal
from voxport.core.media import MediaStatus
from voxport.storage.records import ReplayResult
from voxport.storage.replays import ReplayQueue


async def replay(queue: ReplayQueue, organization_id: UUID, delivery_id: UUID, url: str | None) -> ReplayRefusal | None:
    """Makes a delivery due now, to `url` if that is given; None when that is done.

    A worker hears of it when the transaction commits. Raises LookupError when the organisation has no such delivery.
    """
    result = await queue.replay(organization_id, delivery_id, _rule, url)
    return next(iter(_refusals(result)), None)


async def replay_many(queue: ReplayQueue, organization_id: UUID, query: ReplayQuery) -> Replays:
    """As `replay`, for what `query` asks for."""
    result = await queue.replay_many(organization_id, query, _rule)
    return Replays(queued=result.queued, refused=_refusals(result), more=result.more, after=result.after)


def _rule(delivery: Delivery, media_status: MediaStatus) -> str | None:
    return replay_refusal(delivery, media_status, datetime.now(UTC))


def _refusals(result: ReplayResult) -> tuple[ReplayRefusal, ...]:
    """Those that the rule refuses, and those that a worker has in hand."""
    return result.refused + tuple(ReplayRefusal(delivery_id, UNDER_WAY) for delivery_id in result.claimed)
