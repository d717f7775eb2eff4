"""Deliveries as values: one delivery for each callback of a media, and each attempt to make it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit
from uuid import UUID

from voxport.core.plan import CallbackPlan


class DeliveryStatus(StrEnum):
    """How far a delivery is.

        pending ──► delivered | failed | expired
           │
           └──────► skipped, also from the beginning

    A replay makes all but a skipped one pending again.
    """

    PENDING = "pending"
    """Its next round is due at a time, or is being made."""
    DELIVERED = "delivered"
    """An attempt was answered with 2xx."""
    FAILED = "failed"
    """Given up: the schedule is used up, or the receiver wants no more."""
    EXPIRED = "expired"
    """The pre-signed address ended before the delivery was made."""
    SKIPPED = "skipped"
    """There is nothing to send: the media failed."""

    @property
    def ended(self) -> bool:
        """Whether no round follows unless somebody asks for it."""
        return self is not DeliveryStatus.PENDING


DEAD = (DeliveryStatus.FAILED, DeliveryStatus.EXPIRED)
"""The dead letters: deliveries that ended without arriving, and can be replayed."""


class Cause(StrEnum):
    """Why a round of attempts is made. Receivers read it in a header."""

    FIRST = "first"
    """The media has ended."""
    SCHEDULE = "schedule"
    """The round before failed, and its time has come."""
    RETRY_AFTER = "retry-after"
    """The receiver asked for that time."""
    PROBE = "probe"
    """Its endpoint is paused, and is asked whether it answers again."""
    RESUMED = "resumed"
    """Its endpoint answers again after a pause."""
    REPLAY = "replay"
    """Somebody asked for it."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One request to a receiver, and what came of it."""

    number: int
    """From 1, over all rounds of the delivery."""
    started: datetime
    """By the clock of the worker that made it."""
    duration_ms: int
    status: int | None
    """The HTTP status; None when no answer came."""
    sent_bytes: int
    """Length of the body; 0 when no answer came."""
    error: str | None
    """Why it failed, in words and without secrets; None when it arrived."""
    answer_excerpt: str | None = None
    """The beginning of the answer's body; None when there was none."""
    cause: Cause = Cause.FIRST
    """Why its round was made."""
    retry_after_s: float | None = None
    """What the answer's Retry-After asked for; not kept."""
    address: str | None = None
    """Where it went, without query; None: the address of the delivery."""
    answer_headers: tuple[tuple[str, str], ...] = ()
    """Headers of the answer that tell something of it; none by role, and of attempts of earlier versions."""
    waiting_helps: bool = True
    """Whether a later attempt may fare better; not kept."""

    @property
    def arrived(self) -> bool:
        """Whether the receiver took it: only a 2xx answer is success."""
        return self.status is not None and 200 <= self.status < 300


@dataclass(frozen=True, slots=True)
class Delivery:
    """One callback of a run of a media, on its way or ended. Its times are the database's."""

    id: UUID
    media_id: UUID
    organization_id: UUID
    run: int
    """The run of the media that asked for it."""
    position: int
    """Index of the callback in the plan of `run`."""
    callback: CallbackPlan
    """With the whole secret address."""
    address: str
    """The callback's url without user and query: safe for logs and people."""
    status: DeliveryStatus
    reason: str | None
    """Why it ended without arriving, in words; None while it is pending, or when it arrived."""
    round: int
    """Rounds of the schedule that are made, since the last replay."""
    first_attempt: datetime | None
    """When the schedule began: with the first attempt, or with the last replay; None before that."""
    due: datetime | None
    """When its next round may begin; None when it has ended."""
    created: datetime
    """When its run ended."""
    ended: datetime | None = None
    """None while it is pending."""
    cause: Cause = Cause.FIRST
    """Why its next round is made."""
    held: bool = False
    """Whether its endpoint is paused: it waits until that answers again, or for its last round."""
    replays: int = 0
    """How often somebody had it made again."""
    attempts: tuple[Attempt, ...] = ()
    """In order, also those of before the last replay."""


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
