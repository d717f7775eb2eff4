"""Classifiers: their definitions, and what they say of a call (docs/contract/v3-results.md section 6)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NotRequired

from typing_extensions import TypedDict

from voxport.core.classifiers import Classifier, classifier_type
from voxport.wire.v3.prediction import VbDetectorClass, VbParameterDefinition
from voxport.wire.writing.links import Links, self_link
from voxport.wire.writing.shapes import Uuid, open_ended

CLASSIFIERS_PATH = "/v3/definition/prediction/classifiers"


@open_ended
class HeldOut(TypedDict):
    """How often it was right about calls that it had not been trained with."""

    accuracy: float
    macroF1: float
    baselineAccuracy: float
    """Of whoever always says the most frequent class"""


@open_ended
class VbClassifierModel(TypedDict):
    _links: NotRequired[Links]
    """Absent in the list of all"""
    classifierId: Uuid
    classifierName: str
    classifierDisplayName: str
    classifierVersion: str
    """The newest"""
    classifierDescription: str
    classifierType: str
    languages: list[str]
    classes: list[VbDetectorClass]
    parameters: list[VbParameterDefinition]
    """None has any"""
    versions: list[str]
    """Those that a configuration can ask for, oldest first"""
    heldOut: HeldOut


@open_ended
class VbClassifierModels(TypedDict):
    _links: NotRequired[Links]
    classifiers: list[VbClassifierModel]


def classifiers_body(classifiers: Mapping[str, Classifier]) -> VbClassifierModels:
    """The answer to GET of all, by name."""
    models = [_model(name, one) for name, one in classifiers.items()]
    return {"_links": self_link(CLASSIFIERS_PATH), "classifiers": models}


def classifier_body(name: str, classifier: Classifier) -> VbClassifierModel:
    """The answer to GET of one."""
    return {"_links": self_link(f"{CLASSIFIERS_PATH}/{classifier.id}"), **_model(name, classifier)}


def _model(name: str, classifier: Classifier) -> VbClassifierModel:
    newest = classifier.versions[-1]
    score = newest.score
    return {
        "classifierId": str(classifier.id),
        "classifierName": name,
        "classifierDisplayName": name,
        "classifierVersion": newest.version,
        "classifierDescription": classifier.description,
        "classifierType": classifier_type(len(newest.classes)),
        "languages": [classifier.language],
        "classes": [{"classLabel": label, "classValue": value} for value, label in enumerate(newest.classes)],
        "parameters": [],
        "versions": [one.version for one in classifier.versions],
        "heldOut": {"accuracy": score.accuracy, "macroF1": score.macro_f1, "baselineAccuracy": score.baseline},
    }
