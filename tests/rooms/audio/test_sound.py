"""The sound that is written again stands on the clock on which recognition hears it."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest

from tests.rooms.audio.recordings import RATE_HZ, decoded, encoded, onset_s, tone, with_hole
from voxport.audio.limits import DecodeLimits
from voxport.audio.peaks import measure_peaks
from voxport.audio.sound import open_sound
from voxport.core.errors import MediaFailed, StageInterrupted
from voxport.core.sound import Block

EDGE = Path(__file__).resolve().parents[2] / "audio" / "edge"
READABLE = ["one-sample.wav", "speech.opus", "speech.webm", "truncated.mp3", "truncated.wav", "video.mp4"]
FORMS = [
    *(("wav", "pcm_s16le", rate_hz) for rate_hz in (8_000, 11_025, 44_100)),
    ("wav", "pcm_u8", 8_000),
    ("wav", "pcm_mulaw", 8_000),
    ("flac", "flac", 48_000),
    ("mp3", "libmp3lame", 11_025),
    ("mp3", "libmp3lame", 44_100),
    ("ogg", "libopus", 48_000),
    ("webm", "libopus", 16_000),
    ("ipod", "aac", 16_000),
    ("amr", "libopencore_amrnb", 8_000),
]


def read(data: bytes) -> tuple[int, Block]:
    """Rate, and all samples."""
    with open_sound(io.BytesIO(data), DecodeLimits()) as sound:
        blocks = list(sound.blocks)
        assert {block.shape[0] for block in blocks} <= {sound.channels}
        assert len({block.dtype for block in blocks}) <= 1
        return sound.rate_hz, np.concatenate(blocks, axis=1)


def assert_same_clock(data: bytes) -> None:
    """As long as what `decode` writes, to the sample at 16 kHz; its peaks are those that `decode` has measured."""
    facts, files = decoded(data)
    rate_hz, samples = read(data)
    with open_sound(io.BytesIO(data), DecodeLimits()) as sound:
        peaks = measure_peaks(sound)
    assert facts.peaks is not None
    assert np.array_equal(facts.peaks, peaks)
    assert samples.shape[0] == len(facts.channels)
    assert samples.shape[1] / rate_hz == pytest.approx(files.channel(0).size / RATE_HZ, abs=2 / RATE_HZ)


@pytest.mark.parametrize(("container", "codec", "rate_hz"), FORMS, ids=[f"{one[1]}-{one[2]}" for one in FORMS])
def test_every_form(container: str, codec: str, rate_hz: int) -> None:
    channels = 1 if container == "amr" else 2
    data = encoded(container, codec, [tone(2.0, rate_hz, start_s=0.7)] * channels, rate_hz)
    assert_same_clock(data)
    got_hz, samples = read(data)
    level = samples[0].astype(float) - (128 if samples.dtype == np.uint8 else 0)
    loud = (level / np.abs(level).max() * 16_384).astype(np.int16)
    _, files = decoded(data)
    assert onset_s(loud, got_hz) == pytest.approx(onset_s(files.channel(0)), abs=0.001)


@pytest.mark.parametrize("name", READABLE)
def test_odd_files(name: str) -> None:
    assert_same_clock((EDGE / name).read_bytes())


@pytest.mark.parametrize("gap_s", [0.02, 0.3, 4.0])
def test_holes(gap_s: float) -> None:
    parts = [(0.0, [tone(1.0)]), (1.0 + gap_s, [tone(1.0)])]
    assert_same_clock(with_hole("matroska", "pcm_s16le", parts))


@pytest.mark.parametrize("start_s", [0.4, 3.0, 90.0])
def test_timestamps_that_begin_late(start_s: float) -> None:
    assert_same_clock(encoded("matroska", "flac", [tone(1.0)], start_s=start_s))


@pytest.mark.parametrize("rates_hz", [(8_000, 44_100), (44_100, 8_000), (48_000, 24_000, 48_000)])
def test_a_rate_that_changes(rates_hz: tuple[int, ...]) -> None:
    pieces = [encoded("mp3", "libmp3lame", [tone(1.0, rate_hz)], rate_hz) for rate_hz in rates_hz]
    data = b"".join(pieces)
    facts, _ = decoded(data)
    assert facts.peaks is None  # measured from the sound in one form, by themselves
    rate_hz, samples = read(data)
    assert rate_hz in rates_hz
    assert samples.shape[1] / rate_hz == pytest.approx(facts.duration_ms / 1000, abs=0.002)


@pytest.mark.parametrize("content", [b"", b"RIFF", b"no recording at all" * 100])
def test_what_is_no_recording(content: bytes) -> None:
    with pytest.raises(MediaFailed) as failed, open_sound(io.BytesIO(content), DecodeLimits()):
        pass
    assert failed.value.problem.code == 10201


def test_it_is_left_when_told_to() -> None:
    asked = 0

    def interrupted() -> bool:
        nonlocal asked
        asked += 1
        return asked > 20

    data = encoded("flac", "flac", [tone(30.0)])
    with pytest.raises(StageInterrupted), open_sound(io.BytesIO(data), DecodeLimits(), interrupted) as sound:
        for _ in sound.blocks:
            pass


def test_too_many_channels() -> None:
    data = encoded("wav", "pcm_s16le", [tone(0.5)] * 6)
    with (
        pytest.raises(MediaFailed) as failed,
        open_sound(io.BytesIO(data), DecodeLimits(max_channels=4)) as sound,
    ):
        list(sound.blocks)
    assert failed.value.problem.code == 10201
