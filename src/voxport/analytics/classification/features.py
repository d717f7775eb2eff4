"""What a call is to a classifier: its words and pairs of neighbouring words, hashed, of the redacted transcript."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from voxport.analytics.call_text import CallText, TurnText
from voxport.core.transcript import WordKind

BUCKETS = 1 << 18
"""Hashes of words and pairs; what two of them share is rare enough."""
_MAX_WORDS = 20_000
"""Of one call, some two hours; what comes later does not change what the call was about."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Features:
    """A call as a sparse vector of length 1; empty for a call without words."""

    buckets: npt.NDArray[np.int64]
    """Each once, ascending."""
    values: npt.NDArray[np.float64]


def features_of(text: CallText) -> Features:
    """How often each was said, dampened. Nothing that is hidden or has a digit in it is read, and no pair spans it."""
    counts: Counter[int] = Counter()
    taken = 0
    for turn in text.turns:
        before: str | None = None
        for word in _words(turn):
            if word is not None:
                counts[_bucket(word)] += 1
                if before is not None:
                    counts[_bucket(f"{before} {word}")] += 1
            before = word
            taken += 1
        if taken >= _MAX_WORDS:
            break
    buckets = np.array(sorted(counts), np.int64)
    values = np.log1p(np.array([counts[bucket] for bucket in buckets.tolist()], np.float64))
    return Features(buckets, values / (np.linalg.norm(values) or 1.0))


def _words(turn: TurnText) -> Iterator[str | None]:
    """Words in lower case; None for what is not read."""
    for word in turn.words:
        if word.kind is WordKind.WORD:
            written = word.text.casefold().strip('.,!?;:"()')
            yield written if _WORD.fullmatch(written) else None


def _bucket(text: str) -> int:
    return zlib.crc32(text.encode()) % BUCKETS
