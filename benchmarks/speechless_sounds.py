"""Sounds without speech as telephone lines carry them: nobody says a word in any, so none may be written.

Every sound is computed, the same each time, at 8 kHz. The halves differ in kinds or in pitch, level and length.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.halves import Half
from benchmarks.telephone import write
from benchmarks.voices import RATE_HZ

Wave = npt.NDArray[np.float64]
_KEYS = {
    **{"1": (697, 1209), "2": (697, 1336), "3": (697, 1477), "4": (770, 1209), "5": (770, 1336), "6": (770, 1477)},
    **{"7": (852, 1209), "8": (852, 1336), "9": (852, 1477), "0": (941, 1336), "#": (941, 1477)},
}
_CHORDS = ((262, 330, 392), (220, 262, 330), (175, 220, 262), (196, 247, 294))
_MELODIES = {"waltz": (523, 587, 659, 523, 440, 523), "march": (392, 392, 523, 494, 440, 392, 330, 392)}


def silence(seconds: float) -> Wave:
    return np.zeros(_samples(seconds))


def tone(seconds: float, *hertz: float, on_s: float = 0.0, off_s: float = 0.0) -> Wave:
    """Frequencies together, without end or as long as each stroke of a signal lasts."""
    time = np.arange(_samples(seconds)) / RATE_HZ
    together: Wave = np.sum([np.sin(2 * np.pi * one * time) for one in hertz], axis=0) / len(hertz)
    return together * (time % (on_s + off_s) < on_s) if on_s else together


def noise(seconds: float, *, slope: float = 0.0, seed: int = 1) -> Wave:
    """Noise whose power falls with frequency to the power of `slope`: 0 is white, 1 pink, 2 brown."""
    spectrum = np.fft.rfft(np.random.default_rng(seed).normal(size=_samples(seconds)))
    hertz = np.maximum(np.arange(len(spectrum)) / seconds, 20)
    return _full(np.fft.irfft(spectrum / hertz ** (slope / 2), _samples(seconds)))


def hum(seconds: float, mains_hz: float) -> Wave:
    """The mains with its harmonics."""
    return _full(np.sum([tone(seconds, mains_hz * order) / order for order in (1, 2, 3, 5, 7)], axis=0))


def dialling(keys: str, on_s: float = 0.2, off_s: float = 0.1) -> Wave:
    """DTMF."""
    return np.concatenate([part for key in keys for part in (tone(on_s, *_KEYS[key]), silence(off_s))])


def music(seconds: float, melody: Sequence[int], beat_s: float) -> Wave:
    """Chords under a plucked melody, three harmonics a note."""
    fade = np.exp(-np.arange(_samples(beat_s)) / (_samples(beat_s) * 0.4))
    beats = []
    for number in range(int(seconds / beat_s)):
        note = melody[number % len(melody)]
        plucked = tone(beat_s, note) + 0.5 * tone(beat_s, 2 * note) + 0.25 * tone(beat_s, 3 * note)
        beats.append(tone(beat_s, *_CHORDS[number // 4 % 4]) + plucked * fade)
    return _full(np.concatenate(beats))


def strokes(seconds: float, stroke: Wave, every_s: float) -> Wave:
    """The same short sound again and again: clicks, knocks, breaths."""
    sound = silence(seconds)
    for begin in range(_samples(0.3), len(sound) - len(stroke), _samples(every_s)):
        sound[begin : begin + len(stroke)] += stroke
    return sound


def click() -> Wave:
    return np.array([1.0, -1.0] * 8)


def breath(seconds: float) -> Wave:
    return noise(seconds, slope=1.0) * np.hanning(_samples(seconds))


def knock() -> Wave:
    return tone(0.15, 140, 230) * np.exp(-np.arange(_samples(0.15)) / _samples(0.03))


def sweep(seconds: float, from_hz: float, to_hz: float) -> Wave:
    """A siren that rises and falls once a second."""
    time = np.arange(_samples(seconds)) / RATE_HZ
    hertz = from_hz + (to_hz - from_hz) * (0.5 - 0.5 * np.cos(2 * np.pi * time))
    return np.sin(2 * np.pi * np.cumsum(hertz) / RATE_HZ)


def modem(seconds: float) -> Wave:
    """Two carriers between which the bits of a fax or modem jump."""
    bits = np.random.default_rng(3).integers(0, 2, int(seconds * 300) + 1)
    hertz = np.where(bits, 1070, 1270)[(np.arange(_samples(seconds)) * 300 // RATE_HZ)]
    return np.sin(2 * np.pi * np.cumsum(hertz) / RATE_HZ)


Sounds = Mapping[str, tuple[float, Callable[[], Wave]]]
SOUNDS: dict[Half, Sounds] = {
    Half.CHOOSE: {
        "silence": (0.0, partial(silence, 8)),
        "silence-short": (0.0, partial(silence, 2)),
        "white-noise": (0.05, partial(noise, 8)),
        "hiss": (0.004, partial(noise, 12)),
        "pink-noise": (0.2, partial(noise, 10, slope=1.0)),
        "hum-60": (0.1, partial(hum, 10, 60)),
        "tone-440": (0.3, partial(tone, 6, 440)),
        "ring-back": (0.3, partial(tone, 18, 440, 480, on_s=2, off_s=4)),
        "busy": (0.3, partial(tone, 8, 480, 620, on_s=0.5, off_s=0.5)),
        "dial-tone": (0.3, partial(tone, 6, 350, 440)),
        "keys": (0.4, partial(dialling, "18005550142#")),
        "key-alone": (0.4, partial(dialling, "5", 0.6)),
        "answering-machine": (0.5, partial(tone, 3, 1000, on_s=1, off_s=3)),
        "hold-music": (0.35, partial(music, 20, _MELODIES["march"], 0.5)),
        "clicks": (0.5, lambda: strokes(8, click(), 1.3)),
        "breaths": (0.05, lambda: strokes(10, breath(0.5), 2.5)),
        "siren": (0.2, partial(sweep, 8, 500, 1200)),
        "fax-calling": (0.3, partial(tone, 9, 1100, on_s=0.5, off_s=3)),
        "modem": (0.3, partial(modem, 6)),
        "typing": (0.2, lambda: strokes(9, click(), 0.19)),
    },
    Half.REPORT: {
        "silence-long": (0.0, partial(silence, 35)),
        "white-noise-loud": (0.4, partial(noise, 6, seed=2)),
        "white-noise-long": (0.02, partial(noise, 40, seed=3)),
        "brown-noise": (0.3, partial(noise, 10, slope=2.0, seed=4)),
        "comfort-noise": (0.001, partial(noise, 20, slope=0.5, seed=5)),
        "hum-50": (0.05, partial(hum, 15, 50)),
        "tone-1000": (0.5, partial(tone, 4, 1000)),
        "tone-300": (0.2, partial(tone, 12, 300)),
        "ring-back-double": (0.3, partial(tone, 12, 400, 450, on_s=0.4, off_s=0.2)),
        "ring-back-425": (0.3, partial(tone, 20, 425, on_s=1, off_s=4)),
        "busy-425": (0.3, partial(tone, 8, 425, on_s=0.25, off_s=0.25)),
        "congestion": (0.3, partial(tone, 5, 480, 620, on_s=0.25, off_s=0.25)),
        "keys-slow": (0.3, partial(dialling, "4111#", 0.4, 0.8)),
        "keys-quick": (0.4, partial(dialling, "378282246310005", 0.07, 0.05)),
        "hold-waltz": (0.4, partial(music, 30, _MELODIES["waltz"], 0.35)),
        "hold-music-quiet": (0.03, partial(music, 15, _MELODIES["march"], 0.8)),
        "knocks": (0.5, lambda: strokes(8, knock(), 1.7)),
        "breaths-near": (0.25, lambda: strokes(12, breath(0.9), 3.0)),
        "siren-slow": (0.3, partial(sweep, 10, 300, 2000)),
        "fax-answer": (0.3, partial(tone, 4, 2100)),
    },
}
"""By name: the peak (full scale 1) and what makes it."""


def make(folder: Path, half: Half) -> None:
    """The sounds of a half under `folder`, each with a truth in which nobody speaks."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, (peak, sound) in SOUNDS[half].items():
        truth = folder / f"{half}-{name}.truth.json"
        if not truth.exists():
            path = folder / f"{half}-{name}.flac"
            wave = sound()
            write(path, np.asarray(np.clip(wave * peak, -1, 1) * 32_767, np.int16).reshape(-1, 1))
            document = {"schema": "call-truth/1", "file": path.name, "kind": "exact", "language": "en-US", "turns": []}
            truth.write_text(json.dumps(document, indent=1) + "\n", "utf-8")


def _samples(seconds: float) -> int:
    return round(seconds * RATE_HZ)


def _full(sound: Wave) -> Wave:
    return sound / max(1e-9, float(np.abs(sound).max()))
