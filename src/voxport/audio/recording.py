"""An opened recording: what it is, and its decoded samples on the one clock, part after part of the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO

from voxport.audio.container import open_container
from voxport.audio.limits import DecodeLimits, check_channels
from voxport.audio.part_decoding import PartDecoder, TimedBlock
from voxport.audio.parts import Part, PartReader, find_parts
from voxport.audio.source import MediaSource, never
from voxport.core.errors import MediaFailed


@dataclass(slots=True)
class Completeness:
    """How much of a file was heard, as far as it has been read."""

    left_out_bytes: int = 0
    """What stands between or behind its sound and is none, or cannot be opened."""
    missing_s: float = 0.0
    """What its headers claim and is not there."""
    beyond_s: float = 0.0
    """What was heard beyond what its headers claim."""
    faults: int = 0
    """Packets that could not be decoded."""
    broken_off: bool = False
    """Whether it is broken from somewhere on."""


class Recording:
    """The sound of one file, readable once. Its form is that of the first frame of its first part."""

    def __init__(self, source: MediaSource, limits: DecodeLimits, opened: ExitStack) -> None:
        self._source, self._limits, self._opened = source, limits, opened
        self.completeness = Completeness()
        self.unheard_streams = 0
        """Further audio streams of the file, which are left out; of the part that has most of them."""
        self._parts = find_parts(source)
        self._waiting = iter(self._parts)
        self._part = self._first_part()
        blocks = self._part.blocks()
        self.first = next(blocks, None)
        """The first decoded block; None in a recording without a sample."""
        if self.first is None:
            self.channels, self.rate_hz = self._part.form_of_nothing()
        else:
            self.channels, self.rate_hz = self.first.samples.shape[0], self.first.rate_hz
        check_channels(self.channels, limits)
        part = self._part
        self.container, self.codec = part.container, part.codec
        """FFmpeg's names."""
        self.bit_rate = part.bit_rate
        """Bits a second of the sound alone; None where the recording does not say."""
        self.claimed_s = part.claimed_s if len(self._parts) == 1 else None
        """The length that the headers claim, None where they claim none."""
        self.content_type = part.content_type
        """The `mediaContentType` of the wire, by all that has been read so far."""
        self._blocks = blocks

    def blocks(self) -> Iterator[TimedBlock]:
        """The decoded samples from the first on. Raises StageInterrupted, and what reading the file raises."""
        return chain(() if self.first is None else (self.first,), self._blocks, self._of_further_parts())

    def check_interrupted(self) -> None:
        """Raises StageInterrupted when the stage is to stop."""
        self._source.check_interrupted()

    def _first_part(self) -> PartDecoder:
        failure: MediaFailed | None = None
        for part in self._waiting:
            try:
                return self._open(part)
            except MediaFailed as error:
                self._source.reraise()
                failure = failure or error
                self.completeness.left_out_bytes += part.size
        raise failure or AssertionError("every file has a part")

    def _of_further_parts(self) -> Iterator[TimedBlock]:
        self.content_type = self._part.content_type
        self._note_end()
        for part in self._waiting:
            self._opened.close()
            try:
                self._part = self._open(part)
            except MediaFailed:
                self._source.reraise()
                self.completeness.left_out_bytes += part.size
                continue
            yield from self._part.blocks()
            self._note_end()

    def _open(self, part: Part) -> PartDecoder:
        whole = part.ranges == ((0, self._source.size),) and not part.header
        self._source.seek(0)
        source = self._source if whole else MediaSource(PartReader(self._source, part), self._source.interrupted)
        decoder = PartDecoder(self._opened.enter_context(open_container(source)), source, self._limits)
        self.unheard_streams = max(self.unheard_streams, decoder.unheard_streams)
        found = self.completeness
        found.left_out_bytes += part.left_out_bytes
        found.missing_s += part.missing_s
        found.beyond_s += part.beyond_s
        return decoder

    def _note_end(self) -> None:
        found, part = self.completeness, self._part
        found.missing_s += part.missing_s
        found.faults += part.faults
        found.broken_off = found.broken_off or part.broken_off


@contextmanager
def open_recording(
    reader: BinaryIO, limits: DecodeLimits, interrupted: Callable[[], bool] = never
) -> Iterator[Recording]:
    """The recording in a seekable file, as long as the block lasts.

    Raises MediaFailed 10201 (unreadable, over a limit), and while it is read also StageInterrupted and whatever
    `reader` raises.
    """
    source = MediaSource(reader, interrupted)
    with ExitStack() as opened:
        yield Recording(source, limits, opened)
