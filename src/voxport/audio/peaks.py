"""The peaks of a recording: how loud each channel is at its loudest, piece by piece, for drawing a waveform."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from voxport.core.sound import Block, Sound

PIECES = 2000
"""Pieces of a long recording: more than a screen has columns."""
FULL_SCALE = 255
_FINE_PER_S = 100
"""Pieces that are measured first, since no header says reliably how long a recording is."""
_MOST_FINE = 1 << 19
"""Above so many two become one: 87 minutes take a few MiB, and no length takes more."""

Peaks = npt.NDArray[np.uint8]


class PeakMeter:
    """Measures the peaks of a sound while somebody reads it."""

    def __init__(self, channels: int, rate_hz: int) -> None:
        self._samples = max(1, rate_hz // _FINE_PER_S)
        """Of one piece; twice as many, and twice again, where there would be too many pieces."""
        self._fine: list[npt.NDArray[np.float32]] = []
        self._count, self._rest = 0, np.zeros((channels, 0), np.float32)

    def take(self, block: Block) -> None:
        """Takes the next samples of all channels; large blocks cost less than many small ones."""
        rest = np.concatenate([self._rest, _loudness(block)], axis=1)
        whole = rest.shape[1] // self._samples
        if whole:
            pieces = rest[:, : whole * self._samples].reshape(rest.shape[0], whole, self._samples)
            self._fine.append(pieces.max(axis=2))
            rest, self._count = rest[:, whole * self._samples :], self._count + whole
        self._rest = rest
        if self._count > _MOST_FINE:
            self._fine, self._samples = [_halved(np.concatenate(self._fine, axis=1))], 2 * self._samples
            self._count = self._fine[0].shape[1]

    def peaks(self) -> Peaks:
        """The peaks of every channel, shape (channels, at most `PIECES`), from 0 to `FULL_SCALE`.

        No sound at all has no pieces.
        """
        last = [self._rest.max(axis=1, keepdims=True)] if self._rest.shape[1] else []
        fine: npt.NDArray[np.float32] = np.concatenate([self._rest[:, :0], *self._fine, *last], axis=1)
        length = fine.shape[1]
        if length > PIECES:
            starts = (np.arange(PIECES) * length) // PIECES
            fine = np.maximum.reduceat(fine, starts, axis=1)
        return np.clip(np.rint(fine * FULL_SCALE), 0, FULL_SCALE).astype(np.uint8)


def measure_peaks(sound: Sound) -> Peaks:
    """The peaks of a sound, read to its end; raises what reading it raises."""
    meter = PeakMeter(sound.channels, sound.rate_hz)
    for block in sound.blocks:
        meter.take(block)
    return meter.peaks()


def _halved(peaks: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    starts = np.arange(0, peaks.shape[1], 2)
    halved: npt.NDArray[np.float32] = np.maximum.reduceat(peaks, starts, axis=1)
    return halved


def _loudness(block: Block) -> npt.NDArray[np.float32]:
    """The size of each sample against full scale."""
    samples: npt.NDArray[np.float32] = block.astype(np.float32)
    if block.dtype == np.uint8:
        samples = (samples - np.float32(128)) / np.float32(128)
    elif block.dtype.kind != "f":
        samples /= np.float32(np.iinfo(block.dtype).max)
    return np.abs(samples, out=samples)
