"""What analysis finds in a call, as values; each finding has its place in the result document.

Source: docs/contract/v3-results.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from uuid import UUID

from pydantic import TypeAdapter

from voxport.core.transcript import Span


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One place where something was said."""

    span: Span
    exact: str
    """What was said there, as the transcript writes it; empty where that is secret."""


@dataclass(frozen=True, slots=True)
class DetectedSegment:
    """What a detector found on one channel."""

    channel: int
    """Index of the channel in the file, 0 left."""
    speaker: str | None
    """None in mono without a name."""
    occurrences: tuple[Occurrence, ...]
    """In order of time."""


@dataclass(frozen=True, slots=True)
class Detection:
    """The findings of one detector."""

    detector: str
    """The plan's name of it (`PCI`)."""
    label: str
    """The class as the wire calls it (`ssn`)."""
    segments: tuple[DetectedSegment, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """Where one speaker said something."""

    speaker: str | None
    """None in mono without a name."""
    occurrences: tuple[Occurrence, ...]
    """In order of time; at least one."""


@dataclass(frozen=True, slots=True)
class Keyword:
    """A key phrase, or a phrase that was listened for."""

    keyword: str
    """Lower case; a spotted phrase as it was defined."""
    relevance: float
    """0 to 1."""
    mentions: tuple[Mention, ...]
    """One for each speaker, in order of first mention."""


@dataclass(frozen=True, slots=True)
class Topic:
    """Keywords that belong together, under a name people can read."""

    name: str
    relevance: float
    """0 to 1; the highest of a call is 1.0."""
    keywords: tuple[Keyword, ...]
    """Most relevant first."""
    subtopics: tuple[tuple[str, float], ...] = ()
    """(name, share of the topic's keywords, 0 to 1), the largest first; empty for a topic outside the taxonomy."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What a call was about."""

    keywords: tuple[Keyword, ...]
    """Most relevant first."""
    topics: tuple[Topic, ...]
    """Most relevant first."""


@dataclass(frozen=True, slots=True)
class SpottedGroup:
    """A group of phrases that was listened for."""

    group: str
    spotted: bool
    """Whether one of its phrases was said."""
    score: float
    """How surely one of them was said, 0 to 1."""
    keywords: tuple[Keyword, ...]
    """The phrases that were said, most relevant first."""


class EntityType(StrEnum):
    """What an entity is; the values are those of the wire."""

    LOCATION = "location"
    PERSON = "person"
    ORGANIZATION = "organization"
    MONEY = "money"
    NUMBER = "number"
    """A number that is none of the others."""
    PHONE = "phone"
    TIME = "time"
    """A time of day."""
    DATE = "date"
    """A day, month or year; parts of one date are one entity."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A name, number, amount, date or time that was said."""

    type: EntityType
    text: str
    """As spoken."""
    span: Span
    speaker: str | None = None
    """None in mono without a name."""
    formatted: str | None = None
    """As one would write it (`$45.99`); None for names."""
    whole: int | None = None
    """Whole units of an amount of money; None for all else."""
    centi: int | None = None
    """Hundredths of an amount of money beside `whole`; None for all else."""


@dataclass(frozen=True, slots=True)
class SentimentValue:
    """How one speaker felt in one turn."""

    span: Span
    value: float
    """From -1 (bad) to 1 (good); 0.0 where it says nothing."""


@dataclass(frozen=True, slots=True)
class SpeakerSentiments:
    """The turns of one speaker."""

    speaker: str | None
    """None in mono without a name."""
    values: tuple[SentimentValue, ...]
    """In order of time."""


@dataclass(frozen=True, slots=True)
class VerbNounPair:
    """What is done to what."""

    span: Span
    """From the start of the earlier word to the end of the later."""
    verb: str
    """Its lemma, in English with its particle (`hang up`)."""
    noun: str
    """Its lemma."""
    verb_negation: str | None = None
    """The word that negates the verb (`not`, `never`); None without one."""
    noun_negation: str | None = None
    """The word that negates the noun (`no`); None without one."""
    question: bool = False
    """Whether it stands in a question."""


@dataclass(frozen=True, slots=True)
class SpeakerVerbNounPairs:
    """The pairs of one speaker."""

    speaker: str | None
    """None in mono without a name."""
    pairs: tuple[VerbNounPair, ...]
    """In order of time; at least one."""


@dataclass(frozen=True, slots=True)
class MetricGroup:
    """A group of conversation metrics (docs/contract/v3-results.md section 12)."""

    name: str
    """One of `core/metric_names.py`."""
    values: tuple[tuple[str, float], ...]
    """(name, value) in the order of the contract."""


@dataclass(frozen=True, slots=True)
class Classification:
    """The class that a call was sorted into."""

    id: UUID
    """Of the classifier."""
    name: str
    """Of the classifier."""
    version: str
    classes: int
    """How many classes it knows."""
    label: str
    """The class."""
    value: int
    """The index of the class among all of them."""
    score: float
    """How probable it is, 0 to 1."""


@dataclass(frozen=True, slots=True)
class CategoryResult:
    """Whether a call is in a category."""

    name: str
    """Of the category."""
    version: str
    """Of the category: which of its statements was asked."""
    matched: bool
    mentions: tuple[Mention, ...] = ()
    """Where it is said what the statement asks for, by speaker; empty where it asks for nothing that is said."""


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything found in one media; a field is None where it was not asked for. Stored as JSON."""

    detections: tuple[Detection, ...] | None = None
    """What redaction's detectors found; all else comes from analysis (`analytics/registry.py`)."""
    knowledge: Knowledge | None = None
    spotting: tuple[SpottedGroup, ...] | None = None
    entities: tuple[Entity, ...] | None = None
    sentiments: tuple[SpeakerSentiments, ...] | None = None
    verb_noun_pairs: tuple[SpeakerVerbNounPairs, ...] | None = None
    metrics: tuple[MetricGroup, ...] | None = None
    classifications: tuple[Classification, ...] | None = None
    categories: tuple[CategoryResult, ...] | None = None
    covered: tuple[Span, ...] = field(default_factory=tuple)
    """Every span that redaction covered, in text and audio alike, on all channels."""


def with_categories(findings: Findings | None, later: Sequence[CategoryResult]) -> Findings:
    """The findings with what was found of the call later in the place of what came with it."""
    findings = findings or Findings()
    together = {one.name: one for one in (*(findings.categories or ()), *later)}
    return replace(findings, categories=tuple(together[name] for name in sorted(together)))


_FINDINGS = TypeAdapter(Findings)


def findings_to_json(findings: Findings) -> bytes:
    return _FINDINGS.dump_json(findings)


def findings_from_json(data: bytes) -> Findings:
    return _FINDINGS.validate_json(data)
