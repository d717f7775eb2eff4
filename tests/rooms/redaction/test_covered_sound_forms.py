"""Every type of recording, covered: nothing of a stretch is left, all else is where and what it was."""

from __future__ import annotations

import wave
from io import BytesIO

import numpy as np
import pytest

from tests.rooms.audio.recordings import encoded
from tests.rooms.redaction.written import PER_MS, beep, channels, lag_ms, likeness, speech, written
from voxport.core.plan import TranscodePlan

COVERED_MS = (2000, 2600)
BESIDE_MS = 120
"""A lossy codec smears: what is compared outside begins so far from a stretch."""

# muxer, codec, rate of the recording; content type and extension of what is written
KEPT = [
    *(("wav", f"pcm_{kind}", rate_hz, "audio/x-wav", "wav") for kind, rate_hz in (
        ("u8", 11025), ("s16le", 16000), ("s24le", 48000), ("s32le", 44100), ("f32le", 44100), ("f64le", 96000),
        ("mulaw", 8000), ("alaw", 8000),
    )),
    ("wav", "adpcm_ima_wav", 8000, "audio/x-wav", "wav"),
    ("wav", "adpcm_ms", 22050, "audio/x-wav", "wav"),
    ("w64", "pcm_s16le", 16000, "audio/x-w64", "w64"),
    ("aiff", "pcm_s24be", 44100, "audio/aiff", "aiff"),
    ("aiff", "pcm_s8", 8000, "audio/aiff", "aiff"),
    ("au", "pcm_mulaw", 8000, "audio/basic", "au"),
    ("caf", "pcm_f32be", 22050, "audio/x-caf", "caf"),
    ("mp3", "libmp3lame", 44100, "audio/mpeg", "mp3"),
    ("mp3", "libmp3lame", 8000, "audio/mpeg", "mp3"),
    ("flac", "flac", 8000, "audio/flac", "flac"),
    ("ogg", "libopus", 48000, "audio/ogg", "ogg"),
    ("ogg", "vorbis", 44100, "audio/ogg", "ogg"),
    ("ogg", "flac", 16000, "audio/ogg", "ogg"),
    ("webm", "libopus", 16000, "audio/webm", "webm"),
    ("webm", "vorbis", 44100, "audio/webm", "webm"),
    ("matroska", "libopus", 16000, "audio/x-matroska", "mka"),
    ("matroska", "flac", 16000, "audio/x-matroska", "mka"),
    ("matroska", "pcm_s16le", 8000, "audio/x-matroska", "mka"),
    ("mp4", "aac", 44100, "audio/mp4", "m4a"),
    ("ipod", "aac", 16000, "audio/mp4", "m4a"),
    ("ipod", "alac", 16000, "audio/mp4", "m4a"),
    ("mov", "aac", 16000, "audio/mp4", "m4a"),
    ("3gp", "aac", 16000, "audio/3gpp", "3gp"),
]  # fmt: skip
NOT_KEPT = [
    ("mp2", "mp2", 16000),
    ("adts", "aac", 16000),
    ("flv", "libmp3lame", 44100),
    ("asf", "wmav2", 44100),
    ("avi", "pcm_s16le", 44100),
    ("mpegts", "aac", 48000),
    ("mov", "pcm_s16be", 48000),
    ("matroska", "ac3", 48000),
]
LOSSLESS = ("pcm_u8", "pcm_s", "pcm_f", "flac", "alac")


def _check(original: bytes, made: bytes, *, alike: float) -> None:
    before, after = channels(original), channels(made)
    assert len(after) == len(before)
    start, stop = (time_ms * PER_MS for time_ms in COVERED_MS)
    edge = BESIDE_MS * PER_MS
    for one, other in zip(before, after, strict=True):
        # A block codec fills its last block, so the end may be a little later, never earlier.
        assert 0 <= other.size - one.size <= 110 * PER_MS
        for part in (slice(0, start - edge), slice(stop + edge, one.size)):
            assert abs(lag_ms(one[part], other[part])) <= 0.25
            assert likeness(one[part], other[part]) > alike
        assert likeness(one[start:stop], other[start:stop]) < 0.2
        tone = other[start + edge : stop - edge]
        assert np.abs(tone).max() == pytest.approx(0.5, abs=0.04)
        sine = np.exp(2j * np.pi * 270 * np.arange(tone.size) / 16000)
        assert abs(tone @ sine) / tone.size == pytest.approx(0.25, abs=0.02)


@pytest.mark.parametrize(
    ("muxer", "codec", "rate_hz", "content_type", "extension"),
    KEPT,
    ids=[f"{row[0]}-{row[1]}-{row[2]}" for row in KEPT],
)
def test_the_form_is_kept(muxer: str, codec: str, rate_hz: int, content_type: str, extension: str) -> None:
    original = encoded(muxer, codec, list(speech(rate_hz)), rate_hz)
    made, data = written(original, [beep(*COVERED_MS)])
    assert (made.content_type, made.extension) == (content_type, extension)
    assert made.duration_ms == pytest.approx(5000, abs=150)
    assert len(data) < 1.35 * len(original)
    _check(original, data, alike=0.99 if codec.startswith(LOSSLESS) else 0.9)


@pytest.mark.parametrize(("muxer", "codec", "rate_hz"), NOT_KEPT, ids=[f"{row[0]}-{row[1]}" for row in NOT_KEPT])
def test_what_cannot_hold_the_clock_becomes_wav(muxer: str, codec: str, rate_hz: int) -> None:
    original = encoded(muxer, codec, list(speech(rate_hz)), rate_hz)
    made, data = written(original, [beep(*COVERED_MS)])
    assert (made.content_type, made.extension) == ("audio/x-wav", "wav")
    _check(original, data, alike=0.99)


@pytest.mark.parametrize("muxer", ["amr", "3gp"])
def test_narrow_telephone_codecs(muxer: str) -> None:
    original = encoded(muxer, "libopencore_amrnb", [speech(8000)[0]], 8000)
    made, data = written(original, [beep(*COVERED_MS)])
    assert made.content_type == {"amr": "audio/amr", "3gp": "audio/x-wav"}[muxer]
    (before,), (after,) = channels(original), channels(data)
    start, stop = (time_ms * PER_MS for time_ms in COVERED_MS)
    assert abs(lag_ms(before[: start - 1600], after[: start - 1600])) <= 1.0
    assert likeness(before[start:stop], after[start:stop]) < 0.2


TARGETS = [
    ("wav", None, "audio/x-wav", "wav"),
    ("wav", "mulaw", "audio/x-wav", "wav"),
    ("wav", "alaw", "audio/x-wav", "wav"),
    ("mp3", None, "audio/mpeg", "mp3"),
    ("flac", None, "audio/flac", "flac"),
    ("opus", None, "audio/ogg", "opus"),
    ("ogg", None, "audio/ogg", "ogg"),
    ("ogg", "opus", "audio/ogg", "ogg"),
    ("ogg", "flac", "audio/ogg", "ogg"),
]


@pytest.mark.parametrize("rate_hz", [8000, 44100])
@pytest.mark.parametrize(
    ("file_format", "codec", "content_type", "extension"), TARGETS, ids=[f"{row[0]}-{row[1]}" for row in TARGETS]
)
def test_transcoding(file_format: str, codec: str | None, content_type: str, extension: str, rate_hz: int) -> None:
    original = encoded("flac", "flac", list(speech(rate_hz)), rate_hz)
    made, data = written(original, [beep(*COVERED_MS)], TranscodePlan(file_format, codec))
    assert (made.content_type, made.extension) == (content_type, extension)
    _check(original, data, alike=0.95)


@pytest.mark.parametrize(("file_format", "codec"), [(row[0], row[1]) for row in TARGETS])
def test_transcoding_one_channel(file_format: str, codec: str | None) -> None:
    """Vorbis can only be written with two: both are the same."""
    original = encoded("wav", "pcm_s16le", [speech(44100)[0]], 44100)
    _, data = written(original, [beep(*COVERED_MS)], TranscodePlan(file_format, codec))
    before, after = channels(original)[0], channels(data)
    assert len(after) == (2 if (file_format, codec) == ("ogg", None) else 1)
    assert all(likeness(before[:30_000], one[:30_000]) > 0.97 for one in after)
    assert all(likeness(before[32_000:41_600], one[32_000:41_600]) < 0.2 for one in after)


@pytest.mark.parametrize("width", [3, 4, 6, 8, 9, 16])
def test_the_tone_is_on_every_channel(width: int) -> None:
    voices = np.stack([np.roll(speech(16000)[index % 2], 800 * index) for index in range(width)])
    file = BytesIO()
    with wave.open(file, "wb") as output:
        output.setnchannels(width)
        output.setsampwidth(2)
        output.setframerate(16000)
        output.writeframes(voices.T.tobytes())
    for transcode in (None, TranscodePlan("flac"), TranscodePlan("mp3")):
        made, data = written(file.getvalue(), [beep(*COVERED_MS)], transcode)
        expected = "flac" if transcode == TranscodePlan("flac") and width <= 8 else "wav"
        assert made.extension == expected
        _check(file.getvalue(), data, alike=0.999)
