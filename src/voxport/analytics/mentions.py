"""Occurrences put together by speaker, as every list of keywords shows them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from voxport.core.findings import Mention, Occurrence


def by_speaker(found: Iterable[tuple[int, str | None, Occurrence]]) -> tuple[Mention, ...]:
    """One mention for each (channel, speaker), in order of first speech; occurrences in order of time, each once."""
    spoken: dict[tuple[int, str | None], set[Occurrence]] = defaultdict(set)
    for channel, speaker, occurrence in found:
        spoken[channel, speaker].add(occurrence)
    mentions = [
        Mention(speaker, tuple(sorted(occurrences, key=lambda o: (o.span.start_ms, o.span.end_ms))))
        for (_, speaker), occurrences in sorted(spoken.items(), key=lambda entry: entry[0][0])
    ]
    return tuple(sorted(mentions, key=lambda mention: mention.occurrences[0].span.start_ms))
