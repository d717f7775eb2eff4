"""What the check listens to: redacted sound of which only the tones are gone."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from tests.rooms.audio.recordings import encoded
from tests.rooms.redaction.written import PER_MS, beep, channels, likeness, speech, written
from voxport.core.audio import PcmArray, Samples
from voxport.redaction.covering.tone_removal import WithoutTones
from voxport.redaction.covering.tones import Beep

COVERED = slice(2000 * PER_MS, 2600 * PER_MS)
FULL_SCALE = 32_767


def _heard(sound: Samples, *beeps: Beep) -> Samples:
    source = WithoutTones(PcmArray(sound), beeps)
    return source.read(0, source.samples)


def _sine(tone_hz: int, level: float) -> Samples:
    turn = 2 * np.pi * tone_hz * np.arange(len(range(*COVERED.indices(1 << 20)))) / 16_000
    return np.rint(level * FULL_SCALE * np.sin(turn + 1)).astype(np.int16)


@pytest.mark.parametrize(
    ("muxer", "codec", "rate_hz", "most"),
    [("wav", "pcm_s16le", 16000, 0.002), ("wav", "pcm_mulaw", 8000, 0.01), ("mp3", "libmp3lame", 44100, 0.01),
     ("ogg", "libopus", 48000, 0.01), ("flac", "flac", 8000, 0.002)],
)  # fmt: skip
@pytest.mark.parametrize(
    ("tone_hz", "gain"), [(20, 1.0), (170, 0.5), (270, 0.25), (1000, 1.0), (3000, 0.5), (270, 0.0)]
)
def test_a_cover_is_all_but_silent_and_the_rest_as_it_was(
    muxer: str, codec: str, rate_hz: int, most: float, tone_hz: int, gain: float
) -> None:
    """0.01 of full scale is -40 dB: as quiet as the noise of a telephone line."""
    tone = beep(2000, 2600, tone_hz, gain)
    _, made = written(encoded(muxer, codec, list(speech(rate_hz)), rate_hz), [tone])
    for one in channels(made):
        sound = np.rint(one * 32768).astype(np.int16)
        heard = _heard(sound, tone)
        inside = heard[COVERED][20 * PER_MS : -20 * PER_MS] / FULL_SCALE
        assert np.sqrt((inside**2).mean()) < most
        assert (heard[: COVERED.start] == sound[: COVERED.start]).all()
        assert (heard[COVERED.stop :] == sound[COVERED.stop :]).all()


def test_speech_under_a_tone_is_heard() -> None:
    """A cover that only adds its tone to what was said is one that does not hold: it must not pass for silence."""
    said = speech(16_000)[0].astype(np.int16) // 4
    sound = said.copy()
    sound[COVERED] += _sine(270, 0.5)
    assert likeness(said[COVERED] / 1.0, sound[COVERED] / 1.0) < 0.4
    assert likeness(said[COVERED] / 1.0, _heard(sound, beep(2000, 2600))[COVERED] / 1.0) > 0.8


def test_of_two_tones_the_one_that_begins_first_is_taken_away() -> None:
    tones = [beep(1500, 2400, 1000), beep(2000, 2600, 270), beep(2100, 2300, 400)]
    _, made = written(encoded("wav", "pcm_s16le", list(speech(16_000)), 16_000), tones)
    sound = np.rint(channels(made)[0] * 32768).astype(np.int16)
    assert np.abs(_heard(sound, *tones)[COVERED]).max() < 0.02 * FULL_SCALE
    assert np.abs(_heard(sound, tones[1], tones[2])[COVERED]).max() > 0.3 * FULL_SCALE


def test_it_does_not_matter_how_it_is_read() -> None:
    sound = speech(16_000)[0].astype(np.int16)
    source = WithoutTones(PcmArray(sound), [beep(100, 1234), beep(1234, 1300), beep(4000, 9000)])
    whole = source.read(0, source.samples)
    cuts = [0, 1, 1_600, 1_605, 1_930, 19_743, 19_744, 30_000, 64_001, source.samples]
    pieces = [source.read(start, stop) for start, stop in pairwise(cuts)]
    assert (np.concatenate(pieces) == whole).all()
    assert source.read(source.samples - 5, source.samples + 5).shape == (5,)
    assert not (whole == sound).all()
