"""A media of v2-beta: the answers to POST and GET, and the elements of a list (docs/contract/v2-beta.md section 3).

GET bodies hold results under `latest`; the flat ones of callbacks are made in `callback.py`. What was not asked for or
is not there yet is absent.
"""

from __future__ import annotations

from typing import Any

from voxport.core.findings import Findings
from voxport.core.media import Media, MediaStatus
from voxport.core.transcript import Transcript
from voxport.wire.v2beta.described import metadata_values
from voxport.wire.v2beta.findings import detections_body, keywords_body, topics_body
from voxport.wire.v2beta.links import media_href
from voxport.wire.v2beta.progress import job_body, phase_statuses
from voxport.wire.v2beta.transcript import LATEST, latest_transcript, revision_of
from voxport.wire.writing.errors import error_entry, warning_entry
from voxport.wire.writing.links import self_link
from voxport.wire.writing.times import wire_time


def accepted_body(media: Media) -> dict[str, Any]:
    """The answer to POST media."""
    body: dict[str, Any] = {
        "_links": self_link(media_href(media.id)),
        "mediaId": str(media.id),
        "status": media.status.value,
        "metadata": metadata_values(media),
        "progress": _wrapped(phase_statuses(media)),
    }
    if media.warnings:
        body["warnings"] = [warning_entry(problem) for problem in media.warnings]
    return body


def media_item_body(media: Media, transcript: Transcript | None, findings: Findings | None) -> dict[str, Any]:
    """The answer to GET of a media. `transcript` and `findings` are shown of a finished one only."""
    item = _identity(media)
    item["metadata"] = metadata_values(media)
    item["job"] = {"progress": {} if media.status.ended else job_body(media)}
    if media.status is MediaStatus.FINISHED:
        if transcript is not None:
            item["transcripts"] = {LATEST: latest_transcript(media, transcript)}
        if findings is not None:
            item |= _latest_findings(media, findings)
    if media.errors:
        item["errors"] = [error_entry(problem) for problem in media.errors]
    if media.warnings:
        item["warnings"] = [warning_entry(problem) for problem in media.warnings]
    return {"_links": self_link(media_href(media.id)), "media": item}


def list_item_body(media: Media) -> dict[str, Any]:
    """One element of `media` in the answer to GET of the list."""
    return {
        "_links": self_link(media_href(media.id)),
        **_identity(media),
        "metadata": metadata_values(media),
        "progress": phase_statuses(media),
    }


def _identity(media: Media) -> dict[str, Any]:
    return {"mediaId": str(media.id), "status": media.status.value, "dateCreated": wire_time(media.created)}


def findings_section_body(media: Media, findings: Findings | None, name: str) -> dict[str, Any] | None:
    """The answer to GET of `keywords` or `topics`; None where that was not asked for."""
    bodies = {} if findings is None else _latest_findings(media, findings)
    if name not in bodies:
        return None
    return {"_links": self_link(media_href(media.id, name, LATEST)), name: bodies[name]}


def _latest_findings(media: Media, findings: Findings) -> dict[str, Any]:
    revision = {"revision": revision_of(media)}
    bodies: dict[str, Any] = {}
    keywords, topics = keywords_body(findings), topics_body(findings)
    if keywords is not None:
        bodies["keywords"] = {LATEST: {**revision, **keywords}}
    if topics is not None:
        bodies["topics"] = {LATEST: {**revision, **topics}}
    if findings.detections is not None:
        # No classifier can be asked for, so there is no prediction to show.
        latest = {**revision, "predictions": [], "detections": detections_body(findings.detections)}
        bodies["predictions"] = {LATEST: latest}
    return bodies


def _wrapped(statuses: dict[str, str]) -> dict[str, dict[str, str]]:
    return {phase: {"status": status} for phase, status in statuses.items()}
