"""Made-up voices for tests that compare channels: noise in syllables, and how it gets onto other lines."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from voxport.core.audio import SPEECH_RATE_HZ, Samples
from voxport.core.transcript import Span

Wave = npt.NDArray[np.float64]


def voice(seed: int, spans: list[Span], length_ms: int, level_db: float = -23.0) -> Wave:
    """Coloured noise in syllables of its own pace within the spans, silence elsewhere."""
    random = np.random.default_rng(seed)
    sound = np.convolve(random.normal(size=length_ms * 16), np.exp(-np.arange(64) / (8 + seed % 5)), mode="same")
    time_s = np.arange(sound.shape[0]) / SPEECH_RATE_HZ
    sound *= np.maximum(0.05, np.sin(2 * np.pi * (2.3 + 0.37 * (seed % 7)) * time_s + seed))
    spoken = np.zeros(sound.shape[0], np.bool_)
    for span in spans:
        spoken[span.start_ms * 16 : span.end_ms * 16] = True
    sound *= 10 ** (level_db / 20) / np.sqrt(np.square(sound).mean())
    return np.where(spoken, sound, 0.0)


def echo(sound: Wave, gain_db: float, delay_ms: int = 0, filtered: bool = True) -> Wave:
    """What of a voice gets onto another line, through a telephone hybrid where `filtered`."""
    response = np.random.default_rng(9).normal(size=96) * np.exp(-np.arange(96) / 20.0)
    response[0] += 2.0
    copied = np.convolve(sound, response)[: sound.shape[0]] if filtered else sound.copy()
    copied *= np.sqrt(np.square(sound).mean() / np.square(copied).mean()) * 10 ** (gain_db / 20)
    return np.concatenate([np.zeros(delay_ms * 16), copied])[: sound.shape[0]]


def noise(length_ms: int, level_db: float, seed: int = 99) -> Wave:
    made: Wave = np.random.default_rng(seed).normal(size=length_ms * 16) * 10 ** (level_db / 20)
    return made


def mu_law(sound: Wave) -> Wave:
    """Through G.711 and back."""
    packed = np.sign(sound) * np.log1p(255 * np.minimum(np.abs(sound), 1.0)) / np.log(256)
    packed = np.round(packed * 127) / 127
    unpacked: Wave = np.sign(packed) * np.expm1(np.abs(packed) * np.log(256)) / 255
    return unpacked


def samples(sound: Wave) -> Samples:
    return np.asarray(np.clip(np.rint(sound * 32_768), -32_768, 32_767), np.int16)
