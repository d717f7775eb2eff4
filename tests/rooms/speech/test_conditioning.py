"""Channels with an offset, and faint ones, as they are listened to."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from tests.rooms.speech import sounds
from voxport.core.audio import SPEECH_RATE_HZ, PcmArray, Samples
from voxport.speech.channel_options import ConditioningOptions
from voxport.speech.conditioning import condition
from voxport.speech.levels import FLOOR_DB, measure

OPTIONS = ConditioningOptions()


def speech(gain: float = 1.0) -> Samples:
    """Two sentences between pauses of digital silence."""
    (samples,) = sounds.recording("go-forward-3s.wav")
    loud = (samples.astype(np.float32) * gain).astype(np.int16)
    return np.concatenate([sounds.silence(1), loud, sounds.silence(1), loud, sounds.silence(1)])


def conditioned(samples: Samples) -> Samples:
    source, _ = condition(PcmArray(samples), OPTIONS)
    assert source.samples == samples.shape[0]
    return source.read(0, source.samples)


def likeness(one: Samples, other: Samples) -> float:
    """Correlation, from -1 to 1."""
    return float(np.corrcoef(one.astype(np.float64), other.astype(np.float64))[0, 1])


@pytest.mark.parametrize("gain", [0.2, 1.0, 3.0])
def test_a_usual_channel_goes_through_untouched(gain: float) -> None:
    source = PcmArray(speech(gain))
    listened_to, levels = condition(source, OPTIONS)
    assert listened_to is source
    assert levels.voice_db == measure(source).voice_db


@pytest.mark.parametrize("offset", [-29_000, -1_600, 9_000, 31_000])
def test_an_offset_is_taken_off(offset: int) -> None:
    samples = speech(0.1)
    balanced = conditioned((samples + offset).astype(np.int16))
    assert likeness(balanced, samples) > 0.995
    assert not balanced[: SPEECH_RATE_HZ // 2].any()


@pytest.mark.parametrize("cycle_s", [1.0, 10.0, 60.0])
def test_a_drifting_offset_is_taken_off(cycle_s: float) -> None:
    samples = speech(0.1)
    time_s = np.arange(samples.shape[0]) / SPEECH_RATE_HZ
    drift = 10_000 * np.sin(2 * np.pi * time_s / cycle_s + 0.5)
    assert likeness(conditioned((samples + drift).astype(np.int16)), samples) > 0.98


def test_a_channel_at_the_rail_keeps_what_survived() -> None:
    samples = speech()
    clipped = np.clip(samples.astype(np.int32) + 32_767, -32_768, 32_767).astype(np.int16)
    assert likeness(conditioned(clipped), samples) > 0.7


@pytest.mark.parametrize("peak_db", [-50, -60, -70])
def test_faint_speech_comes_to_the_usual_level(peak_db: int) -> None:
    samples = speech()
    faint = sounds.at_level(samples.astype(np.float64), 10 ** (peak_db / 20))
    source, levels = condition(PcmArray(faint), OPTIONS)
    assert OPTIONS.voice_db - 8 < levels.voice_db <= OPTIONS.voice_db
    assert measure(source).voice_db == pytest.approx(levels.voice_db, abs=1.0)
    assert likeness(source.read(0, source.samples), samples) > 0.9
    assert levels.floor_db == FLOOR_DB


def test_faint_speech_beside_an_offset() -> None:
    samples = speech()
    faint = sounds.at_level(samples.astype(np.float64), 10 ** (-60 / 20)) + np.int16(3_000)
    assert likeness(conditioned(faint), samples) > 0.95


def test_a_short_answer_in_an_hour_of_hiss_is_not_clipped() -> None:
    hiss = sounds.white_noise(60, 0.004)
    (said,) = sounds.recording("go-forward-3s.wav")
    hiss[SPEECH_RATE_HZ : SPEECH_RATE_HZ + said.shape[0]] += said
    heard = conditioned(hiss)
    assert (np.abs(heard.astype(np.int32)) >= 32_767).mean() < 5e-5
    assert likeness(heard, hiss) > 0.99


@pytest.mark.parametrize("samples", [sounds.silence(2), np.zeros(0, np.int16), np.full(4_000, 12_000, np.int16)])
def test_silence_stays_silence(samples: Samples) -> None:
    assert not conditioned(samples)[100:].any()


def test_what_is_read_in_parts_is_what_is_read_at_once() -> None:
    source, _ = condition(PcmArray((speech(0.02) + 5_000).astype(np.int16)), OPTIONS)
    whole = source.read(-5, source.samples + 5)
    assert whole.shape == (source.samples,)
    cuts = [0, 1, 399, 17_000, 40_123, source.samples]
    parts = [source.read(start, stop) for start, stop in pairwise(cuts)]
    # A sum over other samples rounds otherwise, by one at most.
    assert np.abs(np.concatenate(parts).astype(np.int32) - whole).max() <= 1
    assert source.read(10, 10).shape == (0,)


def test_a_silent_channel_has_no_offset_to_take_off() -> None:
    source = PcmArray(np.zeros(SPEECH_RATE_HZ, np.int16))
    assert condition(source, ConditioningOptions())[0] is source
