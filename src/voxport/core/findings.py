"""What analysis finds in a call, as values; each finding has its place in the result document (v3-results.md)."""

from __future__ import annotations

from dataclasses import dataclass, field

from pydantic import TypeAdapter

from voxport.core.transcript import Span


@dataclass(frozen=True, slots=True)
class Occurrence:
    """`exact` is what was said there, as the transcript writes it; empty where that is secret."""

    span: Span
    exact: str


@dataclass(frozen=True, slots=True)
class DetectedSegment:
    """What a detector found on one channel. `speaker` None in mono without a name."""

    channel: int
    speaker: str | None
    occurrences: tuple[Occurrence, ...]


@dataclass(frozen=True, slots=True)
class Detection:
    """The findings of one detector: `detector` is the plan's name of it, `label` the class as the wire calls it."""

    detector: str
    label: str
    segments: tuple[DetectedSegment, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything found in one media; None where it was not asked for."""

    detections: tuple[Detection, ...] | None = None
    covered: tuple[Span, ...] = field(default_factory=tuple)
    """Every span that redaction covered, in text and audio alike, on all channels."""


_FINDINGS = TypeAdapter(Findings)


def findings_to_json(findings: Findings) -> bytes:
    return _FINDINGS.dump_json(findings)


def findings_from_json(data: bytes) -> Findings:
    return _FINDINGS.validate_json(data)
