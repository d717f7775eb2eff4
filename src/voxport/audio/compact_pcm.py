"""Decoded channels kept compact while they are worked on: FLAC frames in a file, each of which is decoded by itself.

What is read is what was written, to the bit. Speech takes about a third of its samples' bytes, silence nearly none. A
short channel stays in memory as it came: coding it would take longer than anything else that is done with its samples.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import IO

import av
import numpy as np
from av.audio.stream import AudioStream

from voxport.core.audio import SPEECH_RATE_HZ, BlockPcm, PcmArray, PcmSource, Samples

_FRAMES_IN_BLOCK = 256
"""About 18 s are decoded at once, 600 kB in memory."""
SHORT_SAMPLES = 30 * SPEECH_RATE_HZ
"""What takes at most so many stays as it is, 960 kB."""


class CompactPcmWriter:
    """Writes one channel into `file`, which it has for itself, and gives it as a PcmSource in the end."""

    def __init__(self, file: IO[bytes], reserve: Callable[[int], None] = lambda _: None) -> None:
        """`reserve` is told of so many bytes before they are written, and may raise; so may `file`."""
        self._file, self._reserve = file, reserve
        self._encoder: av.AudioCodecContext | None = None
        """None while what came is short."""
        self._held: list[Samples] = []
        self._held_samples = self._samples = 0
        self._ends = array("Q", [0])
        """Where each frame ends in the file, after a 0 for the first."""

    def write(self, samples: Samples) -> None:
        """Takes samples of shape (n,)."""
        self._held.append(samples)
        self._held_samples += samples.shape[0]
        if self._encoder is None and self._held_samples > SHORT_SAMPLES:
            self._encoder = _encoder()
        if self._encoder is not None and self._held_samples >= self._encoder.frame_size:
            self._encode(self._encoder, self._held_samples // self._encoder.frame_size * self._encoder.frame_size)

    def finish(self) -> PcmSource:
        """All that was written; nothing more can be. It reads `file`, which stays open as long as it is read."""
        if self._encoder is None:
            whole = np.concatenate([np.empty(0, np.int16), *self._held])
            self._reserve(whole.nbytes)
            return PcmArray(whole)
        self._encode(self._encoder, self._held_samples)
        self._put(self._encoder.encode(None))
        return _CompactPcm(self._file, self._ends, self._samples, self._encoder)

    def _encode(self, encoder: av.AudioCodecContext, length: int) -> None:
        if length == 0:
            return
        whole = self._held[0] if len(self._held) == 1 else np.concatenate(self._held)
        for start in range(0, length, encoder.frame_size):
            piece = np.ascontiguousarray(whole[start : min(start + encoder.frame_size, length)]).reshape(1, -1)
            frame = av.AudioFrame.from_ndarray(piece, format="s16", layout="mono")
            frame.sample_rate, frame.pts = SPEECH_RATE_HZ, self._samples
            self._samples += piece.shape[1]
            self._put(encoder.encode(frame))
        self._held, self._held_samples = [whole[length:]], whole.shape[0] - length

    def _put(self, packets: Sequence[av.Packet[AudioStream]]) -> None:
        for packet in packets:
            # The last packet of all has no sound, only the sum of all of it.
            if packet.size:
                self._reserve(packet.size)
                self._file.write(bytes(packet))
                self._ends.append(self._ends[-1] + packet.size)


def _encoder() -> av.AudioCodecContext:
    encoder = av.AudioCodecContext.create("flac", "w")
    encoder.sample_rate, encoder.layout, encoder.format = SPEECH_RATE_HZ, "mono", "s16"
    encoder.open()
    return encoder


class _CompactPcm(BlockPcm):
    def __init__(self, file: IO[bytes], ends: array[int], samples: int, encoder: av.AudioCodecContext) -> None:
        super().__init__(samples, encoder.frame_size * _FRAMES_IN_BLOCK, self._decoded)
        self._file, self._ends = file, ends
        decoder = av.AudioCodecContext.create("flac", "r")
        decoder.extradata = encoder.extradata
        decoder.thread_count = 1
        self._decoder = decoder

    def _decoded(self, number: int) -> Samples:
        first = number * _FRAMES_IN_BLOCK
        ends = self._ends[first : first + _FRAMES_IN_BLOCK + 1]
        self._file.seek(ends[0])
        data = self._file.read(ends[-1] - ends[0])
        frames = [
            frame.to_ndarray()[0]
            for start, stop in pairwise(ends)
            for frame in self._decoder.decode(av.Packet(data[start - ends[0] : stop - ends[0]]))
        ]
        return np.concatenate(frames)
