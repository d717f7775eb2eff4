"""Mixes the channels of a recording into one, block by block, so that none cancels another.

A recorder that is wired wrongly gives the second channel inverted: added to the first it leaves silence. So a channel
that sounds like the others turned over is turned over before it is added, second by second: in some recordings one
speaker alone is inverted.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from voxport.audio.samples import to_floats
from voxport.core.sound import Block
from voxport.ingest.same_sound import Comparison, Likeness

_SAME = 0.5
"""Correlation within a second from which two channels are the same sound, turned over or not; voices of two people
come to less than 0.1."""
_SILENT_POWER = 1e-9
"""-90 dB of full scale: less is no sound that could be compared."""
_FADE_S = 0.01
"""How long a channel takes to turn over, so that it does not click."""
_WORTH_TELLING = 0.1
"""The share of the sound, by energy, that has to be inverted to be told of: hum in a pause is not."""
_Floats = npt.NDArray[np.float64]


class Mixer:
    """The mix of some channels of one recording. Blocks should last about a second; their channels do not change."""

    def __init__(self, channels: Sequence[int]) -> None:
        self._channels = list(channels)
        self._comparison = Comparison(len(channels))
        self._signs: _Floats | None = None
        self._energy = self._inverted_energy = 0.0

    @property
    def inverted(self) -> bool:
        """Whether a good part of what was mixed would have cancelled out."""
        return self._inverted_energy > _WORTH_TELLING * self._energy

    def likeness(self) -> Likeness:
        """What the channels of all that was mixed have in common; nothing is mixed afterwards."""
        self._comparison.finish()
        return self._comparison.likeness()

    def mix(self, block: Block, rate_hz: int) -> Block:
        """The mean of the channels, shape (1, n), float32 with full scale 1: it can never clip."""
        sound = to_floats(block[self._channels])
        self._comparison.take(sound, rate_hz)
        before = np.ones(sound.shape[0]) if self._signs is None else self._signs
        after = self._signs_of(sound, before)
        start = after if self._signs is None else before
        self._signs = after
        if (start == after).all():
            mix: Block = (after[:, np.newaxis] * sound).mean(axis=0, keepdims=True).astype(np.float32)
            return mix
        done = np.minimum(np.arange(sound.shape[1]) / (_FADE_S * rate_hz), 1.0)
        signs = start[:, np.newaxis] * (1 - done) + after[:, np.newaxis] * done
        turning: Block = (signs * sound).mean(axis=0, keepdims=True).astype(np.float32)
        return turning

    def _signs_of(self, sound: _Floats, before: _Floats) -> _Floats:
        """1.0 or -1.0 for each channel; as before where the sound does not tell."""
        signs = before.copy()
        if sound.shape[1] == 0:
            return signs
        # An offset is no sound: two lines that are badly balanced have nothing to do with each other.
        centred = sound - sound.mean(axis=1, keepdims=True)
        mix = signs[0] * centred[0]
        cancelled = False
        for place in range(1, sound.shape[0]):
            likeness = _correlation(mix, centred[place])
            if abs(likeness) > _SAME:
                signs[place] = np.sign(likeness)
                cancelled = cancelled or likeness < 0
            mix = mix + signs[place] * centred[place]
        energy = float(np.square(centred).sum())
        self._energy += energy
        self._inverted_energy += energy if cancelled else 0.0
        return signs


def _correlation(one: _Floats, other: _Floats) -> float:
    """From -1 to 1; 0.0 where one of them is silent."""
    powers = float(np.square(one).mean()), float(np.square(other).mean())
    if min(powers) < _SILENT_POWER:
        return 0.0
    return float((one * other).mean() / np.sqrt(powers[0] * powers[1]))
