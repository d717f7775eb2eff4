"""All that a file has is heard, whatever its headers claim, or the answer says what was left out."""

from __future__ import annotations

import io
import struct
from contextlib import suppress

import numpy as np
import pytest

from tests.rooms.audio.recordings import RATE_HZ, Samples, decoded, encoded, loudness, silence, tone
from voxport.audio.file_starts import further_starts
from voxport.audio.limits import DecodeLimits
from voxport.audio.parts import MAX_PARTS, find_parts
from voxport.audio.sound import open_sound
from voxport.audio.source import MediaSource
from voxport.core.errors import MediaFailed
from voxport.core.plan import ChannelPlan, IngestPlan
from voxport.ingest.recording_warnings import recording_warnings

FIRST, SECOND = tone(1.0), tone(0.5, hz=700)
NOISE = np.random.default_rng(3).bytes(50_000)
UNKNOWN = 0xFFFF_FFFF


def chunk(name: bytes, body: bytes, order: str = "<") -> bytes:
    return name + struct.pack(order + "I", len(body)) + body + bytes(len(body) % 2)


def form_of(rate_hz: int = RATE_HZ, *, order: str = "<", tag: int = 1, bits: int = 16) -> bytes:
    fields = (tag, 1, rate_hz, rate_hz * bits // 8, bits // 8, bits)
    return chunk(b"fmt ", struct.pack(order + "HHIIHH", *fields), order)


def wav(
    sound: Samples = FIRST, *, claimed: int | None = None, more: bytes = b"", tail: bytes = b"", rate_hz: int = RATE_HZ
) -> bytes:
    """One whose `data` claims so many bytes; `more` stands inside the RIFF, `tail` behind it."""
    data = sound.astype("<i2").tobytes()
    claimed = len(data) if claimed is None else claimed
    body = b"WAVE" + form_of(rate_hz) + b"data" + struct.pack("<I", claimed) + data + more
    size = len(body) if claimed == len(data) else min(claimed + 36, UNKNOWN)
    return b"RIFF" + struct.pack("<I", size) + body + tail


def rf64(claimed: int, kind: bytes = b"RF64") -> bytes:
    data = FIRST.tobytes()
    sizes = chunk(b"ds64", struct.pack("<QQQI", claimed + 72, claimed, claimed // 2, 0))
    return kind + struct.pack("<I", UNKNOWN) + b"WAVE" + sizes + form_of() + b"data" + struct.pack("<I", UNKNOWN) + data


def rifx(bits: int = 16, tag: int = 1, claimed: int | None = None) -> bytes:
    share = FIRST / 32_768
    data = {
        (8, 1): (share * 128 + 128).astype("u1").tobytes(),
        (16, 1): FIRST.astype(">i2").tobytes(),
        (24, 1): b"".join(int(one).to_bytes(3, "big", signed=True) for one in share * (1 << 23)),
        (32, 1): (share * (1 << 31)).astype(">i4").tobytes(),
        (32, 3): share.astype(">f4").tobytes(),
    }[bits, tag]
    named = b"data" + struct.pack(">I", len(data) if claimed is None else claimed) + data
    body = b"WAVE" + form_of(order=">", tag=tag, bits=bits) + named
    return b"RIFX" + struct.pack(">I", len(body)) + body


def aiff(sound: Samples = FIRST, claimed: int | None = None, more: bytes = b"") -> bytes:
    whole = encoded("aiff", "pcm_s16be", [sound])
    at = whole.index(b"SSND") + 4
    return whole[:at] + (whole[at : at + 4] if claimed is None else struct.pack(">I", claimed)) + whole[at + 4 :] + more


def wave64(claimed: int | None = None, more: bytes = b"") -> bytes:
    whole = encoded("w64", "pcm_s16le", [FIRST])
    at = whole.index(b"data\xf3\xac\xd3\x11") + 16
    return (
        whole[:at]
        + (whole[at : at + 8] if claimed is None else struct.pack("<Q", claimed + 24))
        + whole[at + 8 :]
        + more
    )


def caf(claimed: int | None = None, more: bytes = b"") -> bytes:
    whole = encoded("caf", "pcm_s16be", [FIRST])
    at = whole.index(b"data") + 4
    return (
        whole[:at]
        + (whole[at : at + 8] if claimed is None else struct.pack(">q", claimed + 4))
        + whole[at + 8 :]
        + more
    )


def au(claimed: int | None = None) -> bytes:
    whole = encoded("au", "pcm_s16be", [FIRST])
    return whole[:8] + (whole[8:12] if claimed is None else struct.pack(">I", claimed)) + whole[12:]


def heard(data: bytes, plan: IngestPlan | None = None) -> tuple[Samples, list[str]]:
    result, files = decoded(data, plan)
    return files.channel(0), [one.message for one in recording_warnings(result)]


def is_tone(sound: Samples, start_s: float, stop_s: float) -> bool:
    """Whether the tone of `FIRST` or `SECOND` goes on all the time, and no noise does instead."""
    tenths = sound[round(start_s * RATE_HZ) : round(stop_s * RATE_HZ)]
    tenths = tenths[: tenths.shape[0] // 1600 * 1600].reshape(-1, 1600)
    return all(0.3 < loudness(tenth) < 0.4 for tenth in tenths)


WHOLE = {
    "as it should be": wav(),
    "size 0": wav(claimed=0),
    "size of a writer that cannot go back": wav(claimed=UNKNOWN),
    "the same of another one": wav(claimed=0x7FFF_F000),
    "RF64": rf64(len(FIRST) * 2),
    "BW64 without a size": rf64(0, b"BW64"),
    "a tag behind": wav(tail=b"TAG" + bytes(125)),
    "zeros behind": wav(tail=bytes(50_000)),
    "chunks behind": wav(more=chunk(b"note", b"odd") + chunk(b"id3 ", b"even")),
    **{f"RIFX {bits} bits {tag}": rifx(bits, tag) for bits, tag in [(8, 1), (16, 1), (24, 1), (32, 1), (32, 3)]},
    "AIFF": aiff(),
    "AIFF of size 0": aiff(claimed=0),
    "Wave64 with a chunk behind": wave64(
        more=b"note\xf3\xac\xd3\x11\x8c\xd1\x00\xc0\x4f\x8e\xdb\x8a" + bytes([24, *bytes(7)])
    ),
    "Wave64 of size 0": wave64(claimed=0),
    "CAF with a chunk behind": caf(more=b"info" + struct.pack(">q", 600) + bytes(600)),
    "CAF that does not know": caf(claimed=-5),
    "AU of size 0": au(claimed=0),
    "AU that does not know": au(claimed=UNKNOWN),
}


@pytest.mark.parametrize("data", WHOLE.values(), ids=WHOLE.keys())
def test_what_needs_no_word(data: bytes) -> None:
    sound, warnings = heard(data)
    assert (sound.shape[0], warnings) == (RATE_HZ, [])
    assert is_tone(sound, 0, 1)


@pytest.mark.parametrize(
    "data",
    [
        wav(claimed=8_000),
        rf64(8_000),
        rifx(claimed=8_000),
        aiff(claimed=8_008),
        wave64(claimed=8_000),
        caf(claimed=8_000),
        au(claimed=8_000),
    ],
    ids=["RIFF", "RF64", "RIFX", "AIFF", "Wave64", "CAF", "AU"],
)
def test_a_header_that_claims_less(data: bytes) -> None:
    sound, warnings = heard(data)
    assert sound.shape[0] == RATE_HZ
    assert is_tone(sound, 0, 1)
    assert warnings == [
        "The header of the recording claims 0.8 seconds less than are there; they were heard all the same."
    ]


@pytest.mark.parametrize(
    "data",
    [
        wav(claimed=96_000),
        aiff(claimed=96_008),
        encoded("flac", "flac", [tone(3.0)])[:-8_000],
        encoded("matroska", "pcm_s16le", [tone(3.0)])[:-64_000],
        encoded("mp3", "libmp3lame", [tone(3.0)])[:-5_000],
    ],
    ids=["WAV", "AIFF", "FLAC", "Matroska", "MP3"],
)
def test_a_header_that_claims_more(data: bytes) -> None:
    sound, warnings = heard(data)
    assert is_tone(sound, 0, 0.8)
    assert [one.partition(" claims ")[0] for one in warnings] == ["The header of the recording"]
    assert warnings[0].endswith("seconds more than could be read.")


TWICE = {
    "two chunks": wav(more=chunk(b"data", SECOND.tobytes())),
    "two chunks around an odd one": wav(more=chunk(b"LIST", b"odd") + chunk(b"data", SECOND.tobytes())),
    "around one that is not padded": wav(more=chunk(b"LIST", b"odd")[:-1] + chunk(b"data", SECOND.tobytes())),
    "two AIFF chunks": aiff(more=chunk(b"SSND", bytes(8) + SECOND.astype(">i2").tobytes(), ">")),
    "two files": wav() + wav(SECOND),
    "two that claim less, of two rates": wav(claimed=8_000) + wav(tone(0.5, 8_000), claimed=400, rate_hz=8_000),
    "two that claim nothing": wav(claimed=UNKNOWN) + wav(tone(0.5, 8_000), claimed=0, rate_hz=8_000),
    "two codecs": wav() + encoded("wav", "pcm_mulaw", [tone(0.5, 8_000)], 8_000),
    "two AIFF": aiff() + aiff(SECOND),
    **{
        f"two {name}": encoded(name, codec, [FIRST]) + encoded(name, codec, [tone(0.5, rate_hz)], rate_hz)
        for name, codec, rate_hz in [
            ("flac", "flac", 8_000),
            ("ogg", "libopus", 48_000),
            ("ogg", "flac", 8_000),
            ("matroska", "pcm_s16le", 8_000),
            ("mov", "pcm_s16le", 8_000),
            ("avi", "pcm_s16le", 8_000),
            ("au", "pcm_s16be", 8_000),
            ("caf", "pcm_s16be", 8_000),
            ("w64", "pcm_s16le", 8_000),
        ]
    },
    "two codecs in Ogg": encoded("ogg", "libopus", [FIRST]) + encoded("ogg", "flac", [SECOND]),
    "garbage between MP4s": encoded("mov", "pcm_s16le", [FIRST]) + NOISE + encoded("mov", "pcm_s16le", [SECOND]),
}


@pytest.mark.parametrize("data", TWICE.values(), ids=TWICE.keys())
def test_one_after_the_other(data: bytes) -> None:
    """Heard, and served, on one clock: what is covered in the second one is covered where it is heard."""
    sound, _ = heard(data)
    assert sound.shape[0] == pytest.approx(1.5 * RATE_HZ, abs=50)
    assert is_tone(sound, 0, 0.95)
    assert is_tone(sound, 1.05, 1.45)
    with open_sound(io.BytesIO(data), DecodeLimits()) as served:
        assert sum(block.shape[1] for block in served.blocks) / served.rate_hz == pytest.approx(1.5, abs=0.003)


@pytest.mark.parametrize(
    ("name", "codec"), [("mp3", "libmp3lame"), ("adts", "aac"), ("mpegts", "mp2"), ("asf", "wmav2")]
)
def test_frames_of_two_files_follow_each_other(name: str, codec: str) -> None:
    sound, _ = heard(encoded(name, codec, [FIRST]) + encoded(name, codec, [SECOND]))
    assert is_tone(sound, 0.1, 0.9)
    assert is_tone(sound[-RATE_HZ // 2 :], 0.1, 0.4)


def test_another_number_of_channels() -> None:
    """All channels of a further part are heard, and a mono one once."""
    name, codec = "ogg", "flac"
    mono, stereo = encoded(name, codec, [FIRST]), encoded(name, codec, [silence(0.5), 2 * (SECOND // 2)])
    sound, _ = heard(mono + stereo)
    assert loudness(sound[17_000:]) == pytest.approx(loudness(SECOND) / 2, rel=0.05)
    both = IngestPlan(channels=(ChannelPlan("Agent"), ChannelPlan("Caller")))
    _, files = decoded(stereo + mono, both)
    assert is_tone(files.channel(0), 0.6, 1.4)
    assert loudness(files.channel(1)[9_000:]) == 0


@pytest.mark.parametrize(
    ("tail", "told"),
    [
        (NOISE, True),
        (encoded("mp3", "libmp3lame", [FIRST]), True),
        (b"exported by a recorder that says a lot\r\n" * 100, True),
        (b"exported by a recorder", False),
    ],
    ids=["noise", "MP3", "text", "a few words"],
)
def test_what_is_no_sound_is_left_out_and_told(tail: bytes, told: bool) -> None:
    sound, warnings = heard(wav(tail=tail))
    assert sound.shape[0] == RATE_HZ
    assert is_tone(sound, 0, 1)
    assert warnings == (
        [f"{len(tail)} bytes of the file are no sound that can be read, and were left out."] if told else []
    )


def test_a_part_that_cannot_be_opened_is_left_out_and_told() -> None:
    broken = b"fLaC\x00\x00\x00\x22" + bytes(5_000)
    for data in (encoded("flac", "flac", [FIRST]) + broken, broken + encoded("flac", "flac", [FIRST])):
        sound, warnings = heard(data)
        assert sound.shape[0] == RATE_HZ
        assert warnings == [f"{len(broken)} bytes of the file are no sound that can be read, and were left out."]
    with pytest.raises(MediaFailed, match="10201"):
        heard(broken + broken)


def test_damage_is_told() -> None:
    mp3 = bytearray(encoded("amr", "libopencore_amrnb", [tone(2.0, 8_000)], 8_000))
    mp3[1_000:1_400] = NOISE[:400]
    _, warnings = heard(bytes(mp3))
    assert len(warnings) == 1
    assert "pieces of the recording are damaged" in warnings[0]


def test_a_picture_that_begins_like_a_recording_is_none() -> None:
    cover = b"\x00\x00\x00\x18ftypheic" + bytes(100)
    data = b"\x00\x00\x00\x10ftypM4A \x00\x00\x00\x00" + struct.pack(">I", 8 + len(cover)) + b"mdat" + cover
    assert further_starts(MediaSource(io.BytesIO(data)), 10) == []


def test_parts_without_end_are_left_out_and_counted() -> None:
    small = wav(FIRST[:100])
    data = small * (MAX_PARTS + 5)
    parts = find_parts(MediaSource(io.BytesIO(data)))
    assert len(parts) == MAX_PARTS
    assert parts[-1].left_out_bytes == 5 * len(small)


@pytest.mark.parametrize("cut", [13, 20, 30, 40, 43, 44, 45, 60, 70, 100, 127])
def test_a_header_that_breaks_off(cut: int) -> None:
    """Refused or empty, never a fault of ours."""
    for data in (wav(), rifx(), aiff(), rf64(100), wave64(8_000), caf(8_000), au(8_000)):
        with suppress(MediaFailed):
            assert heard(data[:cut])[0].shape[0] <= 60
