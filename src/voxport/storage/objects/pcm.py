"""A decoded channel at rest, read piece by piece."""

from __future__ import annotations

import threading

import numpy as np
from cachetools import LRUCache

from voxport.core.audio import Samples
from voxport.storage.objects.blobs import Blobs

_BYTES_A_SAMPLE = 2
_BLOCK_SAMPLES = 1 << 19
"""About half a minute: one request to a far store, one megabyte in memory."""
_BLOCKS_KEPT = 4


class PcmBlob:
    """A PcmSource over raw mono s16le bytes in the object store; safe from several threads.

    Keeps the last few megabytes, since a recogniser reads stretches that overlap.
    """

    def __init__(self, blobs: Blobs, key: str) -> None:
        """Raises FileNotFoundError when there is nothing under `key`."""
        size = blobs.size(key)
        if size is None:
            raise FileNotFoundError(key)
        self._blobs, self._key, self._samples = blobs, key, size // _BYTES_A_SAMPLE
        self._blocks: LRUCache[int, Samples] = LRUCache(_BLOCKS_KEPT)
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
            number, offset = divmod(start, _BLOCK_SAMPLES)
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
                first = number * _BLOCK_SAMPLES * _BYTES_A_SAMPLE
                last = min((number + 1) * _BLOCK_SAMPLES, self._samples) * _BYTES_A_SAMPLE
                data = self._blobs.read_range(self._key, first, last)
                block = np.frombuffer(data, dtype="<i2").astype(np.int16, copy=False)
                self._blocks[number] = block
            return block
