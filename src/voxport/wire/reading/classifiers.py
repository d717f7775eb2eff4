"""Classifiers that a configuration names become plans, once it is known which ones the organisation has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from voxport.core.analytics_plan import ClassifierPlan
from voxport.core.classifiers import Classifier
from voxport.core.codes import Code
from voxport.core.language_code import LanguageCode
from voxport.wire.reading.excerpts import clip
from voxport.wire.reading.names import Path
from voxport.wire.reading.refusals import Refusals


@dataclass(frozen=True, slots=True)
class AskedClassifier:
    """A classifier as a request names it."""

    path: Path
    """Where it stands in the configuration."""
    id: UUID | None = None
    name: str | None = None
    version: str | None = None
    """Exact (`1.0.0`), at least (`1.0+`) or `latest`; None: the newest."""


def classifier_plans(
    asked: Sequence[AskedClassifier], saved: Mapping[str, Classifier], language: str, refusals: Refusals
) -> tuple[ClassifierPlan, ...]:
    """A plan for each that nothing was noted against, each once; notes 10007, and 50001 for one of another language.

    `saved` has all classifiers of the organisation by name, `language` is that of the recording.
    """
    plans = [_plan(one, saved, language, refusals) for one in asked]
    return tuple(dict.fromkeys(plan for plan in plans if plan is not None))


def _plan(
    asked: AskedClassifier, saved: Mapping[str, Classifier], language: str, refusals: Refusals
) -> ClassifierPlan | None:
    name = _name(asked, saved)
    if name is None:
        refusals.unreadable(asked.path, "a classifier of this account (GET /v3/definition/prediction/classifiers)")
        return None
    classifier = saved[name]
    if LanguageCode.parse(language).language != classifier.language:
        refusals.add(Code.CLASSIFIER_UNSUPPORTED, model=clip(name), language=language)
        return None
    version = classifier.version(asked.version)
    if version is None:
        kept = ", ".join(one.version for one in classifier.versions)
        refusals.unreadable(
            (*asked.path, "version"), f"one of {kept}, a version that they fulfil such as 1.0+, or latest"
        )
        return None
    return ClassifierPlan(classifier.id, name, version.version, version.sha256, version.classes)


def _name(asked: AskedClassifier, saved: Mapping[str, Classifier]) -> str | None:
    """The id counts before the name, and both must mean the same."""
    by_id = next((name for name, one in saved.items() if one.id == asked.id), None)
    by_name = asked.name if asked.name in saved else None
    if asked.id is None:
        return by_name
    return by_id if asked.name in (None, by_id) else None
