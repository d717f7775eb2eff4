"""Which stretches are of one voice: groups that are alike are joined until none are alike enough.

The longer two groups are, the better their voices are known: the cosine of their sums is compared with the one that
one voice would have at these lengths. Voices that are alike may be on two lines, which tells them apart. Long calls are
grouped block by block, then the groups of all blocks, so that the work grows with the length of the call and memory
with the size of a block.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from voxport.speech.diarization.line import COLOURS
from voxport.speech.diarization.options import ClusteringOptions

Vectors = npt.NDArray[np.float64]
Apart = Mapping[tuple[int, int], float]
"""Pairs of places of stretches (the earlier one first) that were heard as two speakers, with the certainty, 0 to 1."""
_NEVER = -9.0
"""Less alike than anything."""
_APART_MS = 1_000.0
"""What is heard apart for so long counts half."""
_HARDLY_SMALLER = 0.9
_COHESIONS = (0.5, 1.3)
"""What is less or more says nothing further."""
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
    lengths: tuple[float, ...] = ()
    """Milliseconds of each stretch that counts; empty for one of `length_ms`."""

    @property
    def direction(self) -> Vectors:
        """Its embedding, of length 1."""
        return self.total / max(float(np.linalg.norm(self.total)), 1e-9)


def group(voices: Sequence[Voice], apart: Apart, options: ClusteringOptions, count: int | None) -> list[Voice]:
    """The voices of a call from those of its stretches; who speaks most comes first. At least one is given.

    `count` is how many there are; None where nobody says. At most `options.most_speakers` are told apart.
    """
    groups = [
        one
        for at in range(0, len(voices), options.block)
        for one in _without_repeats(voices[at : at + options.block], options)
    ]
    while len(groups) > options.block:
        blocks = [groups[at : at + options.block] for at in range(0, len(groups), options.block)]
        smaller = [one for block in blocks for one in _Joining(block, apart, options).joined()]
        if len(smaller) > _HARDLY_SMALLER * len(groups):
            # Hours of noise in which nothing is alike: only the longest can be compared.
            smaller = sorted(smaller, key=lambda one: -one.length_ms)[: options.block]
        groups = smaller
    spoken = {member: one.length_ms / len(one.members) for one in voices for member in one.members}
    groups = _Joining(groups, apart, options).joined(count)
    said = sorted(((sum(spoken[member] for member in one.members), one) for one in groups), key=lambda pair: -pair[0])
    groups = [one for _, one in said]
    large = [one for length_ms, one in said if length_ms >= options.least_speaker_ms]
    return (large or groups[:1])[: count or options.most_speakers]


class _Joining:
    """Voices that are joined two by two, the most alike first."""

    def __init__(self, voices: Sequence[Voice], apart: Apart, options: ClusteringOptions) -> None:
        self._options = options
        self._members = [one.members for one in voices]
        self._totals = np.array([one.total for one in voices])
        self._lengths = np.array([one.length_ms for one in voices])
        self._colours = np.array([one.colour for one in voices])
        self._seconds = np.array([one.colour_s for one in voices])
        self._parts = [one.lengths or (one.length_ms,) for one in voices]
        self._sums = np.array([_of_pairs(parts, options) for parts in self._parts])
        self._alive = np.ones(len(voices), np.bool_)
        self._apart, self._weights = _heard_apart(voices, apart)
        self._alike = np.array([self._likeness(place) for place in range(len(voices))])

    def joined(self, count: int | None = None) -> list[Voice]:
        """What is left when nothing is alike enough, or the last `count` voices that are of a sufficient length."""
        if count is not None:
            return self._last(count)
        while self._alive.sum() > 1 and self._alike.max() >= 0:
            self._join(*divmod(int(self._alike.argmax()), len(self._members)))
        self._join_runs()
        return self._voices()

    def _last(self, count: int) -> list[Voice]:
        most, kept = self._sufficient(), self._voices()
        while self._alive.sum() > 1:
            self._join(*divmod(int(self._alike.argmax()), len(self._members)))
            if (now := self._sufficient()) >= min(count, most):
                most, kept = max(most, now), self._voices()
        return kept

    def _join_runs(self) -> None:
        """Joins what is said in one go to who speaks right before or behind it, where they are nearly alike enough.

        Four digits that are all the same sound like another voice; another person comes to speak more than once.
        """
        order = sorted(member for place in np.flatnonzero(self._alive) for member in self._members[place])
        at = {member: index for index, member in enumerate(order)}
        of = {member: int(place) for place in np.flatnonzero(self._alive) for member in self._members[place]}
        for place in np.flatnonzero(self._alive).tolist():
            first, last = (at[find(self._members[place])] for find in (min, max))
            if self._lengths[place] > self._options.longest_run_ms or last - first >= len(self._members[place]):
                continue
            beside = {of[order[index]] for index in (first - 1, last + 1) if 0 <= index < len(order)} - {place}
            likeness = {other: float(self._alike[place, other]) for other in beside}
            closest = max(likeness, key=likeness.__getitem__, default=None)
            if closest is not None and likeness[closest] >= -self._options.run_leniency:
                for member in self._members[place]:
                    of[member] = closest
                self._join(closest, place)

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
                self._parts[place],
            )
            for place in np.flatnonzero(self._alive)
        ]

    def _join(self, one: int, other: int) -> None:
        self._members[one] += self._members[other]
        self._totals[one] += self._totals[other]
        self._lengths[one] += self._lengths[other]
        self._colours[one] += self._colours[other]
        self._seconds[one] += self._seconds[other]
        self._parts[one] += self._parts[other]
        self._sums[one] += self._sums[other]
        for sums in (self._apart, self._weights):
            sums[one] += sums[other]
            sums[:, one] += sums[:, other]
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
        own = self._cohesions()
        needed += (own * self._lengths + own[place] * self._lengths[place]) / (self._lengths + self._lengths[place])
        needed = np.minimum(needed, options.same_voice_most)
        against = options.apart_cost * self._apart[place] / (self._weights[place] + _APART_MS)
        against += options.line_cost * self._lines_differ(place) * shorter / (shorter + options.line_long_ms)
        alike: Vectors = np.where(self._alive, cosines - needed - against, _NEVER)
        alike[place] = _NEVER
        return alike

    def _cohesions(self) -> Vectors:
        """How much more alike the stretches of each voice are than those of one voice usually are."""
        squares, known, known_squares = self._sums.T
        pairs = np.square(known) - known_squares
        alike = (np.square(self._totals).sum(axis=1) - squares) / np.maximum(pairs, 1.0)
        trust = np.where(pairs > 1.0, self._lengths / (self._lengths + self._options.cohesion_long_ms), 0.0)
        return np.asarray(trust * (np.clip(alike, *_COHESIONS) - self._options.cohesion))

    def _lines_differ(self, place: int) -> Vectors:
        """By how much more the line of each voice differs from that of one of them than one line does from itself."""
        options = self._options
        seconds = np.maximum(self._seconds, _LEAST_S)
        means = self._colours / seconds[:, np.newaxis]
        squares = np.square(means - means[place]).mean(axis=1)
        expected = options.line_floor + options.line_spread * (1 / seconds + 1 / seconds[place])
        return np.asarray(np.clip(squares - expected, 0.0, options.line_most))


def _without_repeats(voices: Sequence[Voice], options: ClusteringOptions) -> list[Voice]:
    """Voices of stretches, of which those that repeat the sound of a longer one are part of it."""
    directions = np.array([one.direction for one in voices])
    alike = directions @ directions.T
    kept: dict[int, Voice] = {}
    for place in sorted(range(len(voices)), key=lambda place: -voices[place].length_ms):
        original = next((other for other in kept if alike[place, other] > options.repeated), place)
        members = kept[original].members if original in kept else ()
        kept[original] = replace(voices[original], members=members + voices[place].members)
    return [kept[place] for place in sorted(kept)]


def _of_pairs(lengths: Sequence[float], options: ClusteringOptions) -> tuple[float, float, float]:
    """Of the lengths of stretches: sum of squares; sum of what is known by each, and of its squares."""
    known = [length * (length / (length + options.blur_ms)) ** 0.5 for length in lengths]
    return sum(length * length for length in lengths), sum(known), sum(one * one for one in known)


def _heard_apart(voices: Sequence[Voice], apart: Apart) -> tuple[Vectors, Vectors]:
    """(certainty times length, length) for each two voices; of a pair of stretches the shorter length counts."""
    places = {member: place for place, voice in enumerate(voices) for member in voice.members}
    lengths = [voice.length_ms / max(1, len(voice.lengths)) for voice in voices]
    sums, weights = np.zeros((2, len(voices), len(voices)))
    for (one, other), certainty in apart.items():
        if one in places and other in places and places[one] != places[other]:
            row, column = places[one], places[other]
            weight = min(lengths[row], lengths[column])
            for at in ((row, column), (column, row)):
                sums[at] += weight * certainty
                weights[at] += weight
    return sums, weights
