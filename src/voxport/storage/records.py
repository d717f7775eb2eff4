"""Values of this room that are not in `core`: what is put in, and what only storage's callers need."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from voxport.core.errors import Problem
from voxport.core.media import Organization
from voxport.core.plan import Plan
from voxport.core.stages import Step


@dataclass(frozen=True, slots=True)
class NewMedia:
    """A recording to accept. `size_bytes` and `content_type` are known at once when it was uploaded.

    `steps` are those that it goes through, in order (`core/stages.py`). `corrected`: the transcript to align, when the
    plan does.
    """

    organization_id: UUID
    plan: Plan
    steps: tuple[Step, ...]
    metadata: dict[str, Any] = field(default_factory=dict)
    source_url: str | None = field(default=None, repr=False)
    id: UUID = field(default_factory=uuid4)
    job_id: UUID = field(default_factory=uuid4)
    content_type: str | None = None
    size_bytes: int | None = None
    warnings: tuple[Problem, ...] = ()
    corrected: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who a bearer token belongs to. `made_by`: the token that made it over the API, None for one of the operator.

    `plays`: the only media it may play, where it may do nothing else; None where it may do everything.
    """

    organization: Organization
    token_id: UUID
    made_by: UUID | None = None
    plays: frozenset[UUID] | None = None


@dataclass(frozen=True, slots=True)
class NewKey:
    """A token to make with another one; `expires` and `plays` None: without end, for everything."""

    expires: datetime | None = None
    plays: frozenset[UUID] | None = None


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it may be shown: never the token itself, only its last six characters."""

    id: UUID
    organization_id: UUID
    last_six: str
    label: str | None
    issued: datetime
    expires: datetime | None
    revoked: datetime | None
    made_by: UUID | None = None
    plays: frozenset[UUID] | None = None


@dataclass(frozen=True, slots=True)
class UnendedMedia:
    """A media that is neither finished nor failed, and since when it was accepted."""

    id: UUID
    organization_id: UUID
    created: datetime
