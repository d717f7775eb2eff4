"""A key as both dialects show it: never the token itself, but for the one answer that has just made it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ShownKey:
    """What may be shown of a token."""

    id: UUID
    last_six: str
    """Its last characters, by which people tell their tokens apart."""
    issued: datetime
    expires: datetime | None
    """None: it is valid until it is revoked."""
    bearer: str | None = None
    """The token itself; None unless it was just made."""
    plays: frozenset[UUID] | None = None
    """The media that it plays, and does nothing else; None: `scope` says what it may do."""
    scope: str | None = None
    """What it may do (`core.scope`); None: everything, unless `plays` says otherwise."""
