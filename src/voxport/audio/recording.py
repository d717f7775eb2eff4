"""An opened recording: what it is, and its decoded samples on the one clock, with silence in the holes between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO

import av
from av.container import InputContainer

from voxport.audio.container import audio_stream, content_type, open_container
from voxport.audio.frames import Frames, channels_of_nothing, time_of, timeline_of
from voxport.audio.limits import DecodeLimits, check_channels, check_rate
from voxport.audio.samples import planes_of, silence_like
from voxport.audio.source import MediaSource, never
from voxport.core.sound import Block


@dataclass(frozen=True, slots=True)
class TimedBlock:
    """Samples as decoded. Each block begins where the one before it ends; rate and form may change between them."""

    samples: Block
    """Shape (channels, n)."""
    rate_hz: int


class Recording:
    """The sound of one file, readable once. Its form is that of the first frame."""

    def __init__(self, container: InputContainer, source: MediaSource, limits: DecodeLimits) -> None:
        self._container, self._source, self._limits = container, source, limits
        self._stream, self.unheard_streams = audio_stream(container)
        """`unheard_streams`: further audio streams of the file, which are left out."""
        self._frames = Frames(container, self._stream, source)
        self._decoded = self._decode()
        self.first = next(self._decoded, None)
        """The first decoded block; None in a recording without a sample."""
        if self.first is None:
            self.channels, self.rate_hz = channels_of_nothing(self._stream, self._frames), self._context_rate_hz()
        else:
            self.channels, self.rate_hz = self.first.samples.shape[0], self.first.rate_hz
        check_channels(self.channels, limits)

    def blocks(self) -> Iterator[TimedBlock]:
        """The decoded samples from the first on. Raises StageInterrupted, and what reading the file raises."""
        return iter(()) if self.first is None else chain((self.first,), self._decoded)

    @property
    def content_type(self) -> str:
        """The `mediaContentType` of the wire, by all that has been read so far."""
        return content_type(self._container, self._source.head)

    @property
    def container(self) -> str:
        """FFmpeg's name of the container."""
        return self._container.format.name.partition(",")[0]

    @property
    def codec(self) -> str:
        """FFmpeg's name of the codec."""
        return self._stream.codec_context.name

    @property
    def bit_rate(self) -> int | None:
        """Bits a second of the sound alone; where only the file says it, it counts if nothing but sound is in it."""
        of_file = self._container.bit_rate if len(self._container.streams) == 1 else None
        return self._stream.bit_rate or self._stream.codec_context.bit_rate or of_file or None

    @property
    def claimed_s(self) -> float | None:
        """The length that the headers claim, None where they claim none."""
        claimed = self._container.duration
        return claimed / av.time_base if claimed and claimed > 0 else None

    def check_interrupted(self) -> None:
        """Raises StageInterrupted when the stage is to stop."""
        self._source.check_interrupted()

    def _context_rate_hz(self) -> int:
        return self._stream.codec_context.sample_rate

    def _decode(self) -> Iterator[TimedBlock]:
        timeline = timeline_of(self._container, self._limits)
        for frame in self._frames:
            check_rate(frame.sample_rate)
            samples = planes_of(frame)
            gap = timeline.place(time_of(frame), frame.samples, frame.sample_rate)
            while gap > 0:
                self.check_interrupted()
                silence = silence_like(samples, min(gap, frame.sample_rate))
                yield TimedBlock(silence, frame.sample_rate)
                gap -= silence.shape[1]
            yield TimedBlock(samples, frame.sample_rate)


@contextmanager
def open_recording(
    reader: BinaryIO, limits: DecodeLimits, interrupted: Callable[[], bool] = never
) -> Iterator[Recording]:
    """The recording in a seekable file, as long as the block lasts.

    Raises MediaFailed 10201 (unreadable, over a limit), and while it is read also StageInterrupted and whatever
    `reader` raises.
    """
    source = MediaSource(reader, interrupted)
    with open_container(source) as container:
        yield Recording(container, source, limits)
