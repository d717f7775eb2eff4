"""Values of this room that are not in `core`: what is put in, and what only storage's callers need."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from voxport.core.delivery import Delivery
from voxport.core.delivery_query import ReplayRefusal
from voxport.core.errors import Problem
from voxport.core.media import Media, MediaStatus, Organization
from voxport.core.plan import CallbackPlan, Plan
from voxport.core.scope import Scope
from voxport.core.stages import Step

Endpoint = tuple[UUID, str]
"""Organisation and address: two organisations that deliver to one address do not wait for each other."""

SkipRule = Callable[[CallbackPlan], str | None]
"""Why nothing is delivered to a callback of a media that has ended, in words; None: it is delivered."""

ReplayRule = Callable[[Delivery, MediaStatus], str | None]
"""Why it makes no sense to make a delivery of a media in that status again, in words; None: it makes sense."""


@dataclass(frozen=True, slots=True)
class NewMedia:
    """A recording to accept."""

    organization_id: UUID
    plan: Plan
    steps: tuple[Step, ...]
    """The way it goes, in order; all pending."""
    metadata: dict[str, Any] = field(default_factory=dict)
    """The customer's own document, as it was sent."""
    source_url: str | None = field(default=None, repr=False)
    """The address to fetch it from; None when it was uploaded."""
    id: UUID = field(default_factory=uuid4)
    job_id: UUID = field(default_factory=uuid4)
    """What the wire calls its first run by."""
    content_type: str | None = None
    """As the uploader says; None when it is not known yet."""
    size_bytes: int | None = None
    """None when it is not known yet, since it is fetched."""
    warnings: tuple[Problem, ...] = ()
    """What was asked for and passed over."""
    corrected: str | None = field(default=None, repr=False)
    """The transcript to align, when the plan does."""
    trace: str | None = None
    """As `Media.trace`."""


@dataclass(frozen=True, slots=True)
class UnendedMedia:
    """A media that is neither finished nor failed."""

    id: UUID
    organization_id: UUID
    created: datetime
    """When it was accepted."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who a bearer token belongs to."""

    organization: Organization
    token_id: UUID
    made_by: UUID | None = None
    """The token that made it over the API; None for one that the operator made."""
    scope: Scope | None = None
    """What it may do; None: everything."""


@dataclass(frozen=True, slots=True)
class NewKey:
    """A token to make with another one."""

    expires: datetime | None = None
    """None: it ends with the token that makes it."""
    plays: frozenset[UUID] | None = None
    """The only media it may play, where it may do nothing else; None: as `scope` says."""
    scope: str | None = None
    """What it may do, as text that `core.scope.parse_scope` reads; None: everything."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it may be shown: never the token itself."""

    id: UUID
    organization_id: UUID
    last_six: str
    """Its last six characters."""
    label: str | None
    """What the operator calls it; None: nothing."""
    issued: datetime
    expires: datetime | None
    """None: it does not end by itself."""
    revoked: datetime | None
    """None: it was not revoked."""
    made_by: UUID | None = None
    """As `Caller.made_by`."""
    plays: frozenset[UUID] | None = None
    """As `NewKey.plays`."""
    scope: str | None = None
    """As `NewKey.scope`."""


@dataclass(frozen=True, slots=True)
class ClaimRequest:
    """Which worker asks for deliveries, and how many it has capacity for.

    Durations are measured by the database's clock alone.
    """

    worker: UUID
    lease_s: float
    """How long a claim holds unless it is renewed."""
    limit: int
    """At most so many deliveries in all."""
    first_capacity: int
    """How many each endpoint may have that is not in `capacities`."""
    capacities: Mapping[Endpoint, int]
    """How many more each endpoint may have that the worker has dealt with."""
    saturated: frozenset[UUID]
    """Organisations that have their share already: their endpoints that are not in `capacities` get nothing."""
    tenant_share: int
    """At most so many deliveries of one organisation."""
    last_round_after_s: float
    """So long after its first attempt (or its making) the last round of a delivery is made, also while it is held."""
    first_probe_s: float
    """From a paused endpoint's first probe to the second; each following wait is twice as long."""
    longest_probe_s: float
    """The longest wait between two probes."""

    def leaves_some(self, claims: Sequence[Claim]) -> bool:
        """Whether more may be due than these, all that it was given: one of its bounds was reached."""
        owners = Counter(claim.endpoint[0] for claim in claims)
        endpoints = Counter(claim.endpoint for claim in claims)
        return (
            len(claims) >= self.limit
            or bool(self.saturated)
            or any(count >= self.tenant_share for count in owners.values())
            or any(count >= self.first_capacity for one, count in endpoints.items() if one not in self.capacities)
            or any(endpoints[one] >= capacity for one, capacity in self.capacities.items())
            # An endpoint that fails is given one at a time.
            or any(claim.failures for claim in claims)
        )


@dataclass(frozen=True, slots=True)
class Claim:
    """A delivery that this worker is to attempt."""

    delivery: Delivery
    media: Media
    """As it stands now, with the callbacks of the run that the delivery belongs to."""
    endpoint: Endpoint
    failures: int
    """Failed rounds of its endpoint since something arrived there."""
    paused: bool
    """Whether its endpoint is paused: this is a probe, or the last round."""
    last_round: bool
    """Whether `ClaimRequest.last_round_after_s` has passed."""
    clock_skew: timedelta
    """How far the clock of this process is ahead of the database's, by which all times of `delivery` are."""


@dataclass(frozen=True, slots=True)
class ReplayResult:
    """What became of the deliveries that somebody wants made again."""

    queued: tuple[UUID, ...]
    """Those that are pending and due again."""
    refused: tuple[ReplayRefusal, ...]
    """Those that the rule refuses."""
    claimed: tuple[UUID, ...]
    """Those that a worker attempts at this moment; they stay as they are."""
    more: bool = False
    """Whether there are others behind `after`."""
    after: str | None = None
    """The cursor behind the last one that was looked at; None: there was none."""


@dataclass(frozen=True, slots=True)
class DeliveryCounts:
    """What has not arrived, by organisation; an organisation with nothing to count is left out."""

    pending: Mapping[UUID, int]
    """Deliveries that have not ended."""
    oldest_s: Mapping[UUID, float]
    """Age of the oldest of them, in seconds."""
    held: Mapping[UUID, int]
    """Those of them that wait for a paused endpoint."""
    dead: Mapping[UUID, int]
    """Deliveries that ended without arriving."""
    paused: Mapping[UUID, int]
    """Endpoints that are paused."""


@dataclass(frozen=True, slots=True)
class ServerFigures:
    """What the database says to one process."""

    connections: int
    """Those that all processes of the installation have to it, seen from the server."""
    most_connections: int
    """How many the server takes, of whomever."""
    clock_ahead_s: float
    """How far the clock of the process is ahead of the server's."""
    version: str
    """Of PostgreSQL: `16.4`."""
