"""Deliveries as values: one delivery for each callback of a media, and each attempt to make it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from voxport.core.plan import CallbackPlan


class DeliveryStatus(StrEnum):
    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"
    SKIPPED = "skipped"

    @property
    def ended(self) -> bool:
        return self is not DeliveryStatus.PENDING


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try. `status` is the HTTP status, None when no answer came; `error` says why in words, without secrets."""

    number: int
    started: datetime
    duration_ms: int
    status: int | None
    sent_bytes: int
    error: str | None
    answer_excerpt: str | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """`position` is the index of the callback in the plan; `round` counts the rounds already made.

    `address` is the url without its query, safe for logs and people; `callback.url` is the whole secret address.
    """

    id: UUID
    media_id: UUID
    organization_id: UUID
    position: int
    callback: CallbackPlan
    address: str
    status: DeliveryStatus
    reason: str | None
    round: int
    first_attempt: datetime | None
    due: datetime | None
    attempts: tuple[Attempt, ...] = ()
