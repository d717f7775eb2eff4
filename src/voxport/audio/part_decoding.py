"""One part of a recording, opened and decoded, with silence in the holes of its own clock."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import av
from av.container import InputContainer

from voxport.audio.container import audio_stream, content_type
from voxport.audio.frames import Frames, channels_of_nothing, time_of, timeline_of
from voxport.audio.limits import DecodeLimits, check_rate
from voxport.audio.samples import planes_of, silence_like
from voxport.audio.source import MediaSource
from voxport.core.sound import Block

_CLAIMING = frozenset({"flac", "mov", "matroska", "asf", "asf_o", "flv", "avi", "caf", "w64"})
"""Containers (FFmpeg's names) whose headers say how long the sound is; of others it is estimated by the size."""
_MP3_WITH_LENGTH = re.compile(
    rb"\xff[\xe2-\xff][\x00-\xff]{2}(\x00{9}|\x00{17}|\x00{32})(Xing|Info)\x00\x00\x00[\x01\x03\x05\x07\x09\x0b\x0d\x0f]"
)
"""The first frame of an MP3 whose encoder knew how many follow: silence with their number in it (LAME, Xing)."""
_MISSING_SHARE, _MISSING_S = Fraction(1, 50), Fraction(1, 2)
"""Less than that is rounding, or the delay of an encoder."""


@dataclass(frozen=True, slots=True)
class TimedBlock:
    """Samples as decoded. Each block begins where the one before it ends; rate and form may change between them."""

    samples: Block
    """Shape (channels, n)."""
    rate_hz: int


class PartDecoder:
    """The sound of one part, readable once."""

    def __init__(self, container: InputContainer, source: MediaSource, limits: DecodeLimits) -> None:
        self._container, self._source, self._limits = container, source, limits
        self._stream, self.unheard_streams = audio_stream(container)
        """`unheard_streams`: further audio streams of the part, which are left out."""
        self._frames = Frames(container, self._stream, source)
        self._decoded_s = Fraction(0)

    def blocks(self) -> Iterator[TimedBlock]:
        """The decoded samples. Raises StageInterrupted, and what reading the file raises."""
        timeline = timeline_of(self._container, self._limits)
        for frame in self._frames:
            check_rate(frame.sample_rate)
            samples = planes_of(frame)
            gap = timeline.place(time_of(frame), frame.samples, frame.sample_rate)
            self._decoded_s = timeline.position_s
            while gap > 0:
                self._source.check_interrupted()
                silence = silence_like(samples, min(gap, frame.sample_rate))
                yield TimedBlock(silence, frame.sample_rate)
                gap -= silence.shape[1]
            yield TimedBlock(samples, frame.sample_rate)

    def form_of_nothing(self) -> tuple[int, int]:
        """Channels and rate of a part without a sample. MediaFailed 10201 where there should be some."""
        return channels_of_nothing(self._stream, self._frames), self._stream.codec_context.sample_rate

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

    @property
    def missing_s(self) -> float:
        """What the headers claim and was not there, once all has been read; 0.0 where they do not really know."""
        claimed_s = self._claimed_sound_s()
        if claimed_s is None or claimed_s - self._decoded_s <= max(_MISSING_S, claimed_s * _MISSING_SHARE):
            return 0.0
        return float(claimed_s - self._decoded_s)

    @property
    def faults(self) -> int:
        """Packets that could not be decoded, so far."""
        return self._frames.faults

    @property
    def broken_off(self) -> bool:
        """Whether the file is broken from somewhere on."""
        return self._frames.broken_off

    def _claimed_sound_s(self) -> Fraction | None:
        if self.container not in _CLAIMING and not (
            self.container == "mp3" and _mp3_says_its_length(self._source.head)
        ):
            return None
        stream = self._stream
        if stream.duration and stream.time_base is not None:
            return stream.duration * stream.time_base
        # Of a film the picture may go on when the sound is over.
        whole = self._container.duration if len(self._container.streams) == 1 else None
        return Fraction(whole, av.time_base) if whole and whole > 0 else None


def _mp3_says_its_length(head: bytes) -> bool:
    """Whether the length is not an estimate by the size; a tag that is longer than `head` hides it."""
    start = 0
    if head.startswith(b"ID3") and len(head) > 10:
        # Seven bits a byte: ID3 tag version 2.3.0, section 3.1.
        start = 10 + sum(byte << 7 * place for place, byte in enumerate(reversed(head[6:10])))
    return _MP3_WITH_LENGTH.match(head, start) is not None
