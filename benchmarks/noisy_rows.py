"""The rows about noisy calls: what they cost beside the same calls without noise, and what of it is hearing again."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console

from benchmarks.contest_rows import share
from benchmarks.contestants import ONCE, OURS, Contestants
from benchmarks.corpus import Recording
from benchmarks.noisy_calls import all_noisy
from benchmarks.peers import PLAIN
from benchmarks.table import Row

MAX_SHARE = 1.33
"""What a noisy call may cost, beside its clean version and beside hearing each segment once."""
CALLS = 2
"""Calls of a half that are made noisy in every way."""


def noisy_rows(
    console: Console, contestants: Contestants, half: str, recordings: Sequence[Recording], folder: Path
) -> list[Row]:
    """Processor time for worse copies of a half's first calls. Noise that speaks is voice, so plain's stands beside."""
    ours: dict[str, float] = {}
    plain: dict[str, float] = {}
    again: dict[str, float] = {}
    for recording, kind, worse in all_noisy(recordings[:CALLS], folder):
        name = f"{recording.name}, {kind}"
        spent_s = {who: contestants.take(who, worse).processor_s for who in (OURS, PLAIN, ONCE)}
        ours[name] = share(spent_s[OURS], contestants.take(OURS, recording).processor_s)
        plain[name] = share(spent_s[PLAIN], contestants.take(PLAIN, recording).processor_s)
        again[name] = share(spent_s[OURS], spent_s[ONCE])
        console.print(
            f"{name}: {ours[name]:.2f} of the clean call's processor time (plain {plain[name]:.2f}), "
            f"{again[name]:.2f} of hearing once"
        )
    of = f"{half}: processor seconds of noisy calls"
    return [
        *_rows(f"{of} / of the same calls", ours, MAX_SHARE),
        *_rows(f"{of} / of the same calls, plain", plain, None),
        *_rows(f"{of} / when each segment is heard once", again, MAX_SHARE),
    ]


def _rows(figure: str, shares: Mapping[str, float], bar: float | None) -> list[Row]:
    if not shares:
        return []
    worst = max(shares, key=lambda name: shares[name])
    return [
        Row(f"{figure}, mean of {len(shares)}", statistics.mean(shares.values()), ""),
        Row(f"{figure}, worst ({worst})", shares[worst], "", bar),
    ]
