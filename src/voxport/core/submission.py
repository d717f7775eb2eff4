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
    """The tenant that posted it."""
    plan: Plan
    metadata: dict[str, Any] = field(default_factory=dict)
    """The customer's own document, as it was sent."""
    warnings: tuple[Problem, ...] = ()
    """What was asked for and passed over."""
    source_url: str | None = field(default=None, repr=False)
    """The `mediaUrl` to fetch, with its secrets; None: the recording was uploaded."""
    content_type: str | None = None
    """What the sender said that the recording is; None: nothing."""
    size_bytes: int | None = None
    """Length of the recording; None: it is not here yet."""
    corrected: str | None = field(default=None, repr=False)
    """The transcript to align, when the plan does."""


@dataclass(frozen=True, slots=True)
class FurtherRun:
    """A media to be processed once more."""

    media_id: UUID
    organization_id: UUID
    """The tenant that the media belongs to."""
    after_run: int
    """The run that was the last when this was asked for; when another has begun since, nothing is done."""
    plan: Plan
    metadata: dict[str, Any] | None = None
    """The document that takes the place of the one before; None: that stays."""
    warnings: tuple[Problem, ...] = ()
    """What was asked for and passed over."""
    corrected: str | None = field(default=None, repr=False)
    """The transcript to align, when the plan does."""
    fetches: bool = False
    """Whether the recording, from which it starts, must be brought from its `mediaUrl` again."""
    job_id: UUID = field(default_factory=uuid4)
    """What the wire calls the run by."""
