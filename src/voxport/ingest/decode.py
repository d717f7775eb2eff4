"""Decodes a recording in one pass: one PCM file for each channel that is wanted, all on one clock, in bounded memory.

What can be decoded is decoded: a file that breaks off, or has holes, gives what is there at the place where it was.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
from av import AudioFrame

from voxport.core.audio import SPEECH_RATE_HZ, DecodedChannel
from voxport.core.codes import Code
from voxport.core.errors import MediaFailed, Problem
from voxport.core.plan import IngestPlan
from voxport.ingest.channels import Block, Track, mixed, planes_of, silence_like
from voxport.ingest.container import audio_stream, content_type, open_container
from voxport.ingest.frames import Frames, channels_of_nothing, check_rate, time_of, timeline_of
from voxport.ingest.limits import DecodeLimits
from voxport.ingest.probe import check_channels
from voxport.ingest.source import MediaSource, never, unreadable
from voxport.ingest.timeline import Timeline

__all__ = ["DecodeLimits", "Decoded", "decode"]

OpenWriter = Callable[[str], AbstractContextManager[BinaryIO]]
_SAMPLE_BYTES = 2


@dataclass(frozen=True, slots=True)
class Decoded:
    """`channels[i]` was written as `channel-<index>.pcm`. `unheard_streams` counts audio tracks that were left out."""

    content_type: str
    duration_ms: int
    channels: tuple[DecodedChannel, ...]
    unheard_streams: int = 0


def decode(
    reader: BinaryIO,
    plan: IngestPlan,
    limits: DecodeLimits,
    open_writer: OpenWriter,
    interrupted: Callable[[], bool] = never,
) -> Decoded:
    """Writes raw mono PCM (16 kHz, signed 16-bit little-endian) under `channel-<index>.pcm`, index 0 being the left.

    The number of channels is that of the first decoded frame. Raises MediaFailed 10201 (unreadable, over a limit) and
    15004 (other channels than configured), StageInterrupted, and whatever `reader` or a writer raises.
    """
    source = MediaSource(reader, interrupted)
    with open_container(source) as container:
        stream, unheard = audio_stream(container)
        frames = Frames(container, stream, source)
        with ExitStack() as files:
            pass_ = _Pass(plan, limits, timeline_of(container, limits), source)
            for frame in frames:
                if not pass_.tracks:
                    pass_.begin(frame.layout.nb_channels, files, open_writer)
                pass_.take(frame)
            if not pass_.tracks:
                pass_.begin(channels_of_nothing(stream, frames), files, open_writer)
            channels = pass_.end()
        return Decoded(
            content_type(container, source.head),
            round(max(channel.samples for channel in channels) * 1000 / SPEECH_RATE_HZ),
            channels,
            unheard,
        )


class _Pass:
    """One pass over a recording: from frames to tracks, about a second at a time."""

    def __init__(self, plan: IngestPlan, limits: DecodeLimits, timeline: Timeline, source: MediaSource) -> None:
        self._plan, self._limits, self._timeline, self._source = plan, limits, timeline, source
        self._channels = 0
        self._rate_hz = 0
        self._blocks: list[Block] = []
        self._held = 0
        self._max_s = limits.max_duration_s
        self._speakers: dict[int, str | None] = {}
        self.tracks: dict[int, Track] = {}

    def begin(self, channels: int, files: ExitStack, open_writer: OpenWriter) -> None:
        """Opens a file for each track; from here on the number of channels stands."""
        check_channels(channels, self._limits)
        self._channels = channels
        self._speakers = speakers(self._plan, channels)
        bytes_per_s = len(self._speakers) * SPEECH_RATE_HZ * _SAMPLE_BYTES
        self._max_s = min(self._limits.max_duration_s, self._limits.max_decoded_bytes / bytes_per_s)
        for index in self._speakers:
            self.tracks[index] = Track(files.enter_context(open_writer(f"channel-{index}.pcm")))

    def take(self, frame: AudioFrame) -> None:
        """Places a frame on the clock, with silence before it where the recording has a hole."""
        check_rate(frame.sample_rate)
        block = self._fitted(planes_of(frame))
        if self._blocks and (frame.sample_rate != self._rate_hz or block.dtype != self._blocks[0].dtype):
            self._flush()
        self._rate_hz = frame.sample_rate
        gap = self._timeline.place(time_of(frame), frame.samples, frame.sample_rate)
        if self._timeline.position_s > self._max_s:
            raise unreadable(f"it is longer than the limit of {self._max_s:g} seconds")
        while gap > 0:
            silence = silence_like(block, min(gap, frame.sample_rate))
            self._hold(silence)
            gap -= silence.shape[1]
        self._hold(block)

    def end(self) -> tuple[DecodedChannel, ...]:
        self._flush()
        for track in self.tracks.values():
            track.finish()
        return tuple(
            DecodedChannel(index, self._speakers[index], track.samples) for index, track in self.tracks.items()
        )

    def _fitted(self, block: Block) -> Block:
        """A frame with other channels than the first (a station jingle in a call): mono is spread, more are cut."""
        if block.shape[0] == self._channels:
            return block
        return block[[min(index, block.shape[0] - 1) for index in range(self._channels)]]

    def _hold(self, block: Block) -> None:
        self._blocks.append(block)
        self._held += block.shape[1]
        if self._held >= self._rate_hz:
            self._flush()

    def _flush(self) -> None:
        if not self._blocks:
            return
        self._source.look_up()
        whole = self._blocks[0] if len(self._blocks) == 1 else np.concatenate(self._blocks, axis=1)
        self._blocks, self._held = [], 0
        if self._plan.mix_as is not None:
            whole = mixed(whole)
        for index, track in self.tracks.items():
            track.write(whole[index], self._rate_hz)


def speakers(plan: IngestPlan, channels: int) -> dict[int, str | None]:
    """Who speaks on which channel, without the ignored ones; MediaFailed 15004 when the plan counts otherwise."""
    if plan.mix_as is not None:
        return {0: plan.mix_as}
    if not plan.channels:
        return {0: None} if channels == 1 else {index: f"Speaker{index + 1}" for index in range(channels)}
    if len(plan.channels) != channels:
        raise MediaFailed(Problem.of(Code.CHANNEL_COUNT_DIFFERS, configured=len(plan.channels), found=channels))
    wanted = {index: channel.speaker for index, channel in enumerate(plan.channels) if not channel.ignored}
    if not wanted:
        raise MediaFailed(Problem.of(Code.EVERY_CHANNEL_IGNORED))
    return dict(wanted)
