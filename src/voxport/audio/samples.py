"""Samples as decoders deliver them: channels apart, in the type of the file."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from av import AudioFrame, AudioResampler

from voxport.core.sound import Block

FRAME_FORMATS = {"|u1": "u8", "<i2": "s16", "<i4": "s32", "<i8": "s64", "<f4": "flt", "<f8": "dbl"}
"""FFmpeg's names of the sample types in which decoders deliver, by numpy's."""
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


def mono_frame(samples: Block, rate_hz: int) -> AudioFrame:
    """The samples of one channel, shape (n,), as FFmpeg takes them."""
    frame = AudioFrame.from_ndarray(np.ascontiguousarray(samples)[np.newaxis], FRAME_FORMATS[samples.dtype.str], "mono")
    frame.sample_rate = rate_hz
    return frame


def silence_like(block: Block, samples: int) -> Block:
    """Digital silence in the type and with the channels of `block`."""
    return np.full((block.shape[0], samples), _SILENT_U8 if block.dtype == np.uint8 else 0, dtype=block.dtype)


def with_channels(block: Block, channels: int) -> Block:
    """The block with so many channels: the last one again for fewer, and of more the last ones mixed into one.

    A frame may have other channels than the first one (a station jingle in a call, a file of several that were joined).
    """
    if block.shape[0] == channels:
        return block
    if block.shape[0] > channels:
        mixed = block[channels - 1 :].mean(axis=0, keepdims=True).astype(block.dtype)
        return np.concatenate([block[: channels - 1], mixed])
    return block[[min(index, block.shape[0] - 1) for index in range(channels)]]


def heard_once(block: Block, channels: int, at: int) -> Block:
    """The block with so many channels; what is mono stands on channel `at` alone, silence on the others.

    On each of them it would be heard, and written, once more.
    """
    if block.shape[0] > 1 or channels == 1:
        return with_channels(block, channels)
    spread = np.repeat(silence_like(block, block.shape[1]), channels, axis=0)
    spread[at] = block[0]
    return spread


def to_floats(block: Block) -> npt.NDArray[np.float64]:
    """The same samples with full scale 1."""
    zero, full_scale = _SCALES[block.dtype.str]
    floats: npt.NDArray[np.float64] = (block.astype(np.float64) - zero) / full_scale
    return floats
