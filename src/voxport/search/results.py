"""What a statement finds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from voxport.search.locating import Hit


@dataclass(frozen=True, slots=True)
class FoundCall:
    """A call that meets a statement."""

    media_id: UUID
    created: datetime
    finished: datetime | None
    duration_ms: int
    word_count: int
    transitions: int
    language: str
    metadata: dict[str, Any]
    """The customer's own document."""
    values: Mapping[str, object]
    """What its columns show, by their names; empty for the usual ones."""
    hits: Sequence[Hit]
    """In order of time; empty where they were not asked for."""


@dataclass(frozen=True, slots=True)
class FoundCalls:
    """An answer to a statement."""

    total: int
    """How many calls meet it."""
    calls: Sequence[FoundCall]
    """Those of them that were asked for."""
