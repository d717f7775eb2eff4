"""What analysis finds in a call, as values; each finding has its place in the result document.

Source: docs/contract/v3-results.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

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
class Mention:
    """Where one speaker said something, in order of time. `speaker` None in mono without a name."""

    speaker: str | None
    occurrences: tuple[Occurrence, ...]


@dataclass(frozen=True, slots=True)
class Keyword:
    """A key phrase in lower case; `relevance` from 0 to 1."""

    keyword: str
    relevance: float
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """Keywords that belong together, under a name people can read."""

    name: str
    relevance: float
    keywords: tuple[Keyword, ...]
    subtopics: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Both lists most relevant first."""

    keywords: tuple[Keyword, ...]
    topics: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class SpottedGroup:
    """A group of phrases that was listened for; `score` from 0 to 1, `spotted` when one of them was said."""

    group: str
    spotted: bool
    score: float
    keywords: tuple[Keyword, ...]


class EntityType(StrEnum):
    LOCATION = "location"
    PERSON = "person"
    ORGANIZATION = "organization"
    MONEY = "money"
    NUMBER = "number"
    PHONE = "phone"
    TIME = "time"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Entity:
    """`text` as spoken, `formatted` as one would write it; `whole` and `centi` are the parts of an amount of money."""

    type: EntityType
    text: str
    span: Span
    speaker: str | None = None
    formatted: str | None = None
    whole: int | None = None
    centi: int | None = None


@dataclass(frozen=True, slots=True)
class SentimentValue:
    """`value` from -1 to 1 over a stretch of one speaker's talk."""

    span: Span
    value: float


@dataclass(frozen=True, slots=True)
class SpeakerSentiments:
    speaker: str | None
    values: tuple[SentimentValue, ...]


@dataclass(frozen=True, slots=True)
class VerbNounPair:
    """Lemmas; `verb_negation` and `noun_negation` are the negating words (`not`, `no`, `never`), None without."""

    span: Span
    verb: str
    noun: str
    verb_negation: str | None = None
    noun_negation: str | None = None
    question: bool = False


@dataclass(frozen=True, slots=True)
class SpeakerVerbNounPairs:
    speaker: str | None
    pairs: tuple[VerbNounPair, ...]


@dataclass(frozen=True, slots=True)
class MetricGroup:
    """A group of docs/contract/v3-results.md section 12 with (name, value) in the order of the contract."""

    name: str
    values: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything found in one media; None where it was not asked for."""

    detections: tuple[Detection, ...] | None = None
    knowledge: Knowledge | None = None
    spotting: tuple[SpottedGroup, ...] | None = None
    entities: tuple[Entity, ...] | None = None
    sentiments: tuple[SpeakerSentiments, ...] | None = None
    verb_noun_pairs: tuple[SpeakerVerbNounPairs, ...] | None = None
    metrics: tuple[MetricGroup, ...] | None = None
    covered: tuple[Span, ...] = field(default_factory=tuple)
    """Every span that redaction covered, in text and audio alike, on all channels."""


_FINDINGS = TypeAdapter(Findings)


def findings_to_json(findings: Findings) -> bytes:
    return _FINDINGS.dump_json(findings)


def findings_from_json(data: bytes) -> Findings:
    return _FINDINGS.validate_json(data)
