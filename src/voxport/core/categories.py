"""Categories over calls that are there: a trial, which keeps nothing, and an application, which is work of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from voxport.core.findings import CategoryResult

MAX_TRIED = 10_000
"""Calls that one trial looks at."""
USUALLY_TRIED = 1_000
MAX_SHOWN = 100
"""Calls that one trial shows."""
USUALLY_SHOWN = 20
MAX_HEARD = 3
"""Places of one of those that are shown with what is said around them."""
MAX_UNENDED = 20
"""Applications of one organisation that have not ended; they are carried out one after the other."""
STALLED_S = 1_800.0
"""A wait for the next look at past calls that is told to who watches; behind a busy queue it takes minutes."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A place of a call with what is said around it."""

    speaker: str
    start_ms: int
    text: str
    """Of that turn, without letter case and marks."""


@dataclass(frozen=True, slots=True)
class TriedCall:
    """A call that is in a category that was tried."""

    media_id: UUID
    created: datetime
    result: CategoryResult
    heard: Sequence[Heard] = ()
    """The first places of it, at most `MAX_HEARD`."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What a category would say of the newest calls."""

    calls: int
    """How many were looked at."""
    matched: int
    """How many of them are in it."""
    shown: Sequence[TriedCall]
    """The newest of those."""


class ApplicationStatus(StrEnum):
    """How far a category is looked for in past calls.

    waiting ──► running ──► finished
       │           ├──────► failed
       └───────────┴──────► cancelled
    """

    WAITING = "waiting"
    """No call was looked at; others of the organisation come first."""
    RUNNING = "running"
    FINISHED = "finished"
    """Every call was looked at."""
    CANCELLED = "cancelled"
    """Somebody ended it; what was found until then stays."""
    FAILED = "failed"
    """It could not go on: `Application.problem` says why. What was found until then stays."""


@dataclass(frozen=True, slots=True)
class ApplicationFigures:
    """How categories fare that are looked for in past calls, over all organisations."""

    unended: int
    """How many are under way or wait."""
    calls: int
    """Calls that those under way have left."""
    stalled_s: float
    """How long the organisation for which nothing happens longest waits for the next look; 0: none waits."""
    failed_day: int
    """How many have failed within a day."""


@dataclass(frozen=True, slots=True)
class NewApplication:
    """A category that is to be looked for in past calls."""

    organization_id: UUID
    category: str
    """Its name."""
    version: str
    query: str
    """As they are now: what is put under its name later changes nothing of it."""
    id: UUID = field(default_factory=uuid4)


@dataclass(frozen=True, slots=True)
class Application:
    """A category that is looked for in past calls, and how far that is."""

    id: UUID
    category: str
    """Its name."""
    version: str
    """As it was when the application was asked for."""
    created: datetime
    """When it was asked for: calls that are newer are not among its calls."""
    started: datetime | None
    """None until the first calls are looked at."""
    ended: datetime | None
    """None while it waits or is under way."""
    cancelled: bool
    """Whether somebody ended it."""
    problem: str | None
    """What ended it, for the customer; None: nothing did."""
    calls: int
    """How many there were when it began."""
    done: int
    """How many of them were looked at, from the newest on."""
    matched: int
    """How many of those are in the category."""
    failures: int
    """How many of those took longer than a search may, and have no result."""
    place: tuple[datetime, UUID] | None
    """When the call was created that was looked at last, and which it is; None: none was."""

    @property
    def status(self) -> ApplicationStatus:
        if self.ended is None:
            return ApplicationStatus.WAITING if self.started is None else ApplicationStatus.RUNNING
        if self.cancelled:
            return ApplicationStatus.CANCELLED
        return ApplicationStatus.FINISHED if self.problem is None else ApplicationStatus.FAILED
