"""Covers stretches of sound with tones, sample by sample, on every channel.

Nothing of what was said inside a stretch is left, not even faded: speech fades out before the stretch and in after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from voxport.core.plan import AudioRedactor
from voxport.core.sound import Block
from voxport.core.transcript import Span

FADE_MS = 5
_CENTRES = {"|u1": (128.0, 127.0)}
_FULL = {"<i2": 32767.0, "<i4": 2147483647.0, "<i8": 9223372036854774784.0}
Curve = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Beep:
    """A stretch of time and the tone that is heard in it."""

    span: Span
    tone: AudioRedactor


def cover(blocks: Iterable[Block], beeps: Sequence[Beep], rate_hz: int) -> Iterator[Block]:
    """The blocks with every beep in them; untouched, bit by bit, outside the beeps and the fades beside them.

    Where beeps overlap, the one that begins first is heard.
    """
    spans = [(beep, *_samples(beep.span, rate_hz)) for beep in sorted(beeps, key=lambda beep: beep.span.start_ms)]
    fade = max(1, FADE_MS * rate_hz // 1000)
    at = 0
    for block in blocks:
        end = at + block.shape[1]
        mine = [(beep, start, stop) for beep, start, stop in spans if start - fade < end and stop + fade > at]
        yield _covered(block, at, mine, fade, rate_hz) if mine else block
        at = end


def _samples(span: Span, rate_hz: int) -> tuple[int, int]:
    """From the sample in which the span begins to the one after its end: never less than the span."""
    return span.start_ms * rate_hz // 1000, -(-span.end_ms * rate_hz // 1000)


def _covered(block: Block, at: int, beeps: Sequence[tuple[Beep, int, int]], fade: int, rate_hz: int) -> Block:
    zero, full = _CENTRES.get(block.dtype.str, (0.0, _FULL.get(block.dtype.str, 1.0)))
    index = np.arange(at, at + block.shape[1])
    speech = np.ones(block.shape[1])
    tone = np.zeros(block.shape[1])
    free = np.ones(block.shape[1], dtype=bool)
    for beep, start, stop in beeps:
        speech = np.minimum(speech, _away(index, start, stop, fade))
        inside = (index >= start) & (index < stop) & free
        tone[inside] = _tone(index[inside], beep.tone, start, stop, fade, rate_hz)
        free &= ~((index >= start) & (index < stop))
    touched = speech < 1
    if not touched.any():
        return block
    made = block.copy()
    mixed = (block[:, touched].astype(np.float64) - zero) * speech[touched] + tone[touched] * full
    if block.dtype.kind == "f":
        made[:, touched] = mixed
    else:
        limits = np.iinfo(block.dtype)
        made[:, touched] = np.clip(np.rint(mixed + zero), limits.min, limits.max).astype(block.dtype)
    return made


def _away(index: npt.NDArray[np.int64], start: int, stop: int, fade: int) -> Curve:
    """0 inside, rising to 1 at `fade` samples outside."""
    distance = np.maximum(start - index, index - (stop - 1))
    away: Curve = np.clip(np.maximum(distance, 0) / fade, 0.0, 1.0)
    return away


def _tone(index: npt.NDArray[np.int64], tone: AudioRedactor, start: int, stop: int, fade: int, rate_hz: int) -> Curve:
    """A sine of the span's own phase, which swells and dies within the span."""
    edge = np.clip(np.minimum(index - start, stop - 1 - index) / fade, 0.0, 1.0)
    sine: Curve = np.sin(2 * np.pi * tone.tone_hz * (index - start) / rate_hz) * tone.gain * edge
    return sine
