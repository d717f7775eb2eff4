"""What detection hands on: what was found, which stretches of time are covered for whom, and what must not be heard
again. It lives in memory only: `Secret` is never stored, logged or sent.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property

from voxport.core.findings import Detection
from voxport.core.plan import AudioRedactor
from voxport.core.spans import merge, pad
from voxport.core.transcript import Span


@dataclass(frozen=True, slots=True)
class Cover:
    """A stretch to be covered on every channel."""

    span: Span
    detector: str
    """The name of the detector that it is covered for."""
    replacement: str | None = None
    """What stands for its words; None: the words stay."""
    audio: AudioRedactor | None = None
    """The tone that covers its sound; None: the sound stays."""
    echo_ms: int = 0
    """How much earlier or later the same speech is heard on another channel: its sound is covered that much wider."""

    @property
    def sound(self) -> Span:
        """Where its sound is covered."""
        return pad(self.span, self.echo_ms, self.echo_ms)


@dataclass(frozen=True, slots=True)
class Secret:
    """Digits that were found, and where they were said; never shown, not even by `repr`."""

    detector: str
    """The name of the detector that found it."""
    span: Span
    """From the first word that carries its digits to the last."""
    digits: str = field(repr=False)
    """In the order in which they were said; empty for what is said in words."""
    tokens: frozenset[str] = field(default=frozenset(), repr=False)
    """Words by which a name is known again, in plain text."""


@dataclass(frozen=True)
class Detections:
    """What all detectors asked for have found."""

    detections: tuple[Detection, ...] = ()
    """The findings that are shown, in the order of the plan."""
    covers: tuple[Cover, ...] = ()
    """In order of time."""
    secrets: tuple[Secret, ...] = ()
    """What must not be read or heard afterwards."""

    @cached_property
    def text_spans(self) -> tuple[Span, ...]:
        """Where words are replaced, on all channels; merged."""
        return merge(cover.span for cover in self.covers if cover.replacement is not None)

    @cached_property
    def audio_spans(self) -> tuple[Span, ...]:
        """Where the sound is covered, on all channels; merged."""
        return merge(cover.sound for cover in self.covers if cover.audio is not None)

    @cached_property
    def covered(self) -> tuple[Span, ...]:
        """Everything covered in words or in sound; for `core.findings.Findings.covered`."""
        return merge((*self.text_spans, *self.audio_spans))

    def replacement_at(self, span: Span) -> str | None:
        """What stands for a word of that span: the replacement of the first cover that touches it, None for none."""
        end_ms = max(span.end_ms, span.start_ms + 1)
        found = []
        for track in self._replacing:
            place = bisect_right(track, span.start_ms, key=lambda one: one.span.end_ms)
            if place < len(track) and track[place].span.start_ms < end_ms:
                found.append(track[place])
        first = min(found, key=lambda one: (one.span.start_ms, one.span.end_ms), default=None)
        return first.replacement if first is not None else None

    @cached_property
    def _replacing(self) -> list[list[Cover]]:
        """The covers that replace words in order of time, in as few lists as hold none that overlap."""
        tracks: list[list[Cover]] = []
        for cover in sorted(self.covers, key=lambda one: (one.span.start_ms, one.span.end_ms)):
            if cover.replacement is None:
                continue
            free = (track for track in tracks if track[-1].span.end_ms <= cover.span.start_ms)
            track = next(free, None)
            if track is None:
                tracks.append(track := [])
            track.append(cover)
        return tracks
