"""Covers stretches of sound with tones, sample by sample, on every channel.

Nothing of what was said inside a stretch is left, not even faded: speech fades out before the stretch and in after it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from voxport.core.plan import AudioRedactor
from voxport.core.sound import Block
from voxport.core.transcript import Span

_FULL = {"|u1": 127.0, "<i2": 2.0**15 - 1, "<i4": 2.0**31 - 1, "<i8": 2.0**63 - 1024}
"""By sample type: full scale, the greatest float that fits; 1.0 for floats."""
_SILENT_U8 = 128.0
Curve = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Beep:
    """A stretch of time and the tone that is heard in it."""

    span: Span
    tone: AudioRedactor


def with_tones(blocks: Iterable[Block], beeps: Sequence[Beep], rate_hz: int, fade_ms: int) -> Iterator[Block]:
    """The blocks with every beep in them; untouched, bit by bit, outside the beeps and the fades beside them.

    Where beeps overlap, the one that begins first is heard.
    """
    coming = deque(_Cover(beep, rate_hz) for beep in sorted(beeps, key=lambda beep: beep.span.start_ms))
    fade = max(1, fade_ms * rate_hz // 1000)
    near: list[_Cover] = []
    at = 0
    for block in blocks:
        end = at + block.shape[1]
        while coming and coming[0].start - fade < end:
            near.append(coming.popleft())
        near = [one for one in near if one.stop + fade > at]
        yield _covered(block, at, near, fade) if near else block
        at = end


class _Cover:
    """A beep in samples: from the one in which its span begins to the one after its end, never less than the span."""

    def __init__(self, beep: Beep, rate_hz: int) -> None:
        self.start = beep.span.start_ms * rate_hz // 1000
        self.stop = -(-beep.span.end_ms * rate_hz // 1000)
        self._tone, self._rate_hz = beep.tone, rate_hz

    def holds(self, index: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
        inside: npt.NDArray[np.bool_] = (index >= self.start) & (index < self.stop)
        return inside

    def speech(self, index: npt.NDArray[np.int64], fade: int) -> Curve:
        """How much of the speech is left: nothing inside, all of it from `fade` samples outside."""
        distance = np.maximum(self.start - index, index - (self.stop - 1))
        left: Curve = np.clip(np.maximum(distance, 0) / fade, 0.0, 1.0)
        return left

    def tone(self, index: npt.NDArray[np.int64], fade: int) -> Curve:
        """A sine of the span's own phase, which swells and dies within the span; cut at full scale."""
        edge = np.clip(np.minimum(index - self.start, self.stop - 1 - index) / fade, 0.0, 1.0)
        sine = np.sin(2 * np.pi * self._tone.tone_hz * (index - self.start) / self._rate_hz)
        heard: Curve = np.clip(sine * self._tone.gain, -1.0, 1.0) * edge
        return heard


def _covered(block: Block, at: int, covers: Sequence[_Cover], fade: int) -> Block:
    index = np.arange(at, at + block.shape[1])
    speech, tone = np.ones(index.size), np.zeros(index.size)
    free = np.ones(index.size, dtype=bool)
    for one in covers:
        speech = np.minimum(speech, one.speech(index, fade))
        inside = one.holds(index) & free
        tone[inside] = one.tone(index[inside], fade)
        free &= ~inside
    touched = speech < 1
    if not touched.any():
        return block
    zero, full = _SILENT_U8 if block.dtype == np.uint8 else 0.0, _FULL.get(block.dtype.str, 1.0)
    mixed = (block[:, touched].astype(np.float64) - zero) * speech[touched] + tone[touched] * full
    made = block.copy()
    if block.dtype.kind != "f":
        mixed = np.clip(np.rint(mixed), -full - 1, full)
    made[:, touched] = (mixed + zero).astype(block.dtype)
    return made


def with_silence(blocks: Iterable[Block], channels: Collection[int]) -> Iterator[Block]:
    """The blocks with digital silence on those channels."""
    for block in blocks:
        made = block.copy()
        made[[channel for channel in channels if channel < block.shape[0]]] = 128 if block.dtype == np.uint8 else 0
        yield made
