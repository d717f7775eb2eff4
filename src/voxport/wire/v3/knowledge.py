"""`knowledge` and `spotting`: keywords, topics, phrases listened for (docs/contract/v3-results.md sections 4 and 5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from voxport.core.findings import Keyword, Knowledge, Mention, Occurrence, SpottedGroup, Topic
from voxport.wire.writing.shapes import Milliseconds, Named, Share, closed
from voxport.wire.writing.words import NO_SPEAKER


@closed
class VbOccurrence(TypedDict):
    s: Milliseconds
    e: Milliseconds
    exact: str
    """As the transcript has it"""


@closed
class VbMention(TypedDict):
    speakerName: str
    """unknown where the recording names nobody"""
    occurrences: Annotated[list[VbOccurrence], Field(min_length=1)]


@closed
class VbKeyword(TypedDict):
    keyword: Named
    relevance: Share
    mentions: Annotated[list[VbMention], Field(min_length=1)]


@closed
class VbSubTopic(TypedDict):
    name: Named
    score: Share


@closed
class VbTopic(TypedDict):
    topicName: Named
    relevance: Share
    subTopics: NotRequired[Annotated[list[VbSubTopic], Field(min_length=1)]]
    """Absent where there is none"""
    keywords: Annotated[list[VbKeyword], Field(min_length=1)]


@closed
class VbKnowledge(TypedDict):
    keywords: Annotated[list[VbKeyword], Field(max_length=25)]
    """Most relevant first"""
    topics: list[VbTopic]
    """Most relevant first"""


@closed
class VbSpottedGroup(TypedDict):
    groupName: str
    spotted: bool
    """Whether one of its phrases was heard"""
    score: Share
    spottedKeywords: list[VbKeyword]


@closed
class VbSpotting(TypedDict):
    groups: list[VbSpottedGroup]
    """Every group that was asked for, in that order"""


def knowledge_body(knowledge: Knowledge) -> VbKnowledge:
    """`keywords` and `topics`, both lists there even when empty."""
    return {
        "keywords": [_keyword(keyword) for keyword in knowledge.keywords],
        "topics": [_topic(topic) for topic in knowledge.topics],
    }


def spotting_body(groups: Sequence[SpottedGroup]) -> VbSpotting:
    """Every group asked for; one that was not heard stays with `spotted` false."""
    return {"groups": [_group(group) for group in groups]}


def _group(group: SpottedGroup) -> VbSpottedGroup:
    return {
        "groupName": group.group,
        "spotted": group.spotted,
        "score": round(group.score, 3),
        "spottedKeywords": [_keyword(keyword) for keyword in group.keywords],
    }


def _keyword(keyword: Keyword) -> VbKeyword:
    return {
        "keyword": keyword.keyword,
        "relevance": round(keyword.relevance, 4),
        "mentions": [mention_body(mention) for mention in keyword.mentions],
    }


def mention_body(mention: Mention) -> VbMention:
    """Where one speaker said something."""
    return {
        "speakerName": mention.speaker or NO_SPEAKER,
        "occurrences": [_occurrence(occurrence) for occurrence in mention.occurrences],
    }


def _occurrence(occurrence: Occurrence) -> VbOccurrence:
    return {"s": occurrence.span.start_ms, "e": occurrence.span.end_ms, "exact": occurrence.exact}


def _topic(topic: Topic) -> VbTopic:
    keywords = [_keyword(keyword) for keyword in topic.keywords]
    relevance = round(topic.relevance, 4)
    if not topic.subtopics:
        return {"topicName": topic.name, "relevance": relevance, "keywords": keywords}
    subtopics: list[VbSubTopic] = [{"name": name, "score": round(score, 4)} for name, score in topic.subtopics]
    return {"topicName": topic.name, "relevance": relevance, "subTopics": subtopics, "keywords": keywords}
