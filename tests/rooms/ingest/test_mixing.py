"""All channels in one: nothing cancels, nothing clips, and what was turned over is told."""

from __future__ import annotations

import numpy as np
import pytest

from tests.rooms.audio.recordings import RATE_HZ, decoded, encoded, loudness
from voxport.core.plan import IngestPlan
from voxport.core.sound import Block
from voxport.ingest.mixing import Mixer

MIXED = IngestPlan(mix_as="Everyone")
Wave = np.typing.NDArray[np.float64]


def voice(seed: int, seconds: float = 4.0) -> Wave:
    """Noise in syllables, at a tenth of full scale."""
    time_s = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    noise = np.random.default_rng(seed).normal(size=time_s.shape[0])
    syllables: Wave = noise * np.maximum(0.0, np.sin(2 * np.pi * (2 + seed / 10) * time_s)) * 0.1
    return syllables


def samples(sound: Wave) -> np.typing.NDArray[np.int16]:
    return np.asarray(np.clip(sound, -1, 1) * 32_767, np.int16)


def likeness(one: Wave, other: Wave) -> float:
    return float(np.corrcoef(one, other)[0, 1])


@pytest.mark.parametrize("codec", ["pcm_u8", "pcm_s16le", "pcm_f32le", "pcm_mulaw"])
@pytest.mark.parametrize("scale", [-1.0, -0.5])
def test_inverted_channels_do_not_cancel(codec: str, scale: float) -> None:
    said = voice(1)
    result, files = decoded(encoded("wav", codec, [samples(said), samples(scale * said)]), MIXED)
    mix = files.channel(0).astype(np.float64)
    assert result.inverted
    assert likeness(mix, said) > 0.98
    assert loudness(files.channel(0)) == pytest.approx(loudness(samples(said * (1 - scale) / 2)), rel=0.05)


def test_two_voices_are_added_as_they_are() -> None:
    left, right = voice(1), voice(2)
    result, files = decoded(encoded("wav", "pcm_s16le", [samples(left), samples(right)]), MIXED)
    expected = (samples(left).astype(np.float64) + samples(right)) / 2
    assert not result.inverted
    assert np.abs(files.channel(0) - expected).max() <= 1


def test_of_two_speakers_one_alone_may_be_inverted() -> None:
    """As where a recorder writes sum and difference."""
    agent, caller = voice(1), voice(2)
    agent[2 * RATE_HZ :] = 0
    caller[: 2 * RATE_HZ] = 0
    result, files = decoded(encoded("wav", "pcm_s16le", [samples(agent + caller), samples(agent - caller)]), MIXED)
    mix = files.channel(0).astype(np.float64)
    assert result.inverted
    assert likeness(mix[: 2 * RATE_HZ], agent[: 2 * RATE_HZ]) > 0.98
    assert abs(likeness(mix[2 * RATE_HZ + 400 :], caller[2 * RATE_HZ + 400 :])) > 0.98


def test_a_line_beside_zero_is_not_an_inverted_one() -> None:
    left, right = voice(1) + 0.3, voice(2) - 0.3
    result, _ = decoded(encoded("wav", "pcm_s16le", [samples(left), samples(right)]), MIXED)
    assert not result.inverted


def test_hum_in_a_pause_is_not_told_of() -> None:
    time_s = np.arange(4 * RATE_HZ) / RATE_HZ
    hum = 0.003 * np.sin(2 * np.pi * 50 * time_s)
    left, right = voice(1), voice(2)
    left[: 2 * RATE_HZ] = right[: 2 * RATE_HZ] = 0
    result, files = decoded(encoded("wav", "pcm_s16le", [samples(left + hum), samples(right - hum)]), MIXED)
    assert not result.inverted
    assert loudness(files.channel(0)[:RATE_HZ]) == pytest.approx(0.002, abs=0.0005)


def test_a_channel_turns_over_without_a_click() -> None:
    mixer, second = Mixer(range(2)), np.sin(np.arange(RATE_HZ) * 2 * np.pi * 10 / RATE_HZ) * 0.5
    mixed: list[Block] = [mixer.mix(np.stack([second, sign * second]), RATE_HZ) for sign in (1, -1, -1)]
    steps = np.abs(np.diff(np.concatenate(mixed, axis=1)[0]))
    assert steps.max() < 0.01
    assert mixer.mix(np.zeros((2, 0)), RATE_HZ).shape == (1, 0)
