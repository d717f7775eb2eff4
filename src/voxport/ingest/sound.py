"""The sound of a recording as it is, for who writes it anew: all channels together, at its own rate, on the one clock.

The clock is that of `decode`: a time found in the decoded channels is the same time here, to the sample.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from itertools import chain
from typing import BinaryIO

import av
import numpy as np
from av import AudioFrame, AudioResampler
from av.audio.stream import AudioStream
from av.container import InputContainer

from voxport.core.sound import Block, Sound
from voxport.ingest.channels import FRAME_FORMATS, planes_of, silence_like
from voxport.ingest.container import audio_stream, content_type, open_container
from voxport.ingest.frames import Frames, channels_of_nothing, check_rate, time_of, timeline_of
from voxport.ingest.limits import DecodeLimits
from voxport.ingest.probe import check_channels
from voxport.ingest.source import MediaSource, never

_BLOCK_S = 0.25
"""Decoders give frames of 20 ms; putting them together first saves most of the time that numpy takes."""
Part = tuple[int, Block]
"""Sample rate and samples."""


@contextmanager
def open_sound(reader: BinaryIO, limits: DecodeLimits, interrupted: Callable[[], bool] = never) -> Iterator[Sound]:
    """The sound of a recording, readable once, as long as the block lasts.

    Its form (rate, channels, sample type) is that of the first frame; what differs later is made even with it.
    Raises MediaFailed 10201 (unreadable), and while it is read also StageInterrupted and what `reader` raises.
    """
    source = MediaSource(reader, interrupted)
    with open_container(source) as container:
        stream, _ = audio_stream(container)
        frames = Frames(container, stream, source)
        parts = _parts(container, frames, limits)
        first = next(parts, None)
        if first is None:
            channels, rate_hz = channels_of_nothing(stream, frames), stream.codec_context.sample_rate
            check_channels(channels, limits)
            blocks: Iterator[Block] = iter(())
        else:
            channels, rate_hz = first[1].shape[0], first[0]
            blocks = _even(first, chain((first,), parts))
        claimed = container.duration
        yield Sound(
            content_type=content_type(container, source.head),
            container=container.format.name.partition(",")[0],
            codec=stream.codec_context.name,
            rate_hz=rate_hz,
            channels=channels,
            bit_rate=_bit_rate(container, stream),
            claimed_s=claimed / av.time_base if claimed and claimed > 0 else None,
            blocks=_gathered(blocks, round(rate_hz * _BLOCK_S)),
        )


def _bit_rate(container: InputContainer, stream: AudioStream) -> int | None:
    """Of the sound alone; where only the file tells, it counts when nothing but sound is in it."""
    of_file = container.bit_rate if len(container.streams) == 1 else None
    return stream.bit_rate or stream.codec_context.bit_rate or of_file or None


def _parts(container: InputContainer, frames: Frames, limits: DecodeLimits) -> Iterator[Part]:
    """The frames with silence in the holes between them, as `decode` places them."""
    timeline = timeline_of(container, limits)
    for frame in frames:
        check_rate(frame.sample_rate)
        check_channels(frame.layout.nb_channels, limits)
        block = planes_of(frame)
        gap = timeline.place(time_of(frame), frame.samples, frame.sample_rate)
        while gap > 0:
            silence = silence_like(block, min(gap, frame.sample_rate))
            yield frame.sample_rate, silence
            gap -= silence.shape[1]
        yield frame.sample_rate, block


def _even(first: Part, parts: Iterator[Part]) -> Iterator[Block]:
    """All parts in the form of the first, each exactly as long as it was: nothing after it moves on the clock."""
    rate_hz, like = first
    stretch: _Stretch | None = None
    due_s, given = Fraction(0), 0
    for rate, samples in parts:
        form = (rate, samples.dtype.str)
        if stretch is not None and stretch.form != form:
            rest = stretch.rest(round(due_s * rate_hz) - given)
            given += rest.shape[1]
            yield rest
            stretch = None
        block = _fitted(samples, like.shape[0])
        due_s += Fraction(samples.shape[1], rate)
        if form != (rate_hz, like.dtype.str):
            stretch = stretch or _Stretch(form, rate_hz, like)
            block = stretch.take(block)
        given += block.shape[1]
        yield block
    if stretch is not None:
        yield stretch.rest(round(due_s * rate_hz) - given)


def _fitted(block: Block, channels: int) -> Block:
    """As `decode` does: of more channels the first ones, of fewer the last one again."""
    if block.shape[0] == channels:
        return block
    return block[[min(index, block.shape[0] - 1) for index in range(channels)]]


class _Stretch:
    """A stretch in another form than the first. Each channel is converted for itself, so none is mixed into another."""

    def __init__(self, form: tuple[int, str], rate_hz: int, like: Block) -> None:
        self.form, self._like = form, like
        sample_type = FRAME_FORMATS[like.dtype.str]
        self._resamplers = [AudioResampler(format=sample_type, layout="mono", rate=rate_hz) for _ in like]

    def take(self, block: Block) -> Block:
        return self._joined(
            resampler.resample(self._framed(samples))
            for resampler, samples in zip(self._resamplers, block, strict=True)
        )

    def rest(self, missing: int) -> Block:
        """What is still inside, cut or filled with silence to `missing` samples."""
        rest = self._joined(resampler.resample(None) for resampler in self._resamplers)[:, : max(0, missing)]
        return np.concatenate([rest, silence_like(rest, max(0, missing - rest.shape[1]))], axis=1)

    def _framed(self, samples: Block) -> AudioFrame:
        rate, sample_type = self.form
        frame = AudioFrame.from_ndarray(np.ascontiguousarray(samples)[np.newaxis], FRAME_FORMATS[sample_type], "mono")
        frame.sample_rate = rate
        return frame

    def _joined(self, channels: Iterator[list[AudioFrame]]) -> Block:
        nothing = self._like[:1, :0]
        return np.concatenate(
            [np.concatenate([nothing, *(frame.to_ndarray() for frame in frames)], axis=1) for frames in channels]
        )


def _gathered(blocks: Iterator[Block], samples: int) -> Iterator[Block]:
    """The same samples in blocks of at least `samples`, but for the last."""
    held: list[Block] = []
    count = 0
    for block in blocks:
        held.append(block)
        count += block.shape[1]
        if count >= samples:
            yield np.concatenate(held, axis=1)
            held, count = [], 0
    if count:
        yield np.concatenate(held, axis=1)
