"""A media of v2-beta: the answers to POST and GET, and the elements of a list (docs/contract/v2-beta.md section 3).

GET bodies hold results under `latest`; the flat ones of callbacks are made in `callback.py`. Of a finished media
keywords and topics are there whether they were asked for or not: pages of old read the lists in them unseen.
"""

from __future__ import annotations

from typing import Annotated, Any, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from voxport.core.findings import Findings
from voxport.core.media import ListedMedia, Media, MediaStatus
from voxport.core.transcript import Transcript
from voxport.wire.v2beta.described import Metadata, metadata_values
from voxport.wire.v2beta.findings import (
    MOST_KEYWORDS,
    DetectionEntry,
    KeywordEntry,
    SpottedGroupEntry,
    TopicSection,
    detections_body,
    keywords_body,
    topics_body,
)
from voxport.wire.v2beta.links import media_href
from voxport.wire.v2beta.progress import Job, PhaseStatus, job_body, phase_statuses
from voxport.wire.v2beta.transcript import LATEST, Transcripts, latest_transcript, revision_of
from voxport.wire.writing.errors import ErrorEntry, WarningEntry, error_entry, warning_entry
from voxport.wire.writing.links import Links, self_link
from voxport.wire.writing.shapes import Moment, Uuid, closed
from voxport.wire.writing.tasks import StatusName
from voxport.wire.writing.times import wire_time


class _Revision(TypedDict):
    revision: Uuid
    """The run over the recording that made it"""


@closed
class LatestKeywords(_Revision):
    """Keywords and heard phrases of the newest run; the lists are empty where they were not asked for."""

    words: Annotated[list[KeywordEntry], Field(max_length=MOST_KEYWORDS)]
    groups: list[SpottedGroupEntry]


@closed
class Keywords(TypedDict):
    latest: LatestKeywords


@closed
class LatestTopics(_Revision, TopicSection):
    """Topics of the newest run; the list is empty where they were not asked for."""


@closed
class Topics(TypedDict):
    latest: LatestTopics


@closed
class LatestPredictions(_Revision):
    predictions: Annotated[list[dict[str, Any]], Field(max_length=0)]
    """Classifiers are asked for over v3"""
    detections: list[DetectionEntry]


@closed
class Predictions(TypedDict):
    latest: LatestPredictions


class _Sections(TypedDict):
    keywords: NotRequired[Keywords]
    topics: NotRequired[Topics]
    predictions: NotRequired[Predictions]


@closed
class KeywordsAnswer(TypedDict):
    _links: Links
    keywords: Keywords


@closed
class TopicsAnswer(TypedDict):
    _links: Links
    topics: Topics


@closed
class NoProgress(TypedDict):
    """Nothing."""


@closed
class MediaJob(TypedDict):
    progress: Job | NoProgress
    """Empty once it is finished or failed"""


class _Identity(TypedDict):
    mediaId: Uuid
    status: StatusName
    dateCreated: Moment


@closed
class MediaSections(_Identity, _Sections):
    """A media; with its results once it is finished, keywords and topics empty where they were not asked for."""

    metadata: Metadata
    job: MediaJob
    transcripts: NotRequired[Transcripts]
    errors: NotRequired[list[ErrorEntry]]
    """Why it failed"""
    warnings: NotRequired[list[WarningEntry]]


@closed
class MediaItem(TypedDict):
    _links: Links
    media: MediaSections


@closed
class MediaListItem(_Identity):
    """One element of a list of media."""

    _links: Links
    metadata: Metadata
    progress: dict[str, PhaseStatus]
    """By phase"""


@closed
class AcceptedPhase(TypedDict):
    status: PhaseStatus


@closed
class Accepted(TypedDict):
    """A media that is safe with this server."""

    _links: Links
    mediaId: Uuid
    status: StatusName
    metadata: Metadata
    progress: dict[str, AcceptedPhase]
    """By phase"""
    warnings: NotRequired[list[WarningEntry]]


def accepted_body(media: Media) -> Accepted:
    """The answer to POST media."""
    body: Accepted = {
        "_links": self_link(media_href(media.id)),
        "mediaId": str(media.id),
        "status": media.status.value,
        "metadata": metadata_values(media),
        "progress": {phase: {"status": status} for phase, status in phase_statuses(media).items()},
    }
    if media.warnings:
        body["warnings"] = [warning_entry(problem) for problem in media.warnings]
    return body


def media_item_body(media: Media, transcript: Transcript | None, findings: Findings | None) -> MediaItem:
    """The answer to GET of a media. `transcript` and `findings` are shown of a finished one only."""
    item: MediaSections = {
        "mediaId": str(media.id),
        "status": media.status.value,
        "dateCreated": wire_time(media.created),
        "metadata": metadata_values(media),
        "job": {"progress": {} if media.status.ended else job_body(media)},
    }
    if media.status is MediaStatus.FINISHED:
        if transcript is not None:
            item["transcripts"] = {"latest": latest_transcript(media, transcript)}
        item = {**item, **_latest_findings(media, findings)}
    if media.errors:
        item["errors"] = [error_entry(problem) for problem in media.errors]
    if media.warnings:
        item["warnings"] = [warning_entry(problem) for problem in media.warnings]
    return {"_links": self_link(media_href(media.id)), "media": item}


def list_item_body(media: ListedMedia) -> MediaListItem:
    """One element of `media` in the answer to GET of the list."""
    return {
        "_links": self_link(media_href(media.id)),
        "mediaId": str(media.id),
        "status": media.status.value,
        "dateCreated": wire_time(media.created),
        "metadata": metadata_values(media),
        "progress": phase_statuses(media),
    }


def keywords_answer(media: Media, findings: Findings | None) -> KeywordsAnswer:
    """The answer to GET of `keywords` of a finished media."""
    return {
        "_links": self_link(media_href(media.id, "keywords", LATEST)),
        "keywords": _latest_keywords(media, findings or Findings()),
    }


def topics_answer(media: Media, findings: Findings | None) -> TopicsAnswer:
    """The answer to GET of `topics` of a finished media."""
    return {
        "_links": self_link(media_href(media.id, "topics", LATEST)),
        "topics": _latest_topics(media, findings or Findings()),
    }


def _latest_findings(media: Media, findings: Findings | None) -> _Sections:
    findings = findings or Findings()
    bodies: _Sections = {"keywords": _latest_keywords(media, findings), "topics": _latest_topics(media, findings)}
    if findings.detections is not None:
        # No classifier can be asked for, so there is no prediction to show.
        detections = detections_body(findings.detections)
        bodies["predictions"] = {
            "latest": {"revision": revision_of(media), "predictions": [], "detections": detections}
        }
    return bodies


def _latest_keywords(media: Media, findings: Findings) -> Keywords:
    found = keywords_body(findings) or {"words": []}
    return {"latest": {"revision": revision_of(media), "words": found["words"], "groups": found.get("groups", [])}}


def _latest_topics(media: Media, findings: Findings) -> Topics:
    return {"latest": {"revision": revision_of(media), **(topics_body(findings) or {"topics": []})}}
