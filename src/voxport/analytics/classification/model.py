"""A trained classifier: weights of hashed words for each class, and its stored form."""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from voxport.analytics.classification.features import Features

_FORM = 1


@dataclass(frozen=True, slots=True)
class TextClassifier:
    """Knows classes by their index alone; what they are called stands with its version."""

    buckets: npt.NDArray[np.int64]
    """Those that have weights, ascending."""
    weights: npt.NDArray[np.float32]
    """A row for each bucket, a column for each class."""
    bias: npt.NDArray[np.float32]
    """One for each class."""

    def probabilities(self, call: Features) -> npt.NDArray[np.float64]:
        """Of each class; they add up to 1."""
        scores = self.bias.astype(np.float64)
        if len(self.buckets):
            places = np.minimum(np.searchsorted(self.buckets, call.buckets), len(self.buckets) - 1)
            known = self.buckets[places] == call.buckets
            scores = scores + call.values[known] @ self.weights[places[known]]
        grown = np.exp(scores - scores.max())
        return np.asarray(grown / grown.sum(), np.float64)

    def to_bytes(self) -> bytes:
        """The stored form, which names no word: hashes and numbers alone."""
        file = io.BytesIO()
        np.savez_compressed(file, form=np.int64(_FORM), buckets=self.buckets, weights=self.weights, bias=self.bias)
        return file.getvalue()

    @classmethod
    def from_bytes(cls, stored: bytes) -> TextClassifier:
        """Raises ValueError for anything else."""
        # Without pickle: a stored model is data, whoever has written it.
        with np.load(io.BytesIO(stored), allow_pickle=False) as found:
            if int(found["form"]) != _FORM:
                raise ValueError("the model was stored in another form")
            return cls(found["buckets"], found["weights"], found["bias"])
