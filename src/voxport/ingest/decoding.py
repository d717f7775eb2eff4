"""Decodes a recording in one pass: the sound of each channel that is wanted, all on one clock, in bounded memory.

What can be decoded is decoded: a file that breaks off, or has holes, gives what is there at the place where it was.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import BinaryIO

import numpy as np

from voxport.audio.limits import DecodeLimits
from voxport.audio.part_decoding import TimedBlock
from voxport.audio.peaks import PeakMeter, Peaks
from voxport.audio.recording import Completeness, Recording, open_recording
from voxport.audio.resampling import PcmWriter
from voxport.audio.samples import heard_once
from voxport.audio.source import never, unreadable
from voxport.core.audio import SPEECH_RATE_HZ, DecodedChannel, Samples
from voxport.core.codes import Code
from voxport.core.errors import MediaFailed, Problem
from voxport.core.plan import IngestPlan
from voxport.core.sound import Block
from voxport.ingest.mixing import Mixer
from voxport.ingest.same_sound import Likeness

OpenChannel = Callable[[int], Callable[[Samples], None]]
"""Says who takes the samples of a channel, index 0 being the left: in order, shape (n,), in the form of `PcmSource`.

A channel that is opened once more begins again.
"""
_SAMPLE_BYTES = 2
_HEARD_TWICE_MS = 2
"""A copy that is so late is left out of a mix: it would be heard as an echo or a second time. A mean of copies that
are in time is as good as one of them."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """What was decoded."""

    content_type: str
    """As `mediaContentType` of the wire."""
    duration_ms: int
    """That of the longest channel."""
    channels: tuple[DecodedChannel, ...]
    unheard_streams: int
    """Further audio tracks of the file, which were left out."""
    inverted: bool = False
    """Whether a channel was turned over before all were mixed into one, since they would have cancelled out."""
    completeness: Completeness = field(default_factory=Completeness)
    """How much of the file was heard."""
    likeness: Likeness = field(default_factory=Likeness)
    """What the channels that were mixed have in common."""
    peaks: Peaks | None = None
    """Of all channels of the file; None where they were not asked for, or its form changes on the way."""


def decode(
    reader: BinaryIO,
    plan: IngestPlan,
    limits: DecodeLimits,
    open_channel: OpenChannel,
    interrupted: Callable[[], bool] = never,
    *,
    measures_peaks: bool = False,
) -> Decoded:
    """Gives the sound of each channel to who takes it.

    The number of channels is that of the first decoded frame. A recording to be mixed that has one sound on several
    channels at different times is read once more, for one of them alone. Raises MediaFailed 10201 (unreadable, over a
    limit) and 15004 (other channels than configured), StageInterrupted, and whatever `reader` or a taker raises.
    """
    asked = _Asked(plan, limits, open_channel, interrupted, measures_peaks)
    decoded = _decode(reader, asked)
    if decoded.likeness.same_delay_ms < _HEARD_TWICE_MS:
        return decoded
    once = _decode(reader, asked, kept=decoded.likeness.kept)
    return replace(once, likeness=decoded.likeness)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What each pass over a recording is asked for, as the arguments of `decode` say."""

    plan: IngestPlan
    limits: DecodeLimits
    open_channel: OpenChannel
    interrupted: Callable[[], bool]
    measures_peaks: bool


def _decode(reader: BinaryIO, asked: _Asked, kept: tuple[int, ...] | None = None) -> Decoded:
    """One pass over the recording; `kept` are the channels that are mixed, None for all."""
    with open_recording(reader, asked.limits, asked.interrupted) as recording:
        mixer = Mixer(kept or range(recording.channels)) if asked.plan.mixes and recording.channels > 1 else None
        writing = _Writing(recording, asked, mixer)
        for block in recording.blocks():
            writing.take(block)
        channels = writing.finish()
        return Decoded(
            content_type=recording.content_type,
            duration_ms=round(max(channel.samples for channel in channels) * 1000 / SPEECH_RATE_HZ),
            channels=channels,
            unheard_streams=recording.unheard_streams,
            completeness=recording.completeness,
            inverted=mixer is not None and mixer.inverted,
            likeness=Likeness() if mixer is None else mixer.likeness(),
            peaks=None if writing.meter is None else writing.meter.peaks(),
        )


class _Writing:
    """From decoded blocks to the channels, about a second at a time."""

    def __init__(self, recording: Recording, asked: _Asked, mixer: Mixer | None) -> None:
        plan, limits = asked.plan, asked.limits
        self._recording = recording
        self._mixer = mixer
        """None where channels stay apart."""
        self.meter = PeakMeter(recording.channels, recording.rate_hz) if asked.measures_peaks else None
        """None also from where the form of the recording changes: what is served has that of its beginning."""
        self._speakers = speakers_of(plan, recording.channels)
        bytes_per_s = len(self._speakers) * SPEECH_RATE_HZ * _SAMPLE_BYTES
        self._max_s = min(limits.max_duration_s, limits.max_decoded_bytes / bytes_per_s)
        self._position_s = Fraction(0)
        self._rate_hz = 0
        self._held: list[Block] = []
        self._held_samples = 0
        self._writers = {index: PcmWriter(asked.open_channel(index)) for index in self._speakers}

    def take(self, timed: TimedBlock) -> None:
        """Holds a block until about a second is together. MediaFailed 10201 where the recording is too long."""
        if self.meter is not None and not self._is_as_first(timed):
            self.meter = None
        block = heard_once(timed.samples, self._recording.channels, min(self._speakers))
        if self._held and (timed.rate_hz != self._rate_hz or block.dtype != self._held[0].dtype):
            self._flush()
        self._rate_hz = timed.rate_hz
        self._position_s += Fraction(block.shape[1], timed.rate_hz)
        if self._position_s > self._max_s:
            raise unreadable(f"it is longer than the limit of {self._max_s:g} seconds")
        self._held.append(block)
        self._held_samples += block.shape[1]
        if self._held_samples >= self._rate_hz:
            self._flush()

    def finish(self) -> tuple[DecodedChannel, ...]:
        """Writes the rest; what each channel came to."""
        self._flush()
        for writer in self._writers.values():
            writer.finish()
        return tuple(
            DecodedChannel(index, self._speakers[index], writer.samples) for index, writer in self._writers.items()
        )

    def _is_as_first(self, timed: TimedBlock) -> bool:
        """Whether it has channels, rate and sample type of the first block."""
        first = self._recording.first
        return first is not None and (timed.samples.shape[0], timed.rate_hz, timed.samples.dtype) == (
            first.samples.shape[0],
            first.rate_hz,
            first.samples.dtype,
        )

    def _flush(self) -> None:
        if not self._held:
            return
        self._recording.check_interrupted()
        whole = self._held[0] if len(self._held) == 1 else np.concatenate(self._held, axis=1)
        self._held, self._held_samples = [], 0
        if self.meter is not None:
            self.meter.take(whole)
        if self._mixer is not None:
            whole = self._mixer.mix(whole, self._rate_hz)
        for index, writer in self._writers.items():
            writer.write(whole[index], self._rate_hz)


def speakers_of(plan: IngestPlan, channels: int) -> dict[int, str | None]:
    """Who speaks on which channel, without the ignored ones. MediaFailed 15004 when the plan counts other channels."""
    if plan.mixes:
        return {0: plan.mix_as}
    if not plan.channels:
        return {0: None} if channels == 1 else {index: f"Speaker{index + 1}" for index in range(channels)}
    if len(plan.channels) != channels:
        raise MediaFailed(Problem.of(Code.CHANNEL_COUNT_DIFFERS, configured=len(plan.channels), found=channels))
    wanted = {index: channel.speaker for index, channel in enumerate(plan.channels) if not channel.ignored}
    if not wanted:
        raise MediaFailed(Problem.of(Code.EVERY_CHANNEL_IGNORED))
    return dict(wanted)
