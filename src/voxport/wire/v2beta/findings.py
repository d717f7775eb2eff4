"""What analysis found, under the names of v2-beta: keywords, groups, topics, detections.

Source: docs/contract/v2-beta.md section 3.

Times in `t` are seconds written as strings, by the name of the speaker, `unknown` where there is none; relevance is a
string as well (docs/contract/open-questions.md 21 and 58). Times of detections are milliseconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal, NotRequired

from pydantic import Field
from typing_extensions import TypeAliasType, TypedDict

from voxport.core.detectors import DETECTORS
from voxport.core.findings import Detection, Findings, Keyword, SpottedGroup, Topic
from voxport.wire.writing.shapes import closed, one_of
from voxport.wire.writing.words import NO_SPEAKER

_MODELS = tuple(dict.fromkeys(one.name.partition("-")[0] for one in DETECTORS))
"""Those for Spanish go by the same name."""
MOST_KEYWORDS = 25
"""As many as the platform ever sent, the most relevant first."""

Times = TypeAliasType("Times", dict[str, list[Annotated[str, Field(pattern=r"^\d+\.\d{1,3}$")]]])
"""By speaker, `unknown` where there is one without a name: seconds."""
_Score = Annotated[float, Field(ge=0)]


@closed
class KeywordEntry(TypedDict):
    t: Times
    name: str
    internalName: NotRequired[list[str]]
    """Absent in callbacks"""
    relevance: Annotated[str, Field(json_schema_extra={"example": "0.7305"})]
    """A number"""


@closed
class HeardPhrase(TypedDict):
    name: str
    t: Times


@closed
class SpottedGroupEntry(TypedDict):
    """A group of phrases of which one was heard."""

    name: str
    type: Literal["group"]
    keywords: list[HeardPhrase]


@closed
class KeywordSection(TypedDict):
    words: Annotated[list[KeywordEntry], Field(max_length=MOST_KEYWORDS)]
    groups: NotRequired[list[SpottedGroupEntry]]
    """Those that were heard"""


@closed
class Scored(TypedDict):
    name: str
    score: _Score


@closed
class TopicKeyword(TypedDict):
    name: str
    internalName: list[str]
    score: _Score
    t: Times


@closed
class TopicEntry(TypedDict):
    name: str
    type: Literal["category"]
    score: _Score
    speakers: list[str]
    subcategories: list[Scored]
    similarCategories: list[Scored]
    keywords: list[TopicKeyword]


@closed
class TopicSection(TypedDict):
    topics: list[TopicEntry]


@closed
class DetectionEntry(TypedDict):
    type: Annotated[str, one_of(_MODELS)]
    s: Annotated[int, Field(ge=0)]
    """Start in ms"""
    e: Annotated[int, Field(ge=0)]
    """End in ms"""


def keywords_body(findings: Findings) -> KeywordSection | None:
    """`words`, and `groups` where phrases were listened for; None when neither was asked for."""
    knowledge, spotting = findings.knowledge, findings.spotting
    if knowledge is None and spotting is None:
        return None
    keywords = () if knowledge is None else knowledge.keywords[:MOST_KEYWORDS]
    body: KeywordSection = {"words": [_word(keyword) for keyword in keywords]}
    if spotting is not None:
        body["groups"] = _groups(spotting)
    return body


def flat_keywords(findings: Findings) -> KeywordSection | None:
    """`keywords` of a callback, whose words have no `internalName`."""
    body = keywords_body(findings)
    if body is not None:
        for word in body["words"]:
            del word["internalName"]
    return body


def topics_body(findings: Findings) -> TopicSection | None:
    """`topics`, most relevant first; None when they were not asked for."""
    if findings.knowledge is None:
        return None
    return {"topics": [_topic(topic) for topic in findings.knowledge.topics]}


def detections_body(detections: Sequence[Detection]) -> list[DetectionEntry]:
    """Where something was detected, in order of time; what was said there is not stated."""
    found: list[DetectionEntry] = [
        {"type": _detected(detection), "s": occurrence.span.start_ms, "e": occurrence.span.end_ms}
        for detection in detections
        for segment in detection.segments
        for occurrence in segment.occurrences
    ]
    return sorted(found, key=lambda one: (one["s"], one["e"]))


def _word(keyword: Keyword) -> KeywordEntry:
    return {
        "t": _times(keyword),
        "name": keyword.keyword,
        "internalName": [keyword.keyword.lower()],
        # Twelve digits as in real bodies, where it can be as small as 1e-19.
        "relevance": f"{keyword.relevance:.12g}",
    }


def _groups(spotting: Sequence[SpottedGroup]) -> list[SpottedGroupEntry]:
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


def _topic(topic: Topic) -> TopicEntry:
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
