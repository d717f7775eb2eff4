"""Deliveries as values: one delivery for each callback of a media, and each attempt to make it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit
from uuid import UUID

from voxport.core.plan import CallbackPlan


class DeliveryStatus(StrEnum):
    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"
    EXPIRED = "expired"
    """The pre-signed address ended before the delivery was made."""
    SKIPPED = "skipped"

    @property
    def ended(self) -> bool:
        return self is not DeliveryStatus.PENDING


DEAD = (DeliveryStatus.FAILED, DeliveryStatus.EXPIRED)
"""The dead letters: deliveries that ended without arriving, and can be replayed."""


class Cause(StrEnum):
    """Why a round of tries is made."""

    FIRST = "first"
    SCHEDULE = "schedule"
    RETRY_AFTER = "retry-after"
    PROBE = "probe"
    RESUMED = "resumed"
    REPLAY = "replay"


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
    cause: Cause = Cause.FIRST
    retry_after_s: float | None = None
    """What the answer's Retry-After asked for; not kept."""
    address: str | None = None
    """Where it went, without query; None: the address of the delivery."""

    @property
    def arrived(self) -> bool:
        """Whether the receiver took it: only a 2xx answer is success."""
        return self.status is not None and 200 <= self.status < 300


@dataclass(frozen=True, slots=True)
class Delivery:
    """`position` is the index of the callback in the plan of `run`; `round` counts the rounds already made.

    `cause` is why its next round is made. `held` tells that its endpoint is paused: it is tried when that answers
    again, and at its last round.
    `replays` counts how often it was sent again by hand; `round` and `first_attempt` are those of the last time:
    `first_attempt` is then when it was asked for, and earlier `attempts` belong to the times before.
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
    created: datetime
    ended: datetime | None = None
    cause: Cause = Cause.FIRST
    held: bool = False
    replays: int = 0
    attempts: tuple[Attempt, ...] = ()
    run: int = 1
    """Which processing of the media made it."""


def endpoint_of(callback: CallbackPlan) -> str:
    """Who is to answer: scheme, host and port of a webhook or pre-signed address, and the bucket's address by role.

    `https://hooks.example.com`, `https://hooks.example.com:8443`. What fails or hangs there is held together; another
    endpoint of the same customer never waits for it.
    """
    parts = urlsplit(callback.url)
    host = parts.netloc.rpartition("@")[2].lower()
    if callback.role is not None:
        return f"{parts.scheme}://{host}{parts.path.rstrip('/')}"
    return f"{parts.scheme}://{host}"


def host_of(callback: CallbackPlan) -> str:
    """The host of the address in lower case, without its port."""
    return urlsplit(callback.url).hostname or ""
