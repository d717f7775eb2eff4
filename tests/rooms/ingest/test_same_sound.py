"""The same sound on several channels: heard once where they are mixed, and two who talk are not taken for it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from tests.rooms.audio.recordings import RATE_HZ, decoded, encoded
from tests.rooms.ingest.test_mixing import Wave, likeness, samples, voice
from voxport.core.plan import IngestPlan
from voxport.ingest.recording_warnings import recording_warnings
from voxport.ingest.same_sound import Comparison, Likeness

NAMELESS = IngestPlan(mixed=True)


def late(sound: Wave, delay_ms: float) -> Wave:
    return np.concatenate([np.zeros(round(delay_ms * RATE_HZ / 1000)), sound])[: sound.shape[0]]


def noisy(sound: Wave, ratio_db: float) -> Wave:
    noise = np.random.default_rng(7).normal(size=sound.shape[0]) * np.sqrt(np.square(sound).mean())
    noised: Wave = sound + noise * 10 ** (-ratio_db / 20)
    return noised


def filtered(sound: Wave) -> Wave:
    return np.asarray(np.convolve(sound, [1.0, 0.6, -0.2, 0.1])[: sound.shape[0]])


def drifting(sound: Wave) -> Wave:
    places = np.arange(sound.shape[0])
    return np.asarray(np.interp(places * 1.0001, places, sound))


def compared(*channels: Wave, rate_hz: int = RATE_HZ) -> Likeness:
    comparison = Comparison(len(channels))
    for start in range(0, channels[0].shape[0], 777):
        comparison.take(np.stack([channel[start : start + 777] for channel in channels]), rate_hz)
    comparison.finish()
    return comparison.likeness()


def low(seed: int, seconds: float = 4.0) -> Wave:
    """A voice that sounds below 2 kHz, as voices do."""
    return np.convolve(voice(seed, seconds), np.hanning(16) / 4, "same")


COPIES: dict[str, Callable[[Wave], Wave]] = {
    "as it is": lambda sound: sound,
    "5 ms late": lambda sound: late(sound, 5),
    "80 ms late": lambda sound: late(sound, 80),
    "400 ms late": lambda sound: late(sound, 400),
    "scaled": lambda sound: sound * 0.1,
    "inverted": lambda sound: -sound,
    "noisy": lambda sound: noisy(sound, 6),
    "filtered": filtered,
    "drifting": drifting,
    "all at once": lambda sound: noisy(filtered(drifting(late(-sound, 30) * 0.2)), 15),
}


@pytest.mark.parametrize("copy", COPIES.values(), ids=COPIES.keys())
def test_a_copy_is_the_same_sound(copy: Callable[[Wave], Wave]) -> None:
    said = low(1)
    found = compared(copy(said), said).same_as
    assert sum(one is not None for one in found) == 1


@pytest.mark.parametrize("delay_ms", [5, 80, 400])
@pytest.mark.parametrize("scale", [1.0, -0.5])
def test_a_late_copy_is_left_out_of_the_mix_and_warned_of(delay_ms: float, scale: float) -> None:
    said = low(1)
    recording = encoded("wav", "pcm_s16le", [samples(said), samples(scale * late(said, delay_ms))])
    result, files = decoded(recording, NAMELESS)
    assert likeness(files.channel(0).astype(np.float64), said) > 0.999
    assert result.likeness.delay_ms == pytest.approx(delay_ms, abs=1)
    assert [(one.code, one.message) for one in recording_warnings(result)] == [
        (15004, "Channel 2 carries the same sound as Channel 1. It was recognised once.")
    ]


def test_the_louder_channel_is_kept_and_others_are_mixed_with_it() -> None:
    said, other = low(1), low(2)
    found = compared(0.5 * said, late(said, 20), other)
    assert (found.same_as, found.kept) == ((1, None, None), (1, 2))


def test_two_who_talk_are_not_the_same_sound() -> None:
    agent, caller = low(1, 12), low(2, 12)
    assert compared(agent, caller) == Likeness((None, None))
    # In turn, each with an echo of the other that is 60 ms late: no channel repeats the other.
    agent[6 * RATE_HZ :], caller[: 6 * RATE_HZ] = 0, 0
    echoing = compared(agent + 0.05 * late(caller, 60), caller + 0.05 * late(agent, 60))
    assert echoing.same_as == (None, None)
    assert echoing.delay_ms == pytest.approx(60, abs=1)


def test_one_word_of_its_own_keeps_a_channel() -> None:
    agent, caller = low(1, 30), low(2, 30)
    caller[: 14 * RATE_HZ], caller[15 * RATE_HZ :] = 0, 0
    assert compared(agent, 0.2 * late(agent, 30) + caller).same_as == (None, None)


@pytest.mark.parametrize("rate_hz", [8_000, 44_100, 48_000])
def test_rates(rate_hz: int) -> None:
    said = np.interp(np.arange(4 * rate_hz) * RATE_HZ / rate_hz, np.arange(4 * RATE_HZ), low(1))
    found = compared(said, np.roll(said, rate_hz // 20), rate_hz=rate_hz)
    assert found.same_as == (None, 0)
    assert found.delay_ms == pytest.approx(50, abs=1)


def test_silence_and_nothing_tell_nothing() -> None:
    assert compared(np.zeros(4 * RATE_HZ), np.zeros(4 * RATE_HZ)) == Likeness((None, None))
    assert Comparison(2).likeness() == Likeness((None, None))
