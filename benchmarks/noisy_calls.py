"""Worse copies of calls: what a bad line adds may not make recognition hear them again and again without bound."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.corpus import SAMPLE_RATE_HZ, Recording
from benchmarks.telephone import write

KINDS = ("white noise", "babble", "clipped")
SNR_DB = 10.0
"""Of noise and babble: hard to follow, still understood."""
CLIPPING_GAIN = 8.0
"""Above full scale by 18 dB: as a caller who speaks into a microphone that is set too high."""
BABBLERS = 5
"""Stretches of the call's own speech, backwards and shifted, that babble together."""
_FRAME = SAMPLE_RATE_HZ // 50
_AUDIBLE_DB = 25.0
"""Frames that much under the loudest are pauses."""

Sound = npt.NDArray[np.float32]


def noisy(recording: Recording, kind: str, folder: Path) -> Recording:
    """The recording with that added, written under `folder`; the truth stays."""
    random = np.random.default_rng(len(recording.name))
    channels = [_worse(samples, kind, random) for samples in recording.channels()]
    path = folder / f"{recording.name}-{kind.replace(' ', '-')}.flac"
    write(path, np.asarray(np.clip(np.stack(channels, axis=1), -1, 1) * 32_767, np.int16), SAMPLE_RATE_HZ)
    return replace(recording, path=path)


def all_noisy(recordings: Sequence[Recording], folder: Path) -> Iterator[tuple[Recording, str, Recording]]:
    """Each recording with each kind of its worse copies."""
    for recording in recordings:
        for kind in KINDS:
            yield recording, kind, noisy(recording, kind, folder)


def voice_level(samples: Sound) -> float:
    """Root mean square of the frames that are no pause."""
    frames = samples[: len(samples) // _FRAME * _FRAME].reshape(-1, _FRAME)
    power = np.mean(frames.astype(np.float64) ** 2, axis=1)
    return float(np.sqrt(power[power >= power.max() / 10 ** (_AUDIBLE_DB / 10)].mean()))


def _worse(samples: Sound, kind: str, random: np.random.Generator) -> Sound:
    if kind == "clipped":
        louder = samples * CLIPPING_GAIN / max(1e-6, float(np.abs(samples).max()))
        return np.asarray(np.clip(louder, -1, 1), np.float32)
    added = random.normal(size=len(samples)) if kind == "white noise" else _babble(samples, random)
    scale = voice_level(samples) / 10 ** (SNR_DB / 20) / max(1e-9, float(np.sqrt(np.mean(added**2))))
    return np.asarray(samples + added * scale, np.float32)


def _babble(samples: Sound, random: np.random.Generator) -> npt.NDArray[np.float64]:
    """Speech in which no word can be made out."""
    backwards = samples[::-1].astype(np.float64)
    talkers = [np.roll(backwards, int(random.integers(len(samples)))) for _ in range(BABBLERS)]
    return np.asarray(np.sum(talkers, axis=0), np.float64)
