"""The peaks of a recording: how loud each channel is at its loudest, piece by piece, for drawing a waveform."""

from __future__ import annotations

from collections.abc import Iterable

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


def measure_peaks(sound: Sound) -> Peaks:
    """The peaks of every channel, shape (channels, at most `PIECES`), from 0 to `FULL_SCALE`.

    Reads the sound to its end, and raises what that raises; no sound at all has no pieces.
    """
    fine = _measured(sound.blocks, sound.channels, max(1, sound.rate_hz // _FINE_PER_S))
    length = fine.shape[1]
    if length > PIECES:
        starts = (np.arange(PIECES) * length) // PIECES
        fine = np.maximum.reduceat(fine, starts, axis=1)
    return np.clip(np.rint(fine * FULL_SCALE), 0, FULL_SCALE).astype(np.uint8)


def _measured(blocks: Iterable[Block], channels: int, samples: int) -> npt.NDArray[np.float32]:
    """Peaks of pieces of `samples` each, or of twice as many, and twice again, where there would be too many."""
    taken: list[npt.NDArray[np.float32]] = []
    count, rest = 0, np.zeros((channels, 0), np.float32)
    for block in blocks:
        rest = np.concatenate([rest, _loudness(block)], axis=1)
        whole = rest.shape[1] // samples
        if whole:
            taken.append(rest[:, : whole * samples].reshape(channels, whole, samples).max(axis=2))
            rest, count = rest[:, whole * samples :], count + whole
        if count > _MOST_FINE:
            taken, samples = [_halved(np.concatenate(taken, axis=1))], 2 * samples
            count = taken[0].shape[1]
    if rest.shape[1]:
        taken.append(rest.max(axis=1, keepdims=True))
    return np.concatenate(taken, axis=1) if taken else np.zeros((channels, 0), np.float32)


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
