"""A recording as the platform knows it: identity, life, steps, problems; its transcript is an artefact beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from voxport.core.artefacts import RunPaths
from voxport.core.errors import Problem
from voxport.core.plan import Plan
from voxport.core.stages import Step


class MediaStatus(StrEnum):
    """How far the present run of a media is (docs/contract/v3-endpoints.md section 3).

        accepted ──► running ──► finished
            │           │
            └───────────┴──────► failed

    A further run of a media that has ended begins at accepted.
    """

    ACCEPTED = "accepted"
    """Its row and its first job are committed; no stage has begun."""
    SCHEDULED = "scheduled"
    """A word of the wire; this platform goes from accepted to running."""
    RUNNING = "running"
    """A stage has begun."""
    FINISHED = "finished"
    """Its result can be read, and its deliveries are due."""
    FAILED = "failed"
    """It has no result: `Media.errors` says why."""

    @property
    def ended(self) -> bool:
        return self in (MediaStatus.FINISHED, MediaStatus.FAILED)


class StepStatus(StrEnum):
    """How far a step of the present run is.

        pending ──► started ──► completed
           │         │   ▲
           │         ▼   │ tried again
           │        failed
           └──► skipped

    When a run fails, what is started becomes failed and what is pending becomes skipped, all but deliver.
    """

    PENDING = "pending"
    """Not begun."""
    STARTED = "started"
    """Under way, or waiting to be tried again after a fault."""
    COMPLETED = "completed"
    """Done: what it leaves is in the store."""
    FAILED = "failed"
    """The run has ended in this step, or all deliveries have."""
    SKIPPED = "skipped"
    """There was nothing to do, or the run failed before it."""


@dataclass(frozen=True, slots=True)
class StepProgress:
    """One step of the present run, and how it fares."""

    step: Step
    status: StepStatus
    task_id: UUID
    """What the wire calls the step by."""
    started: datetime | None = None
    """None until it begins."""
    finished: datetime | None = None
    """None until it ends."""
    fraction: float | None = None
    """Share of the step that is done, 0-1, while it runs; None when unknown."""


@dataclass(frozen=True, slots=True)
class Organization:
    """A tenant."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Media:
    """A recording, as its present run stands."""

    id: UUID
    organization: Organization
    sequence: int
    """Orders media by creation, without ties."""
    job_id: UUID
    """What the wire calls the present run by."""
    status: MediaStatus
    created: datetime
    finished: datetime | None
    """When the present run ended; None until then."""
    plan: Plan
    """What the present run was asked for."""
    metadata: dict[str, Any]
    """The customer's own document, as it was sent."""
    source_url: str | None = field(repr=False)
    """The `mediaUrl` to fetch; None when the recording was uploaded."""
    run: int
    """How often it is processed: 1 the first time, one more each time that it is reprocessed or aligned."""
    content_type: str | None = None
    """What the recording is; None until ingest has found it out, unless its sender said it."""
    duration_ms: int | None = None
    """None until ingest has found it out."""
    size_bytes: int | None = None
    """None until the recording is in the store."""
    expires: datetime | None = None
    """When the media is erased; None: never, or not known before its last delivery has ended."""
    errors: tuple[Problem, ...] = ()
    """Why the present run failed."""
    warnings: tuple[Problem, ...] = ()
    """What was asked for and passed over, or left out of the recording."""
    steps: tuple[StepProgress, ...] = ()
    """The steps of the present run, in order."""
    trace: str | None = None
    """The `traceparent` of the POST that began the present run; None where traces were off."""

    categorised: datetime | None = None
    """When the last category was found of it that did not come with the present run; None: none was."""

    @property
    def time_to_live_s(self) -> int | None:
        """As asked for; None: it stays until somebody deletes it."""
        return self.plan.time_to_live_s

    @property
    def paths(self) -> RunPaths:
        """Where the present run keeps its artefacts."""
        return RunPaths(self.id, self.run)


@dataclass(frozen=True, slots=True)
class MediaSummary:
    """A recording as a list shows it: without its plan, which may be long, and its problems. Fields as of `Media`."""

    id: UUID
    status: MediaStatus
    created: datetime
    finished: datetime | None
    metadata: dict[str, Any]
    content_type: str | None
    duration_ms: int | None
    time_to_live_s: int | None
    expires: datetime | None
    steps: tuple[StepProgress, ...]
    rank: float | None = None
    """How well it fits the words that were asked for, greater is better; None: it was not weighed."""
    snippet: str | None = None
    """What is said around those words, which stand between `**`; None as of `rank`."""
    speakers: tuple[str, ...] | None = None
    """Who speaks in it; None: it was not asked."""
    redacted: bool | None = None
    """Whether something is covered in it; None: it was not asked."""
    errors: tuple[Problem, ...] | None = None
    """Why it failed; None: it was not asked."""


ListedMedia = Media | MediaSummary
"""Whatever has what a list shows."""
