"""The decoded frames of a recording, one after another, and the clock on which they stand."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import av
import av.error
from av import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer

from voxport.audio.limits import DecodeLimits
from voxport.audio.source import MediaSource, unreadable
from voxport.audio.timeline import Timeline


class Frames:
    """The decoded frames of a stream. Packets that cannot be decoded are skipped and counted in `faults`."""

    def __init__(self, container: InputContainer, stream: AudioStream, source: MediaSource) -> None:
        self._container, self._stream, self._source = container, stream, source
        self.faults = 0
        self.broken_off = False
        """Whether the container is broken from where it was left."""

    def __iter__(self) -> Iterator[AudioFrame]:
        packets = self._container.demux(self._stream)
        while True:
            self._source.check_interrupted()
            try:
                packet = next(packets, None)
            except av.error.FFmpegError:
                # The container is broken from here on; the frames still inside the decoder are lost with it.
                self._source.reraise()
                self.faults += 1
                self.broken_off = True
                return
            except IndexError:
                # A stream that appears while reading (FLV, MPEG-TS) makes PyAV fail after the last packet of ours.
                return
            if packet is None:
                return
            try:
                frames = packet.decode()
            except av.error.FFmpegError:
                self.faults += 1
                continue
            yield from (frame for frame in frames if isinstance(frame, AudioFrame) and frame.samples)


def channels_of_nothing(stream: AudioStream, frames: Frames) -> int:
    """The channels of a recording without a frame: a PCM file without samples. MediaFailed 10201 for any other."""
    if frames.faults or not stream.codec_context.name.startswith("pcm_"):
        raise unreadable("nothing of its sound can be decoded")
    return max(1, stream.codec_context.layout.nb_channels)


def time_of(frame: AudioFrame) -> Fraction | None:
    """The timestamp of a frame in seconds, None where it carries none."""
    return None if frame.pts is None or frame.time_base is None else frame.pts * frame.time_base


def timeline_of(container: InputContainer, limits: DecodeLimits) -> Timeline:
    """The clock of a recording, at its beginning."""
    start, claimed = container.start_time, container.duration
    return Timeline(
        Fraction(start or 0, av.time_base),
        Fraction(claimed, av.time_base) if claimed and claimed > 0 else None,
        limits.max_gap_s,
    )
