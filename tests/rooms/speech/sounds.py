"""Sounds for the recogniser: recordings of tests/audio, and signals that are no speech."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import numpy.typing as npt

from voxport.core.audio import SPEECH_RATE_HZ, DecodedChannel, PcmArray, Samples
from voxport.speech.transcription import SpeechChannel

AUDIO = Path(__file__).parents[2] / "audio"
Wave = npt.NDArray[np.float64]


def recording(name: str) -> list[Samples]:
    """The channels of a 16 kHz WAV file of tests/audio."""
    with wave.open(str(AUDIO / name)) as file:
        assert file.getframerate() == SPEECH_RATE_HZ
        data = np.frombuffer(file.readframes(file.getnframes()), np.int16)
        return [np.ascontiguousarray(channel) for channel in data.reshape(-1, file.getnchannels()).T]


def channels(*samples: Samples, names: tuple[str | None, ...] | None = None) -> list[SpeechChannel]:
    names = names or tuple(f"Speaker{index + 1}" for index in range(len(samples)))
    return [
        SpeechChannel(PcmArray(data), DecodedChannel(index, name, len(data)))
        for index, (data, name) in enumerate(zip(samples, names, strict=True))
    ]


def silence(seconds: float) -> Samples:
    return np.zeros(int(seconds * SPEECH_RATE_HZ), np.int16)


def at_level(sound: Wave, level: float) -> Samples:
    """A wave scaled to a peak of `level` (1.0 is full scale)."""
    return np.asarray(sound / np.abs(sound).max() * level * 32767, np.int16)


def white_noise(seconds: float, level: float = 0.1) -> Samples:
    return at_level(np.random.default_rng(7).normal(size=int(seconds * SPEECH_RATE_HZ)), level)


def tones(seconds: float, *frequencies_hz: float) -> Wave:
    time = np.arange(int(seconds * SPEECH_RATE_HZ)) / SPEECH_RATE_HZ
    together: Wave = np.sum([np.sin(2 * np.pi * hz * time) for hz in frequencies_hz], axis=0)
    return together


def ringing(seconds: float) -> Samples:
    """The American ring-back tone: 2 s of 440 and 480 Hz, 4 s of nothing."""
    sound = tones(seconds, 440, 480)
    sound[(np.arange(sound.shape[0]) / SPEECH_RATE_HZ) % 6 > 2] = 0
    return at_level(sound, 0.3)


def dialling() -> Samples:
    """Eight DTMF digits of 200 ms, 100 ms apart."""
    pairs = ((697, 1209), (770, 1336), (852, 1477), (941, 1336), (697, 1477), (770, 1209), (852, 1336), (697, 1336))
    gap = np.zeros(SPEECH_RATE_HZ // 10)
    return at_level(np.concatenate([part for pair in pairs for part in (tones(0.2, *pair), gap)]), 0.4)


def hold_music(seconds: float) -> Samples:
    """Chords under a plucked melody, three harmonics a note, as a phone line lets it through."""
    chords = ((262, 330, 392), (220, 262, 330), (175, 220, 262), (196, 247, 294))
    melody = (523, 587, 659, 523, 440, 523, 587, 494)
    total = int(seconds * SPEECH_RATE_HZ)
    beat = SPEECH_RATE_HZ // 2
    fade = np.exp(-np.arange(beat) / (beat * 0.4))
    sound = np.zeros(total + beat)
    for number in range(total // beat + 1):
        chord = tones(0.5, *chords[(number // 4) % 4]) * 0.5
        note = melody[number % 8]
        plucked = tones(0.5, note) + 0.5 * tones(0.5, 2 * note) + 0.25 * tones(0.5, 3 * note)
        sound[number * beat : (number + 1) * beat] += chord + plucked * fade
    return at_level(sound[:total], 0.35)
