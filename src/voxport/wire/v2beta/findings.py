"""What analysis found, under the names of v2-beta: keywords, groups, topics, detections.

Source: docs/contract/v2-beta.md section 3.

Times in `t` are seconds written as strings, by the name of the speaker, `unknown` where there is none; relevance is a
string as well (docs/contract/open-questions.md 21 and 58). Times of detections are milliseconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from voxport.core.findings import Detection, Findings, Keyword, SpottedGroup, Topic
from voxport.wire.writing.words import NO_SPEAKER

MOST_KEYWORDS = 25
"""As many as the platform ever sent, the most relevant first."""


def keywords_body(findings: Findings) -> dict[str, Any] | None:
    """`words`, and `groups` where phrases were listened for; None when neither was asked for."""
    knowledge, spotting = findings.knowledge, findings.spotting
    if knowledge is None and spotting is None:
        return None
    keywords = () if knowledge is None else knowledge.keywords[:MOST_KEYWORDS]
    body: dict[str, Any] = {"words": [_word(keyword) for keyword in keywords]}
    if spotting is not None:
        body["groups"] = _groups(spotting)
    return body


def flat_keywords(findings: Findings) -> dict[str, Any] | None:
    """`keywords` of a callback, whose words have no `internalName`."""
    body = keywords_body(findings)
    if body is not None:
        for word in body["words"]:
            del word["internalName"]
    return body


def topics_body(findings: Findings) -> dict[str, Any] | None:
    """`topics`, most relevant first; None when they were not asked for."""
    if findings.knowledge is None:
        return None
    return {"topics": [_topic(topic) for topic in findings.knowledge.topics]}


def detections_body(detections: Sequence[Detection]) -> list[dict[str, Any]]:
    """Where something was detected, in order of time; what was said there is not told."""
    found = [
        {"type": _detected(detection), "s": occurrence.span.start_ms, "e": occurrence.span.end_ms}
        for detection in detections
        for segment in detection.segments
        for occurrence in segment.occurrences
    ]
    return sorted(found, key=lambda one: (one["s"], one["e"]))


def _word(keyword: Keyword) -> dict[str, Any]:
    return {
        "t": _times(keyword),
        "name": keyword.keyword,
        "internalName": [keyword.keyword.lower()],
        # Twelve digits as in real bodies, where it can be as small as 1e-19.
        "relevance": f"{keyword.relevance:.12g}",
    }


def _groups(spotting: Sequence[SpottedGroup]) -> list[dict[str, Any]]:
    """Only those that were heard: nothing else in this dialect says whether one was."""
    return [
        {
            "name": group.group,
            "type": "group",
            "keywords": [{"name": keyword.keyword, "t": _times(keyword)} for keyword in group.keywords],
        }
        for group in spotting
        if group.spotted
    ]


def _topic(topic: Topic) -> dict[str, Any]:
    speakers = dict.fromkeys(
        mention.speaker or NO_SPEAKER for keyword in topic.keywords for mention in keyword.mentions
    )
    return {
        "name": topic.name,
        "type": "category",
        "score": round(topic.relevance, 4),
        "speakers": list(speakers),
        "subcategories": [{"name": name, "score": round(score, 4)} for name, score in topic.subtopics],
        "similarCategories": [],
        "keywords": [
            {
                "name": keyword.keyword,
                "internalName": [keyword.keyword.lower()],
                "score": round(keyword.relevance, 4),
                "t": _times(keyword),
            }
            for keyword in topic.keywords
        ],
    }


def _times(keyword: Keyword) -> dict[str, list[str]]:
    starts_ms: dict[str, set[int]] = {}
    for mention in keyword.mentions:
        starts = (occurrence.span.start_ms for occurrence in mention.occurrences)
        starts_ms.setdefault(mention.speaker or NO_SPEAKER, set()).update(starts)
    return {speaker: [_seconds(start_ms) for start_ms in sorted(starts)] for speaker, starts in starts_ms.items()}


def _seconds(time_ms: int) -> str:
    """`5.08`, `21.5`, `0.0`: up to three decimals."""
    return str(time_ms / 1000)


def _detected(detection: Detection) -> str:
    """The v2-beta model: those for Spanish go by the same name."""
    return detection.detector.partition("-")[0]
