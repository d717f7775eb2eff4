"""Synthetic speech as a telephone recorder delivers it: on channels, with noise of the line, in steps of mu-law."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt

from benchmarks.voices import RATE_HZ, Sound

LINE_NOISE = 0.0008
"""Standard deviation, full scale 1; no line is without."""

Placed = tuple[int, int, Sound]
"""Channel, begin in ms, sound at `RATE_HZ`."""


def mixed(placed: Sequence[Placed], duration_ms: int, chance: random.Random) -> npt.NDArray[np.int16]:
    """Both channels (samples, 2) at levels of their own, as `line`."""
    noise = line_noise(duration_ms, 2, chance)
    return line(placed, noise, (chance.uniform(0.4, 0.9), chance.uniform(0.4, 0.9)))


def line_noise(duration_ms: int, channels: int, chance: random.Random, level: float = LINE_NOISE) -> Sound:
    """White noise (samples, channels) with that standard deviation."""
    noise = np.random.default_rng(chance.randrange(1 << 32))
    return noise.normal(0, level, (samples_of(duration_ms), channels)).astype(np.float32)


def line(placed: Sequence[Placed], noise: Sound, levels: Sequence[float]) -> npt.NDArray[np.int16]:
    """What is placed over `noise` (samples, channels), each channel at its level, through the steps of G.711 mu-law."""
    sound = noise.copy()
    for channel, at_ms, samples in placed:
        begin = samples_of(at_ms)
        sound[begin : begin + len(samples), channel] += samples[: len(sound) - begin] * levels[channel]
    curved = np.sign(sound) * np.log1p(255 * np.abs(sound)) / np.log1p(255)
    stepped = np.round(np.clip(curved, -1, 1) * 127) / 127
    flat = np.sign(stepped) * np.expm1(np.abs(stepped) * np.log1p(255)) / 255
    return np.asarray(flat * 32_767, np.int16)


_LOW_HZ, _HIGH_HZ = (697, 770, 852, 941), (1209, 1336, 1477, 1633)
_KEYS = "123A456B789C*0#D"


def keyed(digits: str, chance: random.Random) -> Sound:
    """The tones of keys (DTMF), ended by `#`: of one length from 40 ms on, pauses as people make them, some clipped."""
    length_ms = chance.choice((40, 50, 80, 120))
    seconds = np.arange(samples_of(length_ms)) / RATE_HZ
    parts = []
    for sign in f"{digits}#":
        row, column = divmod(_KEYS.index(sign), 4)
        parts += [
            0.25 * (np.sin(2 * np.pi * _LOW_HZ[row] * seconds) + np.sin(2 * np.pi * _HIGH_HZ[column] * seconds)),
            np.zeros(samples_of(chance.randrange(60, 900))),
        ]
    sound = np.concatenate(parts[:-1])
    if chance.random() < 0.3:
        sound = np.clip(3 * sound, -0.5, 0.5)
    return sound.astype(np.float32)


def samples_of(ms: int) -> int:
    return ms * RATE_HZ // 1000


def write(path: Path, sound: npt.NDArray[np.int16], rate_hz: int = RATE_HZ) -> None:
    """Sound of (samples, one or two channels): WAV with mu-law, or FLAC, by the name of `path`."""
    codec = "pcm_mulaw" if path.suffix == ".wav" else "flac"
    layout = "stereo" if sound.shape[1] == 2 else "mono"
    with av.open(str(path), "w") as container:
        stream: Any = container.add_stream(codec, rate=rate_hz, layout=layout)
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(sound.reshape(1, -1)), "s16", layout)
        frame.sample_rate = rate_hz
        resampler = av.AudioResampler("s16", layout, rate_hz, frame_size=1024)
        for part in (*resampler.resample(frame), *resampler.resample(None)):
            container.mux(stream.encode(part))
        container.mux(stream.encode(None))
