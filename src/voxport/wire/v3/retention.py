"""Why a recording is still there: Voxport's own page, in the manner of v3; the platform shows only `expiresOn`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, NotRequired, cast

from typing_extensions import TypedDict

from voxport.core.media import Media, MediaStatus
from voxport.core.retention import Held, Holding, Retention, RetentionRule
from voxport.wire.v3.links import media_href
from voxport.wire.writing.links import Links, self_link
from voxport.wire.writing.shapes import Long, Moment, Uuid, one_of, open_ended
from voxport.wire.writing.times import wire_time

_UNKNOWN = "none"


@open_ended
class HeldEntry(TypedDict):
    what: Annotated[str, one_of(Holding)]
    objects: int
    bytes: Long
    reason: str
    until: NotRequired[Moment]
    """Absent where that is not known yet, or never"""


@open_ended
class RetentionBody(TypedDict):
    """What is kept of a recording, until when, and by which rule."""

    _links: Links
    mediaId: Uuid
    rule: Annotated[str, one_of((*RetentionRule, _UNKNOWN))]
    """`call`: its configuration; `failed`, `account`: what the account says; `none`: its time has not begun, or there
    is none"""
    reason: str
    expiresOn: NotRequired[Moment]
    pendingDeliveries: int
    held: list[HeldEntry]


def retention_body(media: Media, retention: Retention, held: Sequence[Held]) -> RetentionBody:
    """The answer to GET."""
    body = cast(
        "RetentionBody",
        {
            "_links": {**self_link(media_href(media.id, "retention")), "media": {"href": media_href(media.id)}},
            "mediaId": str(media.id),
            "rule": _UNKNOWN if retention.rule is None else retention.rule.value,
            "reason": _reason(media, retention),
            "pendingDeliveries": retention.pending,
            "held": [_entry(one, media) for one in held],
        },
    )
    if media.expires is not None:
        body["expiresOn"] = wire_time(media.expires)
    return body


def _reason(media: Media, retention: Retention) -> str:
    seconds, said = _time_to_live(media, retention)
    if not media.status.ended:
        return f"It is {media.status.value}. {_then(seconds, said)}"
    if retention.pending:
        return f"{retention.pending} of its deliveries have not ended. {_then(seconds, said)}"
    if media.expires is not None:
        since = _since(media, retention)
        return f"{said} keeps it {seconds} seconds after its last delivery or its end, which was at {since}."
    return "Neither its configuration nor the account says how long it is kept: it stays until somebody deletes it."


def _then(seconds: int | None, said: str) -> str:
    if seconds is None:
        return "Neither its configuration nor the account says how long it is kept after its last delivery."
    return f"{said} keeps it for {seconds} seconds, which begin when its last delivery has ended."


def _time_to_live(media: Media, retention: Retention) -> tuple[int | None, str]:
    """The seconds that hold for it as it stands, and who says so."""
    failed = retention.account.failed_time_to_live_s
    if media.plan.time_to_live_s is not None:
        return media.plan.time_to_live_s, "Its configuration (timeToLiveInSeconds)"
    if media.status is MediaStatus.FAILED and failed is not None:
        return failed, "The account's time to live of recordings that failed"
    return retention.account.time_to_live_s, "The account's time to live"


def _since(media: Media, retention: Retention) -> str:
    moments = [one for one in (media.finished, retention.last_delivery) if one is not None]
    last: datetime = max(moments, default=media.created)
    return wire_time(last)


def _entry(held: Held, media: Media) -> HeldEntry:
    entry: HeldEntry = {
        "what": held.holding.value,
        "objects": held.objects,
        "bytes": held.size_bytes,
        "reason": _why_held(held.holding, media),
    }
    if media.expires is not None and held.holding is not Holding.WORKING_FILES:
        entry["until"] = wire_time(media.expires)
    return entry


def _why_held(holding: Holding, media: Media) -> str:
    if holding is Holding.WORKING_FILES:
        if media.status.ended:
            return "The run has ended; they are erased within seconds."
        return "The present run needs them; they are erased when it ends."
    if holding is Holding.RECORDING and media.plan.serves_redacted:
        return "It is served to nobody and kept with the recording; publish.eraseOriginal erases it earlier."
    return "It is kept as long as the recording."
