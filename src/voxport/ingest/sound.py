"""The sound of a recording as it is, for who writes it anew: all channels together, at its own rate, on the one clock.

The clock is that of `decode`: a time found in the decoded channels is the same time here, to the sample.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

import av
import numpy as np
from av import AudioResampler

from voxport.core.sound import Block, Sound
from voxport.ingest.channels import FRAME_FORMATS, planes_of, silence_like
from voxport.ingest.container import audio_stream, open_container
from voxport.ingest.frames import Frames, check_rate, time_of, timeline_of
from voxport.ingest.limits import DecodeLimits
from voxport.ingest.probe import check_channels
from voxport.ingest.source import MediaSource, never, unreadable


@contextmanager
def open_sound(reader: BinaryIO, limits: DecodeLimits, interrupted: Callable[[], bool] = never) -> Iterator[Sound]:
    """The sound of a recording, readable once, as long as the block lasts.

    Raises MediaFailed 10201 (unreadable), and while it is read also StageInterrupted and what `reader` raises.
    """
    source = MediaSource(reader, interrupted)
    with open_container(source) as container:
        stream, _ = audio_stream(container)
        blocks = _blocks(container, Frames(container, stream, source), limits)
        first = next(blocks, None)
        if first is None:
            raise unreadable("nothing of its sound can be decoded")
        rate_hz, block = first
        check_channels(block.shape[0], limits)
        context = stream.codec_context
        yield Sound(
            container=container.format.name.partition(",")[0],
            codec=context.name,
            rate_hz=rate_hz,
            channels=block.shape[0],
            bit_rate=stream.bit_rate or context.bit_rate or None,
            blocks=_alike(rate_hz, block, blocks),
        )


def _blocks(
    container: av.container.InputContainer, frames: Frames, limits: DecodeLimits
) -> Iterator[tuple[int, Block]]:
    """(rate, samples) with the silence of holes between them."""
    timeline = timeline_of(container, limits)
    for frame in frames:
        check_rate(frame.sample_rate)
        block = planes_of(frame)
        gap = timeline.place(time_of(frame), frame.samples, frame.sample_rate)
        while gap > 0:
            silence = silence_like(block, min(gap, frame.sample_rate))
            yield frame.sample_rate, silence
            gap -= silence.shape[1]
        yield frame.sample_rate, block


def _alike(rate_hz: int, first: Block, rest: Iterator[tuple[int, Block]]) -> Iterator[Block]:
    """All blocks in the form of the first: a recording whose rate, channels or sample type change is made even."""
    yield first
    for rate, block in rest:
        if block.shape[0] != first.shape[0]:
            block = block[[min(index, block.shape[0] - 1) for index in range(first.shape[0])]]
        if rate == rate_hz and block.dtype == first.dtype:
            yield block
        else:
            yield from _converted(block, rate, rate_hz, first)


def _converted(block: Block, rate: int, rate_hz: int, like: Block) -> Iterator[Block]:
    """Each channel for itself, so that layouts FFmpeg would mix stay apart."""
    channels = []
    for samples in block:
        frame = av.AudioFrame.from_ndarray(
            np.ascontiguousarray(samples)[np.newaxis], FRAME_FORMATS[samples.dtype.str], "mono"
        )
        frame.sample_rate = rate
        resampler = AudioResampler(format=FRAME_FORMATS[like.dtype.str], layout="mono", rate=rate_hz)
        pieces = [made.to_ndarray() for made in (*resampler.resample(frame), *resampler.resample(None))]
        channels.append(np.concatenate(pieces, axis=1)[0] if pieces else np.empty(0, like.dtype))
    yield np.stack(channels)
