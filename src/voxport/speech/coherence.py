"""How much of one channel is the sound of another, frame by frame: delay-aligned short-time coherence.

What reaches a channel by echo or leakage is a filtered copy of another channel, so it stays in step with it in every
band, however faint it is; two people who talk at once do not. Channels are compared at 8 kHz, in which telephone lines
lie, a stretch at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from voxport.core.audio import SPEECH_RATE_HZ, PcmSource
from voxport.core.transcript import Span
from voxport.speech.levels import FULL_SCALE, Floats

HOP_MS = 16
"""From frame to frame."""
_RATE_HZ = SPEECH_RATE_HZ // 2
_HOP = HOP_MS * _RATE_HZ // 1000
_WINDOW = 2 * _HOP
"""32 ms: longer than the echo of a line, shorter than a sound of speech."""
_AVERAGED = 15
"""Frames that a coherence is averaged over (240 ms): two voices seem coherent by about one part in so many."""
_LOW_HZ, _HIGH_HZ = 250, 3_500
"""Hum lies below, and telephone lines carry nothing above."""
_CHUNK = _RATE_HZ // 2
"""Half a second: what is correlated at once to find the delay."""
_EARLIEST, _LATEST = -_RATE_HZ * 60 // 1000, _RATE_HZ * 440 // 1000
"""A copy is at most so much earlier (channels are not always cut alike) or later than the speech, in samples."""
_CORRELATION_SIZE = 8_192
"""Samples of a transform that holds a chunk and all delays."""
_MEMORY = 0.8
"""How much the delays seen so far count beside those of the stretch in hand: paths change during a call."""
_MUCH_LOUDER = 0.25
"""By this factor (6 dB) a copy may be more powerful than its source, whose power is taken over more time."""
_TINY = 1e-12

_Values = TypeVar("_Values", npt.NDArray[np.float64], npt.NDArray[np.complex128])
_Wave = npt.NDArray[np.float32]
_Spectra = npt.NDArray[np.complex64]
_BAND = slice(_LOW_HZ * _WINDOW // _RATE_HZ, _HIGH_HZ * _WINDOW // _RATE_HZ + 1)
_CORRELATED = slice(_LOW_HZ * _CORRELATION_SIZE // _RATE_HZ, _HIGH_HZ * _CORRELATION_SIZE // _RATE_HZ + 1)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Frames of 16 ms of two channels side by side, all arrays of shape (frames,)."""

    time_ms: npt.NDArray[np.int32]
    """The middle of each frame, in the time of the copy; rising."""
    own_db: Floats
    """How much of the copy's channel is not in step with the other: 0 dB is all of it, -20 a hundredth."""
    copy_db: Floats
    """Level of the copy's channel within the band of telephone lines."""
    source_db: Floats
    """Level of the other channel, as much earlier as the copy is later."""
    delay_ms: npt.NDArray[np.int32]
    """How much later the copy is; negative where it is earlier."""


_NOTHING = Comparison(
    time_ms=np.empty(0, np.int32),
    own_db=np.empty(0, np.float32),
    copy_db=np.empty(0, np.float32),
    source_db=np.empty(0, np.float32),
    delay_ms=np.empty(0, np.int32),
)


def compare(source: PcmSource, copy: PcmSource, stretches: Sequence[Span]) -> Comparison:
    """Looks for a copy of `source` in `copy`; reads both within the stretches, which last at most a minute or so."""
    evidence = np.zeros(_LATEST - _EARLIEST, np.float32)
    parts = [_NOTHING]
    for stretch in stretches:
        start = stretch.start_ms * _RATE_HZ // 1000 - _HOP * (_AVERAGED // 2 + 1)
        stop = stretch.end_ms * _RATE_HZ // 1000 + _HOP * (_AVERAGED // 2 + 1)
        heard = _read(copy, start, stop)
        said = _read(source, start - _LATEST, stop - _EARLIEST)
        seen = _delays(said, heard)
        places = {int(np.argmax(seen)), int(np.argmax(evidence * _MEMORY + seen))}
        evidence = evidence * _MEMORY + seen
        compared = (_coherence(said, heard, place, stretch.start_ms) for place in sorted(places))
        parts.append(min(compared, key=_out_of_step))
    return Comparison(
        time_ms=np.concatenate([part.time_ms for part in parts]),
        own_db=np.concatenate([part.own_db for part in parts]),
        copy_db=np.concatenate([part.copy_db for part in parts]),
        source_db=np.concatenate([part.source_db for part in parts]),
        delay_ms=np.concatenate([part.delay_ms for part in parts]),
    )


def _read(source: PcmSource, start: int, stop: int) -> _Wave:
    """Samples [start, stop) at 8 kHz, silence beyond the ends."""
    wave = np.zeros(2 * (stop - start), np.float32)
    first, last = max(0, 2 * start), min(source.samples, 2 * stop)
    if first < last:
        wave[first - 2 * start : last - 2 * start] = source.read(first, last)
    # What is folded back from above 4 kHz is folded alike in both channels.
    halved: _Wave = (wave[0::2] + wave[1::2]) / np.float32(2 * FULL_SCALE)
    return halved


def _delays(said: _Wave, heard: _Wave) -> Floats:
    """Evidence for each delay, the latest first: `said[delay : delay + heard.shape[0]]` is in step with `heard`.

    Generalised cross-correlation with phase transform: every frequency has the same say, so a loud vowel hides nothing.
    Where the copy is the louder one it is none, and its own echo on the source's line has another delay.
    """
    chunks = max(1, heard.shape[0] // _CHUNK)
    reach = _CHUNK + _LATEST - _EARLIEST
    total = np.zeros(_CORRELATION_SIZE // 2 + 1, np.complex64)
    for chunk in range(chunks):
        at = chunk * _CHUNK
        one = np.fft.rfft(heard[at : at + _CHUNK], _CORRELATION_SIZE)[_CORRELATED]
        other = np.fft.rfft(said[at : at + reach], _CORRELATION_SIZE)[_CORRELATED]
        if _power(said[at : at + reach]) < _power(heard[at : at + _CHUNK]) * _MUCH_LOUDER:
            continue
        cross = np.conj(one) * other
        total[_CORRELATED] += cross / (np.abs(cross) + np.float32(_TINY))
    return np.asarray(np.fft.irfft(total)[: _LATEST - _EARLIEST], np.float32)


def _coherence(said: _Wave, heard: _Wave, place: int, start_ms: int) -> Comparison:
    """The comparison at one delay (a place in `_delays`); the first frame lies at `start_ms`."""
    one, other = _spectra(said[place : place + heard.shape[0]]), _spectra(heard)
    cross = _averaged((one * np.conj(other)).astype(np.complex128))
    power, other_power = (_averaged(np.square(np.abs(each), dtype=np.float64)) for each in (one, other))
    in_step = np.square(np.abs(cross)) / (power + _TINY)
    total = other_power.sum(axis=1) + _TINY
    own = np.maximum(total - in_step.sum(axis=1), _TINY)
    scale = np.float64(_WINDOW * _WINDOW / 4)
    frames = np.arange(own.shape[0], dtype=np.int32)
    return Comparison(
        time_ms=start_ms + HOP_MS * frames,
        own_db=_db(own / total),
        copy_db=_db(total / scale),
        source_db=_db(power.sum(axis=1) / scale),
        delay_ms=np.full_like(frames, (_LATEST - place) * 1000 // _RATE_HZ),
    )


def _power(wave: _Wave) -> float:
    return float(np.square(wave).mean()) if wave.shape[0] else 0.0


def _out_of_step(compared: Comparison) -> float:
    """How badly a delay fits, in dB, where the source is the louder one."""
    louder = compared.source_db > compared.copy_db
    return float(compared.own_db[louder].mean()) if louder.any() else 0.0


def _spectra(wave: _Wave) -> _Spectra:
    windows = np.lib.stride_tricks.sliding_window_view(wave, _WINDOW)[::_HOP]
    return np.asarray(np.fft.rfft(windows * np.hanning(_WINDOW).astype(np.float32))[:, _BAND], np.complex64)


def _averaged(values: _Values) -> _Values:
    """The mean over `_AVERAGED` frames around each that has so many around it."""
    sums = np.cumsum(np.concatenate([np.zeros_like(values[:1]), values]), axis=0, dtype=values.dtype)
    means: _Values = (sums[_AVERAGED:] - sums[:-_AVERAGED]) / _AVERAGED
    return means


def _db(power: npt.NDArray[np.floating]) -> Floats:
    return np.asarray(10 * np.log10(power + _TINY), np.float32)
