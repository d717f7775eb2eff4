"""The form in which speech reaches the recogniser: one mono PCM source a channel, all on one clock."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt
from cachetools import LRUCache

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


class BlockPcm:
    """A PcmSource over blocks of one length, each loaded when it is read; safe from several threads.

    Keeps the last few, since a recogniser reads stretches that overlap.
    """

    def __init__(self, samples: int, block_samples: int, load: Callable[[int], Samples], *, kept: int = 4) -> None:
        """`load` gives the block of a number, counted from 0; it is called by one thread at a time."""
        self._samples, self._block_samples, self._load = samples, block_samples, load
        self._blocks: LRUCache[int, Samples] = LRUCache(kept)
        self._lock = threading.Lock()

    @property
    def samples(self) -> int:
        """Length in samples."""
        return self._samples

    def read(self, start: int, stop: int) -> Samples:
        """Samples [start, stop), clipped; shape (n,), int16."""
        start, stop = max(start, 0), min(stop, self._samples)
        pieces: list[Samples] = []
        while start < stop:
            number, offset = divmod(start, self._block_samples)
            piece = self._block(number)[offset : offset + stop - start]
            if piece.shape[0] == 0:
                break
            pieces.append(piece)
            start += piece.shape[0]
        if not pieces:
            return np.empty(0, np.int16)
        return pieces[0] if len(pieces) == 1 else np.concatenate(pieces)

    def _block(self, number: int) -> Samples:
        with self._lock:
            block = self._blocks.get(number)
            if block is None:
                block = self._load(number)
                self._blocks[number] = block
            return block


@dataclass(frozen=True, slots=True)
class DecodedChannel:
    """A channel as decoded."""

    index: int
    """Its place in the file, 0 left."""
    speaker: str | None
    """Who owns it; None in mono without a name."""
    samples: int
    """Its length."""
