"""What an organisation has defined by name, for its configurations to ask for: groups of phrases, vocabularies."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter

from voxport.core.plan import VocabularyTerm
from voxport.core.statement import DeclaredField


class DefinitionKind(StrEnum):
    """Which collection a definition is in; the values are stored."""

    SPOTTING_GROUP = "spotting-group"
    VOCABULARY = "vocabulary"
    CLASSIFIER = "classifier"
    SEARCH_FIELDS = "search-fields"
    CATEGORY = "category"
    CATEGORY_COUNT = "category-count"
    """The highest version that was counted for a category that is gone."""
    PRESET = "preset"


@dataclass(frozen=True, slots=True)
class SpottingGroup:
    """Phrases to listen for, as they were written."""

    keywords: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Terms or scripts, never both."""

    terms: tuple[VocabularyTerm, ...] = ()
    scripts: tuple[str, ...] = ()
    """Free text, which tells the recogniser what calls are about."""
    names_type: bool = False
    """Whether the client named its type, which is shown to it then."""


@dataclass(frozen=True, slots=True)
class Category:
    """What a call has to meet to be in it."""

    query: str
    """A whole statement (VBQL)."""
    description: str | None = None
    """What it is for, as sent; None: nothing was."""
    tags: tuple[str, ...] = ()
    version: str = "1"
    """Which of its queries this is, as sent or as counted; empty where it is still to be counted."""
    notes: str | None = None
    """As sent; None: nothing was."""
    counted: int = 0
    """The highest number that was the version of one of its queries: none is given to another query again."""

    def versioned(self, before: Category | None, floor: int) -> Category:
        """With its version, and what was counted; `before` is what it replaces.

        Without a version of its own it keeps that of `before` where that asks the same, and has the next number else.
        Numbers up to `floor` were those of categories that are gone.
        """
        counted = max(floor, self.highest, 0 if before is None else before.highest)
        if self.version:
            return replace(self, counted=counted)
        if before is not None and before.query == self.query:
            return replace(self, version=before.version, counted=counted)
        return replace(self, version=str(counted + 1), counted=counted + 1)

    @property
    def highest(self) -> int:
        """The highest number that was its version."""
        number = int(self.version) if _NUMBER.fullmatch(self.version) else 0
        return max(self.counted, number)


@dataclass(frozen=True, slots=True)
class Preset:
    """A configuration to begin with, which people choose by its name and may change."""

    configuration: str
    """A JSON object as text: no database changes its order or its digits."""
    description: str | None = None
    """When it is the right one, as sent; None: nothing was."""


@dataclass(frozen=True, slots=True)
class Definition:
    """A definition as it is kept."""

    kind: DefinitionKind
    name: str
    """Unique within its kind and organisation."""
    json: str
    """The stored form of its value, a `SpottingGroup` or a `Vocabulary`, as text: all of a kind may be long."""
    created: datetime
    updated: datetime
    """When it was last put; as `created` where that was once."""

    @property
    def body(self) -> dict[str, Any]:
        """The stored form, read anew each time."""
        body: dict[str, Any] = json.loads(self.json)
        return body


_NUMBER = re.compile("[0-9]{1,8}")
"""A version that was counted, or sent as if it were; longer ones are no numbers to go on from."""
_FIELDS = TypeAdapter(tuple[DeclaredField, ...])
_CATEGORY = TypeAdapter(Category)
_PRESET = TypeAdapter(Preset)
_GROUP = TypeAdapter(SpottingGroup)
_VOCABULARY = TypeAdapter(Vocabulary)


def group_to_json(group: SpottingGroup) -> dict[str, Any]:
    """The stored form; `group_from_json` is its inverse."""
    value: dict[str, Any] = _GROUP.dump_python(group, mode="json")
    return value


def group_from_json(value: dict[str, Any]) -> SpottingGroup:
    return _GROUP.validate_python(value)


def vocabulary_to_json(vocabulary: Vocabulary) -> dict[str, Any]:
    """The stored form; `vocabulary_from_json` is its inverse."""
    value: dict[str, Any] = _VOCABULARY.dump_python(vocabulary, mode="json")
    return value


def vocabulary_from_json(value: dict[str, Any]) -> Vocabulary:
    return _VOCABULARY.validate_python(value)


def fields_to_json(fields: tuple[DeclaredField, ...]) -> dict[str, Any]:
    """The stored form of the searchable fields; `fields_from_json` is its inverse."""
    return {"fields": _FIELDS.dump_python(fields, mode="json")}


def fields_from_json(value: dict[str, Any]) -> tuple[DeclaredField, ...]:
    return _FIELDS.validate_python(value["fields"])


def category_to_json(category: Category) -> dict[str, Any]:
    """The stored form; `category_from_json` is its inverse."""
    value: dict[str, Any] = _CATEGORY.dump_python(category, mode="json")
    return value


def category_from_json(value: dict[str, Any]) -> Category:
    return _CATEGORY.validate_python(value)


def preset_to_json(preset: Preset) -> dict[str, Any]:
    """The stored form; `preset_from_json` is its inverse."""
    value: dict[str, Any] = _PRESET.dump_python(preset, mode="json")
    return value


def preset_from_json(value: dict[str, Any]) -> Preset:
    return _PRESET.validate_python(value)
