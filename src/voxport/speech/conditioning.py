"""Brings a channel into the form that the rest of the room is made for: no offset, voices not fainter than usual.

A recording device that is badly balanced adds an offset, which may drift and be much stronger than the speech; a badly
set one records speech with the last few bits. Both are undone before anything else looks at the channel. A channel
that has neither goes through untouched, bit by bit.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from voxport.core.audio import SPEECH_RATE_HZ, PcmSource, Samples
from voxport.speech.channel_options import ConditioningOptions
from voxport.speech.levels import FLOOR_DB, Levels, measure

_MEAN_SAMPLES = SPEECH_RATE_HZ // 40 + 1
"""25 ms: the mean over it, taken twice, is the offset. Of 20 Hz 60 % is left, of 80 Hz and more nearly everything."""
_REACH = _MEAN_SAMPLES - 1
"""How far on both sides a mean taken twice looks."""
_LOWEST, _HIGHEST = -32768.0, 32767.0


@dataclass(frozen=True, slots=True)
class ConditionedSource:
    """A channel without its offset, or louder, or both."""

    source: PcmSource
    balanced: bool
    """Whether an offset is taken off."""
    gain: float
    """Factor on the samples; what it takes beyond full scale is clipped."""

    @property
    def samples(self) -> int:
        return self.source.samples

    def read(self, start: int, stop: int) -> Samples:
        """As of any source; the offset of a sample is the same whatever is read with it."""
        start, stop = max(0, start), min(self.samples, max(0, stop))
        if start >= stop:
            return np.empty(0, np.int16)
        sound = self._balanced(start, stop) if self.balanced else self.source.read(start, stop).astype(np.float64)
        return np.clip(np.rint(sound * self.gain), _LOWEST, _HIGHEST).astype(np.int16)

    def _balanced(self, start: int, stop: int) -> npt.NDArray[np.float64]:
        first, last = max(0, start - _REACH), min(self.samples, stop + _REACH)
        sound = self.source.read(first, last).astype(np.float64)
        around = np.pad(sound, (_REACH - (start - first), _REACH - (last - stop)), mode="edge")
        return sound[start - first : stop - first] - _mean(_mean(around))


def condition(source: PcmSource, options: ConditioningOptions) -> tuple[PcmSource, Levels]:
    """A channel as it is listened to, and its levels. Reads it once, and again where it has an offset."""
    levels = measure(source)
    balanced = levels.offset_db > max(FLOOR_DB, levels.voice_db - options.offset_below_db)
    if balanced:
        levels = measure(ConditionedSource(source, balanced, gain=1.0))
    gain_db = _gain_db(levels, options)
    if gain_db > 0:
        levels = levels.amplified(gain_db)
    if balanced or gain_db > 0:
        source = ConditionedSource(source, balanced, float(10 ** (gain_db / 20)))
    return source, levels


def _gain_db(levels: Levels, options: ConditioningOptions) -> float:
    if not FLOOR_DB < levels.voice_db < options.quiet_db:
        return 0.0
    wanted_db = min(options.voice_db - levels.voice_db, options.max_gain_db)
    return max(0.0, min(wanted_db, -options.headroom_db - levels.loudest_db))


def _mean(sound: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The mean of `_MEAN_SAMPLES` around each sample that has so many around it."""
    sums = np.cumsum(np.concatenate([[0.0], sound]))
    means: npt.NDArray[np.float64] = (sums[_MEAN_SAMPLES:] - sums[:-_MEAN_SAMPLES]) / _MEAN_SAMPLES
    return means
