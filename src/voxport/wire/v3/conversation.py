"""`metrics`, `conversation` and `speakerSentiments` (docs/contract/v3-results.md sections 8 and 12)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal, NotRequired

from pydantic import Field
from typing_extensions import TypeAliasType, TypedDict

from voxport.core.findings import MetricGroup, SpeakerSentiments, SpeakerVerbNounPairs, VerbNounPair
from voxport.core.metric_names import METRICS
from voxport.wire.writing.shapes import Milliseconds, Named, closed, one_of
from voxport.wire.writing.words import NO_SPEAKER

MetricGroupName = TypeAliasType("MetricGroupName", Annotated[str, one_of(METRICS)])


@closed
class VbMetricValue(TypedDict):
    metricName: str
    metricValue: Annotated[float, Field(json_schema_extra={"format": "double"})]


@closed
class VbMetricGroup(TypedDict):
    metricGroupName: MetricGroupName
    metricValues: Annotated[list[VbMetricValue], Field(min_length=1)]


@closed
class VbVerbNounPair(TypedDict):
    s: Milliseconds
    e: Milliseconds
    verb: Named
    """Lemma"""
    noun: Named
    """Lemma"""
    verbNeg: NotRequired[str]
    """What negates the verb"""
    nounNeg: NotRequired[str]
    """What negates the noun"""
    question: NotRequired[Literal[True]]
    """Absent where nothing is asked"""


@closed
class VbSpeakerVerbNounPairs(TypedDict):
    speakerName: str
    """unknown where the recording names nobody"""
    verbNounPairs: Annotated[list[VbVerbNounPair], Field(min_length=1)]


@closed
class VbConversation(TypedDict):
    speakerVerbNounPairs: list[VbSpeakerVerbNounPairs]


@closed
class VbSentimentValue(TypedDict):
    s: Milliseconds
    e: Milliseconds
    v: Annotated[float, Field(ge=-1, le=1)]
    """From -1, negative, to 1, positive"""


@closed
class VbSpeakerSentiments(TypedDict):
    speakerName: str
    """unknown where the recording names nobody"""
    sentimentValues: Annotated[list[VbSentimentValue], Field(min_length=1)]


def metrics_body(groups: Sequence[MetricGroup]) -> list[VbMetricGroup]:
    """Every value a double, as the platform sends also its integers."""
    return [
        {
            "metricGroupName": group.name,
            "metricValues": [{"metricName": name, "metricValue": float(value)} for name, value in group.values],
        }
        for group in groups
    ]


def conversation_body(pairs: Sequence[SpeakerVerbNounPairs]) -> VbConversation:
    return {
        "speakerVerbNounPairs": [
            {"speakerName": one.speaker or NO_SPEAKER, "verbNounPairs": [_pair(pair) for pair in one.pairs]}
            for one in pairs
        ]
    }


def sentiments_body(sentiments: Sequence[SpeakerSentiments]) -> list[VbSpeakerSentiments]:
    return [
        {
            "speakerName": one.speaker or NO_SPEAKER,
            "sentimentValues": [
                {"s": value.span.start_ms, "e": value.span.end_ms, "v": round(value.value, 3) + 0.0}
                for value in one.values
            ],
        }
        for one in sentiments
    ]


def _pair(pair: VerbNounPair) -> VbVerbNounPair:
    body: VbVerbNounPair = {
        "s": pair.span.start_ms,
        "e": pair.span.end_ms,
        "verb": pair.verb,
        "noun": pair.noun,
    }
    if pair.verb_negation is not None:
        body["verbNeg"] = pair.verb_negation
    if pair.noun_negation is not None:
        body["nounNeg"] = pair.noun_negation
    if pair.question:
        body["question"] = True
    return body
