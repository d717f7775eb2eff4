"""How v3 writes a moment: ISO 8601, UTC, milliseconds, `Z` (docs/contract/v3-endpoints.md section 1)."""

from __future__ import annotations

from datetime import UTC, datetime


def wire_time(moment: datetime) -> str:
    """`2031-02-03T04:05:06.789Z`; microseconds are cut. A moment without a zone is a mistake: ValueError."""
    if moment.tzinfo is None:
        raise ValueError("a moment on the wire needs a time zone")
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
