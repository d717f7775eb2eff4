"""The chunks of a WAV (RIFF, RIFX, RF64, BW64) or AIFF in which the sound lies, whatever their headers claim.

Recorders that break off, or write while they run, leave headers that claim less than is there, or nothing, and some
write the sound in several chunks. A new header in front of the sound itself makes all of it heard. Sources: Multimedia
Programming Interface and Data Specifications 1.0 (RIFF), EBU Tech 3306 (RF64), Apple's AIFF-C.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto

import numpy as np

from voxport.audio.source import MediaSource

_FORMS = {b"RIFF": b"WAVE", b"RIFX": b"WAVE", b"RF64": b"WAVE", b"BW64": b"WAVE", b"FORM": b"AIF"}
_MAX_CHUNKS = 10_000
_MAX_FORMAT_BYTES = 4_096
_UNKNOWN_BYTES = 0x7FFF_0000
"""From here on a size says that the writer did not know it: 0xFFFFFFFF, 0x7FFFF000 and the like."""
_PLAIN_TAGS = {1: True, 3: True, 6: False, 7: False}
"""Formats whose samples stand as they are (PCM, float, A-law, mu-law): whether a sample has several bytes."""
_EXTENSIBLE = 0xFFFE
_LOOKED_AT_BYTES = 1 << 16
_LEAST_BYTES = 512
"""Less behind the sound is padding or a tag."""
_COMPRESSED_BITS = 7.9
"""Bits of information in a byte: samples have less, what is compressed or encrypted has more."""
_MOSTLY = 0.95
_TEXT = [*range(0x20, 0x7F), *b"\t\n\r"]
_TAGS = (b"ID3", b"TAG", b"APETAGEX", b"LYRICS", b"\xff\xfb", b"\xff\xf3", b"PK\x03\x04")


@dataclass(frozen=True, slots=True)
class SoundForm:
    """What a header has to say about the sound."""

    is_aiff: bool
    description: bytes
    """The chunk `fmt ` in little-endian order, or `COMM`, without their heads."""
    bytes_per_s: int
    swapped_bytes: int = 1
    """Bytes of a sample, where their order is the other way round than that of the header; else 1."""
    is_plain: bool = True
    """Whether the samples stand as they are, not compressed."""

    def header(self, sound_bytes: int) -> bytes:
        """All that stands before the sound."""
        if self.is_aiff:
            kind = b"AIFC" if len(self.description) > 18 else b"AIFF"
            size = min(sound_bytes + 8, 0x7FFF_FFFF)
            version = b"FVER" + struct.pack(">II", 4, 0xA280_5140) if kind == b"AIFC" else b""
            described = b"COMM" + struct.pack(">I", len(self.description)) + self.description
            body = kind + version + described + b"SSND" + struct.pack(">III", size, 0, 0)
            whole = min(len(body) + sound_bytes, 0x7FFF_FFFF)
            return b"FORM" + struct.pack(">I", whole) + body
        described = b"fmt " + struct.pack("<I", len(self.description)) + self.description
        return b"RIFF\xff\xff\xff\xffWAVE" + described + b"data\xff\xff\xff\xff"


@dataclass(slots=True)
class SoundChunks:
    """Where the sound of a file lies."""

    form: SoundForm
    ranges: tuple[tuple[int, int], ...] = ()
    missing_bytes: int = 0
    """What the headers claim and the file has not."""
    beyond_bytes: int = 0
    """What the file has beyond what the headers claim."""
    left_out_bytes: int = 0
    """What is no sound, and no chunk either."""

    @property
    def size(self) -> int:
        return sum(stop - start for start, stop in self.ranges)


def is_plain(source: MediaSource) -> bool:
    """Whether a WAV or AIFF is just one chunk of sound, as its header says: nothing is to be put right."""
    if source.head[:4] == b"RIFX" or not _is_chunked(source.head):
        return False
    walk = _Walk(source, 0, source.size)
    found = [chunk for chunk in walk if chunk.is_sound]
    return len(found) == 1 and found[0].size > 0 and walk.whole


def read_chunks(source: MediaSource, start: int, stop: int) -> SoundChunks | None:
    """The sound of the WAV or AIFF in [start, stop); None for any other file, or one that says nothing of its form."""
    source.seek(start)
    head = source.read(12)
    if not _is_chunked(head):
        return None
    walk = _Walk(source, start, stop)
    form: SoundForm | None = None
    chunks: SoundChunks | None = None
    ranges: list[tuple[int, int]] = []
    for chunk in walk:
        if chunk.name in (b"fmt ", b"COMM") and form is None:
            source.seek(chunk.start)
            form = _form(head[:4], source.read(min(chunk.size, _MAX_FORMAT_BYTES)))
            chunks = None if form is None else SoundChunks(form)
        elif chunk.is_sound and chunks is not None:
            ranges.append(_sound(walk, chunk, chunks))
    if chunks is None or not ranges:
        return None
    chunks.ranges = tuple((first, last) for first, last in ranges if first < last)
    chunks.left_out_bytes += walk.left_bytes
    return chunks


def _is_chunked(head: bytes) -> bool:
    return head[8:12].startswith(_FORMS.get(head[:4], b"-"))


@dataclass(frozen=True, slots=True)
class _Chunk:
    name: bytes
    start: int
    """Where what it holds begins."""
    size: int
    """As claimed; 0 or more than there is where the writer did not know."""

    @property
    def is_sound(self) -> bool:
        return self.name in (b"data", b"SSND")


@dataclass(slots=True)
class _Walk:
    """Goes from chunk to chunk by what their heads claim, as far as that leads to further heads."""

    source: MediaSource
    start: int
    stop: int
    size64: int | None = None
    """The size of the sound in an RF64."""
    at: int = 0
    big_endian: bool = field(default=False, init=False)
    whole: bool = field(default=False, init=False)
    """Whether the chunks have led to the end of the file, exactly."""

    def __iter__(self) -> Iterator[_Chunk]:
        self.source.seek(self.start)
        self.big_endian = self.source.read(4) in (b"RIFX", b"FORM")
        self.at = self.start + 12
        for _ in range(_MAX_CHUNKS):
            chunk = self._head(self.at)
            if chunk is None or not self._fits(chunk):
                break
            if chunk.name == b"ds64":
                self.source.seek(chunk.start + 8)
                self.size64 = int.from_bytes(self.source.read(8), "little")
            # Where it goes on, unless whoever takes the chunk knows better.
            self.at = chunk.start + chunk.size
            if not self._continues(self.at) and self._continues(self.at + 1):
                self.at += 1
            yield chunk
        self.whole = self.stop - 1 <= self.at <= self.stop

    @property
    def left_bytes(self) -> int:
        """What was not reached."""
        left = self.stop - self.at
        return left if left >= _LEAST_BYTES else 0

    def _head(self, at: int) -> _Chunk | None:
        if at + 8 > self.stop:
            return None
        self.source.seek(at)
        head = self.source.read(8)
        name = head[:4]
        if len(head) < 8 or name in _FORMS or not all(0x20 <= sign < 0x7F for sign in name):
            return None
        size = int.from_bytes(head[4:], "big" if self.big_endian else "little")
        if name == b"data" and self.size64 is not None and size == 0xFFFF_FFFF:
            size = self.size64
        return _Chunk(name, at + 8, size)

    def _continues(self, at: int) -> bool:
        """Whether a chunk stands there that can be one, or the file ends."""
        if at == self.stop:
            return True
        chunk = self._head(at)
        return chunk is not None and self._fits(chunk)

    def _fits(self, chunk: _Chunk) -> bool:
        """Whether it ends with the file at the latest; of sound there may be less than claimed."""
        return chunk.is_sound or chunk.start + chunk.size <= self.stop + 1

    def leads_on(self) -> bool:
        """Whether something that can be read stands where the chunk in hand ends."""
        return self.at >= self.stop - 1 or self._continues(self.at)


def _sound(walk: _Walk, chunk: _Chunk, chunks: SoundChunks) -> tuple[int, int]:
    """Where the sound of a chunk lies; what its head claims wrongly is noted, and where the walk goes on."""
    start = chunk.start + (8 if chunk.name == b"SSND" else 0)
    claimed = chunk.start + chunk.size
    unknown = chunk.size >= _UNKNOWN_BYTES and claimed > walk.stop
    if claimed >= walk.stop:
        walk.at = walk.stop
        chunks.missing_bytes += 0 if unknown else claimed - walk.stop
        return start, walk.stop
    if walk.leads_on():
        return start, max(start, claimed)
    rest = (
        Rest.SOUND if chunk.size == 0 else rest_behind(walk.source, claimed, walk.stop, is_plain=chunks.form.is_plain)
    )
    if rest is Rest.OTHER:
        return start, max(start, claimed)
    walk.at = walk.stop
    if rest is Rest.NOTHING:
        return start, max(start, claimed)
    chunks.beyond_bytes += walk.stop - claimed if chunk.size else 0
    return start, walk.stop


class Rest(Enum):
    """What stands behind a chunk of sound and is no chunk."""

    SOUND = auto()
    NOTHING = auto()
    """Too little, or zeros: a file that was made as long as this beforehand."""
    OTHER = auto()


def rest_behind(source: MediaSource, start: int, stop: int, *, is_plain: bool) -> Rest:
    """What [start, stop) is; `is_plain`: samples before it stand as they are, so what is compressed is none of them."""
    source.seek(start)
    looked_at = source.read(min(stop - start, _LOOKED_AT_BYTES))
    if len(looked_at) < _LEAST_BYTES:
        return Rest.NOTHING
    counts = np.bincount(np.frombuffer(looked_at, np.uint8), minlength=256)
    if counts[0] == len(looked_at) and _is_empty(source, stop):
        return Rest.NOTHING
    shares = counts[counts > 0] / len(looked_at)
    compressed = is_plain and -float((shares * np.log2(shares)).sum()) > _COMPRESSED_BITS
    text = counts[_TEXT].sum() > _MOSTLY * len(looked_at)
    return Rest.OTHER if compressed or text or looked_at.startswith(_TAGS) else Rest.SOUND


def _is_empty(source: MediaSource, stop: int) -> bool:
    """Whether nothing but zeros stands from where the source is up to `stop`: a file that was made long beforehand."""
    while source.tell() < stop:
        block = source.read(min(1 << 20, stop - source.tell()))
        if not block or block.count(0) < len(block):
            return False
    return True


def _form(kind: bytes, description: bytes) -> SoundForm | None:
    if kind == b"FORM":
        return _aiff_form(description)
    if len(description) < 16:
        return None
    order = ">" if kind == b"RIFX" else "<"
    fields = struct.unpack(order + "HHIIHH", description[:16])
    tag, channels, bytes_per_s, block_bytes = fields[0], fields[1], fields[3], fields[4]
    rest = description[16:]
    if kind == b"RIFX":
        rest = _turned(rest)
    if tag == _EXTENSIBLE and len(rest) >= 10:
        tag = struct.unpack("<H", rest[8:10])[0]
    several = _PLAIN_TAGS.get(tag)
    width = block_bytes // channels if kind == b"RIFX" and several and channels else 1
    return SoundForm(
        is_aiff=False,
        description=struct.pack("<HHIIHH", *fields) + rest,
        bytes_per_s=bytes_per_s,
        swapped_bytes=max(1, width),
        is_plain=several is not None,
    )


def _turned(rest: bytes) -> bytes:
    """What stands behind the first 16 bytes of a format in little-endian order: sizes, masks, and a GUID."""
    order, layout = [], (2, 2, 4, 4, 2, 2)
    at = 0
    for width in layout:
        order.append(rest[at : at + width][::-1])
        at += width
    return b"".join(order) + rest[at:]


def _aiff_form(description: bytes) -> SoundForm | None:
    if len(description) < 18:
        return None
    channels, _, bits = struct.unpack(">HIH", description[:8])
    exponent, mantissa = struct.unpack(">HQ", description[8:18])
    rate_hz = mantissa * 2.0 ** (exponent - 16383 - 63) if 0 < exponent < 16383 + 32 else 0
    return SoundForm(is_aiff=True, description=description, bytes_per_s=int(rate_hz * channels * -(-bits // 8)))
