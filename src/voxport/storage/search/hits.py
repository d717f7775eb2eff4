"""Lines that the database has found, and in them the words that meet each condition."""

from __future__ import annotations

import json
from collections.abc import Sequence

from voxport.core.statement import Said
from voxport.search.call_text import Line, read_times
from voxport.search.locating import MAX_HITS, Hit, hits_in, window_ms

_Row = tuple[int, str, str, str, list[bool]]
"""As `selection.hits_sql` has them."""


def hits_of(rows: Sequence[_Row], said: Sequence[Said], duration_ms: int) -> list[Hit]:
    """The places of one call that meet `said`, in order of time, the first `MAX_HITS`."""
    windows = [window_ms(one.window, duration_ms) for one in said]
    found: list[Hit] = []
    for number, speaker, text, times, met in rows:
        words = tuple(text.split())
        line = Line(speaker, words, *read_times(bytes.fromhex(times), len(words)))
        for one, window, meets in zip(said, windows, met, strict=True):
            if meets:
                found += hits_in(line, number, one, window)
        if len(found) > MAX_HITS:
            break
    return sorted(found, key=lambda hit: (hit.start_ms, hit.end_ms, hit.condition))[:MAX_HITS]


def read_hits(value: str | None) -> Sequence[_Row]:
    """The value of the column of hits."""
    found: Sequence[_Row] = () if value is None else json.loads(value)
    return found
