"""What analysis is asked to find in a call; a part of its plan."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class SpottingPlan:
    """A group of phrases to listen for, as it was defined when the recording was accepted."""

    group: str
    """Its name."""
    keywords: tuple[str, ...]
    """The phrases."""


@dataclass(frozen=True, slots=True)
class ClassifierPlan:
    """A classifier of the organisation, in the version that there was when the recording was accepted."""

    id: UUID
    name: str
    version: str
    sha256: str
    """Of the stored model, hexadecimal: what is not that model says nothing."""
    classes: tuple[str, ...]
    """The labels of its classes."""


@dataclass(frozen=True, slots=True)
class CategoryPlan:
    """A category of the organisation, as it was defined when the recording was accepted."""

    name: str
    version: str
    query: str
    """A whole statement (VBQL)."""


@dataclass(frozen=True, slots=True)
class AnalyticsPlan:
    """What analysis is asked to find; by default nothing, which costs nothing.

    Voice features are asked for with `SpeechPlan.features`.
    """

    discovery: bool = False
    """Keywords and topics."""
    spotting: tuple[SpottingPlan, ...] = ()
    entities: bool = False
    sentiments: bool = False
    """The sentiment of each speaker."""
    verb_noun_pairs: bool = False
    metrics: tuple[str, ...] = ()
    """Names of groups of conversation metrics."""
    classifiers: tuple[ClassifierPlan, ...] = ()
    """What calls are sorted by."""
    categories: tuple[CategoryPlan, ...] = ()
    """What is looked whether the call is in it, by name."""

    @property
    def asks(self) -> bool:
        """Whether it asks for anything."""
        return self != AnalyticsPlan()
