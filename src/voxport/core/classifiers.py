"""Classifiers that an organisation has trained with its own calls: what is known of each, besides its model."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

LATEST = "latest"
MAX_CLASSIFIERS = 50
"""Of one organisation."""
MAX_VERSIONS = 20
"""Of one classifier that are kept; the oldest go."""
MAX_CLASSES = 20
MAX_LABEL_CHARS = 64


@dataclass(frozen=True, slots=True)
class HeldOutScore:
    """How often a classifier was right about calls that it had not been trained with (cross-validation)."""

    accuracy: float
    """Share of calls that it gave the right class, 0 to 1."""
    macro_f1: float
    """Mean of the F1 of all classes, 0 to 1: each class counts alike, however rare."""
    baseline: float
    """Accuracy of whoever always says the most frequent class."""


@dataclass(frozen=True, slots=True)
class ClassifierVersion:
    """One training."""

    version: str
    """`1.0.0`; a training with the same classes raises the second number, one with others the first."""
    sha256: str
    """Of the stored model, hexadecimal."""
    trained: datetime
    calls: int
    """How many calls it was trained with."""
    classes: tuple[str, ...]
    """Their labels; the index of each is its value on the wire."""
    score: HeldOutScore


@dataclass(frozen=True, slots=True)
class Classifier:
    """All versions of one classifier. Stored as JSON."""

    id: UUID
    language: str
    """The language of its calls, without a region (`en`)."""
    description: str
    versions: tuple[ClassifierVersion, ...]
    """Oldest first; at least one."""

    def version(self, asked: str | None) -> ClassifierVersion | None:
        """The one that is meant by an exact version, by the least (`1.1+`) or by `latest`; None when there is none."""
        if asked is None or asked.lower() == LATEST:
            return self.versions[-1]
        if not asked.endswith("+"):
            return next((one for one in self.versions if one.version == asked), None)
        least = _numbers(asked[:-1])
        newest = self.versions[-1]
        return newest if least and least <= _numbers(newest.version) else None

    def next_version(self, classes: tuple[str, ...]) -> str:
        """What a further training is called."""
        newest = self.versions[-1]
        major, minor, _ = _numbers(newest.version)
        return f"{major}.{minor + 1}.0" if newest.classes == classes else f"{major + 1}.0.0"


FIRST_VERSION = "1.0.0"
_CLASSIFIER = TypeAdapter(Classifier)


def classifier_type(classes: int) -> str:
    """As the wire calls it."""
    return "binary" if classes == 2 else "multiclass"


def model_key(organization_id: UUID, classifier_id: UUID, version: str) -> str:
    """Where the model of a version is kept in the object store. Stored data: no key ever changes."""
    return f"{models_prefix(organization_id, classifier_id)}/{version}"


def models_prefix(organization_id: UUID, classifier_id: UUID) -> str:
    """All models of a classifier."""
    return f"classifiers/{organization_id}/{classifier_id}"


def classifier_to_json(classifier: Classifier) -> dict[str, Any]:
    """The stored form; `classifier_from_json` is its inverse."""
    value: dict[str, Any] = _CLASSIFIER.dump_python(classifier, mode="json")
    return value


def classifier_from_json(value: dict[str, Any]) -> Classifier:
    return _CLASSIFIER.validate_python(value)


def _numbers(version: str) -> tuple[int, ...]:
    parts = version.split(".")
    return tuple(int(part) for part in parts) if all(part.isdecimal() and len(part) < 9 for part in parts) else ()
