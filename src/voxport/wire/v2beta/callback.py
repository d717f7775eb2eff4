"""The body of a v2-beta callback: flat, with what became of the recording beside it.

Source: docs/contract/callbacks.md section 5.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated, Any, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from voxport.core.findings import Findings
from voxport.core.media import Media, MediaStatus
from voxport.core.plan import CallbackPlan
from voxport.core.transcript import Transcript
from voxport.wire.v2beta.described import Metadata, metadata_values
from voxport.wire.v2beta.findings import (
    DetectionEntry,
    KeywordSection,
    TopicSection,
    detections_body,
    flat_keywords,
    topics_body,
)
from voxport.wire.v2beta.links import media_href
from voxport.wire.v2beta.transcript import FlatTranscript, flat_transcript
from voxport.wire.writing.callbacks import MediaResult
from voxport.wire.writing.content_types import content_type_of
from voxport.wire.writing.encoding import json_bytes
from voxport.wire.writing.errors import ErrorEntry, WarningEntry, error_entry, warning_entry
from voxport.wire.writing.links import Links, self_link
from voxport.wire.writing.shapes import Uuid, closed, one_of

INCLUDABLE = ("transcripts", "keywords", "topics", "metadata", "predictions")
"""Sections that `include` may name; all of them without it."""

_EndStatus = Annotated[str, one_of((MediaStatus.FINISHED, MediaStatus.FAILED))]


@closed
class CallbackEvent(TypedDict):
    status: _EndStatus


@closed
class CallbackState(TypedDict):
    success: bool
    warnings: list[WarningEntry]
    event: CallbackEvent
    errors: list[ErrorEntry]
    """Why it failed"""


class _Sections(TypedDict):
    metadata: NotRequired[Metadata]
    keywords: NotRequired[KeywordSection]
    topics: NotRequired[TopicSection]
    transcripts: NotRequired[FlatTranscript]
    predictions: NotRequired[Annotated[list[dict[str, Any]], Field(max_length=0)]]
    """Classifiers are asked for over v3"""
    detections: NotRequired[list[DetectionEntry]]


@closed
class CallbackMedia(_Sections):
    mediaId: Uuid
    status: _EndStatus


@closed
class Callback(TypedDict):
    """What is sent to a callback; no path answers it."""

    _links: Links
    callback: CallbackState
    media: CallbackMedia


def callback_content(callback: CallbackPlan, result: MediaResult) -> tuple[bytes, str]:
    """Body and Content-Type of a callback that is not the recording itself."""
    document = callback_body(result.media, result.transcript, result.findings, result.base_url, callback.include)
    return json_bytes(document), content_type_of(callback)


def callback_body(
    media: Media,
    transcript: Transcript | None,
    findings: Findings | None,
    base_url: str,
    include: Collection[str] | None = None,
) -> Callback:
    """The document, sent as application/json. `base_url` is where this server is reached: the link is absolute.

    `transcript` and `findings` are those of a finished media; a failed one has neither, and says why in `errors`.
    """
    finished = media.status is MediaStatus.FINISHED
    wanted = frozenset(INCLUDABLE if include is None else include)
    sections: _Sections = {"metadata": metadata_values(media)} if "metadata" in wanted else {}
    if finished:
        _add_results(sections, transcript, findings, wanted)
    return {
        "_links": self_link(base_url.rstrip("/") + media_href(media.id)),
        "callback": {
            "success": finished,
            "warnings": [warning_entry(problem) for problem in media.warnings],
            "event": {"status": media.status.value},
            "errors": [error_entry(problem) for problem in media.errors],
        },
        "media": {**sections, "mediaId": str(media.id), "status": media.status.value},
    }


def _add_results(
    sections: _Sections, transcript: Transcript | None, findings: Findings | None, wanted: Collection[str]
) -> None:
    """Adds what was computed and is wanted; sections without `latest` and `revision`."""
    keywords = None if findings is None or "keywords" not in wanted else flat_keywords(findings)
    topics = None if findings is None or "topics" not in wanted else topics_body(findings)
    if keywords is not None:
        sections["keywords"] = keywords
    if topics is not None:
        sections["topics"] = topics
    if transcript is not None and "transcripts" in wanted:
        sections["transcripts"] = flat_transcript(transcript)
    if findings is not None and findings.detections is not None and "predictions" in wanted:
        # Elements of `predictions` are documented as those of classifiers; what detectors found stands beside them.
        sections["predictions"] = []
        sections["detections"] = detections_body(findings.detections)
