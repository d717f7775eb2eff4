"""Redaction of a call that has been redacted before, or whose words a person has corrected: covers only ever grow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from voxport.core.findings import DetectedSegment, Detection, Findings, Occurrence
from voxport.core.spans import merge, overlaps
from voxport.core.transcript import Span, Transcript
from voxport.redaction.covers import Cover, Detections

_CARRIED = "earlier"
"""The name of what covers were made for in an earlier run: it was forgotten with the secrets."""


def joined(shown: Detections, heard: Detections, kept: Sequence[Cover]) -> Detections:
    """One set of covers out of what was found in the words as they are shown, as they were heard, and before.

    The findings are those of the words that are shown; they say nothing where anything is covered.
    """
    covers = tuple(sorted((*shown.covers, *heard.covers, *kept), key=lambda one: (one.span.start_ms, one.span.end_ms)))
    hidden = Detections(covers=covers).covered
    return Detections(
        tuple(_silenced(detection, hidden) for detection in shown.detections),
        covers,
        (*shown.secrets, *heard.secrets),
    )


def kept_covers(published: Transcript, covered: Sequence[Span], replacements: Sequence[str]) -> tuple[Cover, ...]:
    """Covers for the words of `published` that stand for something: those in `covered` that are a replacement."""
    return tuple(
        Cover(Span(word.start_ms, max(word.end_ms, word.start_ms + 1)), _CARRIED, word.text)
        for turn in published.turns
        for word in turn.words
        if word.text in replacements and overlaps(Span(word.start_ms, max(word.end_ms, word.start_ms + 1)), covered)
    )


def with_earlier(now: Findings, earlier: Findings) -> Findings:
    """The findings of redaction with what an earlier run had covered; of detectors that are asked for again also what
    they had found there, since covered words cannot be found again."""
    covered = merge((*earlier.covered, *now.covered))
    if now.detections is None:
        return replace(now, covered=covered)
    known = {detection.detector: detection for detection in earlier.detections or ()}
    detections = tuple(_with_segments(one, known.get(one.detector), earlier.covered) for one in now.detections)
    return replace(now, detections=tuple(_silenced(one, covered) for one in detections), covered=covered)


def _with_segments(now: Detection, earlier: Detection | None, covered: Sequence[Span]) -> Detection:
    if earlier is None:
        return now
    speakers = {segment.channel: segment.speaker for segment in now.segments}
    found: dict[tuple[int, str | None], list[Occurrence]] = {}
    for segment in now.segments:
        found.setdefault((segment.channel, segment.speaker), []).extend(segment.occurrences)
    for segment in earlier.segments:
        own = found.setdefault((segment.channel, speakers.get(segment.channel, segment.speaker)), [])
        spans = [one.span for one in own]
        own += [one for one in segment.occurrences if overlaps(one.span, covered) and not overlaps(one.span, spans)]
    segments = (
        DetectedSegment(channel, speaker, tuple(sorted(own, key=lambda one: one.span.start_ms)))
        for (channel, speaker), own in sorted(found.items(), key=lambda item: (item[0][0], item[0][1] or ""))
        if own
    )
    return replace(now, segments=tuple(segments))


def _silenced(detection: Detection, hidden: Sequence[Span]) -> Detection:
    segments = (
        replace(
            segment,
            occurrences=tuple(
                replace(one, exact="") if overlaps(one.span, hidden) else one for one in segment.occurrences
            ),
        )
        for segment in detection.segments
    )
    return replace(detection, segments=tuple(segments))
