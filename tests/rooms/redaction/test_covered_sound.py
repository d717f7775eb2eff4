"""Around the sound: the clock of odd recordings, what else a file holds, faults, interruption, memory."""

from __future__ import annotations

import errno
import io
import tempfile
import wave
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import psutil
import pytest

from tests.rooms.audio.recordings import encoded, onset_s, tone, with_hole
from tests.rooms.redaction.written import beep, channels, lag_ms, likeness, speech, written
from voxport.audio.limits import DecodeLimits
from voxport.audio.sound import open_sound
from voxport.core.errors import MediaFailed, StageInterrupted
from voxport.core.plan import TranscodePlan
from voxport.core.sound import Sound
from voxport.redaction.covering.sound import write_audio

EDGE = Path(__file__).parents[2] / "audio" / "edge"
SECRET = "Oskar Vilhelm Tannenbaum 4111111111111111"


def _wav_header(channels: int, rate_hz: int) -> bytes:
    """A WAV file without samples."""
    file = io.BytesIO()
    with wave.open(file, "wb") as output:
        output.setnchannels(channels)
        output.setsampwidth(2)
        output.setframerate(rate_hz)
    return file.getvalue()


def test_lossless_recordings_keep_every_other_bit() -> None:
    noise = np.random.default_rng(3).integers(-32768, 32767, (2, 48_000), dtype=np.int16)
    for muxer, codec in (
        ("wav", "pcm_s16le"),
        ("flac", "flac"),
        ("ipod", "alac"),
        ("ogg", "flac"),
        ("w64", "pcm_s16le"),
    ):
        _, data = written(encoded(muxer, codec, list(noise)), [beep(1000, 1500, gain=0.0)])
        with av.open(io.BytesIO(data), "r") as container:
            parts = [frame.to_ndarray() for frame in container.decode(audio=0)]
            planar = container.streams.audio[0].codec_context.format.is_planar
        made = np.concatenate(parts, axis=1)
        made = made if planar else made.reshape(-1, 2).T
        made = made.astype(np.int64) >> (16 if made.dtype == np.int32 else 0)
        assert (made[:, : 16_000 - 80] == noise[:, : 16_000 - 80]).all()
        assert not made[:, 16_000:24_000].any()
        assert (made[:, 24_000 + 80 :] == noise[:, 24_000 + 80 :]).all()


def test_24_bits_stay_24() -> None:
    _, data = written(encoded("wav", "pcm_s24le", list(speech(48_000)), 48_000), [beep(100, 200)])
    with av.open(io.BytesIO(data)) as container:
        assert container.streams.audio[0].codec_context.name == "pcm_s24le"
        assert container.streams.audio[0].codec_context.sample_rate == 48_000


def test_a_hole_in_the_recording_keeps_its_length() -> None:
    parts = [(0.0, [tone(1.0)]), (3.0, [tone(1.0)])]
    original = with_hole("matroska", "pcm_s16le", parts)
    made, data = written(original, [beep(3200, 3600, gain=0.0)])
    (heard,) = channels(data)
    assert made.duration_ms == pytest.approx(4000, abs=70)
    assert onset_s((heard[16_000:] * 32767).astype(np.int16)) == pytest.approx(2.0, abs=0.07)
    assert np.abs(heard[round(3.21 * 16_000) : round(3.59 * 16_000)]).max() < 0.001
    assert np.abs(heard[round(3.62 * 16_000) : round(3.9 * 16_000)]).max() > 0.4


@pytest.mark.parametrize("start_s", [0.0, 7.5])
def test_timestamps_that_do_not_begin_at_nought(start_s: float) -> None:
    original = encoded("matroska", "pcm_s16le", [speech(16_000)[0]], start_s=start_s)
    _, data = written(original, [beep(2000, 2600)])
    before, after = channels(original)[0], channels(data)[0]
    assert lag_ms(before[:30_000], after[:30_000]) == 0
    assert likeness(before[32_000:41_600], after[32_000:41_600]) < 0.2


def test_a_recording_that_changes_its_form_keeps_its_clock() -> None:
    """A jingle at another rate between two parts of a call: what is after it is where recognition hears it."""
    parts = [encoded("mp3", "libmp3lame", [tone(2.0, rate, hz=hz)], rate) for rate, hz in ((8000, 300), (11_025, 700))]
    original = parts[0] + parts[1] + encoded("mp3", "libmp3lame", list(speech(8000)), 8000)
    before = channels(original)[0]
    made, data = written(original, [beep(6000, 6500)])
    after = channels(data)[0]
    late = slice(round(6.7 * 16_000), min(before.size, after.size))
    assert abs(lag_ms(before[late], after[late])) <= 0.5
    assert likeness(before[late], after[late]) > 0.9
    assert likeness(before[96_000:104_000], after[96_000:104_000]) < 0.2
    assert made.duration_ms == pytest.approx(before.size / 16, abs=2)


def _with_everything(picture: bytes) -> bytes:
    """A call in Matroska with a title, a chapter and a picture that name somebody."""
    file = io.BytesIO()
    with av.open(file, "w", format="matroska") as output:
        output.metadata["title"] = SECRET
        output.metadata["comment"] = SECRET
        chapter: Any = {"id": 1, "start": 0, "end": 2000, "time_base": Fraction(1, 1000), "metadata": {"title": SECRET}}
        output.set_chapters([chapter])
        output.add_attachment("cover.png", "image/png", picture)
        stream = output.add_stream("flac", rate=16_000, layout="mono")
        stream.metadata["title"] = SECRET
        frame = av.AudioFrame.from_ndarray(tone(2.0)[np.newaxis], "s16", "mono")
        frame.sample_rate, frame.pts = 16_000, 0
        resampler = av.AudioResampler("s16", "mono", 16_000, frame_size=4096)
        for piece in (*resampler.resample(frame), *resampler.resample(None)):
            output.mux(stream.encode(piece))
        output.mux(stream.encode(None))
    return file.getvalue()


@pytest.mark.parametrize("target", [None, "mp3", "wav", "flac", "ogg", "opus"])
def test_only_sound_comes_along(target: str | None) -> None:
    original = _with_everything(b"\x89PNG" + SECRET.encode())
    assert original.count(SECRET.encode()) >= 4
    _, data = written(original, [beep(500, 700)], TranscodePlan(target) if target else None)
    assert SECRET.encode() not in data
    assert b"PNG" not in data
    with av.open(io.BytesIO(data)) as container:
        assert [stream.type for stream in container.streams] == ["audio"]
        assert not container.chapters()
        names = {key.lower() for key in (*container.metadata, *container.streams[0].metadata)}
        assert names <= {"encoder", "duration", "major_brand", "minor_version", "compatible_brands", "language"}


def test_of_a_video_only_the_sound_is_written() -> None:
    made, data = written((EDGE / "video.mp4").read_bytes(), [beep(1000, 2000)])
    assert (made.content_type, made.extension) == ("audio/mp4", "m4a")
    with av.open(io.BytesIO(data)) as container:
        assert [stream.type for stream in container.streams] == ["audio"]


def test_the_bit_rate_is_near_that_of_the_recording() -> None:
    for codec, muxer, rate_hz in (("libmp3lame", "mp3", 8000), ("libmp3lame", "mp3", 44_100), ("aac", "ipod", 16_000)):
        original = encoded(muxer, codec, list(speech(rate_hz)), rate_hz)
        _, data = written(original, [])
        assert len(data) == pytest.approx(len(original), rel=0.3)


def test_a_plain_wav_header_of_44_bytes() -> None:
    sound = tone(1.0)
    _, data = written(encoded("wav", "pcm_s16le", [sound]), [])
    assert data[36:40] == b"data"
    assert data[44:] == sound.tobytes()


@pytest.mark.parametrize("samples", [0, 1, 1000])
def test_a_recording_of_nothing_or_little(samples: int) -> None:
    for codec in ("pcm_u8", "pcm_s16le", "pcm_f32le"):
        original = encoded("wav", codec, [tone(1.0, 8000)[:samples]], 8000) if samples else _wav_header(1, 8000)
        for target in (None, "mp3", "flac", "opus", "ogg", "wav"):
            made, data = written(original, [], TranscodePlan(target) if target else None)
            assert made.duration_ms == samples // 8
            assert channels(data)[0].size >= 2 * samples - 16


@pytest.mark.parametrize("name", ["text.wav", "video-no-audio.mp4"])
def test_what_is_no_recording(name: str) -> None:
    with pytest.raises(MediaFailed) as caught:
        written((EDGE / name).read_bytes(), [])
    assert caught.value.problem.code == 10201


@pytest.mark.parametrize("name", ["truncated.mp3", "truncated.wav"])
def test_what_is_there_of_a_broken_file_is_written(name: str) -> None:
    original = (EDGE / name).read_bytes()
    _, data = written(original, [beep(500, 900)])
    before, after = channels(original)[0], channels(data)[0]
    assert after.size == pytest.approx(before.size, abs=1000)
    assert likeness(before[8000:14_400], after[8000:14_400]) < 0.2


def test_a_full_disk_is_no_fault_of_the_recording() -> None:
    class Full(io.BytesIO):
        def write(self, data: object) -> int:  # noqa: ARG002
            raise OSError(errno.ENOSPC, "No space left on device")

    for target in ("wav", "mp3", "ogg", "flac"):
        opened = open_sound(io.BytesIO(encoded("wav", "pcm_s16le", [tone(30.0)])), DecodeLimits())
        with pytest.raises(OSError, match="No space left") as caught:
            write_audio(opened, [], TranscodePlan(target), Full())
        assert caught.value.errno == errno.ENOSPC


def test_it_stops_when_it_is_told_to() -> None:
    looks = 0

    def interrupted() -> bool:
        nonlocal looks
        looks += 1
        return looks > 30

    opened = open_sound(io.BytesIO(encoded("wav", "pcm_s16le", [tone(60.0)])), DecodeLimits(), interrupted)
    file = io.BytesIO()
    with pytest.raises(StageInterrupted):
        write_audio(opened, [beep(100, 200)], None, file)
    assert looks < 40
    assert len(file.getvalue()) < 1_000_000


class _Hour(io.RawIOBase):
    """A WAV of an hour that is never in memory."""

    def __init__(self) -> None:
        self._size = 3600 * 8000 * 2
        header = _wav_header(1, 8000)
        self._head = bytearray(header)
        self._head[4:8] = (len(header) - 8 + self._size).to_bytes(4, "little")
        self._head[-4:] = self._size.to_bytes(4, "little")
        self._at = 0

    def read(self, size: int = -1) -> bytes:
        size = min(size, len(self._head) + self._size - self._at)
        data = bytes(self._head[self._at : self._at + size])
        self._at += size
        return data + b"\x11\x11" * ((size - len(data) + 1) // 2) if size > len(data) else data

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: len(self._head) + self._size}[whence]
        self._at = base + offset
        return self._at

    def tell(self) -> int:
        return self._at


def test_an_hour_takes_no_more_memory_than_a_minute() -> None:
    beeps = [beep(at, at + 800) for at in range(0, 3600_000, 60_000)]
    process = psutil.Process()
    resident = [process.memory_info().rss]

    def look() -> bool:
        if len(file_sizes) % 500 == 0:
            resident.append(process.memory_info().rss)
        file_sizes.append(file.tell())
        return False

    file_sizes: list[int] = []
    with tempfile.TemporaryFile() as file:
        made = write_audio(open_sound(_Hour(), DecodeLimits(), look), beeps, None, file)  # type: ignore[arg-type]
        assert (made.duration_ms, file.seek(0, io.SEEK_END)) == (3600_000, 3600 * 8000 * 2 + 44)
    assert len(resident) > 20
    assert max(resident) - resident[0] < 24_000_000
    # It is written while it is read.
    assert file_sizes[len(file_sizes) // 2] > 20_000_000


def test_what_the_sound_says_of_itself() -> None:
    with open_sound(io.BytesIO(encoded("ogg", "libopus", list(speech(48_000)), 48_000)), DecodeLimits()) as sound:
        assert isinstance(sound, Sound)
        assert (sound.content_type, sound.container, sound.channels, sound.rate_hz) == ("audio/ogg", "ogg", 2, 48_000)
        assert sound.bit_rate == pytest.approx(120_000, rel=0.5)
        assert sound.claimed_s == pytest.approx(5.0, abs=0.05)
