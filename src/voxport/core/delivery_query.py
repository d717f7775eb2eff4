"""Which deliveries somebody asks for, to see them or to have them made again, and what is told of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from voxport.core.delivery import DEAD, Delivery, DeliveryStatus

DEFAULT_LIMIT = 100
MAX_LIMIT = 1000
REPLAY_LIMIT = 500
"""Deliveries that one request for many looks at."""


@dataclass(frozen=True, slots=True)
class DeliveryQuery:
    """All conditions hold together; newest first.

    A delivery has one of `statuses` (empty: any), or is `held` when that is asked for too. `since` and `until` are
    bounds on its making, both inclusive. `after` is a cursor: only what a listing shows behind that delivery. `limit`
    is 1 to `MAX_LIMIT`.
    """

    statuses: tuple[DeliveryStatus, ...] = ()
    held: bool = False
    since: datetime | None = None
    until: datetime | None = None
    host: str | None = None
    media_id: UUID | None = None
    after: UUID | None = None
    limit: int = DEFAULT_LIMIT


@dataclass(frozen=True, slots=True)
class ReplayQuery:
    """As `DeliveryQuery`, oldest first: `limit` deliveries are looked at, those behind `after`."""

    since: datetime
    statuses: tuple[DeliveryStatus, ...] = DEAD
    until: datetime | None = None
    host: str | None = None
    media_id: UUID | None = None
    after: UUID | None = None
    limit: int = REPLAY_LIMIT


@dataclass(frozen=True, slots=True)
class EndpointHealth:
    """An address that fails. With `paused` set what waits for it is held; `next_probe` is when it is tried next."""

    endpoint: str
    failures: int
    failing_since: datetime | None
    last_error: str | None
    paused: datetime | None
    next_probe: datetime | None
    waiting: int
    """Deliveries that have not ended."""


@dataclass(frozen=True, slots=True)
class DeliveryRecord:
    """A delivery as its customer sees it: with the media's externalId and why it is held, if it is."""

    delivery: Delivery
    external_id: str | None
    endpoint: str
    paused: datetime | None
    endpoint_error: str | None
    next_probe: datetime | None


@dataclass(frozen=True, slots=True)
class ReplayRefusal:
    """A delivery that cannot be made again, and why, with the remedy if there is one."""

    delivery_id: UUID
    reason: str


@dataclass(frozen=True, slots=True)
class Replays:
    """What became of a `ReplayQuery`. `more`: there are others behind `last`, the last one looked at."""

    queued: tuple[UUID, ...]
    refused: tuple[ReplayRefusal, ...]
    more: bool
    last: UUID | None
