"""What the encoder made of segments of which more will be asked: more than half of the work of a decoding."""

from __future__ import annotations

import weakref
from collections.abc import Sequence

import numpy as np

from voxport.speech.levels import Floats


class EncodedSound:
    """Keeps each window as long as somebody holds the features that it was made of. Safe from several threads."""

    def __init__(self) -> None:
        self._kept: dict[tuple[int, int], tuple[weakref.ref[Floats], Floats]] = {}

    def keep(self, features: Floats, window_ms: int, encoded: Floats) -> None:
        """Keeps a copy of one encoded window, shape (encoder frames, width)."""
        key = id(features), window_ms

        def forget(_: weakref.ref[Floats]) -> None:
            self._kept.pop(key, None)

        self._kept[key] = weakref.ref(features, forget), encoded.copy()

    def find(self, features: Sequence[Floats], window_ms: int) -> Floats | None:
        """The encoded windows of all these features, shape (windows, encoder frames, width); None if one is missing."""
        found: list[Floats] = []
        for one in features:
            kept = self._kept.get((id(one), window_ms))
            # An array may have the address of one that is gone.
            if kept is None or kept[0]() is not one:
                return None
            found.append(kept[1])
        return np.stack(found)
