"""Wave64, CAF and AU whose header claims less sound than stands behind it: of a recorder that broke off.

FFmpeg reads what is claimed. A header with the true size in front of the sound makes all of it heard. Only of samples
that stand as they are can be told that what follows is more of them. Sources: Sony's Wave64, Apple's Core Audio Format
Specification 1.0, the AU header of NeXT and Sun.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from voxport.audio.sound_chunks import Rest, rest_behind
from voxport.audio.source import MediaSource

_MAX_HEADER_BYTES = 1 << 16
"""What stands before the sound is read up to here."""
_WAVE64 = b"riff\x2e\x91\xcf\x11\xa5\xd6\x28\xdb\x04\xc1\x00\x00"
_WAVE64_CHUNK = b"\xf3\xac\xd3\x11\x8c\xd1\x00\xc0\x4f\x8e\xdb\x8a"
"""What the name of a chunk of Wave64 ends with, behind its four letters."""
_WAVE64_PLAIN = (1, 3, 6, 7, 0xFFFE)
"""Of `fmt `: PCM, float, A-law, mu-law, and the form that says it further behind."""
_AU_BYTES = {1: 1, 2: 1, 3: 2, 4: 3, 5: 4, 6: 4, 7: 8, 27: 1}
"""By the encoding of an AU: bytes of a sample."""


@dataclass(frozen=True, slots=True)
class ShortClaim:
    """The sound of a file that has more of it than its header claims."""

    header: bytes
    """All that stands before the sound, with its true size."""
    start: int
    """Where the sound begins."""
    beyond_bytes: int
    """What is not claimed."""
    bytes_per_s: float


@dataclass(frozen=True, slots=True)
class _Claim:
    """Places count from the beginning of the file."""

    start: int
    """Of the sound."""
    size: int
    """Of the sound, in bytes."""
    size_at: int
    """Where the header says so."""
    written: struct.Struct
    """How it does."""
    counted: int
    """Bytes before the sound that the written size counts too."""
    bytes_per_s: float
    next_chunk: int
    """Where a further chunk would stand."""


def read_short_claim(source: MediaSource, start: int, stop: int) -> ShortClaim | None:
    """None for every file in [start, stop) that is of another type, or whose header claims all that is there."""
    source.seek(start)
    head = source.read(min(_MAX_HEADER_BYTES, stop - start))
    claim = _wave64(head) or _caf(head) or _au(head)
    if claim is None or claim.bytes_per_s <= 0 or start + claim.start + claim.size >= stop:
        return None
    source.seek(start + claim.next_chunk)
    if _is_chunk(head, source.read(24)):
        return None
    claimed = start + claim.start + claim.size
    if claim.size and rest_behind(source, claimed, stop, is_plain=True) is not Rest.SOUND:
        return None
    size = stop - start - claim.start
    # More than an AU can say is written as a size that is not known.
    written = claim.written.pack(min(size + claim.counted, (1 << 8 * claim.written.size) - 1))
    header = head[: claim.size_at] + written + head[claim.size_at + len(written) : claim.start]
    return ShortClaim(header, start + claim.start, stop - claimed if claim.size else 0, claim.bytes_per_s)


def _wave64(head: bytes) -> _Claim | None:
    at, bytes_per_s = 40, 0
    while head.startswith(_WAVE64) and head[at + 4 : at + 16] == _WAVE64_CHUNK and at + 24 <= len(head):
        size = int.from_bytes(head[at + 16 : at + 24], "little")
        if head[at : at + 4] == b"fmt " and at + 40 <= len(head):
            tag, _, _, rate = struct.unpack_from("<HHII", head, at + 24)
            bytes_per_s = rate if tag in _WAVE64_PLAIN else 0
        if head[at : at + 4] == b"data":
            sound = max(0, size - 24)
            following = at + -(-max(24, size) // 8) * 8
            return _Claim(at + 24, sound, at + 16, struct.Struct("<Q"), 24, bytes_per_s, following)
        if size < 24:
            return None
        at += -(-size // 8) * 8
    return None


def _caf(head: bytes) -> _Claim | None:
    at, bytes_per_s = 8, 0.0
    while head.startswith(b"caff") and at + 12 <= len(head):
        (size,) = struct.unpack_from(">q", head, at + 4)
        if head[at : at + 4] == b"desc" and at + 44 <= len(head):
            rate_hz, kind, _, packet_bytes, packet_frames = struct.unpack_from(">d4sIII", head, at + 12)
            plain = kind in (b"lpcm", b"ulaw", b"alaw") and packet_frames == 1 and 0 < rate_hz < 1e7
            bytes_per_s = rate_hz * packet_bytes if plain else 0.0
        if size < 0:
            return None
        if head[at : at + 4] == b"data":
            sound = max(0, size - 4)
            return _Claim(at + 16, sound, at + 4, struct.Struct(">q"), 4, bytes_per_s, at + 12 + size)
        at += 12 + size
    return None


def _au(head: bytes) -> _Claim | None:
    if not head.startswith(b".snd") or len(head) < 24:
        return None
    start, size, encoding, rate_hz, channels = struct.unpack_from(">IIIII", head, 4)
    if not 24 <= start <= len(head) or size == 0xFFFF_FFFF:
        return None
    bytes_per_s = rate_hz * channels * _AU_BYTES.get(encoding, 0)
    return _Claim(start, size, 8, struct.Struct(">I"), 0, bytes_per_s, start + size)


def _is_chunk(head: bytes, name: bytes) -> bool:
    """Whether a further chunk of the file's type begins with `name`; an AU has none."""
    if head.startswith(_WAVE64):
        return name[4:16] == _WAVE64_CHUNK
    return head.startswith(b"caff") and name[:4].isalpha() and 0 <= int.from_bytes(name[4:12], "big") < 1 << 40
