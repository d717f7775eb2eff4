"""Which deliveries somebody asks for, to see them or to have them made again, and what they are shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from voxport.core.delivery import DEAD, Delivery, DeliveryStatus
from voxport.core.paging import Cursor

DEFAULT_LIMIT = 100
MAX_LIMIT = 1000
MAX_OF_MEDIA = 100
"""Deliveries of one media in an answer, which shows them with their attempts."""
SHOWN_ATTEMPTS = 100
"""Attempts of one delivery in an answer: the last ones. Each has a number, which tells how many there were."""
REPLAY_LIMIT = 500
"""Deliveries that one request for many looks at."""


@dataclass(frozen=True, slots=True)
class DeliveryQuery:
    """A page of deliveries, newest first. All conditions hold together; None: any will do."""

    statuses: tuple[DeliveryStatus, ...] = ()
    """The delivery has one of them; empty: any."""
    held: bool = False
    """Beside `statuses`: those that wait for a paused endpoint."""
    since: datetime | None = None
    """It was made then or later."""
    until: datetime | None = None
    """It was made then or earlier."""
    host: str | None = None
    """It goes to that host."""
    media_id: UUID | None = None
    after: Cursor | None = None
    """Only what a listing shows behind that place."""
    limit: int = DEFAULT_LIMIT
    """1 to `MAX_LIMIT`."""


@dataclass(frozen=True, slots=True)
class MediaDeliveriesQuery:
    """A page of the deliveries of one media, run by run in the order of its callbacks."""

    after: str | None = None
    """As `Page.after`."""
    limit: int = MAX_OF_MEDIA
    """1 to `MAX_OF_MEDIA`."""


FIRST_PAGE = MediaDeliveriesQuery()


@dataclass(frozen=True, slots=True)
class ReplayQuery:
    """As `DeliveryQuery`, oldest first."""

    since: datetime
    statuses: tuple[DeliveryStatus, ...] = DEAD
    until: datetime | None = None
    host: str | None = None
    media_id: UUID | None = None
    after: Cursor | None = None
    limit: int = REPLAY_LIMIT
    """So many are looked at, whether or not they can be made again."""


@dataclass(frozen=True, slots=True)
class EndpointHealth:
    """An endpoint that fails."""

    endpoint: str
    """Scheme, host and port; by role also the bucket."""
    failures: int
    """Rounds that failed there since something arrived."""
    failing_since: datetime | None
    """When the first of them failed."""
    last_error: str | None
    paused: datetime | None
    """Since when what waits for it is held; None: it is not paused."""
    next_probe: datetime | None
    """When one delivery is sent there to see whether it answers; None: it is not paused."""
    waiting: int
    """Deliveries that have not ended."""


@dataclass(frozen=True, slots=True)
class EndpointStatistics:
    """How attempts at an endpoint have fared lately."""

    endpoint: str
    """As of `EndpointHealth`."""
    attempts: int
    succeeded: int
    median_ms: int
    """Half of the attempts took no longer."""
    p95_ms: int
    """95 of 100 attempts took no longer."""


@dataclass(frozen=True, slots=True)
class DeliveryRecord:
    """A delivery as its customer sees it."""

    delivery: Delivery
    external_id: str | None
    """The media's `externalId`; None when its metadata has none."""
    endpoint: str
    """As of `EndpointHealth`, and so are those below; None where the endpoint does not fail."""
    paused: datetime | None
    endpoint_error: str | None
    next_probe: datetime | None


@dataclass(frozen=True, slots=True)
class ReplayRefusal:
    """A delivery that cannot be made again."""

    delivery_id: UUID
    reason: str
    """Why, and the remedy if there is one: a sentence for the customer."""


@dataclass(frozen=True, slots=True)
class Replays:
    """What became of a `ReplayQuery`."""

    queued: tuple[UUID, ...]
    """Those that are due again."""
    refused: tuple[ReplayRefusal, ...]
    more: bool
    """Whether there are others behind `after`."""
    after: str | None
    """The cursor behind the last one that was looked at; None: there was none."""
