"""What a redacted call shows beside somebody's own recording of it: its covered places, each kind as a ribbon."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from voxport.console.call_text import covers_of
from voxport.console.public_api import Document
from voxport.console.ribbons import Ribbon, cover_ribbon


@dataclass(frozen=True, slots=True)
class CoveredPlace:
    """A span that one detector has covered."""

    kind: str
    """What people call the detector."""
    start_ms: int
    end_ms: int
    speakers: tuple[str, ...]
    """Whose words are covered there; empty where nobody has a name."""


def places_of(media: Document) -> Sequence[CoveredPlace]:
    """The covered places of a finished call, in order; a span that both sides share is one place."""
    speakers: dict[tuple[int, int, str], dict[str, None]] = {}
    for cover in covers_of(media):
        named = speakers.setdefault((cover.start_ms, cover.end_ms, cover.kind), {})
        if cover.speaker:
            named[cover.speaker] = None
    return [CoveredPlace(kind, start, end, tuple(named)) for (start, end, kind), named in speakers.items()]


def ribbons_of_kinds(media: Document, places: Sequence[CoveredPlace]) -> Sequence[Ribbon]:
    """A ribbon for each detector that has covered anything."""
    length = max(int(media.get("length", 0)), 1)
    kinds = dict.fromkeys(place.kind for place in places)
    return [
        cover_ribbon(kind, [(one.start_ms, one.end_ms) for one in places if one.kind == kind], length) for kind in kinds
    ]


def covered_in_words(media: Document, places: Sequence[CoveredPlace]) -> str:
    """How much is covered, as `voxport redaction check` says it."""
    total, until, count = 0, -1, 0
    for place in places:
        if place.start_ms > until:
            count += 1
        total += max(0, place.end_ms - max(place.start_ms, until))
        until = max(until, place.end_ms)
    where = "in one place" if count == 1 else f"in {count} places"
    return f"{total / 1000:.1f} of {media.get('length', 0) / 1000:.1f} s are redacted, {where}"
