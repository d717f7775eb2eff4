"""What an attempt of a delivery sends, as people are shown it: made again, bounded, without secrets."""

from __future__ import annotations

from dataclasses import dataclass

SHOWN_BYTES = 64 << 10
"""Of a body."""
MASK = "…"
"""In the place of a secret."""


@dataclass(frozen=True, slots=True)
class ShownRequest:
    """A request that is made of the media as it stands."""

    method: str
    query: tuple[tuple[str, str], ...]
    """Of the address as it is now: names, with values where they are no secrets."""
    headers: tuple[tuple[str, str], ...]
    """In order; signatures and credentials are masked."""
    content_type: str
    length_bytes: int
    """Of the body as it would be sent now."""
    body: str | None
    """Its beginning; None: it is sound or encrypted."""
