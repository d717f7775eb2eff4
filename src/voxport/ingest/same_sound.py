"""Which channels of a recording carry the same sound, found while they are read, before anything is recognised.

A mono call is written on both channels, now and then late, fainter, inverted or with other noise. Mixed, the late
copy would be heard as an echo, or a second time. Each second is compared by normalised cross-correlation at all delays
up to half a second: a copy comes to more than 0.4 whatever its level, two people who talk to less than 0.2.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np
import numpy.typing as npt

_LOW_RATE_HZ = 4_000
"""The least rate at which channels are compared: the voice is strongest below half of it."""
_REACH_S = 0.5
"""A copy is at most so much earlier or later; crosstalk is looked for as far (`speech/coherence.py`)."""
_SAME = 0.4
"""Correlation from which a second is the same sound."""
_SILENT_DB = -75.0
"""What is fainter on both channels is no sound that could be compared."""
_SOUNDING_DB = 25.0
"""Seconds that are so much fainter than the loud ones of a channel are pauses, with the noise of its line."""
_MIN_SECONDS = 2
"""Fewer seconds do not tell that two channels are the same."""
_SAME_SHARE = 0.85
"""The share of the seconds with sound on both that are the same where the channels are."""
_SAME_SPREAD_DB = 6.0
"""How much their distance in level may change (first to last tenth): each louder in turn are two who talk."""
_OWN_DB = 6.0
"""A second that is so much louder than the noise of its channel, and than what the other explains, is its own."""
_ECHO_SHARE = 0.05
"""A delay counts from this share of the seconds with sound on."""
_LOUDER_DB = 1.5
"""Of two channels of the same sound the louder one is kept, the first where they differ by less."""

_Floats = npt.NDArray[np.float64]
_Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Likeness:
    """What the channels of a recording have in common."""

    same_as: tuple[int | None, ...] = ()
    """By channel: the channel whose sound it repeats throughout; None for all others."""
    delay_ms: int = 0
    """The most that sound is heard earlier or later on another channel, copies and echoes alike."""
    same_delay_ms: int = 0
    """The same between channels of the same sound alone."""

    @property
    def kept(self) -> tuple[int, ...]:
        """The channels that repeat no other one, in order."""
        return tuple(channel for channel, same_as in enumerate(self.same_as) if same_as is None)


_COLUMNS = 4
"""What is kept of a second of one channel beside another one: its level in dB, that of the other at the delay,
correlation (0 to 1), and how many seconds later the other is."""


class Comparison:
    """Compares the channels of one recording with each other, second by second, in bounded memory."""

    def __init__(self, channels: int) -> None:
        self._seconds = {pair: array("f") for pair in combinations(range(channels), 2)}
        self._channels = channels
        self._rate_hz = 0
        self._held = np.zeros((channels, 0))

    def take(self, sound: _Floats, rate_hz: int) -> None:
        """Takes the next samples of all channels, shape (channels, n), full scale 1."""
        if rate_hz != self._rate_hz:
            self.finish()
            self._rate_hz = rate_hz
            self._held = np.zeros((self._channels, self._reach))
        whole = sound.shape[1] // self._step * self._step
        low = sound[:, :whole].reshape(self._channels, -1, self._step).mean(axis=2)
        self._held = np.concatenate([self._held, low], axis=1)
        while self._held.shape[1] >= 2 * self._second:
            self._compare(self._held[:, : 2 * self._second])
            self._held = self._held[:, self._second :]

    def finish(self) -> None:
        """Compares what is left, if it is more than a click."""
        rest = self._held.shape[1] - self._reach
        if self._rate_hz and rest > self._second // 4:
            self._compare(np.pad(self._held, ((0, 0), (0, 2 * self._second - self._held.shape[1]))))
        self._held = self._held[:, :0]

    def likeness(self) -> Likeness:
        """What was found in all that was taken."""
        same_as: list[int | None] = [None] * self._channels
        delay_s = same_delay_s = 0.0
        for (one, other), seconds in self._seconds.items():
            if len(seconds) < _MIN_SECONDS * _COLUMNS:
                continue
            pair = _Pair(seconds)
            delay_s = max(delay_s, pair.delay_s)
            if same_as[one] is None and same_as[other] is None and (kept := pair.same_sound()) is not None:
                same_as[other if kept == 0 else one] = one if kept == 0 else other
                same_delay_s = max(same_delay_s, pair.delay_s)
        roots = tuple(_root(place, same_as) for place in same_as)
        return Likeness(roots, delay_ms=round(delay_s * 1000), same_delay_ms=round(same_delay_s * 1000))

    @property
    def _step(self) -> int:
        return max(1, self._rate_hz // _LOW_RATE_HZ)

    @property
    def _second(self) -> int:
        """Samples of a second, even."""
        return self._rate_hz // self._step // 2 * 2

    @property
    def _reach(self) -> int:
        return round(self._second * _REACH_S)

    def _compare(self, sound: _Floats) -> None:
        """The middle second of each channel with the two seconds around it of each later one."""
        # The slope of the sound: hum and offsets, which lines have in common, count for little.
        slope = np.diff(sound, axis=1, prepend=sound[:, :1])
        middle = slope[:, self._reach : self._reach + self._second]
        powers = np.square(middle).mean(axis=1)
        if _db(float(powers.max())) < _SILENT_DB:
            return
        size = 1 << (2 * self._second - 1).bit_length()
        around, inner = np.fft.rfft(slope, size), np.conj(np.fft.rfft(middle, size))
        sums = np.cumsum(np.pad(np.square(slope), ((0, 0), (1, 0))), axis=1)
        moved = (sums[:, self._second :] - sums[:, : sums.shape[1] - self._second]) / self._second
        for (one, other), seconds in self._seconds.items():
            product = np.fft.irfft(inner[one] * around[other], size)[: moved.shape[1]] / self._second
            alike = np.abs(product) / np.sqrt(np.maximum(moved[other], 0) * powers[one] + _TINY)
            best = int(np.argmax(alike))
            delay_s = (best - self._reach) / self._second
            levels = _db(float(powers[one])), _db(float(moved[other, best]))
            seconds.extend((*levels, float(alike[best]), delay_s))


class _Pair:
    """What two channels have in common over the whole recording."""

    def __init__(self, seconds: array[float]) -> None:
        table = np.array(seconds, np.float64).reshape(-1, _COLUMNS)
        self._levels_db = table[:, :2]
        self._same: _Bools = table[:, 2] > _SAME
        self._delays_s = np.abs(table[:, 3])
        loud_db = np.percentile(self._levels_db, 90, axis=0)
        self._sounding: _Bools = np.all(self._levels_db > loud_db - _SOUNDING_DB, axis=1)
        """Seconds with sound on both channels."""
        self._loud: _Bools = self._levels_db.max(axis=1) > loud_db.max() - _SOUNDING_DB
        """Seconds with sound on one of them: an echo of it may be faint."""

    def same_sound(self) -> int | None:
        """0 or 1, the channel to be kept, where both carry the same sound at distances that stay the same."""
        both = self._same & self._sounding
        if both.sum() < max(_MIN_SECONDS, _SAME_SHARE * self._sounding.sum()):
            return None
        distances_db = self._levels_db[both, 1] - self._levels_db[both, 0]
        low, high = np.percentile(distances_db, [10, 90])
        distance_db = float(np.median(distances_db))
        kept = 1 if distance_db > _LOUDER_DB else 0
        if high - low > _SAME_SPREAD_DB or self._has_own(1 - kept, distance_db if kept == 0 else -distance_db):
            return None
        return kept

    @cached_property
    def delay_s(self) -> float:
        """The longest that recurs; 0.0 where too little is the same."""
        echoing = self._same & self._loud
        if echoing.sum() < max(_MIN_SECONDS, _ECHO_SHARE * self._loud.sum()):
            return 0.0
        return float(np.percentile(self._delays_s[echoing], 95))

    def _has_own(self, place: int, distance_db: float) -> bool:
        """Whether a channel says anything that the other one does not: a word of its own is never lost."""
        level_db, other_db = self._levels_db[:, place], self._levels_db[:, 1 - place]
        noise_db = np.percentile(level_db, 10)
        unexplained = level_db > np.maximum(noise_db, other_db + distance_db) + _OWN_DB
        return bool((unexplained & ~self._same).any())


_TINY = 1e-12


def _db(power: float) -> float:
    return float(10 * np.log10(max(power, 0.0) + _TINY))


def _root(place: int | None, same_as: list[int | None]) -> int | None:
    """The channel that is kept for it, where a repeated channel repeats another one itself."""
    while place is not None and (following := same_as[place]) is not None:
        place = following
    return place
