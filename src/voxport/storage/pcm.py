"""A decoded channel at rest, read piece by piece."""

from __future__ import annotations

from voxport.core.audio import Samples
from voxport.storage.blobs import Blobs


class PcmBlob:
    """A PcmSource over raw mono s16le bytes in the object store; safe from several threads."""

    def __init__(self, blobs: Blobs, key: str) -> None:
        """Raises FileNotFoundError when there is nothing under `key`."""
        raise NotImplementedError

    @property
    def samples(self) -> int:
        raise NotImplementedError

    def read(self, start: int, stop: int) -> Samples:
        """Samples [start, stop), clipped; shape (n,), int16."""
        raise NotImplementedError
