"""Which stretches are of one voice: groups that are alike are joined until none are alike enough.

The longer two groups are, the better their voices are known: the cosine of their sums is compared with the one that
one voice would have at these lengths. Voices that are alike may be on two lines, which tells them apart. Long calls are
grouped block by block, then the groups of all blocks, so that the work grows with the length of the call and memory
with the size of a block.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from voxport.speech.diarization.line import COLOURS
from voxport.speech.diarization.options import ClusteringOptions

Vectors = npt.NDArray[np.float64]
_NEVER = -9.0
"""Less alike than anything."""
_HARDLY_SMALLER = 0.9
_LEAST_S = 0.01
"""What is known of less than one frame is nothing."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A stretch, or several that are of one voice."""

    total: Vectors
    """Sum of their embeddings, each of length 1 and weighted with its milliseconds; shape (192,)."""
    length_ms: float
    members: tuple[int, ...]
    """Places of the stretches."""
    colour: Vectors = field(default_factory=lambda: np.zeros(COLOURS))
    """Sum of the colours of their lines, each weighted with its seconds; shape (46,)."""
    colour_s: float = 0.0
    """Seconds of sound of which the colour is known; 0 for nothing."""

    @property
    def direction(self) -> Vectors:
        """Its embedding, of length 1."""
        return self.total / max(float(np.linalg.norm(self.total)), 1e-9)


def group(voices: Sequence[Voice], options: ClusteringOptions, count: int | None) -> list[Voice]:
    """The voices of a call from those of its stretches; who speaks most comes first. At least one is given.

    `count` is how many there are; None where nobody says. At most `options.most_speakers` are told apart.
    """
    groups = list(voices)
    while len(groups) > options.block:
        blocks = [groups[at : at + options.block] for at in range(0, len(groups), options.block)]
        smaller = [one for block in blocks for one in _Joining(block, options).joined()]
        if len(smaller) > _HARDLY_SMALLER * len(groups):
            # Hours of noise in which nothing is alike: only the longest can be compared.
            smaller = sorted(smaller, key=lambda one: -one.length_ms)[: options.block]
        groups = smaller
    groups = sorted(_Joining(groups, options).joined(count), key=lambda one: -one.length_ms)
    large = [one for one in groups if one.length_ms >= options.least_speaker_ms]
    return (large or groups[:1])[: count or options.most_speakers]


class _Joining:
    """Voices that are joined two by two, the most alike first."""

    def __init__(self, voices: Sequence[Voice], options: ClusteringOptions) -> None:
        self._options = options
        self._members = [one.members for one in voices]
        self._totals = np.array([one.total for one in voices])
        self._lengths = np.array([one.length_ms for one in voices])
        self._colours = np.array([one.colour for one in voices])
        self._seconds = np.array([one.colour_s for one in voices])
        self._alive = np.ones(len(voices), np.bool_)
        self._alike = np.array([self._likeness(place) for place in range(len(voices))])

    def joined(self, count: int | None = None) -> list[Voice]:
        """What is left when nothing is alike enough, or the last `count` voices that are of a sufficient length."""
        if count is not None:
            return self._last(count)
        while self._alive.sum() > 1 and self._alike.max() >= 0:
            self._join(*divmod(int(self._alike.argmax()), len(self._members)))
        return self._voices()

    def _last(self, count: int) -> list[Voice]:
        most, kept = self._sufficient(), self._voices()
        while self._alive.sum() > 1:
            self._join(*divmod(int(self._alike.argmax()), len(self._members)))
            if (now := self._sufficient()) >= min(count, most):
                most, kept = max(most, now), self._voices()
        return kept

    def _sufficient(self) -> int:
        """How many voices say enough to be a speaker."""
        return int((self._alive & (self._lengths >= self._options.least_speaker_ms)).sum())

    def _voices(self) -> list[Voice]:
        return [
            Voice(
                self._totals[place].copy(),
                float(self._lengths[place]),
                self._members[place],
                self._colours[place].copy(),
                float(self._seconds[place]),
            )
            for place in np.flatnonzero(self._alive)
        ]

    def _join(self, one: int, other: int) -> None:
        self._members[one] += self._members[other]
        self._totals[one] += self._totals[other]
        self._lengths[one] += self._lengths[other]
        self._colours[one] += self._colours[other]
        self._seconds[one] += self._seconds[other]
        self._alive[other] = False
        self._alike[other] = self._alike[:, other] = _NEVER
        self._alike[one] = self._alike[:, one] = self._likeness(one)

    def _likeness(self, place: int) -> Vectors:
        """How much more alike each voice is to one of them than is needed for them to be one."""
        options = self._options
        known = np.sqrt(self._lengths / (self._lengths + options.blur_ms))
        norms = np.maximum(np.linalg.norm(self._totals, axis=1), 1e-9)
        cosines = self._totals @ self._totals[place] / (norms * norms[place]) / (known * known[place])
        shorter = np.minimum(self._lengths, self._lengths[place])
        needed = options.same_voice + options.same_voice_long * shorter / (shorter + options.long_ms)
        needed += options.line_cost * self._lines_differ(place) * shorter / (shorter + options.line_long_ms)
        alike: Vectors = np.where(self._alive, cosines - needed, _NEVER)
        alike[place] = _NEVER
        return alike

    def _lines_differ(self, place: int) -> Vectors:
        """By how much more the line of each voice differs from that of one of them than one line does from itself."""
        options = self._options
        seconds = np.maximum(self._seconds, _LEAST_S)
        means = self._colours / seconds[:, np.newaxis]
        squares = np.square(means - means[place]).mean(axis=1)
        expected = options.line_floor + options.line_spread * (1 / seconds + 1 / seconds[place])
        return np.asarray(np.clip(squares - expected, 0.0, options.line_most))
