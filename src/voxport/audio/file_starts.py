"""Where further files begin in a file that was joined from several of one type.

Only types that are known by what stands at their beginning, in so many bytes that sound does not come to it by chance.
MP3, ADTS and MPEG-TS begin anew with every frame, and need nothing of the kind. Ogg: RFC 3533 section 4.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from voxport.audio.source import MediaSource

_BLOCK_BYTES = 1 << 20
_LONGEST = 64
"""Bytes that a beginning is recognised by, at most."""
_OGG_HEADER_BYTES = 27
_MAX_BOXES = 100_000
"""Boxes of an MP4 that are looked at: one of pieces of two seconds has some 40,000 in a day."""


@dataclass(frozen=True, slots=True)
class _Beginning:
    """How files of a type begin."""

    anchor: bytes
    """What is searched for; rare, so that the search is quick."""
    pattern: re.Pattern[bytes]
    """What has to stand there, the anchor included."""
    before: int = 0
    """Bytes of it before the anchor."""


_ANY = rb"[\x00-\xff]"
_BEGINNINGS = (
    _Beginning(b"OggS\x00\x02", re.compile(rb"OggS\x00\x02")),
    _Beginning(b"fLaC", re.compile(rb"fLaC[\x00\x80]\x00\x00\x22")),
    _Beginning(b"\x1aE\xdf\xa3", re.compile(rb"\x1aE\xdf\xa3" + _ANY + rb"{1,8}?B\x86\x81\x01")),
    _Beginning(b"FLV\x01", re.compile(rb"FLV\x01[\x00\x01\x04\x05]\x00\x00\x00\x09")),
    _Beginning(b"\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9", re.compile(rb"\x30\x26\xb2")),
    _Beginning(b"#!AMR", re.compile(rb"#!AMR(-WB)?\n")),
    _Beginning(b".snd\x00\x00", re.compile(rb"\.snd\x00\x00" + _ANY + rb"{6}\x00\x00\x00[\x01-\x1b]\x00")),
    _Beginning(b"caff\x00\x01", re.compile(rb"caff\x00\x01\x00" + _ANY + rb"desc")),
    _Beginning(b"AIF", re.compile(rb"FORM" + _ANY + rb"{4}AIF[FC](COMM|FVER|MARK|NAME|COMT|SSND|INST)"), before=8),
    _Beginning(b"AVI LIST", re.compile(rb"RIFF" + _ANY + rb"{4}AVI LIST"), before=8),
    _Beginning(
        b"WAVE", re.compile(rb"(RIFF|RIFX|RF64|BW64)" + _ANY + rb"{4}WAVE(fmt |ds64|JUNK|bext|LIST|fact)"), before=8
    ),
    _Beginning(b"riff\x2e\x91\xcf\x11", re.compile(rb"riff\x2e\x91\xcf\x11\xa5\xd6\x28\xdb\x04\xc1")),
)

_MP4 = _Beginning(b"ftyp", re.compile(rb"\x00\x00\x00[\x0c-\x80]ftyp[ -~]{4}"), before=4)


def further_starts(source: MediaSource, most: int) -> list[int]:
    """Where files of the type that begins at 0 begin again, in order, the first `most` of them."""
    if source.head[4:8] == b"ftyp":
        return _boxes(source, most)[:most]
    known = [one for one in _BEGINNINGS if one.pattern.match(source.head)]
    if not known:
        return []
    is_ogg = source.head.startswith(b"OggS")
    starts: list[int] = []
    joined_until = _page_end(source, 0) if is_ogg else 0
    for start in _found(source, known[0], 1):
        if is_ogg and start == joined_until:
            # Streams side by side begin one directly after the other.
            joined_until = _page_end(source, start)
        else:
            joined_until = _page_end(source, start) if is_ogg else 0
            starts.append(start)
        if len(starts) >= most:
            break
    return starts


def _found(source: MediaSource, beginning: _Beginning, first: int) -> Iterator[int]:
    """Every place from `first` on where the beginning stands, in order."""
    source.seek(first)
    held, offset = b"", first
    while block := source.read(_BLOCK_BYTES):
        held += block
        at = held.find(beginning.anchor)
        while at >= 0 and (at + _LONGEST <= len(held) or len(block) < _BLOCK_BYTES):
            begin = at - beginning.before
            if begin >= 0 and offset + begin >= first and beginning.pattern.match(held, begin):
                place, first = source.tell(), offset + begin + 1
                yield first - 1
                source.seek(place)
            at = held.find(beginning.anchor, at + 1)
        left = max(0, (at if at >= 0 else len(held) - _LONGEST) - beginning.before)
        held, offset = held[left:], offset + left


def _page_end(source: MediaSource, start: int) -> int:
    source.seek(start)
    head = source.read(_OGG_HEADER_BYTES)
    if len(head) < _OGG_HEADER_BYTES:
        return start
    segments = source.read(head[-1])
    return start + len(head) + len(segments) + sum(segments)


def _boxes(source: MediaSource, most: int) -> list[int]:
    """The second `ftyp` and those after it at the top level of an MP4 (a picture inside may have one too)."""
    starts: list[int] = []
    at = 0
    for _ in range(_MAX_BOXES):
        source.seek(at)
        head = source.read(16)
        size = int.from_bytes(head[:4], "big")
        if size == 1 and len(head) == 16:
            size = int.from_bytes(head[8:], "big")
        if head[4:8] == b"ftyp" and at > 0:
            starts.append(at)
        if size < 8 or at + size > source.size or len(starts) >= most:
            break
        at += size
    # Behind what is no box another file may begin all the same.
    return [*starts, *islice(_found(source, _MP4, at + 1), most)] if at < source.size else starts
