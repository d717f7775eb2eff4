"""A recording as it was posted, ready to be accepted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from voxport.core.errors import Problem
from voxport.core.plan import Plan

MAX_UPLOAD_S = 12 * 3600
"""Longest time that an upload may take; what is left of an older one belongs to a process that died."""


@dataclass(frozen=True, slots=True)
class Submission:
    """Exactly one of: the recording is in the store under `original_key(media_id)`, or `source_url` names it."""

    media_id: UUID
    organization_id: UUID
    plan: Plan
    metadata: dict[str, Any] = field(default_factory=dict)
    warnings: tuple[Problem, ...] = ()
    source_url: str | None = field(default=None, repr=False)
    content_type: str | None = None
    size_bytes: int | None = None
    corrected: str | None = field(default=None, repr=False)
    """The transcript to align, when the plan does."""


@dataclass(frozen=True, slots=True)
class FurtherRun:
    """A media to be processed once more, if `after_run` was its last. `metadata` None: as it is.

    `corrected`: the transcript to align, when the plan does.
    """

    media_id: UUID
    organization_id: UUID
    after_run: int
    plan: Plan
    metadata: dict[str, Any] | None = None
    warnings: tuple[Problem, ...] = ()
    corrected: str | None = field(default=None, repr=False)
    job_id: UUID = field(default_factory=uuid4)
