"""Sections: about a minute of a call, recognised and saved as one partial result.

The plan (what is voice, where the pieces lie) is saved too, so a second attempt at a call cuts it the same way and
takes over every section that stands. What another model or plan has left is not taken over.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from pydantic import TypeAdapter, ValidationError

from voxport.core.plan import VocabularyTerm
from voxport.core.transcript import Span, Word
from voxport.speech.pieces import Piece

SECTION_MS = 60_000


class Checkpoint(Protocol):
    """Where partial results are kept between attempts at one call."""

    def load(self, name: str) -> bytes | None: ...

    def save(self, name: str, data: bytes) -> None: ...


@dataclass(frozen=True, slots=True)
class CallPlan:
    """Voice and pieces of all channels (`voices[i]` belongs to channel i as given), and the engine they are for."""

    engine: str
    language: str
    voices: tuple[tuple[Span, ...], ...]
    peaks: tuple[float, ...]
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Pieces of all channels that begin in the same minute; `number` counts from 0."""

    number: int
    pieces: tuple[int, ...]

    @property
    def name(self) -> str:
        return f"section-{self.number:05d}.json"


@dataclass(frozen=True, slots=True)
class SectionWords:
    """Words by piece, in the order of the section; `plan` names the plan that they belong to."""

    plan: str
    words: tuple[tuple[Word, ...], ...]


_PLAN = TypeAdapter(CallPlan)
_WORDS = TypeAdapter(SectionWords)
_TERMS = TypeAdapter(tuple[VocabularyTerm, ...])
_PLAN_NAME = "plan.json"


def divide(pieces: Sequence[Piece]) -> list[Section]:
    """Sections in order from pieces in order of start."""
    minutes: dict[int, list[int]] = {}
    for index, piece in enumerate(pieces):
        minutes.setdefault(piece.start_ms // SECTION_MS, []).append(index)
    return [Section(number, tuple(indices)) for number, (_, indices) in enumerate(sorted(minutes.items()))]


def load_plan(checkpoint: Checkpoint, engine: str, language: str) -> CallPlan | None:
    """The plan of an earlier attempt with the same engine and language, if there is one that can be read."""
    data = checkpoint.load(_PLAN_NAME)
    if data is None:
        return None
    try:
        plan = _PLAN.validate_json(data)
    except ValidationError:
        # Written by another version of this program: the call is planned anew.
        return None
    return plan if (plan.engine, plan.language) == (engine, language) else None


def save_plan(checkpoint: Checkpoint, plan: CallPlan) -> None:
    checkpoint.save(_PLAN_NAME, _PLAN.dump_json(plan))


def plan_digest(plan: CallPlan, terms: Sequence[VocabularyTerm] = ()) -> str:
    """A name for a plan and the vocabulary it is heard with: sections of another one are not mixed in."""
    return hashlib.sha256(_PLAN.dump_json(plan) + (_TERMS.dump_json(tuple(terms)) if terms else b"")).hexdigest()


def load_section(checkpoint: Checkpoint, section: Section, digest: str) -> tuple[tuple[Word, ...], ...] | None:
    """The words of a finished section by piece, or None when it has to be recognised."""
    data = checkpoint.load(section.name)
    if data is None:
        return None
    try:
        saved = _WORDS.validate_json(data)
    except ValidationError:
        return None
    return saved.words if saved.plan == digest and len(saved.words) == len(section.pieces) else None


def save_section(checkpoint: Checkpoint, section: Section, digest: str, words: Sequence[tuple[Word, ...]]) -> None:
    checkpoint.save(section.name, _WORDS.dump_json(SectionWords(digest, tuple(words))))
