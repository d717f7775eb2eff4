"""Redacted sound without its tones, for the check: beside a tone a recogniser misses a third of the words.

What is left of a covered stretch is whatever sounds there besides the tone: nothing where it was covered as it should.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice, pairwise, takewhile

import numpy as np
import numpy.typing as npt

from voxport.core.audio import SPEECH_RATE_HZ, PcmSource, Samples
from voxport.redaction.covering.tones import Beep
from voxport.redaction.options import DEFAULTS, ToneOptions

_PER_MS = SPEECH_RATE_HZ // 1000
_FRAME = 20 * _PER_MS
"""In 20 ms a tone from a file is a sine still, whatever codec it went through, and little of a voice is like it."""


class WithoutTones:
    """A PcmSource over the sound that beeps were written into: in each, what a sine of its frequency does not explain.

    Nothing is known of the tone but its frequency and its span: level and phase are fitted in each frame of 20 ms, so
    speech that sounds under a tone stays.
    """

    def __init__(self, source: PcmSource, beeps: Sequence[Beep], options: ToneOptions = DEFAULTS.tones) -> None:
        self._source = source
        self._tones = tuple(_apart(beeps, source.samples, options.fade_ms * _PER_MS))
        self._ends = [end for _, end, _ in self._tones]

    @property
    def samples(self) -> int:
        """Length in samples."""
        return self._source.samples

    def read(self, start: int, stop: int) -> Samples:
        """Samples [start, stop), clipped; shape (n,), int16."""
        start, stop = max(start, 0), min(stop, self.samples)
        read = self._source.read(start, stop)
        tones = islice(self._tones, bisect_right(self._ends, start), None)
        touched = list(takewhile(lambda tone: tone[0] < stop, tones))
        if touched:
            read = read.copy()
        for begin, end, tone_hz in touched:
            # Whole frames, counted from where the tone begins: what is read does not depend on how it is read.
            first = begin + max(0, start - begin) // _FRAME * _FRAME
            last = min(end, begin + -(-(min(stop, end) - begin) // _FRAME) * _FRAME)
            left = _without(self._source.read(first, last), tone_hz)
            at, until = max(start, first), min(stop, last)
            read[at - start : until - start] = left[at - first : until - first]
        return read


def _apart(beeps: Sequence[Beep], samples: int, fade: int) -> Iterator[tuple[int, int, int]]:
    """First sample, the one behind the last, and Hz of what is fitted by itself: of two tones the one that begins first
    is heard, and each swells and dies in `fade` samples."""
    free = 0
    for beep in sorted(beeps, key=lambda one: one.span.start_ms):
        begin, end = max(free, beep.span.start_ms * _PER_MS), min(beep.span.end_ms * _PER_MS, samples)
        if begin < end:
            edges = (begin, min(begin + fade, end), max(begin + fade, end - fade), end)
            yield from ((one, other, beep.tone.tone_hz) for one, other in pairwise(edges) if one < other)
            free = end


def _without(samples: Samples, tone_hz: int) -> Samples:
    """Samples from the begin of a frame, frame by frame without what is a sine of that frequency."""
    whole = samples.shape[0] // _FRAME * _FRAME
    framed = _residual(samples[:whole].reshape(-1, _FRAME), tone_hz)
    rest = _residual(samples[np.newaxis, whole:], tone_hz) if whole < samples.shape[0] else samples[np.newaxis, whole:]
    return np.concatenate([framed.ravel(), rest.ravel()]).astype(np.int16)


def _residual(frames: Samples, tone_hz: int) -> npt.NDArray[np.float64]:
    """(frames, length): each less its projection on sines of that frequency."""
    values, sines = frames.astype(np.float64), _sines(tone_hz, frames.shape[1])
    return np.clip(np.rint(values - values @ sines @ sines.T), -(2**15), 2**15 - 1)


@lru_cache(maxsize=64)
def _sines(tone_hz: int, length: int) -> npt.NDArray[np.float64]:
    """(length, at most 4), orthonormal: a sine of any phase whose level may change evenly, as in a fade."""
    turn = 2 * np.pi * tone_hz * np.arange(length) / SPEECH_RATE_HZ
    waves = np.stack([np.sin(turn), np.cos(turn)], axis=1)
    level = np.linspace(-1.0, 1.0, length)[:, np.newaxis]
    sines: npt.NDArray[np.float64] = np.linalg.qr(np.concatenate([waves, waves * level], axis=1))[0]
    return sines
