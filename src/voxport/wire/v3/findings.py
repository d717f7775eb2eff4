"""The sections of the media document that analysis fills, by their names on the wire (docs/contract/v3-results.md)."""

from __future__ import annotations

from typing import NotRequired

from typing_extensions import TypedDict

from voxport.core.findings import Findings
from voxport.wire.v3.category_results import VbCategoryResult, category_results_body
from voxport.wire.v3.conversation import (
    VbConversation,
    VbMetricGroup,
    VbSpeakerSentiments,
    conversation_body,
    metrics_body,
    sentiments_body,
)
from voxport.wire.v3.entities import VbEntity, entities_body
from voxport.wire.v3.knowledge import VbKnowledge, VbSpotting, knowledge_body, spotting_body
from voxport.wire.v3.prediction import VbPrediction, prediction_body
from voxport.wire.writing.shapes import open_ended


@open_ended
class FindingsSections(TypedDict):
    """Each section stands there where it was asked for."""

    knowledge: NotRequired[VbKnowledge]
    spotting: NotRequired[VbSpotting]
    prediction: NotRequired[VbPrediction]
    metrics: NotRequired[list[VbMetricGroup]]
    categories: NotRequired[list[VbCategoryResult]]
    conversation: NotRequired[VbConversation]
    speakerSentiments: NotRequired[list[VbSpeakerSentiments]]
    entities: NotRequired[list[VbEntity]]


def findings_bodies(findings: Findings) -> FindingsSections:
    """What was asked for, in the order of the document; what was not is absent."""
    bodies: FindingsSections = {}
    if findings.knowledge is not None:
        bodies["knowledge"] = knowledge_body(findings.knowledge)
    if findings.spotting is not None:
        bodies["spotting"] = spotting_body(findings.spotting)
    if findings.detections is not None or findings.classifications is not None:
        bodies["prediction"] = prediction_body(findings.detections, findings.classifications)
    if findings.metrics is not None:
        bodies["metrics"] = metrics_body(findings.metrics)
    if findings.categories is not None:
        bodies["categories"] = category_results_body(findings.categories)
    if findings.verb_noun_pairs is not None:
        bodies["conversation"] = conversation_body(findings.verb_noun_pairs)
    if findings.sentiments is not None:
        bodies["speakerSentiments"] = sentiments_body(findings.sentiments)
    if findings.entities is not None:
        bodies["entities"] = entities_body(findings.entities)
    return bodies
