"""A decoded channel at rest as versions before kept it in the object store (decision 0029), read piece by piece."""

from __future__ import annotations

import numpy as np

from voxport.core.audio import BlockPcm, Samples
from voxport.storage.objects.blobs import Blobs

_BYTES_A_SAMPLE = 2
_BLOCK_SAMPLES = 1 << 19
"""About half a minute: one request to a far store, one megabyte in memory."""


class PcmBlob(BlockPcm):
    """A PcmSource over raw mono s16le bytes in the object store; safe from several threads."""

    def __init__(self, blobs: Blobs, key: str) -> None:
        """Raises FileNotFoundError when there is nothing under `key`."""
        size = blobs.size(key)
        if size is None:
            raise FileNotFoundError(key)
        super().__init__(size // _BYTES_A_SAMPLE, _BLOCK_SAMPLES, self._range)
        self._blobs, self._key = blobs, key

    def _range(self, number: int) -> Samples:
        first = number * _BLOCK_SAMPLES * _BYTES_A_SAMPLE
        last = min((number + 1) * _BLOCK_SAMPLES, self.samples) * _BYTES_A_SAMPLE
        data = self._blobs.read_range(self._key, first, last)
        return np.frombuffer(data, dtype="<i2").astype(np.int16, copy=False)
