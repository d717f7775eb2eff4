"""Sections: about a minute of a call, recognised and saved as one partial result.

The plan (what is voice, where the segments lie) is saved too, so a second attempt at a call cuts it the same way and
takes over every section that stands. What another model or plan has left is not taken over.

Both are stored data: a call that waits while the program is replaced goes on with what is there. Segments were once
called pieces, and are so still in the stored plan.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Protocol

from pydantic import Field, TypeAdapter, ValidationError

from voxport.core.errors import Problem
from voxport.core.plan import VocabularyTerm
from voxport.core.transcript import Span, Word
from voxport.speech.language_identification import Stretch
from voxport.speech.segmentation import Segment

SECTION_MS = 60_000


class Checkpoint(Protocol):
    """Where partial results are kept between attempts at one call."""

    def load(self, name: str) -> bytes | None:
        """What was saved under a name; None when nothing was."""
        ...

    def save(self, name: str, data: bytes) -> None:
        """Keeps data under a name, in the place of what was there."""
        ...


@dataclass(frozen=True, slots=True)
class PrefixedCheckpoint:
    """A part of a checkpoint, under names of its own."""

    checkpoint: Checkpoint
    prefix: str
    """What its names begin with."""

    def load(self, name: str) -> bytes | None:
        return self.checkpoint.load(f"{self.prefix}{name}")

    def save(self, name: str, data: bytes) -> None:
        self.checkpoint.save(f"{self.prefix}{name}", data)


@dataclass(frozen=True, slots=True)
class CallPlan:
    """Where a call is cut, and the engine that it is cut for."""

    engine: str
    """Engine, model and arithmetic: `faster-whisper base int8`."""
    language: str
    """The request's code (`en-US`)."""
    voices: tuple[tuple[Span, ...], ...]
    """When each channel carries a voice, channels as given."""
    peaks: tuple[float, ...]
    """The highest probability of voice in each segment, 0 to 1."""
    segments: Annotated[tuple[Segment, ...], Field(alias="pieces")]
    """Of all channels, in order of start."""
    voice_peaks: tuple[tuple[float, ...], ...] = ()
    """The highest probability of each voice, as `voices`; empty in plans of before: that of its segment."""
    echoes: tuple[tuple[Span, ...], ...] = ()
    """By channel: what is silenced because it is the speech on another one; empty in plans that knew nothing of it."""
    warnings: tuple[Problem, ...] = ()
    """What the channels give a customer to know."""
    echo_ms: int = 0
    """The most that speech is heard earlier or later on another channel; 0 where it is not."""


@dataclass(frozen=True, slots=True)
class Section:
    """Segments of all channels that begin in the same minute."""

    number: int
    """Counts from 0, minutes without a segment left out."""
    segments: tuple[int, ...]
    """Their numbers in the plan."""

    @property
    def name(self) -> str:
        return f"section-{self.number:05d}.json"


@dataclass(frozen=True, slots=True)
class SectionWords:
    """The partial result of a section."""

    plan: str
    """Digest of the plan and vocabulary that it belongs to."""
    words: tuple[tuple[Word, ...], ...]
    """By segment, in the order of the section."""
    languages: tuple[Stretch, ...] = ()
    """What was heard of the languages; empty where that was not asked for."""


_PLAN = TypeAdapter(CallPlan)
_WORDS = TypeAdapter(SectionWords)
_TERMS = TypeAdapter(tuple[VocabularyTerm, ...])
_PLAN_NAME = "plan.json"


def divide(segments: Sequence[Segment]) -> list[Section]:
    """Sections in order from segments in order of start."""
    minutes: dict[int, list[int]] = {}
    for index, segment in enumerate(segments):
        minutes.setdefault(segment.start_ms // SECTION_MS, []).append(index)
    return [Section(number, tuple(indices)) for number, (_, indices) in enumerate(sorted(minutes.items()))]


def load_plan(checkpoint: Checkpoint, engine: str, language: str) -> CallPlan | None:
    """The plan of an earlier attempt with the same engine and language, if there is one that can be read."""
    data = checkpoint.load(_PLAN_NAME)
    if data is None:
        return None
    try:
        plan = _PLAN.validate_json(data)
    except ValidationError:
        # Written by another version of this program: the call is planned again.
        return None
    return plan if (plan.engine, plan.language) == (engine, language) else None


def save_plan(checkpoint: Checkpoint, plan: CallPlan) -> None:
    """Keeps a plan for later attempts at the call."""
    checkpoint.save(_PLAN_NAME, _PLAN.dump_json(plan, by_alias=True, exclude_defaults=True))


def plan_digest(plan: CallPlan, terms: Sequence[VocabularyTerm]) -> str:
    """A name for a plan and the vocabulary it is heard with: sections of another one are not mixed in."""
    named = _TERMS.dump_json(tuple(terms)) if terms else b""
    return hashlib.sha256(_PLAN.dump_json(plan, by_alias=True, exclude_defaults=True) + named).hexdigest()


def load_section(checkpoint: Checkpoint, section: Section, digest: str) -> SectionWords | None:
    """A finished section, or None when it has to be recognised."""
    data = checkpoint.load(section.name)
    if data is None:
        return None
    try:
        saved = _WORDS.validate_json(data)
    except ValidationError:
        return None
    return saved if saved.plan == digest and len(saved.words) == len(section.segments) else None


def save_section(checkpoint: Checkpoint, section: Section, words: SectionWords) -> None:
    """Keeps a finished section for later attempts at the call."""
    checkpoint.save(section.name, _WORDS.dump_json(words, exclude=None if words.languages else {"languages"}))
