"""The sections of the media document that analysis fills, by their names on the wire (v3-results.md)."""

from __future__ import annotations

from typing import Any

from voxport.core.findings import Findings
from voxport.wire.v3.prediction import prediction_body


def findings_bodies(findings: Findings) -> dict[str, Any]:
    """What was asked for, in the order of the document; what was not is absent."""
    bodies: dict[str, Any] = {}
    if findings.detections is not None:
        bodies["prediction"] = prediction_body(findings.detections)
    return bodies
