"""Stretches of one speaker: the windows of the segmentation network, put one after another.

A window tells its speakers apart (at most three, two of them at once) but does not know them in the next window.
Windows overlap; the passage from one to the next lies in a pause where there is one, so that nothing is torn.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from voxport.core.audio import SPEECH_RATE_HZ, PcmSource
from voxport.core.transcript import Span
from voxport.speech.diarization.networks import (
    FIRST_FRAME_SAMPLES,
    FRAME_STEP_SAMPLES,
    FRAMES,
    WINDOW_SAMPLES,
    Classes,
    VoiceNetworks,
)
from voxport.speech.diarization.options import StretchOptions

LOCAL_SPEAKERS = 3
_BATCH = 16
"""Windows that the network is asked about at once."""
_ACTIVE = np.array(
    [[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 0, 1], [0, 1, 1]],
    np.bool_,
)
"""By class: which of the three speakers of the window talk."""
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some seconds in which one person speaks, as far as the segmentation network knows."""

    start_ms: int
    end_ms: int
    alone: float
    """The share of it in which nobody else speaks, 0 to 1."""

    @property
    def length_ms(self) -> int:
        return self.end_ms - self.start_ms


@dataclass(frozen=True, slots=True)
class Windows:
    """What the network said of each window that carries a voice."""

    starts: Sequence[int]
    """In samples, rising."""
    classes: Sequence[Classes]


def hear_windows(
    networks: VoiceNetworks,
    source: PcmSource,
    voice: Sequence[Span],
    options: StretchOptions,
    report: Callable[[float], None],
) -> Windows:
    """Asks the network of all windows in which `voice` is, in order; `report` is told the share that is done."""
    step = options.window_step_ms * SPEECH_RATE_HZ // 1000
    count = max(1, 1 + -(-max(0, source.samples - WINDOW_SAMPLES) // step))
    starts = [number * step for number in range(count) if _carries(voice, number * step)]
    classes: list[Classes] = []
    for first in range(0, len(starts), _BATCH):
        report(first / len(starts))
        classes += networks.classes(
            [source.read(start, start + WINDOW_SAMPLES) for start in starts[first : first + _BATCH]]
        )
    return Windows(starts, classes)


def find_stretches(windows: Windows, options: StretchOptions) -> list[Stretch]:
    """The stretches of a channel in order of their start; those of two people may overlap."""
    found: list[Stretch] = []
    for start, classes, (first, last) in zip(windows.starts, windows.classes, _parts(windows, options), strict=True):
        part = _ACTIVE[classes[first:last]]
        for speaker in range(LOCAL_SPEAKERS):
            for begin, end in _runs(part, speaker, options):
                found += _cut(part[:, speaker] & (part.sum(axis=1) == 1), start, first, (begin, end), options)
    return sorted(found, key=lambda one: (one.start_ms, one.end_ms))


def _carries(voice: Sequence[Span], start: int) -> bool:
    """`voice` is in order: hours of it have thousands of spans."""
    begin_ms, end_ms = start * 1000 // SPEECH_RATE_HZ, (start + WINDOW_SAMPLES) * 1000 // SPEECH_RATE_HZ
    first = bisect_right(voice, begin_ms, key=lambda span: span.end_ms)
    return first < len(voice) and voice[first].start_ms < end_ms


def _parts(windows: Windows, options: StretchOptions) -> list[tuple[int, int]]:
    """Of each window the frames [first, last) that count: the next window has the others."""
    parts: list[tuple[int, int]] = []
    first = 0
    for (start, following), classes in zip(pairwise([*windows.starts, None]), windows.classes, strict=True):
        shared = 0 if following is None or start is None else WINDOW_SAMPLES - (following - start)
        if following is None or start is None or shared <= 0:
            parts.append((first, FRAMES))
            first = 0
            continue
        middle = round((following - start + shared / 2 - FIRST_FRAME_SAMPLES) / FRAME_STEP_SAMPLES)
        reach = min(options.border_reach_ms * SPEECH_RATE_HZ // 1000, shared // 2) // FRAME_STEP_SAMPLES
        near = range(max(0, middle - reach), min(FRAMES, middle + reach))
        last = min((at for at in near if classes[at] == 0), key=lambda at: abs(at - middle), default=middle)
        parts.append((min(first, last), last))
        first = max(0, last - round((following - start) / FRAME_STEP_SAMPLES))
    return parts


def _runs(part: Flags, speaker: int, options: StretchOptions) -> list[tuple[int, int]]:
    """When one of the speakers of a window talks, without short pauses in which nobody talks; in frames of the part."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], part[:, speaker], [False]]).astype(np.int8)))
    bridged = options.bridged_ms * SPEECH_RATE_HZ / 1000 / FRAME_STEP_SAMPLES
    runs: list[tuple[int, int]] = []
    for begin, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if runs and begin - runs[-1][1] < bridged and not part[runs[-1][1] : begin].any():
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((begin, end))
    return runs


def _cut(alone: Flags, start: int, first: int, run: tuple[int, int], options: StretchOptions) -> list[Stretch]:
    begin, end = run
    length_ms = _ms(start, first + end) - _ms(start, first + begin)
    if length_ms < options.least_ms:
        return []
    count = -(-length_ms // options.longest_ms)
    edges = [begin + (end - begin) * number // count for number in range(count + 1)]
    return [
        Stretch(_ms(start, first + one), _ms(start, first + other), float(alone[one:other].mean()))
        for one, other in pairwise(edges)
    ]


def _ms(start: int, frame: int) -> int:
    """When a frame begins, on the clock of the call."""
    sample = start + FIRST_FRAME_SAMPLES + frame * FRAME_STEP_SAMPLES - FRAME_STEP_SAMPLES // 2
    return sample * 1000 // SPEECH_RATE_HZ
