"""Recordings that are empty, broken, lying, hostile or endless: a documented error or what is there, never a crash."""

from __future__ import annotations

import io
import random
import struct
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from tests.rooms.audio.recordings import Channels, Samples, decoded, encoded, loudness, silence, tone, with_hole
from voxport.audio.limits import DecodeLimits
from voxport.core.errors import MediaFailed, StageInterrupted, TransientFault
from voxport.core.plan import IngestPlan
from voxport.ingest.decoding import decode

EDGE = Path(__file__).parents[2] / "audio" / "edge"

PLAYLIST = b"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n%s\n#EXT-X-ENDLIST\n"
SESSION = b"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 5004 RTP/AVP 0\n"
MANIFEST = b'<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static"><Period/></MPD>'


def _wav_header(data_bytes: int, *, rate_hz: int = 8000, channels: int = 1, code: int = 1, bits: int = 16) -> bytes:
    frame = channels * bits // 8
    head = struct.pack("<HHIIHH", code, channels, rate_hz, rate_hz * frame, frame, bits)
    claimed = min(data_bytes, 0xFFFFFFFF - 36)
    return (
        b"RIFF"
        + struct.pack("<I", 36 + claimed)
        + b"WAVEfmt "
        + struct.pack("<I", 16)
        + head
        + b"data"
        + struct.pack("<I", claimed)
    )


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "it is empty"),
        (b"\x00", "not a recording"),
        (b"\x00" * 5000, "not a recording"),
        ((EDGE / "text.wav").read_bytes(), "not a recording"),
        ((EDGE / "video-no-audio.mp4").read_bytes(), "it has no sound"),
        (b"<html><body>Not found</body></html>" * 30, "not a recording"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 200, "not a recording"),
        (b"%PDF-1.7\n" + b"x" * 3000, "not a recording"),
        (encoded("mp4", "aac", [tone(1)])[:300], "not a recording"),
        (encoded("flac", "flac", [tone(1)])[:42], "nothing of its sound|not a recording"),
    ],
)
def test_what_is_no_recording_is_said_so(data: bytes, words: str) -> None:
    with pytest.raises(MediaFailed, match=words) as failure:
        decoded(data)
    assert failure.value.problem.code == 10201
    assert "<none>" not in failure.value.problem.message


@pytest.mark.parametrize(
    "data",
    [
        PLAYLIST % b"file:///etc/passwd",
        PLAYLIST % b"http://127.0.0.1:9/segment.ts",
        b"ffconcat version 1.0\nfile /etc/passwd\n",
        SESSION,
        MANIFEST,
        b"#TEDCAPTIONS" + b'{"captions":[{"duration":1,"content":"x"}]}',
        b"http://127.0.0.1:9/a.mp3\n",
    ],
)
def test_a_file_that_names_other_files_is_no_recording(data: bytes) -> None:
    with pytest.raises(MediaFailed) as failure:
        decoded(data)
    assert failure.value.problem.code == 10201


def test_one_sample_is_a_recording() -> None:
    result, files = decoded((EDGE / "one-sample.wav").read_bytes())
    assert result.duration_ms == 0
    assert files.channel(0).size <= 2


def test_no_sample_at_all_is_a_recording_of_nothing() -> None:
    result, files = decoded(_wav_header(0, channels=2))
    assert result.duration_ms == 0
    assert [channel.speaker for channel in result.channels] == ["Speaker1", "Speaker2"]
    assert files.channel(0).size == files.channel(1).size == 0


@pytest.mark.parametrize(("name", "duration_ms"), [("truncated.mp3", 2886), ("truncated.wav", 1392)])
def test_what_is_there_of_a_truncated_file_is_decoded(name: str, duration_ms: int) -> None:
    result, files = decoded((EDGE / name).read_bytes())
    assert result.duration_ms == pytest.approx(duration_ms, abs=80)
    assert loudness(files.channel(0)) > 0.01


@pytest.mark.parametrize(
    ("muxer", "codec"), [("mp3", "libmp3lame"), ("ogg", "libopus"), ("adts", "aac"), ("flac", "flac")]
)
def test_damage_in_the_middle_costs_only_itself(muxer: str, codec: str) -> None:
    data = bytearray(encoded(muxer, codec, [tone(10, 48_000)], 48_000))
    middle = len(data) // 2
    data[middle : middle + 300] = bytes(300)
    result, files = decoded(bytes(data))
    assert result.duration_ms == pytest.approx(10_000, abs=700)
    assert loudness(files.channel(0)[-16_000:]) == pytest.approx(0.354, abs=0.05)


def test_two_stray_bytes_at_the_end_do_no_harm() -> None:
    plain, _ = decoded(encoded("mp3", "libmp3lame", [tone(2)]))
    stray, _ = decoded(encoded("mp3", "libmp3lame", [tone(2)]) + b"\r\n")
    assert stray.duration_ms == plain.duration_ms


def test_a_file_is_measured_by_what_is_decoded() -> None:
    """A header that claims 37 hours over one second of sound, and one that claims nothing over ten seconds."""
    samples = tone(1, 8000).tobytes()
    long, _ = decoded(_wav_header(0xFFFFFFFF) + samples)
    assert long.duration_ms == 1000
    nothing_claimed, _ = decoded(_wav_header(0) + samples)
    assert (nothing_claimed.content_type, nothing_claimed.duration_ms) == ("audio/x-wav", 1000)
    with pytest.raises(MediaFailed, match="limit of 5 seconds"):
        decoded(encoded("adts", "aac", [tone(10)]), limits=DecodeLimits(max_duration_s=5))


def test_silence_without_end_is_stopped_at_the_limit() -> None:
    """Five minutes that are a few kilobytes, as days would be a few megabytes."""
    data = encoded("flac", "flac", [silence(300, 8000)], 8000)
    assert len(data) < 80_000
    files = Channels()
    with pytest.raises(MediaFailed, match="it is longer than the limit of 20 seconds") as failure:
        decode(io.BytesIO(data), IngestPlan(), DecodeLimits(max_duration_s=20), files.open_channel)
    assert failure.value.problem.code == 10201
    assert files.channel(0).size <= 21 * 16_000


def test_decoded_bytes_have_a_limit_over_all_channels() -> None:
    data = encoded("wav", "pcm_s16le", [tone(4), tone(4)])
    decoded(data, limits=DecodeLimits(max_decoded_bytes=4 * 2 * 32_000))
    with pytest.raises(MediaFailed, match="limit of 2 seconds"):
        decoded(data, limits=DecodeLimits(max_decoded_bytes=2 * 2 * 32_000))


def test_channels_have_a_limit() -> None:
    data = encoded("wav", "pcm_s16le", [tone(0.1)] * 8)
    with pytest.raises(MediaFailed, match="8 channels, more than the limit of 6"):
        decoded(data, limits=DecodeLimits(max_channels=6))


@pytest.mark.parametrize("rate_hz", [7, 3_000_000])
def test_a_sample_rate_no_recorder_has_is_refused(rate_hz: int) -> None:
    with pytest.raises(MediaFailed, match=f"sample rate of {rate_hz} Hz"):
        decoded(_wav_header(2000, rate_hz=rate_hz) + bytes(2000))


@pytest.mark.parametrize(("muxer", "codec"), [("matroska", "flac"), ("webm", "libopus"), ("flv", "libmp3lame")])
def test_a_hole_in_the_timestamps_is_silence(muxer: str, codec: str) -> None:
    """A recorder that saves nothing while nobody talks: what comes after stays where it was."""
    rate_hz = 48_000 if codec == "libopus" else 44_100
    data = with_hole(muxer, codec, [(0, [tone(1, rate_hz)]), (6, [tone(1, rate_hz)])], rate_hz)
    result, files = decoded(data)
    assert result.duration_ms == pytest.approx(7000, abs=80)
    assert loudness(files.channel(0)[24_000:88_000]) < 0.01
    assert loudness(files.channel(0)[100_000:108_000]) == pytest.approx(0.354, abs=0.05)


def test_a_jump_of_the_clock_is_no_silence() -> None:
    data = with_hole("matroska", "flac", [(0, [tone(1)]), (9000, [tone(1)])])
    result, _ = decoded(data)
    assert result.duration_ms == pytest.approx(2000, abs=20)


@pytest.mark.parametrize("start_s", [0.0, 90.0])
def test_the_recording_begins_where_its_first_stream_begins(start_s: float) -> None:
    result, _ = decoded(encoded("matroska", "flac", [tone(1)], start_s=start_s))
    assert result.duration_ms == pytest.approx(1000, abs=20)


class _Tape(io.RawIOBase):
    """A WAV of mu-law that is never in memory: a header, then the same second over and over."""

    def __init__(self, seconds: int) -> None:
        super().__init__()
        self._head = _wav_header(seconds * 16_000, channels=2, code=7, bits=8)
        self._size = len(self._head) + seconds * 16_000
        self._at = 0

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        return self._at

    def tell(self) -> int:
        return self._at

    def read(self, size: int = -1) -> bytes:
        size = max(0, min(size, self._size - self._at))
        start, self._at = self._at, self._at + size
        head = self._head[start : start + size]
        return head + b"\x7f" * (size - len(head))


class _Void:
    """Counts what is written and keeps nothing."""

    def __init__(self) -> None:
        self.bytes = 0

    def open_channel(self, _index: int) -> Callable[[Samples], None]:
        return self._take

    def _take(self, samples: Samples) -> None:
        self.bytes += samples.nbytes


def test_a_long_recording_takes_bounded_memory() -> None:
    decode(_Tape(60), IngestPlan(), DecodeLimits(), _Void().open_channel)  # type: ignore[arg-type]
    process, sink = psutil.Process(), _Void()
    before = process.memory_info().rss
    result = decode(_Tape(2400), IngestPlan(), DecodeLimits(), sink.open_channel)  # type: ignore[arg-type]
    assert result.duration_ms == 2_400_000
    assert sink.bytes == 2 * 2400 * 32_000  # six times what may stay
    assert process.memory_info().rss - before < 24 * 1024**2


def test_a_stage_that_is_told_to_stop_stops() -> None:
    asked = iter([False] * 40)
    files = Channels()
    with pytest.raises(StageInterrupted):
        decode(_Tape(3600), IngestPlan(), DecodeLimits(), files.open_channel, lambda: next(asked, True))  # type: ignore[arg-type]
    assert files.channel(0).size < 3600 * 16_000


class _FailingReader(io.BytesIO):
    """A store that goes away half-way."""

    def read(self, size: int | None = -1) -> bytes:
        if self.tell() > 200_000:
            raise TransientFault("the store went away")
        return super().read(size)


def test_a_fault_of_the_store_is_not_taken_for_a_fault_of_the_file() -> None:
    files = Channels()
    reader = _FailingReader(encoded("wav", "pcm_s16le", [tone(30)]))
    with pytest.raises(TransientFault, match="went away"):
        decode(reader, IngestPlan(), DecodeLimits(), files.open_channel)


FUZZED = [
    ("wav", "pcm_s16le", 16000),
    ("mp3", "libmp3lame", 16000),
    ("mp4", "aac", 16000),
    ("3gp", "libopencore_amrnb", 8000),
    ("flv", "libmp3lame", 44100),
    ("asf", "wmav2", 44100),
    ("avi", "libmp3lame", 16000),
    ("mpeg", "mp2", 32000),
    ("mpegts", "aac", 48000),
    ("aiff", "pcm_s16be", 16000),
    ("au", "pcm_mulaw", 8000),
    ("ogg", "libopus", 48000),
    ("webm", "libopus", 48000),
    ("flac", "flac", 16000),
    ("caf", "alac", 16000),
    ("rm", "real_144", 8000),
    ("amr", "libopencore_amrnb", 8000),
]


@pytest.mark.parametrize(("muxer", "codec", "rate_hz"), FUZZED)
def test_garbage_is_decoded_or_refused(muxer: str, codec: str, rate_hz: int) -> None:
    whole = encoded(muxer, codec, [tone(0.5, rate_hz)], rate_hz)
    chance = random.Random(f"{muxer} {codec}")  # noqa: S311 - the same garbage every time
    for turn in range(15):
        data = bytearray(whole)
        if turn % 3 == 0:
            del data[chance.randrange(len(data)) :]
        else:
            reach = len(data) if turn % 3 == 1 else min(400, len(data))
            for _ in range(chance.randrange(1, 20)):
                data[chance.randrange(reach)] = chance.randrange(256)
        with suppress(MediaFailed):
            result, files = decoded(bytes(data), limits=DecodeLimits(max_duration_s=30))
            assert all(files.channel(channel.index).size == channel.samples for channel in result.channels)
