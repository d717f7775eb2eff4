"""What the embedding network hears: 80 mel bands every 10 ms, as Kaldi computes them (`compute-fbank-feats`).

Frames of 25 ms without their mean, pre-emphasised, under Kaldi's own window; power by triangular filters of
equal width in mel from 20 Hz to 8 kHz; its logarithm.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from voxport.core.audio import SPEECH_RATE_HZ, Samples
from voxport.speech.diarization.embedding_network import BANDS

FRAME_MS = 10
"""From one frame to the next."""
HOP_SAMPLES = SPEECH_RATE_HZ * FRAME_MS // 1000
FRAME_SAMPLES = SPEECH_RATE_HZ * 25 // 1000
_FFT_SAMPLES = 512
_PRE_EMPHASIS = 0.97
_LOW_HZ = 20.0
_FULL_SCALE = 32_768.0
_LEAST = float(np.finfo(np.float32).eps)
"""Below it nothing is told apart: the logarithm of digital silence."""
_WINDOW_POWER = 0.85
"""Of Kaldi's window, a Hann window to this power."""
_ROWS = 12
"""Frames that are multiplied at once: BLAS divides larger products among all cores, which costs ten times as much."""
Features = npt.NDArray[np.float32]


def spectrum(samples: Samples) -> Features:
    """One row of 80 for each whole frame of 25 ms in the samples; shape (frames, 80)."""
    if samples.shape[0] < FRAME_SAMPLES:
        return np.empty((0, BANDS), np.float32)
    sound = samples.astype(np.float32) / np.float32(_FULL_SCALE)
    frames = np.lib.stride_tricks.sliding_window_view(sound, FRAME_SAMPLES)[::HOP_SAMPLES]
    frames = frames - frames.mean(axis=1, keepdims=True)
    emphasised = frames.copy()
    emphasised[:, 1:] -= np.float32(_PRE_EMPHASIS) * frames[:, :-1]
    emphasised[:, 0] *= np.float32(1 - _PRE_EMPHASIS)
    power = np.square(np.abs(np.fft.rfft(emphasised * _window(), _FFT_SAMPLES, axis=1)))
    parts = np.split(power.astype(np.float32), range(_ROWS, power.shape[0], _ROWS))
    bands: Features = np.log(np.maximum(np.concatenate([part @ _filters() for part in parts]), np.float32(_LEAST)))
    return bands


@cache
def _window() -> Features:
    cosine = np.cos(2 * np.pi * np.arange(FRAME_SAMPLES) / (FRAME_SAMPLES - 1))
    window: Features = ((0.5 - 0.5 * cosine) ** _WINDOW_POWER).astype(np.float32)
    return window


@cache
def _filters() -> Features:
    """Shape (257, 80)."""
    edges = np.linspace(_mel(np.float64(_LOW_HZ)), _mel(np.float64(SPEECH_RATE_HZ / 2)), BANDS + 2)
    mel = _mel(np.arange(_FFT_SAMPLES // 2 + 1) * SPEECH_RATE_HZ / _FFT_SAMPLES)[:, np.newaxis]
    rising = (mel - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - mel) / (edges[2:] - edges[1:-1])
    filters: Features = np.maximum(0.0, np.minimum(rising, falling)).astype(np.float32)
    return filters


def _mel(hz: npt.NDArray[np.float64] | np.float64) -> npt.NDArray[np.float64]:
    return np.asarray(1127.0 * np.log1p(hz / 700.0), np.float64)
