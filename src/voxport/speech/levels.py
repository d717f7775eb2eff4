"""How loud a channel is, from one pass over its samples: the second opinion beside voice activity.

A channel is summed up as one energy a frame of 10 ms (6 hours: 9 MB). Samples are read block by block, never whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from voxport.core.audio import SPEECH_RATE_HZ, PcmSource, Samples

FRAME_SAMPLES = SPEECH_RATE_HZ // 100
FRAME_MS = 10
"""Length of a frame, here and in the features of the engine."""
BLOCK_SAMPLES = SPEECH_RATE_HZ * 60
"""A minute: what is read of a channel at once."""
FULL_SCALE = 32768.0
"""The amplitude of a 16-bit sample that is 1.0."""
FLOOR_DB = -96.0
"""The level of digital silence with 16 bits."""
_SILENCE_DB = -72.0
"""Level below which nothing sounds, in a channel in which something else does."""
_FAINT_DB = -92.0
"""The same in a channel that is all below `_SILENCE_DB`: an amplitude of one, the last bit of a sample."""
_MIN_SOUNDING_FRAMES = 30
"""0.3 s: with less above `_SILENCE_DB` (clicks) a channel is all below it."""
_OFFSET_FRAMES = 10
"""Frames whose mean tells the offset: 100 ms, in which every voice swings to both sides."""
_LOUDEST_FRAMES = 50
"""Half a second, the least that is taken for more than clicks."""
_VOICE_DB = -23.0
"""The level that voices are brought to: a telephone call that is neither loud nor quiet."""
_MAX_GAIN_DB = 36.0
"""More gain would make voices of noise."""
_NOISE_PERCENTILE = 10
"""A tenth of any call lies between words."""
_MIN_LOUD_FRAMES = 200
"""2 s: a caller who says little is still measured on speech."""
_MIN_CONTRAST_DB = 6.0
"""The least that a frame stands out of the noise to be audible."""
_AUDIBLE_SHARE = 0.35
"""How far up from the noise to the voice a frame is audible."""

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Levels:
    """How loud a channel is, in dB of full scale."""

    energy_db: Floats
    """The level of each frame of 10 ms; shape (frames,)."""
    floor_db: float
    """The noise between words."""
    voice_db: float
    """The loud parts."""
    offset_db: float = FLOOR_DB
    """How far the samples lie beside zero, as a level: a badly balanced line."""

    @property
    def loudest_db(self) -> float:
        """The level that half a second in all exceeds."""
        count = min(_LOUDEST_FRAMES, self.energy_db.shape[0])
        return float(np.partition(self.energy_db, -count)[-count]) if count else FLOOR_DB

    def amplified(self, gain_db: float) -> Levels:
        """Those of the same channel with a gain; digital silence stays it."""
        louder = np.where(self.energy_db > FLOOR_DB, self.energy_db + np.float32(gain_db), np.float32(FLOOR_DB))
        return _summed_up(louder, self.offset_db)

    @property
    def gain(self) -> float:
        """Factor on samples that puts the loud parts at -23 dB; digital silence is left alone."""
        if self.voice_db <= _SILENCE_DB:
            return 1.0
        return float(10 ** (min(_MAX_GAIN_DB, _VOICE_DB - self.voice_db) / 20))

    @property
    def audible_db(self) -> float:
        """Level above which a frame is more than the noise between words: a third of the way up to the voice."""
        return max(_SILENCE_DB, self.floor_db + max(_MIN_CONTRAST_DB, (self.voice_db - self.floor_db) * _AUDIBLE_SHARE))

    def between(self, start_ms: int, end_ms: int) -> Floats:
        """Energies of the frames of [start_ms, end_ms), clipped to the channel."""
        return self.energy_db[max(0, start_ms) // FRAME_MS : max(0, -(-end_ms // FRAME_MS))]


def blocks(source: PcmSource, block_samples: int = BLOCK_SAMPLES) -> Iterator[Samples]:
    """The samples of a channel in order, in blocks of `block_samples` (the last one shorter)."""
    for start in range(0, source.samples, block_samples):
        yield source.read(start, min(source.samples, start + block_samples))


def measure(source: PcmSource) -> Levels:
    """Reads a channel once. A channel without sound has floor and voice at -96 dB."""
    parts: list[Floats] = []
    means: list[Floats] = []
    for block in blocks(source):
        frames = _frames(block)
        # A constant offset is no sound; without this a badly balanced line never falls silent.
        power = np.maximum(frames.var(axis=1), 10 ** (FLOOR_DB / 10))
        parts.append(np.asarray(10 * np.log10(power), np.float32))
        means.append(frames.mean(axis=1))
    if not parts:
        return Levels(np.empty(0, np.float32), FLOOR_DB, FLOOR_DB)
    return _summed_up(np.concatenate(parts), _offset_db(np.concatenate(means)))


def _summed_up(energy_db: Floats, offset_db: float) -> Levels:
    sounding = energy_db[energy_db > _SILENCE_DB]
    if sounding.size < _MIN_SOUNDING_FRAMES:
        sounding = energy_db[energy_db > _FAINT_DB]
    if sounding.size == 0:
        return Levels(energy_db, FLOOR_DB, FLOOR_DB, offset_db)
    floor_db = float(np.percentile(energy_db, _NOISE_PERCENTILE))
    # The loudest tenth of what sounds.
    loud = max(min(_MIN_LOUD_FRAMES, sounding.size), sounding.size // 10)
    voice_db = float(np.median(np.partition(sounding, sounding.size - loud)[-loud:]))
    return Levels(energy_db, max(FLOOR_DB, floor_db), voice_db, offset_db)


def _offset_db(means: Floats) -> float:
    """The median level of the mean over 100 ms."""
    whole = means.shape[0] // _OFFSET_FRAMES * _OFFSET_FRAMES
    offsets = means[:whole].reshape(-1, _OFFSET_FRAMES).mean(axis=1) if whole else means
    return max(FLOOR_DB, 20 * float(np.log10(max(float(np.median(np.abs(offsets))), 1e-6))))


def _frames(block: Samples) -> Floats:
    """In [-1, 1), shape (frames, samples of a frame); the last one is filled up with its last sample."""
    count = -(-block.shape[0] // FRAME_SAMPLES)
    padded = np.pad(block, (0, count * FRAME_SAMPLES - block.shape[0]), mode="edge")
    return np.asarray(padded.reshape(count, FRAME_SAMPLES), np.float32) / np.float32(FULL_SCALE)
