"""What a channel carries of another one: echoes found by sound, all that people say themselves left alone."""

from __future__ import annotations

import numpy as np
import pytest

from tests.rooms.speech.voices import Wave, echo, mu_law, noise, samples, voice
from voxport.core.audio import PcmArray
from voxport.core.transcript import Span
from voxport.speech.channel_options import CrosstalkOptions
from voxport.speech.crosstalk import ComparedChannel, Crosstalk, find_crosstalk
from voxport.speech.levels import measure

LENGTH_MS = 20_000
AGENT = [Span(500, 5_000), Span(9_000, 13_000)]
CALLER = [Span(5_500, 8_500), Span(13_500, 18_000)]
BOTH = sorted([*AGENT, *CALLER], key=lambda span: span.start_ms)


def agent(level_db: float = -20.0) -> Wave:
    return voice(1, AGENT, LENGTH_MS, level_db)


def caller(level_db: float = -24.0) -> Wave:
    return voice(2, CALLER, LENGTH_MS, level_db)


def found(*channels: tuple[Wave, list[Span]]) -> Crosstalk:
    """In channels with the voices that voice activity found on them."""
    compared = []
    for sound, spans in channels:
        source = PcmArray(samples(sound))
        compared.append(ComparedChannel(source, measure(source), tuple(spans)))
    return find_crosstalk(compared, CrosstalkOptions())


def shared_ms(spans: tuple[Span, ...], others: list[Span]) -> int:
    return sum(
        max(0, min(one.end_ms, other.end_ms) - max(one.start_ms, other.start_ms)) for one in spans for other in others
    )


@pytest.mark.parametrize("gain_db", [-20.0, -30.0, -40.0])
@pytest.mark.parametrize("delay_ms", [0, 35, 300])
@pytest.mark.parametrize("noise_db", [-85.0, -65.0])
def test_an_echo_is_found_and_replies_are_left_alone(gain_db: float, delay_ms: int, noise_db: float) -> None:
    line = mu_law(caller() + echo(agent(), gain_db, delay_ms)) + noise(LENGTH_MS, noise_db)
    crosstalk = found((agent(), AGENT), (line, BOTH))
    assert crosstalk.echoes[0] == ()
    assert crosstalk.same_as == (None, None)
    assert shared_ms(crosstalk.echoes[1], AGENT) > 0.97 * sum(span.end_ms - span.start_ms for span in AGENT)
    assert shared_ms(crosstalk.echoes[1], CALLER) == 0
    assert crosstalk.delay_ms == pytest.approx(delay_ms, abs=3)


def test_an_echo_in_noise_as_loud_as_itself() -> None:
    line = caller() + echo(agent(), -30, 20) + noise(LENGTH_MS, -50)
    crosstalk = found((agent(), AGENT), (line, BOTH))
    assert shared_ms(crosstalk.echoes[1], AGENT) > 7_500
    assert shared_ms(crosstalk.echoes[1], CALLER) == 0


def test_an_echo_each_way() -> None:
    left = agent() + echo(caller(), -25, 80)
    right = caller() + echo(agent(), -25, 30)
    crosstalk = found((left, BOTH), (right, BOTH))
    assert shared_ms(crosstalk.echoes[0], CALLER) > 7_000
    assert shared_ms(crosstalk.echoes[1], AGENT) > 8_000
    assert shared_ms(crosstalk.echoes[0], AGENT) == shared_ms(crosstalk.echoes[1], CALLER) == 0


def test_a_yes_inside_the_echo_stays() -> None:
    said = [Span(2_000, 2_350), Span(10_000, 10_600)]
    line = caller() + voice(3, said, LENGTH_MS, -28) + echo(agent(), -25, 30) + noise(LENGTH_MS, -70)
    crosstalk = found((agent(), AGENT), (line, BOTH))
    assert shared_ms(crosstalk.echoes[1], said) == 0
    assert shared_ms(crosstalk.echoes[1], AGENT) > 6_000


@pytest.mark.parametrize("echo_db", [None, -30.0, -20.0, -10.0])
def test_what_two_say_at_once_stays(echo_db: float | None) -> None:
    both = [Span(500, 18_000)]
    left, right = voice(1, both, LENGTH_MS), voice(2, both, LENGTH_MS)
    line = right + echo(left, echo_db, 40) if echo_db is not None else right
    crosstalk = found((left, both), (line, both))
    assert crosstalk.echoes[0] == ()
    assert shared_ms(crosstalk.echoes[1], both) < 400
    assert crosstalk.same_as == (None, None)


def test_two_microphones_on_one_table() -> None:
    left, right = agent() + echo(caller(-20), -8, 3), caller(-20) + echo(agent(), -8, 3)
    crosstalk = found((left, BOTH), (right, BOTH))
    assert crosstalk.same_as == (None, None)
    assert shared_ms(crosstalk.echoes[0], CALLER) > 7_000
    assert shared_ms(crosstalk.echoes[1], AGENT) > 8_000
    assert shared_ms(crosstalk.echoes[0], AGENT) + shared_ms(crosstalk.echoes[1], CALLER) < 500


def _same(kind: str, sound: Wave) -> Wave:
    match kind:
        case "alike":
            return sound
        case "inverted":
            return -sound
        case "quieter":
            return 0.3 * sound
        case "later":
            return np.concatenate([np.zeros(96), sound])[: sound.shape[0]]
        case "other noise":
            return sound + noise(LENGTH_MS, -50, seed=5)
        case "other codec":
            return mu_law(0.8 * sound)
    raise ValueError(kind)


@pytest.mark.parametrize("kind", ["alike", "inverted", "quieter", "later", "other noise", "other codec"])
def test_the_same_sound_on_both_channels(kind: str) -> None:
    call = agent() + caller() + noise(LENGTH_MS, -60)
    crosstalk = found((call, BOTH), (_same(kind, call), BOTH))
    assert crosstalk.same_as == (None, 0)
    assert crosstalk.echoes == ((), ())
    assert crosstalk.delay_ms == (6 if kind == "later" else 0)


def test_of_the_same_sound_the_louder_channel_is_kept() -> None:
    call = agent() + caller()
    assert found((0.4 * call, BOTH), (call, BOTH)).same_as == (1, None)


def test_of_three_channels_with_the_same_sound_one_is_recognised() -> None:
    call = agent() + caller()
    assert found((0.3 * call, BOTH), (0.55 * call, BOTH), (call, BOTH)).same_as == (2, 2, None)


def test_the_echo_of_one_who_talks_alone_is_crosstalk() -> None:
    line = echo(agent(), -20, 30) + noise(LENGTH_MS, -80)
    crosstalk = found((agent(), AGENT), (line, AGENT))
    assert crosstalk.same_as == (None, None)
    assert shared_ms(crosstalk.echoes[1], AGENT) == 8_500


def test_three_channels_of_which_two_are_the_same() -> None:
    third = [Span(18_500, 19_500)]
    call = agent() + caller()
    crosstalk = found((call, BOTH), (voice(7, third, LENGTH_MS), third), (-call, BOTH))
    assert crosstalk.same_as == (None, None, 0)


def test_a_channel_with_the_mix_of_both_sides_keeps_what_the_other_does_not_have() -> None:
    mix = agent() + caller()
    crosstalk = found((mix, BOTH), (caller(), CALLER))
    assert shared_ms(crosstalk.echoes[0], CALLER) > 7_000
    assert shared_ms(crosstalk.echoes[0], AGENT) == 0
    assert crosstalk.echoes[1] == ()


@pytest.mark.parametrize("channels", [[], [(agent(), AGENT)], [(agent(), AGENT), (np.zeros(16_000), [])]])
def test_nothing_to_compare(channels: list[tuple[Wave, list[Span]]]) -> None:
    crosstalk = found(*channels)
    assert crosstalk.echoes == ((),) * len(channels)
    assert crosstalk.same_as == (None,) * len(channels)


def test_channels_of_other_lengths() -> None:
    line = (caller() + echo(agent(), -25, 30))[: 12_000 * 16]
    crosstalk = found((agent(), AGENT), (line, [span for span in BOTH if span.end_ms <= 12_000]))
    assert shared_ms(crosstalk.echoes[1], AGENT[:1]) > 4_300


def test_only_where_both_have_a_voice_is_anything_read() -> None:
    class Counting(PcmArray):
        reads = 0

        def read(self, start: int, stop: int) -> np.typing.NDArray[np.int16]:
            Counting.reads += stop - start
            return super().read(start, stop)

    channels = [(agent(), AGENT), (caller(), CALLER)]
    compared = [
        ComparedChannel(Counting(samples(sound)), measure(PcmArray(samples(sound))), tuple(spans))
        for sound, spans in channels
    ]
    assert find_crosstalk(compared, CrosstalkOptions()).echoes == ((), ())
    assert Counting.reads < 4 * LENGTH_MS * 16
