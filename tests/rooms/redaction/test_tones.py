"""What covering does to samples: all of a span, a fade beside it, and not a bit of anything else."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from tests.rooms.redaction.written import beep
from voxport.core.sound import Block
from voxport.redaction.covering.tones import Beep, with_tones
from voxport.redaction.options import DEFAULTS

RATE_HZ = 8000
FADE_MS = DEFAULTS.tones.fade_ms


def _noise(seconds: float, dtype: str = "int16", channels: int = 2) -> Block:
    random = np.random.default_rng(5)
    shape = (channels, round(seconds * RATE_HZ))
    if dtype.startswith("float"):
        return random.uniform(-1, 1, shape).astype(dtype)
    limits = np.iinfo(dtype)
    return random.integers(limits.min, limits.max, shape, dtype=dtype, endpoint=True)


def _covered(sound: Block, *beeps: Beep, cuts: tuple[int, ...] = ()) -> Block:
    return np.concatenate(list(with_tones(np.split(sound, cuts, axis=1), beeps, RATE_HZ, FADE_MS)), axis=1)


def _silence(dtype: str) -> int:
    return 128 if dtype == "uint8" else 0


@pytest.mark.parametrize("dtype", ["uint8", "int16", "int32", "int64", "float32", "float64"])
def test_silence_is_silence_and_the_rest_is_untouched(dtype: str) -> None:
    sound = _noise(2, dtype)
    made = _covered(sound, beep(500, 700, gain=0.0))
    start, stop, fade = 4000, 5600, FADE_MS * RATE_HZ // 1000
    assert made.dtype == sound.dtype
    assert (made[:, start:stop] == _silence(dtype)).all()
    assert (made[:, : start - fade] == sound[:, : start - fade]).all()
    assert (made[:, stop + fade :] == sound[:, stop + fade :]).all()


def test_speech_fades_before_and_after_and_never_inside() -> None:
    sound = np.full((1, RATE_HZ), 10_000, np.int16)
    made = _covered(sound, beep(500, 600, gain=0.0))[0].astype(int)
    assert made[4000 - 40] == 10_000
    assert (np.diff(made[3960:4000]) < 0).all()
    assert not made[4000:4800].any()
    assert (np.diff(made[4800:4840]) > 0).all()
    assert made[4840] == 10_000
    assert np.abs(np.diff(made)).max() <= 250


def test_the_tone_has_its_pitch_its_gain_and_soft_ends() -> None:
    sound = np.zeros((2, RATE_HZ), np.int16)
    made = _covered(sound, beep(200, 700, tone_hz=270, gain=0.25))
    tone = made[0, 1600:5600] / 32767
    assert (made[0] == made[1]).all()
    assert np.abs(tone).max() == pytest.approx(0.25, abs=0.001)
    assert int(np.argmax(np.abs(np.fft.rfft(tone)))) * RATE_HZ / tone.size == pytest.approx(270, abs=2)
    assert np.abs(tone[:8]).max() < 0.06
    assert not made[:, :1600].any()
    assert not made[:, 5600:].any()


@pytest.mark.parametrize("dtype", ["uint8", "int16", "int64", "float32"])
def test_more_than_full_scale_is_cut_there(dtype: str) -> None:
    sound = np.full((1, RATE_HZ), _silence(dtype)).astype(dtype)
    made = _covered(sound, beep(0, 1000, tone_hz=100, gain=4.0))[0].astype(np.float64)
    full: float = 1.0 if dtype.startswith("float") else np.iinfo(dtype).max - _silence(dtype)
    centred = made - _silence(dtype)
    assert centred.max() == pytest.approx(full)
    assert centred.min() == pytest.approx(-full, rel=0.01)
    # The wave is flat at the top and does not wrap round.
    assert (np.abs(centred) > 0.99 * full).mean() > 0.7


def test_blocks_may_be_cut_anywhere() -> None:
    sound = _noise(3)
    beeps = (beep(100, 400), beep(405, 900, 170, 0.3), beep(300, 600, 500), beep(2990, 4000), beep(2000, 2000))
    whole = _covered(sound, *beeps)
    for cuts in ((1, 2, 3), (790, 801, 3240, 3241, 7199), tuple(range(17, 24_000, 371))):
        assert (_covered(sound, *beeps, cuts=cuts) == whole).all()


def test_a_span_holds_every_sample_it_touches() -> None:
    sound = np.ones((1, 2 * 11_025), np.float32)
    made = next(iter(with_tones([sound], [beep(333, 334, gain=0.0)], 11_025, FADE_MS)))[0]
    silent: npt.NDArray[np.intp] = np.flatnonzero(made == 0)
    assert silent[0] / 11_025 <= 0.333
    assert (silent[-1] + 1) / 11_025 >= 0.334


def test_many_spans_in_a_long_recording_cost_little() -> None:
    """Three hours of spans, of which every block sees the near ones only."""
    beeps = [beep(at, at + 500) for at in range(0, 3 * 3600_000, 4000)]
    block = np.zeros((1, 2 * RATE_HZ), np.int16)
    heard = sum(bool(made.any()) for made in with_tones((block for _ in range(3 * 1800)), beeps, RATE_HZ, FADE_MS))
    assert heard == len(beeps)
