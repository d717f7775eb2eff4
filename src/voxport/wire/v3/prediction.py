"""`prediction`: what detectors found (docs/contract/v3-results.md section 6), and the definitions of detectors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, NotRequired

from typing_extensions import TypedDict

from voxport.core.classifiers import classifier_type
from voxport.core.detectors import DETECTORS, DetectorDefinition, find_detector
from voxport.core.findings import Classification, DetectedSegment, Detection, Occurrence
from voxport.core.plan import DetectionLevel
from voxport.wire.writing.links import Links, self_link
from voxport.wire.writing.shapes import Milliseconds, Share, Uuid, closed, one_of, open_ended

_TYPE = "binary"
_POSITIVE = 1
DETECTORS_PATH = "/v3/definition/prediction/detectors"


@closed
class VbDetectedOccurrence(TypedDict):
    s: Milliseconds
    e: Milliseconds
    exact: NotRequired[str]
    """What was said; absent where it is redacted"""


@closed
class VbDetectedSegment(TypedDict):
    speakerName: NotRequired[str]
    occurrences: list[VbDetectedOccurrence]


@closed
class VbDetection(TypedDict):
    detectorClass: int
    detectorClassLabel: str
    detectedSegments: list[VbDetectedSegment]


@closed
class VbDetector(TypedDict):
    detectorId: NotRequired[Uuid]
    detectorName: str
    detectorVersion: NotRequired[str]
    detectorDisplayName: NotRequired[str]
    detectorType: NotRequired[str]
    detections: list[VbDetection]
    """Empty where it found nothing"""


@closed
class VbClassifier(TypedDict):
    classifierId: Uuid
    classifierName: str
    classifierVersion: str
    classifierDisplayName: str
    classifierType: str
    predictedClassLabel: str
    predictionScore: Share
    """How probable that class is"""
    predictedClass: int
    """The classValue of that class"""


@closed
class VbPrediction(TypedDict):
    classifiers: NotRequired[list[VbClassifier]]
    """Every classifier that was asked for and was there"""
    detectors: NotRequired[list[VbDetector]]
    """Every detector that was asked for"""


@open_ended
class VbDetectorClass(TypedDict):
    classLabel: str
    classValue: int


@open_ended
class VbParameterDefinition(TypedDict):
    name: str
    optional: bool
    type: Annotated[str, one_of(("String", "Integer", "Float", "Boolean"))]
    valueSet: NotRequired[list[str]]
    defaultValue: NotRequired[str]


@open_ended
class VbDetectorModel(TypedDict):
    _links: NotRequired[Links]
    """Absent in the list of all"""
    detectorId: Uuid
    detectorName: str
    detectorVersion: str
    detectorDisplayName: NotRequired[str]
    detectorDescription: str
    detectorType: str
    languages: NotRequired[list[str]]
    classes: list[VbDetectorClass]
    parameters: list[VbParameterDefinition]


@open_ended
class VbDetectorModels(TypedDict):
    _links: NotRequired[Links]
    detectors: list[VbDetectorModel]


def prediction_body(
    detections: Sequence[Detection] | None, classifications: Sequence[Classification] | None = None
) -> VbPrediction:
    """One entry for each classifier and detector asked for; a list is absent where none was (None)."""
    body: VbPrediction = {}
    if classifications is not None:
        body["classifiers"] = [_classifier(one) for one in classifications]
    if detections is not None:
        body["detectors"] = [_detector(detection) for detection in detections]
    return body


def detectors_body() -> VbDetectorModels:
    """The answer to GET of all detectors."""
    return {"_links": self_link(DETECTORS_PATH), "detectors": [_definition(one) for one in DETECTORS]}


def detector_body(definition: DetectorDefinition) -> VbDetectorModel:
    """The answer to GET of one."""
    return {"_links": self_link(f"{DETECTORS_PATH}/{definition.id}"), **_definition(definition)}


def _classifier(found: Classification) -> VbClassifier:
    return {
        "classifierId": str(found.id),
        "classifierName": found.name,
        "classifierVersion": found.version,
        "classifierDisplayName": found.name,
        "classifierType": classifier_type(found.classes),
        "predictedClassLabel": found.label,
        "predictionScore": found.score,
        "predictedClass": found.value,
    }


def _definition(definition: DetectorDefinition) -> VbDetectorModel:
    return {
        "detectorId": str(definition.id),
        "detectorName": definition.name,
        "detectorVersion": definition.version,
        "detectorDisplayName": definition.display_name,
        "detectorType": _TYPE,
        "detectorDescription": definition.description,
        "languages": list(definition.languages),
        "classes": [{"classLabel": definition.label, "classValue": _POSITIVE}],
        "parameters": [_level(definition), *([_kinds(definition)] if definition.kinds else [])],
    }


def _level(definition: DetectorDefinition) -> VbParameterDefinition:
    return {
        "name": "detectionLevel",
        "optional": True,
        "type": "String",
        "valueSet": [level.value for level in DetectionLevel],
        "defaultValue": definition.default_level.value,
    }


def _kinds(definition: DetectorDefinition) -> VbParameterDefinition:
    """Several of them stand in one string with commas between."""
    return {
        "name": "kinds",
        "optional": True,
        "type": "String",
        "valueSet": list(definition.kinds),
        "defaultValue": ",".join(definition.kinds),
    }


def _detector(detection: Detection) -> VbDetector:
    definition, detections = find_detector(detection.detector), _detections(detection)
    if definition is None:
        return {"detectorName": detection.detector, "detectorType": _TYPE, "detections": detections}
    return {
        "detectorId": str(definition.id),
        "detectorName": definition.name,
        "detectorVersion": definition.version,
        "detectorDisplayName": definition.display_name,
        "detectorType": _TYPE,
        "detections": detections,
    }


def _detections(detection: Detection) -> list[VbDetection]:
    if not detection.segments:
        return []
    segments = [_segment(segment) for segment in detection.segments]
    return [{"detectorClass": _POSITIVE, "detectorClassLabel": detection.label, "detectedSegments": segments}]


def _segment(segment: DetectedSegment) -> VbDetectedSegment:
    occurrences = [_occurrence(one) for one in segment.occurrences]
    if segment.speaker is None:
        return {"occurrences": occurrences}
    return {"speakerName": segment.speaker, "occurrences": occurrences}


def _occurrence(one: Occurrence) -> VbDetectedOccurrence:
    """`exact` is left out where it would tell what was redacted."""
    occurrence: VbDetectedOccurrence = {"s": one.span.start_ms, "e": one.span.end_ms}
    if one.exact:
        occurrence["exact"] = one.exact
    return occurrence
