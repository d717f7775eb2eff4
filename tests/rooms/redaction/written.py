"""Speech to cover, what is written of it, and how much of the one is in the other."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt

from tests.rooms.audio.recordings import Samples, decoded
from voxport.audio.limits import DecodeLimits
from voxport.audio.sound import open_sound
from voxport.core.plan import AudioRedactor, TranscodePlan
from voxport.core.transcript import Span
from voxport.redaction.covering.sound import WrittenAudio, write_audio
from voxport.redaction.covering.tones import Beep

SPEECH = Path(__file__).parents[2] / "audio" / "stereo-5s.wav"
PER_MS = 16
"""Samples of a decoded channel in a millisecond."""
_MOST_LAG_MS = 10


@cache
def speech(rate_hz: int) -> tuple[Samples, Samples]:
    """Five seconds in which both channels speak all the time, each something else."""
    resampler = av.AudioResampler("s16p", "stereo", rate_hz)
    with av.open(str(SPEECH)) as container:
        frames = [piece for frame in container.decode(audio=0) for piece in resampler.resample(frame)]
    left, right = np.concatenate([frame.to_ndarray() for frame in (*frames, *resampler.resample(None))], axis=1)
    return left // 2 + right // 2, np.roll(left // 2 - right // 2, rate_hz)


def beep(start_ms: int, end_ms: int, tone_hz: int = 270, gain: float = 0.5) -> Beep:
    return Beep(Span(start_ms, end_ms), AudioRedactor(tone_hz, gain))


def written(data: bytes, beeps: Sequence[Beep], transcode: TranscodePlan | None = None) -> tuple[WrittenAudio, bytes]:
    file = io.BytesIO()
    made = write_audio(open_sound(io.BytesIO(data), DecodeLimits()), beeps, transcode, file)
    return made, file.getvalue()


def channels(data: bytes) -> list[npt.NDArray[np.float64]]:
    """As speech recognition hears them: 16 kHz, full scale 1."""
    found, files = decoded(data)
    return [files.channel(channel.index) / 32768 for channel in found.channels]


def lag_ms(original: npt.NDArray[np.float64], other: npt.NDArray[np.float64]) -> float:
    """By how much `other` is late."""
    return int(np.argmax(_products(original, other))) / PER_MS - _MOST_LAG_MS


def likeness(original: npt.NDArray[np.float64], other: npt.NDArray[np.float64]) -> float:
    """Correlation at the lag at which it is greatest: 1 the same, 0 nothing in common."""
    weight = float(np.linalg.norm(original) * np.linalg.norm(other))
    return float(np.abs(_products(original, other)).max()) / weight if weight else 0.0


def _products(original: npt.NDArray[np.float64], other: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Inner products at lags from -10 to 10 ms."""
    size, most = min(original.size, other.size), _MOST_LAG_MS * PER_MS
    length = 1 << (size + most).bit_length()
    spectrum = np.fft.rfft(other[:size], length) * np.conj(np.fft.rfft(original[:size], length))
    return np.roll(np.fft.irfft(spectrum, length), most)[: 2 * most + 1]
