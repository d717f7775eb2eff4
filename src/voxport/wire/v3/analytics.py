"""What analysis found, as sections of the media document (docs/contract/v3-results.md sections 4, 5, 8 and 12)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from voxport.core.findings import (
    Entity,
    Keyword,
    Knowledge,
    Mention,
    MetricGroup,
    Occurrence,
    SpeakerSentiments,
    SpeakerVerbNounPairs,
    SpottedGroup,
    Topic,
    VerbNounPair,
)
from voxport.wire.writing.words import NO_SPEAKER


def knowledge_body(knowledge: Knowledge) -> dict[str, Any]:
    """`keywords` and `topics`, both lists there even when empty."""
    return {
        "keywords": [_keyword(keyword) for keyword in knowledge.keywords],
        "topics": [_topic(topic) for topic in knowledge.topics],
    }


def spotting_body(groups: Sequence[SpottedGroup]) -> dict[str, Any]:
    """Every group asked for; one that was not heard stays with `spotted` false."""
    return {
        "groups": [
            {
                "groupName": group.group,
                "spotted": group.spotted,
                "score": round(group.score, 3),
                "spottedKeywords": [_keyword(keyword) for keyword in group.keywords],
            }
            for group in groups
        ]
    }


def entities_body(entities: Sequence[Entity]) -> list[dict[str, Any]]:
    return [_entity(entity) for entity in entities]


def sentiments_body(sentiments: Sequence[SpeakerSentiments]) -> list[dict[str, Any]]:
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


def conversation_body(pairs: Sequence[SpeakerVerbNounPairs]) -> dict[str, Any]:
    return {
        "speakerVerbNounPairs": [
            {"speakerName": one.speaker or NO_SPEAKER, "verbNounPairs": [_pair(pair) for pair in one.pairs]}
            for one in pairs
        ]
    }


def metrics_body(groups: Sequence[MetricGroup]) -> list[dict[str, Any]]:
    """Every value a double, as the platform sends also its integers."""
    return [
        {
            "metricGroupName": group.name,
            "metricValues": [{"metricName": name, "metricValue": float(value)} for name, value in group.values],
        }
        for group in groups
    ]


def _keyword(keyword: Keyword) -> dict[str, Any]:
    return {
        "keyword": keyword.keyword,
        "relevance": round(keyword.relevance, 4),
        "mentions": [_mention(mention) for mention in keyword.mentions],
    }


def _mention(mention: Mention) -> dict[str, Any]:
    return {
        "speakerName": mention.speaker or NO_SPEAKER,
        "occurrences": [_occurrence(occurrence) for occurrence in mention.occurrences],
    }


def _occurrence(occurrence: Occurrence) -> dict[str, Any]:
    return {"s": occurrence.span.start_ms, "e": occurrence.span.end_ms, "exact": occurrence.exact}


def _topic(topic: Topic) -> dict[str, Any]:
    """`subTopics` is only there when there are some."""
    body: dict[str, Any] = {"topicName": topic.name, "relevance": round(topic.relevance, 4)}
    if topic.subtopics:
        body["subTopics"] = [{"name": name, "score": round(score, 4)} for name, score in topic.subtopics]
    body["keywords"] = [_keyword(keyword) for keyword in topic.keywords]
    return body


def _entity(entity: Entity) -> dict[str, Any]:
    body: dict[str, Any] = {"type": entity.type.value, "text": entity.text}
    if entity.formatted is not None:
        body["formattedText"] = entity.formatted
    body |= {"s": entity.span.start_ms, "e": entity.span.end_ms}
    if entity.whole is not None:
        body["money"] = {"whole": entity.whole, "centi": entity.centi or 0}
    if entity.speaker is not None:
        body["speakerName"] = entity.speaker
    return body


def _pair(pair: VerbNounPair) -> dict[str, Any]:
    body: dict[str, Any] = {
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
