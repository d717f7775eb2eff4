"""The form in which speech reaches the recogniser: one mono PCM source a channel, all on one clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

SPEECH_RATE_HZ = 16_000
"""Sample rate of every decoded channel."""

Samples = npt.NDArray[np.int16]


class PcmSource(Protocol):
    """Random access to one decoded channel: mono, 16-bit, `SPEECH_RATE_HZ`."""

    @property
    def samples(self) -> int:
        """Length in samples."""
        ...

    def read(self, start: int, stop: int) -> Samples:
        """Samples [start, stop), clipped to the length; shape (n,), int16. Safe from several threads."""
        ...


@dataclass(frozen=True, slots=True)
class PcmArray:
    """A PcmSource over an array in memory (tests, short files)."""

    data: Samples
    """Shape (n,), int16."""

    @property
    def samples(self) -> int:
        return int(self.data.shape[0])

    def read(self, start: int, stop: int) -> Samples:
        return self.data[max(0, start) : max(0, stop)]


@dataclass(frozen=True, slots=True)
class DecodedChannel:
    """A channel as decoded."""

    index: int
    """Its place in the file, 0 left."""
    speaker: str | None
    """Who owns it; None in mono without a name."""
    samples: int
    """Its length."""
