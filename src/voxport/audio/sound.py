"""The sound of a recording as it is, to be written again: all channels together, at its own rate, on the one clock.

A time found in the channels that `voxport.ingest.decoding` decodes is the same time here, to the sample.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from typing import BinaryIO

import numpy as np

from voxport.audio.limits import DecodeLimits, check_channels
from voxport.audio.recording import Recording, open_recording
from voxport.audio.resampling import Conversion
from voxport.audio.samples import with_channels
from voxport.audio.source import never
from voxport.core.sound import Block, Sound

_BLOCK_S = 0.25
"""Decoders give frames of 20 ms; putting them together first saves most of the time that numpy takes."""


@contextmanager
def open_sound(reader: BinaryIO, limits: DecodeLimits, interrupted: Callable[[], bool] = never) -> Iterator[Sound]:
    """The sound of a recording, readable once, as long as the block lasts.

    Its form (rate, channels, sample type) is that of the first frame; what differs later is converted.
    Raises MediaFailed 10201 (unreadable), and while it is read also StageInterrupted and what `reader` raises.
    """
    with open_recording(reader, limits, interrupted) as recording:
        yield Sound(
            content_type=recording.content_type,
            container=recording.container,
            codec=recording.codec,
            rate_hz=recording.rate_hz,
            channels=recording.channels,
            bit_rate=recording.bit_rate,
            claimed_s=recording.claimed_s,
            blocks=_gathered(_in_first_form(recording, limits), round(recording.rate_hz * _BLOCK_S)),
        )


def _in_first_form(recording: Recording, limits: DecodeLimits) -> Iterator[Block]:
    """All blocks in the form of the first, each exactly as long as it was: nothing after it moves on the clock."""
    if recording.first is None:
        return
    rate_hz, like = recording.rate_hz, recording.first.samples
    conversion: Conversion | None = None
    due_s, given = Fraction(0), 0
    for timed in recording.blocks():
        check_channels(timed.samples.shape[0], limits)
        form = (timed.rate_hz, timed.samples.dtype.str)
        if conversion is not None and conversion.form != form:
            rest = conversion.rest(round(due_s * rate_hz) - given)
            given += rest.shape[1]
            yield rest
            conversion = None
        block = with_channels(timed.samples, like.shape[0])
        due_s += Fraction(timed.samples.shape[1], timed.rate_hz)
        if form != (rate_hz, like.dtype.str):
            conversion = conversion or Conversion(form, rate_hz, like)
            block = conversion.convert(block)
        given += block.shape[1]
        yield block
    if conversion is not None:
        yield conversion.rest(round(due_s * rate_hz) - given)


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
