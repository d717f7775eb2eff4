"""Sorts a call with the classifiers that its plan names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from voxport.analytics.call_text import CallText
from voxport.analytics.classification.features import features_of
from voxport.analytics.classification.model import TextClassifier
from voxport.core.analytics_plan import ClassifierPlan
from voxport.core.findings import Classification


def classify(
    text: CallText, classifiers: Sequence[ClassifierPlan], models: Mapping[str, bytes]
) -> tuple[Classification, ...]:
    """One for each classifier whose model is there (by its SHA-256), in their order."""
    call = features_of(text)
    found = []
    for plan in classifiers:
        if plan.sha256 not in models:
            continue
        probabilities = TextClassifier.from_bytes(models[plan.sha256]).probabilities(call)
        value = int(probabilities.argmax())
        label, score = plan.classes[value], round(float(probabilities[value]), 4)
        found.append(Classification(plan.id, plan.name, plan.version, len(plan.classes), label, value, score))
    return tuple(found)
