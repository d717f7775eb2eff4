"""Keys of a telephone in the sound of a line: found however they come, and not in speech."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from tests.rooms.audio.recordings import decoded
from voxport.audio.keyed_tones import find_keyed_tones
from voxport.core.audio import SPEECH_RATE_HZ, PcmArray
from voxport.core.errors import StageInterrupted

SPEECH = Path(__file__).parents[2] / "audio" / "stereo-5s.wav"
LOW, HIGH = (697, 770, 852, 941), (1209, 1336, 1477, 1633)
SIGNS = "123A456B789C*0#D"
KEYED = "4111 0# 98*7 62A35"
Sound = npt.NDArray[np.float64]


def tone(sign: str, ms: int, off: float = 0.0, twist_db: float = 0.0) -> Sound:
    row, column = divmod(SIGNS.index(sign), 4)
    seconds = np.arange(ms * SPEECH_RATE_HZ // 1000) / SPEECH_RATE_HZ
    low = 10 ** (twist_db / 20) * np.sin(2 * np.pi * LOW[row] * (1 + off) * seconds)
    return np.asarray((low + np.sin(2 * np.pi * HIGH[column] * (1 + off) * seconds)) / 4)


def line(keys: str, ms: int = 80, pause_ms: int = 60, off: float = 0.0, twist_db: float = 0.0) -> Sound:
    """Half a second of silence, the keys, half a second."""
    pause = np.zeros(pause_ms * SPEECH_RATE_HZ // 1000)
    half = np.zeros(SPEECH_RATE_HZ // 2)
    pressed = [part for key in keys.replace(" ", "") for part in (tone(key, ms, off, twist_db), pause)]
    return np.concatenate([half, *pressed, half])


def found(sound: Sound) -> str:
    samples = np.clip(sound * 32767, -32768, 32767).astype(np.int16)
    return "".join(key.sign for key in find_keyed_tones(PcmArray(samples)))


def mulaw(sound: Sound) -> Sound:
    curved = np.sign(sound) * np.log1p(255 * np.abs(sound)) / np.log1p(255)
    stepped = np.round(curved * 127) / 127
    return np.asarray(np.sign(stepped) * np.expm1(np.abs(stepped) * np.log1p(255)) / 255)


def noisy(sound: Sound) -> Sound:
    return np.asarray(sound + np.random.default_rng(7).normal(0, 0.1, sound.size))


def hum(sound: Sound) -> Sound:
    return np.asarray(sound / 20 + 0.004 * np.sin(2 * np.pi * 50 * np.arange(sound.size) / SPEECH_RATE_HZ))


@pytest.mark.parametrize(
    "line_of",
    [mulaw, noisy, hum, lambda sound: np.clip(sound * 10, -0.3, 0.3), lambda sound: sound / 300],
    ids=["mulaw", "noise", "hum", "clipped", "faint"],
)
def test_keys_on_a_bad_line(line_of: Callable[[Sound], Sound]) -> None:
    assert found(line_of(line(KEYED))) == KEYED.replace(" ", "")


@pytest.mark.parametrize(
    "keys",
    [{"ms": 40, "pause_ms": 40}, {"ms": 900}, {"off": 0.018}, {"off": -0.018}, {"twist_db": 8}, {"twist_db": -8}],
)
def test_keys_as_short_as_long_and_as_wrong_as_telephones_make_them(keys: dict[str, float]) -> None:
    assert found(mulaw(line(KEYED, **keys))) == KEYED.replace(" ", "")  # type: ignore[arg-type]


def test_a_key_lies_in_its_span_which_is_hardly_longer() -> None:
    sound = line("5", ms=100)
    (key,) = find_keyed_tones(PcmArray((sound * 32767).astype(np.int16)))
    assert 470 <= key.span.start_ms <= 500
    assert 600 <= key.span.end_ms <= 630
    assert "5" not in repr(key).replace(str(key.span), "")


def test_keys_that_a_voice_talks_over() -> None:
    _, files = decoded(SPEECH.read_bytes())
    keys = line(KEYED, pause_ms=100)
    voice = np.resize(files.channel(0) / 32768, keys.size)
    as_loud = voice * np.sqrt((keys**2).mean() / (voice**2).mean())
    heard = found(keys + as_loud / 2)
    assert len(heard) >= len(KEYED.replace(" ", "")) - 1


def test_no_keys_in_speech_in_one_tone_in_silence_and_in_nothing() -> None:
    _, files = decoded(SPEECH.read_bytes())
    seconds = np.arange(SPEECH_RATE_HZ) / SPEECH_RATE_HZ
    assert found(files.channel(0) / 32768) + found(files.channel(1) / 32768) == ""
    assert found(0.3 * np.sin(2 * np.pi * 697 * seconds)) == ""
    assert found(np.zeros(SPEECH_RATE_HZ)) == found(np.zeros(0)) == found(np.ones(100)) == ""


def test_keys_are_found_across_the_minutes_that_are_read_at_once() -> None:
    keys = line("7" * 4, ms=200, pause_ms=200)
    sound = np.concatenate([np.zeros(60 * SPEECH_RATE_HZ - keys.size // 2), keys])
    assert found(sound) == "7777"


def test_the_search_can_be_left_between_minutes() -> None:
    def stop() -> None:
        raise StageInterrupted("stop")

    with pytest.raises(StageInterrupted):
        find_keyed_tones(PcmArray(np.zeros(SPEECH_RATE_HZ, np.int16)), stop)
