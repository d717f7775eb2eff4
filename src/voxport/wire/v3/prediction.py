"""`prediction`: what detectors found, and the definitions of those that there are.

Source: docs/contract/v3-results.md section 6.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from voxport.core.detectors import DETECTORS, DetectorDefinition, find_detector
from voxport.core.findings import DetectedSegment, Detection
from voxport.core.plan import DetectionLevel
from voxport.wire.writing.links import self_link

_TYPE = "binary"
_POSITIVE = 1
DETECTORS_PATH = "/v3/definition/prediction/detectors"


def prediction_body(detections: Sequence[Detection]) -> dict[str, Any]:
    """One entry for each detector asked for; `detections` is empty where it found nothing."""
    return {"detectors": [_detector(detection) for detection in detections]}


def detectors_body() -> dict[str, Any]:
    """The answer to GET of all detectors."""
    return {"_links": self_link(DETECTORS_PATH), "detectors": [_definition(one) for one in DETECTORS]}


def detector_body(definition: DetectorDefinition) -> dict[str, Any]:
    """The answer to GET of one."""
    return {"_links": self_link(f"{DETECTORS_PATH}/{definition.id}"), **_definition(definition)}


def _definition(definition: DetectorDefinition) -> dict[str, Any]:
    return {
        **_identity(definition),
        "detectorDescription": definition.description,
        "languages": list(definition.languages),
        "classes": [{"classLabel": definition.label, "classValue": _POSITIVE}],
        "parameters": [_level(definition)],
    }


def _level(definition: DetectorDefinition) -> dict[str, Any]:
    return {
        "name": "detectionLevel",
        "optional": True,
        "type": "String",
        "valueSet": [level.value for level in DetectionLevel],
        "defaultValue": definition.default_level.value,
    }


def _identity(definition: DetectorDefinition) -> dict[str, Any]:
    return {
        "detectorId": str(definition.id),
        "detectorName": definition.name,
        "detectorVersion": definition.version,
        "detectorDisplayName": definition.display_name,
        "detectorType": _TYPE,
    }


def _detector(detection: Detection) -> dict[str, Any]:
    definition = find_detector(detection.detector)
    identity = _identity(definition) if definition else {"detectorName": detection.detector, "detectorType": _TYPE}
    found = {
        "detectorClass": _POSITIVE,
        "detectorClassLabel": detection.label,
        "detectedSegments": [_segment(segment) for segment in detection.segments],
    }
    return {**identity, "detections": [found] if detection.segments else []}


def _segment(segment: DetectedSegment) -> dict[str, Any]:
    """`exact` is left out where it would tell what was redacted."""
    speaker = {} if segment.speaker is None else {"speakerName": segment.speaker}
    occurrences: list[dict[str, Any]] = []
    for one in segment.occurrences:
        exact = {"exact": one.exact} if one.exact else {}
        occurrences.append({"s": one.span.start_ms, "e": one.span.end_ms, **exact})
    return {**speaker, "occurrences": occurrences}
