"""A recording as the platform knows it: identity, life, steps, problems; its transcript is an artefact beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from voxport.core.errors import Problem
from voxport.core.plan import Plan
from voxport.core.stages import Step as Step


class MediaStatus(StrEnum):
    """accepted -> scheduled -> running -> finished | failed (docs/contract/v3-endpoints.md section 3)."""

    ACCEPTED = "accepted"
    SCHEDULED = "scheduled"
    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"

    @property
    def ended(self) -> bool:
        return self in (MediaStatus.FINISHED, MediaStatus.FAILED)


class StepStatus(StrEnum):
    PENDING = "pending"
    STARTED = "started"
    COMPLETED = "completed"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class StepProgress:
    step: Step
    status: StepStatus
    task_id: UUID
    started: datetime | None = None
    finished: datetime | None = None
    fraction: float | None = None
    """Share of the step that is done, 0-1, while it runs; None when unknown."""


@dataclass(frozen=True, slots=True)
class Organization:
    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Media:
    """`sequence` orders media by creation without ties. `duration_ms` and `content_type` are known after ingest.

    `run` counts how often it is processed: 1 the first time, one more each time that it is reprocessed or aligned.
    """

    id: UUID
    organization: Organization
    sequence: int
    job_id: UUID
    status: MediaStatus
    created: datetime
    finished: datetime | None
    plan: Plan
    metadata: dict[str, Any]
    source_url: str | None = field(repr=False)
    """The `mediaUrl` to fetch; None when the recording was uploaded."""
    content_type: str | None = None
    duration_ms: int | None = None
    size_bytes: int | None = None
    expires: datetime | None = None
    errors: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    steps: tuple[StepProgress, ...] = field(default_factory=tuple)
    run: int = 1
