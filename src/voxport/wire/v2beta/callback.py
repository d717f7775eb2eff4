"""The body of a v2-beta callback: flat, with what became of the recording beside it.

Source: docs/contract/callbacks.md section 5.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from voxport.core.findings import Findings
from voxport.core.media import Media, MediaStatus
from voxport.core.plan import CallbackPlan
from voxport.core.transcript import Transcript
from voxport.wire.v2beta.described import metadata_values
from voxport.wire.v2beta.findings import detections_body, flat_keywords, topics_body
from voxport.wire.v2beta.links import media_href
from voxport.wire.v2beta.transcript import flat_transcript
from voxport.wire.writing.callbacks import MediaResult
from voxport.wire.writing.content_types import content_type_of
from voxport.wire.writing.encoding import json_bytes
from voxport.wire.writing.errors import error_entry, warning_entry
from voxport.wire.writing.links import self_link

INCLUDABLE = ("transcripts", "keywords", "topics", "metadata", "predictions")
"""Sections that `include` may name; all of them without it."""


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
) -> dict[str, Any]:
    """The document, sent as application/json. `base_url` is where this server is reached: the link is absolute.

    `transcript` and `findings` are those of a finished media; a failed one has neither, and says why in `errors`.
    """
    finished = media.status is MediaStatus.FINISHED
    wanted = frozenset(INCLUDABLE if include is None else include)
    sections: dict[str, Any] = {"metadata": metadata_values(media)} if "metadata" in wanted else {}
    if finished:
        sections |= _results(transcript, findings, wanted)
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


def _results(transcript: Transcript | None, findings: Findings | None, wanted: Collection[str]) -> dict[str, Any]:
    """What was computed and is wanted; sections without `latest` and `revision`."""
    bodies: dict[str, Any] = {}
    if findings is not None:
        bodies["keywords"] = flat_keywords(findings)
        bodies["topics"] = topics_body(findings)
    if transcript is not None:
        bodies["transcripts"] = flat_transcript(transcript)
    shown = {name: body for name, body in bodies.items() if body is not None and name in wanted}
    if findings is not None and findings.detections is not None and "predictions" in wanted:
        # Elements of `predictions` are documented as those of classifiers; what detectors found stands beside them.
        shown |= {"predictions": [], "detections": detections_body(findings.detections)}
    return shown
