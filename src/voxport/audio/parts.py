"""The recordings within a file, one after another: most files are one, some are several that were joined.

FFmpeg reads the first of several joined files, or takes the header of the next one for sound, and of a WAV what the
header claims. So a file that is not plain is taken apart here first: at the beginnings of further files, and into
the chunks of a WAV or AIFF (`sound_chunks.py`). Each part is then read as a file of its own.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

import numpy as np

from voxport.audio.file_starts import further_starts
from voxport.audio.short_claims import read_short_claim
from voxport.audio.sound_chunks import SoundChunks, is_plain, read_chunks
from voxport.audio.source import MediaSource

MAX_PARTS = 1_000
"""What follows is left out: a stream that changes its title every few minutes has some hundred in a day."""


@dataclass(frozen=True, slots=True)
class Part:
    """A recording within a file."""

    ranges: tuple[tuple[int, int], ...]
    """Where its bytes lie in the file, [start, stop) each, in order."""
    header: bytes = b""
    """What stands before them instead of what the file has."""
    swapped_bytes: int = 1
    """Bytes of a sample, whose order is turned round; 1: as they are."""
    missing_s: float = 0.0
    """What its header claims and the file has not."""
    beyond_s: float = 0.0
    """What the file has of it beyond what its header claims."""
    left_out_bytes: int = 0
    """What stands in it and is no sound."""

    @property
    def size(self) -> int:
        return len(self.header) + sum(stop - start for start, stop in self.ranges)


def find_parts(source: MediaSource) -> list[Part]:
    """The parts of a file in order, at least one; reads it once where its type can be joined, else its beginning."""
    if is_plain(source):
        return [Part(((0, source.size),))]
    starts = [0, *further_starts(source, MAX_PARTS)]
    parts = []
    for start, stop in pairwise([*starts[:MAX_PARTS], source.size if len(starts) <= MAX_PARTS else starts[MAX_PARTS]]):
        chunks = read_chunks(source, start, stop)
        parts.append(_as_it_is(source, start, stop) if chunks is None else _of_chunks(chunks))
    parts[-1] = replace(parts[-1], left_out_bytes=parts[-1].left_out_bytes + source.size - stop)
    return parts


def _as_it_is(source: MediaSource, start: int, stop: int) -> Part:
    short = read_short_claim(source, start, stop)
    if short is None:
        return Part(((start, stop),))
    return Part(((short.start, stop),), header=short.header, beyond_s=short.beyond_bytes / short.bytes_per_s)


def _of_chunks(chunks: SoundChunks) -> Part:
    second = chunks.form.bytes_per_s or 1
    return Part(
        ranges=chunks.ranges,
        header=chunks.form.header(chunks.size),
        swapped_bytes=chunks.form.swapped_bytes,
        missing_s=chunks.missing_bytes / second,
        beyond_s=chunks.beyond_bytes / second,
        left_out_bytes=chunks.left_out_bytes,
    )


class PartReader:
    """The bytes of a part as a file."""

    def __init__(self, source: MediaSource, part: Part) -> None:
        self._source, self._part = source, part
        self._ends: Sequence[int] = list(accumulate((stop - start for start, stop in part.ranges), initial=0))
        self._at = 0

    def read(self, size: int) -> bytes:
        """Up to `size` bytes; fewer at the end alone."""
        size = min(size, self._part.size - self._at)
        if size <= 0:
            return b""
        header, start = self._part.header, self._at - len(self._part.header)
        begun = header[self._at : self._at + size]
        read = begun + self._data(max(0, start), size - len(begun))
        self._at += len(read)
        return read

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._part.size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def tell(self) -> int:
        return self._at

    def _data(self, start: int, size: int) -> bytes:
        width = self._part.swapped_bytes
        if width == 1 or not size:
            return b"".join(self._pieces(start, start + size))
        first, stop = start // width * width, -(-(start + size) // width) * width
        data = b"".join(self._pieces(first, stop))
        whole = len(data) // width * width
        turned = np.frombuffer(data[:whole], np.uint8).reshape(-1, width)[:, ::-1].tobytes() + data[whole:]
        return turned[start - first : start - first + size]

    def _pieces(self, start: int, stop: int) -> Iterable[bytes]:
        """Bytes [start, stop) of the ranges taken together."""
        for (first, _), (begin, end) in zip(self._part.ranges, pairwise(self._ends), strict=True):
            if begin < stop and start < end:
                self._source.seek(first + max(start, begin) - begin)
                yield self._source.read(min(stop, end) - max(start, begin))
