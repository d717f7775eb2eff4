"""Recordings and findings of v2-beta with every time and id fixed; the first is the platform's own worked example."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from tests.rooms.wire.examples import finished_media
from voxport.core.findings import (
    DetectedSegment,
    Detection,
    Findings,
    Keyword,
    Knowledge,
    Mention,
    Occurrence,
    SpottedGroup,
    Topic,
)
from voxport.core.media import Media
from voxport.core.plan import Plan
from voxport.core.transcript import Span, Transcript, Turn, Word, WordKind

SEED_ID = UUID("32f388fa-330b-4c6b-8969-8b1daf34ca30")


def seed_media() -> Media:
    """The recording of the S3 guide, five seconds of mono, as it stands when all is done."""
    return replace(
        finished_media(),
        id=SEED_ID,
        created=datetime(2016, 12, 13, 19, 3, 40, tzinfo=UTC),
        plan=Plan(),
        expires=None,
        metadata={},
        duration_ms=5070,
        content_type="audio/x-wav",
    )


def seed_transcript() -> Transcript:
    """What is said there: one cue of two lines, the last mark glued to its word."""
    times = (2160, 2220, 2350, 2790, 2960, 3080, 3500, 3560, 3800, 3960, 4180, 4380, 4560, 5070)
    spoken = ["This", "is", "beneath", "you", "and", "sometimes", "I", "think", "you'll", "come", "to", "an", "end"]
    words = [
        Word(text, start, end, 0.15 if text == "This" else 0.5)
        for text, start, end in zip(spoken, times, times[1:], strict=False)
    ]
    words.append(Word(".", 5070, 5070, 0.0, WordKind.PUNCTUATION))
    return Transcript("en-US", (Turn(0, None, tuple(words)),), (), "faster-whisper base int8")


def seed_findings() -> Findings:
    """One keyword, with the smallest relevance that was ever printed, and no topic."""
    return Findings(knowledge=Knowledge((Keyword("beneath", 5.74952226429e-19, (heard(None, 2350),)),), ()))


def heard(speaker: str | None, *starts_ms: int) -> Mention:
    return Mention(speaker, tuple(Occurrence(Span(start, start + 300), "said") for start in starts_ms))


def discovered() -> Findings:
    """Keywords of two speakers, one topic, two groups of which one was heard, and a card number that was covered."""
    order = Keyword("Warehouse order", 0.730_512_345_678_9, (heard("Caller", 8400, 5000), heard("Agent", 13_045)))
    monday = Keyword("monday", 0.25, (heard("Caller", 9300),))
    said = Keyword("may I help", 1.0, (heard("Agent", 2650),))
    return Findings(
        detections=(
            Detection("PCI", "PCI", (DetectedSegment(1, "Caller", (Occurrence(Span(6000, 7199), ""),)),)),
            Detection("SSN-Spanish", "ssn", (DetectedSegment(0, "Agent", (Occurrence(Span(500, 700), ""),)),)),
        ),
        knowledge=Knowledge((order, monday), (Topic("Shipping", 0.61, (order,), (("Delivery", 0.5),)),)),
        spotting=(SpottedGroup("politeness", True, 1.0, (said,)), SpottedGroup("rude", False, 0.0, ())),
    )


def many_keywords(count: int) -> Findings:
    """`count` keywords of a recording without names, most relevant first."""
    keywords = tuple(Keyword(f"word{number}", 1 / number, (heard(None, number),)) for number in range(1, count + 1))
    return Findings(knowledge=Knowledge(keywords, ()))
