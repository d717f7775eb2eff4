"""From decoded frames to mono PCM: channels apart from the first sample on, each resampled by itself."""

from __future__ import annotations

from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt
from av import AudioFrame, AudioResampler

from voxport.core.audio import SPEECH_RATE_HZ

Block = npt.NDArray[Any]
"""Samples as decoded, shape (channels, n)."""

FRAME_FORMATS = {"|u1": "u8", "<i2": "s16", "<i4": "s32", "<i8": "s64", "<f4": "flt", "<f8": "dbl"}
"""FFmpeg's names of the sample types in which decoders deliver."""
_PLANES_IN_FRAME = 8
"""From as many planes on, PyAV (18.1) does not find the end of their list and reads beyond it."""
_SILENT_U8 = 128
_SCALES = {
    "|u1": (_SILENT_U8, 128.0),
    "<i2": (0, 2.0**15),
    "<i4": (0, 2.0**31),
    "<i8": (0, 2.0**63),
    "<f4": (0, 1.0),
    "<f8": (0, 1.0),
}
"""By sample type: the value of silence, and full scale."""


def planes_of(frame: AudioFrame) -> Block:
    """The frame's samples by channel, shape (channels, n), in the type in which they were decoded."""
    channels = frame.layout.nb_channels
    if frame.format.is_planar and channels < _PLANES_IN_FRAME:
        samples: Block = frame.to_ndarray()
        return samples
    packed = _packed(frame) if frame.format.is_planar else [frame]
    return np.concatenate([piece.to_ndarray().reshape(-1, channels) for piece in packed]).T


def _packed(frame: AudioFrame) -> list[AudioFrame]:
    """The same samples in one plane."""
    return AudioResampler(format=frame.format.packed, layout=frame.layout, rate=frame.sample_rate).resample(frame)


def silence_like(block: Block, samples: int) -> Block:
    """Digital silence in the type and with the channels of `block`."""
    return np.full((block.shape[0], samples), _SILENT_U8 if block.dtype == np.uint8 else 0, dtype=block.dtype)


def mixed(block: Block) -> Block:
    """The mean of all channels, shape (1, n), float32 with full scale 1: it can never clip."""
    zero, full_scale = _SCALES[block.dtype.str]
    mean: Block = (block.astype(np.float64) - zero).mean(axis=0, keepdims=True) / full_scale
    return mean.astype(np.float32)


class Track:
    """One mono channel on its way to its file. The rate and the type of the input may change on the way."""

    def __init__(self, sink: BinaryIO) -> None:
        self._sink = sink
        self._resampler: AudioResampler | None = None
        self._input: tuple[int, str] | None = None
        self.samples = 0

    def write(self, samples: Block, rate_hz: int) -> None:
        """`samples` has shape (n,)."""
        if samples.size == 0:
            return
        frame = AudioFrame.from_ndarray(
            np.ascontiguousarray(samples)[np.newaxis], FRAME_FORMATS[samples.dtype.str], "mono"
        )
        frame.sample_rate = rate_hz
        if self._resampler is None or self._input != (rate_hz, frame.format.name):
            self.finish()
            self._resampler = AudioResampler(format="s16", layout="mono", rate=SPEECH_RATE_HZ)
            self._input = (rate_hz, frame.format.name)
        self._put(self._resampler.resample(frame))

    def finish(self) -> None:
        """Writes what the resampler still holds."""
        if self._resampler is not None:
            self._put(self._resampler.resample(None))
            self._resampler, self._input = None, None

    def _put(self, frames: list[AudioFrame]) -> None:
        for frame in frames:
            samples = frame.to_ndarray().astype("<i2", copy=False)
            self._sink.write(samples.tobytes())
            self.samples += samples.size
