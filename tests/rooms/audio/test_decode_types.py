"""Every file type that may come in gives the same speech at the same time, channel by channel."""

from __future__ import annotations

import io
import wave
from pathlib import Path

import numpy as np
import pytest

from tests.rooms.audio.recordings import decoded, encoded, loudness, onset_s, silence, tone

EDGE = Path(__file__).parents[2] / "audio" / "edge"
SECONDS, START_S = 1.5, 0.5

# muxer, codec, rate, wire content type; stereo where the codec can
STEREO = [
    ("wav", "pcm_s16le", 16000, "audio/x-wav"),
    ("wav", "pcm_s24le", 48000, "audio/x-wav"),
    ("wav", "pcm_mulaw", 8000, "audio/x-wav"),
    ("wav", "pcm_alaw", 8000, "audio/x-wav"),
    ("wav", "pcm_u8", 11025, "audio/x-wav"),
    ("wav", "pcm_f32le", 44100, "audio/x-wav"),
    ("wav", "pcm_f64le", 96000, "audio/x-wav"),
    ("wav", "adpcm_ms", 22050, "audio/x-wav"),
    ("wav", "adpcm_ima_wav", 8000, "audio/x-wav"),
    ("w64", "pcm_s16le", 16000, "audio/x-w64"),
    ("mp3", "libmp3lame", 44100, "audio/mpeg"),
    ("mp3", "libmp3lame", 8000, "audio/mpeg"),
    ("mp2", "mp2", 16000, "audio/mpeg"),
    ("mp4", "aac", 44100, "audio/mp4"),
    ("ipod", "aac", 16000, "audio/mp4"),
    ("ipod", "alac", 16000, "audio/mp4"),
    ("mov", "pcm_s16be", 48000, "video/quicktime"),
    ("3gp", "aac", 16000, "audio/3gpp"),
    ("flv", "libmp3lame", 44100, "video/x-flv"),
    ("flv", "aac", 16000, "video/x-flv"),
    ("asf", "wmav2", 44100, "audio/x-ms-wma"),
    ("asf", "wmav1", 22050, "audio/x-ms-wma"),
    ("avi", "libmp3lame", 16000, "video/x-msvideo"),
    ("avi", "pcm_s16le", 44100, "video/x-msvideo"),
    ("mpeg", "mp2", 32000, "video/mpeg"),
    ("mpegts", "aac", 48000, "video/mp2t"),
    ("adts", "aac", 16000, "audio/aac"),
    ("aiff", "pcm_s16be", 44100, "audio/aiff"),
    ("au", "pcm_mulaw", 8000, "audio/basic"),
    ("au", "pcm_s16be", 16000, "audio/basic"),
    ("ogg", "libopus", 48000, "audio/ogg"),
    ("ogg", "vorbis", 44100, "audio/ogg"),
    ("ogg", "flac", 16000, "audio/ogg"),
    ("flac", "flac", 8000, "audio/flac"),
    ("caf", "pcm_s16be", 22050, "audio/x-caf"),
    ("caf", "alac", 16000, "audio/x-caf"),
    ("webm", "libopus", 16000, "audio/webm"),
    ("matroska", "flac", 16000, "audio/x-matroska"),
    ("matroska", "ac3", 48000, "audio/x-matroska"),
]
MONO = [
    ("amr", "libopencore_amrnb", 8000, "audio/amr"),
    ("3gp", "libopencore_amrnb", 8000, "audio/3gpp"),
    ("rm", "real_144", 8000, "audio/x-pn-realaudio"),
    ("mov", "alac", 16000, "video/quicktime"),
]
# AAC and MP3 in a container that does not tell their delay begin with that delay: up to 1105 samples.
LATE_S = 0.075
LOSSLESS = {"pcm_s16le", "pcm_s24le", "pcm_s16be", "pcm_f32le", "pcm_f64le", "flac", "alac"}


def _names(rows: list[tuple[str, str, int, str]]) -> list[str]:
    return [f"{muxer}-{codec}-{rate_hz}" for muxer, codec, rate_hz, _ in rows]


@pytest.mark.parametrize(("muxer", "codec", "rate_hz", "content_type"), STEREO, ids=_names(STEREO))
def test_stereo_stays_apart_and_in_time(muxer: str, codec: str, rate_hz: int, content_type: str) -> None:
    left, right = tone(SECONDS, rate_hz, start_s=START_S), silence(SECONDS, rate_hz)
    result, files = decoded(encoded(muxer, codec, [left, right], rate_hz))
    assert result.content_type == content_type
    assert [(channel.index, channel.speaker) for channel in result.channels] == [(0, "Speaker1"), (1, "Speaker2")]
    assert {channel.samples for channel in result.channels} == {files.channel(0).size}
    assert files.channel(0).size == files.channel(1).size
    assert result.duration_ms == pytest.approx(SECONDS * 1000, abs=120)
    assert onset_s(files.channel(0)) == pytest.approx(START_S, abs=LATE_S)
    assert loudness(files.channel(0)[-8000:]) == pytest.approx(0.35, abs=0.05)
    if codec in LOSSLESS:
        assert not files.channel(1).any()
    else:
        assert loudness(files.channel(1)) < 0.02


@pytest.mark.parametrize(("muxer", "codec", "rate_hz", "content_type"), MONO, ids=_names(MONO))
def test_mono_has_no_speaker(muxer: str, codec: str, rate_hz: int, content_type: str) -> None:
    result, files = decoded(encoded(muxer, codec, [tone(SECONDS, rate_hz, start_s=START_S)], rate_hz))
    assert result.content_type == content_type
    assert [(channel.index, channel.speaker) for channel in result.channels] == [(0, None)]
    assert onset_s(files.channel(0)) == pytest.approx(START_S, abs=LATE_S)
    assert result.duration_ms == pytest.approx(SECONDS * 1000, abs=120)


def test_samples_at_our_own_rate_are_untouched() -> None:
    noise = np.random.default_rng(7).integers(-32768, 32767, (2, 40_001), dtype=np.int16)
    result, files = decoded(encoded("wav", "pcm_s16le", list(noise)))
    assert result.duration_ms == 2500
    assert (files.channel(0) == noise[0]).all()
    assert (files.channel(1) == noise[1]).all()


def test_what_is_packed_into_pcm_is_heard() -> None:
    """A WAV that says PCM and holds AC-3, as receivers write it."""
    packed = encoded("spdif", "ac3", [tone(SECONDS, 48_000, start_s=START_S)] * 2, 48_000)
    file = io.BytesIO()
    with wave.open(file, "wb") as written:
        written.setparams((2, 2, 48_000, 0, "NONE", ""))
        written.writeframes(packed)
    _, files = decoded(file.getvalue())
    assert onset_s(files.channel(1)) == pytest.approx(START_S, abs=LATE_S)


@pytest.mark.parametrize("rate_hz", [8000, 11025, 44100, 48000])
def test_resampling_does_not_shift(rate_hz: int) -> None:
    """A click stays where it is, to the sample of the slower rate, also late in the recording."""
    clicks = np.zeros(rate_hz * 20, np.int16)
    clicks[[rate_hz // 2, rate_hz * 19]] = 30_000
    _, files = decoded(encoded("wav", "pcm_s16le", [clicks], rate_hz))
    heard = files.channel(0).astype(np.int32)
    slack = 1 + 16000 // min(rate_hz, 16000)
    assert abs(int(np.argmax(heard[:16000])) - 8000) <= slack
    assert abs(int(np.argmax(heard[16000:])) + 16000 - 19 * 16000) <= slack
    assert heard.size == pytest.approx(20 * 16000, abs=2)


@pytest.mark.parametrize("width", [4, 6, 8])
def test_more_channels_stay_apart(width: int) -> None:
    channels = [tone(0.5, hz=200.0 * (index + 1)) for index in range(width)]
    result, files = decoded(encoded("wav", "pcm_s16le", channels))
    assert [channel.speaker for channel in result.channels] == [f"Speaker{index + 1}" for index in range(width)]
    for index, samples in enumerate(channels):
        assert (files.channel(index) == samples).all()


@pytest.mark.parametrize(("muxer", "codec"), [("ipod", "aac"), ("ogg", "libopus")])
def test_eight_planes(muxer: str, codec: str) -> None:
    """Decoders that give each channel apart: PyAV's own way of reading eight of them runs out of their list."""
    _, files = decoded(encoded(muxer, codec, [tone(1.0) if index == 1 else silence(1.0) for index in range(8)], 48_000))
    loud = [round(loudness(files.channel(index)), 1) for index in range(8)]
    assert sorted(loud)[:7] == [0] * 7
    assert max(loud) >= 0.3


@pytest.mark.parametrize("name", ["speech.webm", "speech.opus", "video.mp4"])
def test_files_of_other_makers(name: str) -> None:
    result, files = decoded((EDGE / name).read_bytes())
    assert result.duration_ms == pytest.approx(5300, abs=20)
    assert loudness(files.channel(0)) > 0.01
    assert result.content_type == {"webm": "audio/webm", "opus": "audio/ogg", "mp4": "video/mp4"}[name[-4:].strip(".")]
