"""Voice features: for each word its two strongest tones and how loud it was, from the sound of its channel.

The sound is read once, in frames of 32 ms every 16 ms; a word has the frames that begin in it. Frequencies between 60
and 500 Hz are looked at, where voices have their pitch (docs/contract/v3-results.md section 2, `frq` and `v`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from voxport.core.audio import SPEECH_RATE_HZ, PcmSource
from voxport.core.spans import overlaps
from voxport.core.transcript import Span, Transcript, Word, WordKind, WordVoice, sound_channel

_FRAME, _HOP = 512, 256
"""Samples: 32 ms every 16 ms."""
_FFT = 2048
"""Padded with zeros, so that a peak is placed within 8 Hz."""
_MIN_HZ, _MAX_HZ = 60.0, 500.0
"""Where voices have their pitch, and the first harmonics of most."""
_APART_HZ = 40.0
"""Two peaks closer than this are one."""
_MIN_VOICED_PEAK = 0.003
"""The highest sample (1.0 is full scale) of a word that is more than line noise."""
_VOICED_PROMINENCE = 2.5
"""How far a peak stands out of the mean of the band in which it is looked for."""
_VOLUME_SCALE = 12.0
"""Brings the volume of a telephone call of usual level to the range of the reference speakers (4.33 and 7.57)."""
_FRAMES_AT_ONCE = 4096
"""A minute; bounds the memory of the spectra."""
_FREQUENCIES = np.fft.rfftfreq(_FFT, 1 / SPEECH_RATE_HZ)
_BAND = np.flatnonzero((_FREQUENCIES >= _MIN_HZ) & (_FREQUENCIES <= _MAX_HZ))
_UNVOICED = ((0.0, 0.0), (0.0, 0.0))

Floats = npt.NDArray[np.float32]


def with_voice_features(
    transcript: Transcript, sources: Mapping[int, PcmSource], hidden: Sequence[Span] = ()
) -> Transcript:
    """The transcript with `voice` set on every word whose channel is in `sources`; marks have none.

    Words in the spans of `hidden` are silent: how a digit sounded tells which one it was.
    """
    turns = [
        replace(turn, words=tuple(_voiced(turn.words, sources[sound_channel(turn.channel)], hidden)))
        if sound_channel(turn.channel) in sources
        else turn
        for turn in transcript.turns
    ]
    return replace(transcript, turns=tuple(turns))


def _voiced(words: Sequence[Word], source: PcmSource, hidden: Sequence[Span]) -> Iterator[Word]:
    spoken = [word for word in words if word.kind is WordKind.WORD]
    if not spoken:
        yield from words
        return
    begin = min(word.start_ms for word in spoken) * SPEECH_RATE_HZ // 1000
    end = max(word.end_ms for word in spoken) * SPEECH_RATE_HZ // 1000 + _FRAME
    samples: Floats = source.read(begin, end).astype(np.float32) / np.float32(32768)
    bands, means, peaks = _frames(samples)
    for word in words:
        if word.kind is not WordKind.WORD:
            yield word
            continue
        if overlaps(Span(word.start_ms, max(word.end_ms, word.start_ms + 1)), hidden):
            yield replace(word, voice=WordVoice(_UNVOICED, 0.0))
            continue
        first = max(0, (word.start_ms * SPEECH_RATE_HZ // 1000 - begin) // _HOP)
        last = max(first + 1, (word.end_ms * SPEECH_RATE_HZ // 1000 - begin) // _HOP)
        yield replace(word, voice=_voice(bands[first:last], means[first:last], peaks[first:last]))


def _frames(samples: Floats) -> tuple[Floats, Floats, Floats]:
    """By frame: power in the band, shape (frames, bins); mean amplitude over all frequencies; the highest sample."""
    count = max(1, 1 + (len(samples) - _FRAME) // _HOP)
    padded = np.pad(samples, (0, max(0, (count - 1) * _HOP + _FRAME - len(samples))))
    frames = np.lib.stride_tricks.sliding_window_view(padded, _FRAME)[::_HOP][:count]
    window = np.hanning(_FRAME).astype(np.float32)
    bands, means = [], []
    for start in range(0, count, _FRAMES_AT_ONCE):
        spectrum = np.abs(np.fft.rfft(frames[start : start + _FRAMES_AT_ONCE] * window, _FFT, axis=1))
        bands.append((spectrum[:, _BAND] ** 2).astype(np.float32))
        means.append(spectrum.mean(axis=1).astype(np.float32))
    return np.concatenate(bands), np.concatenate(means), np.abs(frames).max(axis=1)


def _voice(band: Floats, means: Floats, peaks: Floats) -> WordVoice:
    if not len(band):
        return WordVoice(_UNVOICED, 0.0)
    loudest = float(peaks.max())
    volume = round(float(means.mean()) * loudest * _VOLUME_SCALE, 3)
    power = band.mean(axis=0)
    total = float(power.sum())
    if loudest < _MIN_VOICED_PEAK or total <= 0 or float(power.max()) < _VOICED_PROMINENCE * total / len(power):
        return WordVoice(_UNVOICED, volume)
    first = int(power.argmax())
    far = np.abs(_FREQUENCIES[_BAND] - _FREQUENCIES[_BAND][first]) >= _APART_HZ
    local = np.r_[False, (power[1:-1] >= power[:-2]) & (power[1:-1] >= power[2:]), False]
    others = np.flatnonzero(far & local)
    second = int(others[power[others].argmax()]) if len(others) else None
    return WordVoice((_peak(power, first), (0.0, 0.0) if second is None else _peak(power, second)), volume)


def _peak(power: Floats, index: int) -> tuple[float, float]:
    """Frequency in Hz, and the share of the band's energy within half a peak's width."""
    near = np.abs(_FREQUENCIES[_BAND] - _FREQUENCIES[_BAND][index]) < _APART_HZ / 2
    share = float(power[near].sum() / power.sum())
    return round(float(_FREQUENCIES[_BAND][index]), 3), round(min(share, 1.0), 3)
