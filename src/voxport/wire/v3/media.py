"""The media document: the answer to GET media, the body of an analytics callback, and its short forms.

What is not asked for or not computed is absent, never null (docs/contract/v3-results.md); only `metadata` is `{}` when
empty.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal, NotRequired, cast

from typing_extensions import TypedDict

from voxport.core.findings import Findings
from voxport.core.media import ListedMedia, Media, MediaStatus, MediaSummary
from voxport.core.media_query import MediaDetail
from voxport.core.plan import TextFormat
from voxport.core.transcript import Transcript
from voxport.wire.v3.findings import FindingsSections, findings_bodies
from voxport.wire.v3.links import encrypted_links, finished_links, media_href, waiting_links
from voxport.wire.v3.metadata import VbMetadata
from voxport.wire.v3.public_keys import VbEncryption, encryption_body
from voxport.wire.v3.streams import VbStream, stream_entry
from voxport.wire.v3.transcript import VbTranscript, transcript_body
from voxport.wire.writing.errors import ErrorEntry, WarningEntry, error_entry, warning_entry
from voxport.wire.writing.links import Links, self_link
from voxport.wire.writing.shapes import Long, Moment, Uuid, open_ended
from voxport.wire.writing.streams import StreamLink
from voxport.wire.writing.tasks import StatusName, Task, step_tasks
from voxport.wire.writing.times import wire_time

FORMAT_VERSION = "3.0.27"
_INCLUDED_WITH = {"entities": "transcript"}
"""No include value is documented for entities: they travel with the transcript (docs/contract/open-questions.md 10)."""


class _Ends(TypedDict):
    """When a media ended, and when it is erased."""

    dateFinished: NotRequired[Moment]
    timeToLiveInSeconds: NotRequired[int]
    """As asked for; without it the media stays until it is deleted"""
    expiresOn: NotRequired[Moment]
    """When it is erased, once its deliveries have ended"""


class _Life(_Ends):
    """What tells how a media fares."""

    status: StatusName
    dateCreated: Moment


class _Ranked(TypedDict):
    score: NotRequired[float]
    """An addition of this server, with the query parameter q: how well it fits, the best first"""
    snippet: NotRequired[str]
    """An addition of this server, with q: what is said around the words, which stand between `**`"""


class _Details(TypedDict):
    length: NotRequired[Long]
    """An addition of this server, as what follows, with `include`: milliseconds; absent until it is known"""
    speakers: NotRequired[list[str]]
    """Who speaks in it; empty until it is finished"""
    redacted: NotRequired[bool]
    """Whether something is covered in it, in words or in sound"""
    errors: NotRequired[list[ErrorEntry]]
    """Why it failed"""
    tasks: NotRequired[list[Task]]
    """The steps of its present run"""


@open_ended
class VbMediaSummary(_Life, _Ranked, _Details):
    """One element of a list of media."""

    _links: NotRequired[Links]
    formatVersion: str
    mediaId: Uuid
    metadata: VbMetadata


@open_ended
class VbMedia(_Life, FindingsSections):
    """A media with its results; a section that was not asked for or is not there yet is absent."""

    _links: NotRequired[Links]
    """Absent in callbacks"""
    formatVersion: str
    mediaId: Uuid
    accountId: Uuid
    interactionType: Literal["speech"]
    accountName: str
    metadata: NotRequired[VbMetadata]
    """Absent only in a callback whose `include` does not name it"""
    mediaContentType: NotRequired[str]
    length: NotRequired[Long]
    """Milliseconds"""
    encryption: NotRequired[VbEncryption]
    """The client's key, where everything of the media is encrypted with one"""
    transcript: NotRequired[VbTranscript]
    streams: NotRequired[list[VbStream]]
    errors: NotRequired[list[ErrorEntry]]
    """Why it failed"""
    warnings: NotRequired[list[WarningEntry]]


def media_body(
    media: Media,
    transcript: Transcript | None,
    findings: Findings | None = None,
    *,
    include: Collection[str] | None = None,
    alternate_formats: Collection[TextFormat] = (),
    links: bool = True,
    streams: Sequence[StreamLink] = (),
) -> VbMedia:
    """The document.

    `transcript` and `findings` are those of a finished media; for any other status they are not shown. `include` names
    the sections that are shown, None means all; what tells which media it is and how it fares always is. `links`: with
    `_links`.
    """
    finished = media.status is MediaStatus.FINISHED
    body = _head(media)
    if not links:
        del body["_links"]
    if _shows(include, "metadata"):
        body["metadata"] = media.metadata
    if media.content_type is not None:
        body["mediaContentType"] = media.content_type
    if media.duration_ms is not None:
        body["length"] = media.duration_ms
    if media.plan.encryption is not None:
        body["encryption"] = encryption_body(media.plan.encryption)
    if finished and findings is not None:
        body = {**body, **_findings(findings, include)}
    if finished and transcript is not None and _shows(include, "transcript"):
        body["transcript"] = transcript_body(transcript, alternate_formats)
    if streams and _shows(include, "streams"):
        body["streams"] = [stream_entry(stream) for stream in streams]
    if media.errors:
        body["errors"] = [error_entry(problem) for problem in media.errors]
    if media.warnings:
        body["warnings"] = [warning_entry(problem) for problem in media.warnings]
    return body


def accepted_body(media: Media) -> VbMedia:
    """The answer to POST media; there is no `dateFinished` yet (docs/contract/open-questions.md 30)."""
    return media_body(media, None)


def summary_body(media: ListedMedia, details: Collection[MediaDetail] = ()) -> VbMediaSummary:
    """One element of a list of media, with the `details` that were asked for."""
    ranked: _Ranked = {}
    if isinstance(media, MediaSummary) and media.rank is not None:
        ranked = {"score": round(media.rank, 6), "snippet": media.snippet or ""}
    return {
        "_links": self_link(media_href(media.id)),
        "formatVersion": FORMAT_VERSION,
        "mediaId": str(media.id),
        "status": media.status.value,
        "dateCreated": wire_time(media.created),
        **_ends(media),
        "metadata": media.metadata,
        **ranked,
        **_details(media, details),
    }


def _details(media: ListedMedia, wanted: Collection[MediaDetail]) -> _Details:
    shown: _Details = {}
    if MediaDetail.LENGTH in wanted and media.duration_ms is not None:
        shown["length"] = media.duration_ms
    if MediaDetail.TASKS in wanted:
        shown["tasks"] = step_tasks(media.steps)
    if isinstance(media, MediaSummary):
        if media.speakers is not None:
            shown["speakers"] = list(media.speakers)
        if media.redacted is not None:
            shown["redacted"] = media.redacted
        if media.errors is not None:
            shown["errors"] = [error_entry(problem) for problem in media.errors]
    return shown


def _shows(include: Collection[str] | None, section: str) -> bool:
    return include is None or section in include


def _findings(findings: Findings, include: Collection[str] | None) -> FindingsSections:
    bodies = findings_bodies(findings)
    if include is None:
        return bodies
    shown = {name: body for name, body in bodies.items() if _INCLUDED_WITH.get(name, name) in include}
    return cast("FindingsSections", shown)


def _head(media: Media) -> VbMedia:
    """What tells which media it is and how it fares."""
    head: VbMedia = {
        "_links": _links(media),
        "formatVersion": FORMAT_VERSION,
        "mediaId": str(media.id),
        "accountId": str(media.organization.id),
        "interactionType": "speech",
        "accountName": media.organization.name,
        "status": media.status.value,
        "dateCreated": wire_time(media.created),
    }
    ends = _ends(media)
    return {**head, **ends} if ends else head


def _links(media: Media) -> Links:
    finished = media.status is MediaStatus.FINISHED
    if media.plan.encryption is not None:
        return encrypted_links(media.id, finished=finished)
    return finished_links(media.id) if finished else waiting_links(media.id)


def _ends(media: ListedMedia) -> _Ends:
    ends: _Ends = {}
    if media.finished is not None:
        ends["dateFinished"] = wire_time(media.finished)
    if media.time_to_live_s is not None:
        ends["timeToLiveInSeconds"] = media.time_to_live_s
    if media.expires is not None:
        ends["expiresOn"] = wire_time(media.expires)
    return ends
