"""Deliveries and their endpoints on the wire: Voxport's own, in the manner of v3; the platform shows none of this.

What is not known or does not apply is absent, never null.
"""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired, cast
from uuid import UUID

from typing_extensions import TypedDict

from voxport.core.delivery import Attempt, Cause, Delivery, DeliveryStatus
from voxport.core.delivery_query import DeliveryQuery, DeliveryRecord, MediaDeliveriesQuery, Replays
from voxport.core.paging import Page
from voxport.core.plan import CallbackType, TextFormat
from voxport.wire.v3.links import DELIVERIES_HREF, delivery_href, media_href
from voxport.wire.v3.paging import Pagination, pagination
from voxport.wire.writing.links import Link, Links, self_link
from voxport.wire.writing.shapes import Long, Moment, Uuid, closed, one_of, open_ended
from voxport.wire.writing.times import wire_time

_CauseName = Annotated[str, one_of(Cause)]


class _Status(TypedDict):
    status: NotRequired[int]
    """HTTP status; absent when no answer came"""


@closed
class NamedValue(TypedDict):
    """A header, or a parameter of an address."""

    name: str
    value: str
    """`…` stands for a secret"""


@closed
class AttemptEntry(_Status):
    number: int
    """From 1"""
    time: Moment
    address: str
    """The url without its query"""
    cause: _CauseName
    durationMs: Long
    bytes: Long
    """Sent"""
    error: NotRequired[str]
    answer: NotRequired[str]
    """The first kilobyte of a text answer"""
    answerHeaders: NotRequired[list[NamedValue]]
    """Those that tell who answered and under which id; absent with `s3Delivery`"""


@open_ended
class Held(TypedDict):
    """Its endpoint is paused."""

    endpoint: str
    pausedSince: NotRequired[Moment]
    nextProbe: NotRequired[Moment]
    reason: NotRequired[str]


class _Asked(TypedDict):
    """What was asked for."""

    externalId: NotRequired[str]
    """Of the metadata of the media"""
    type: Annotated[str, one_of(CallbackType)]
    format: NotRequired[Annotated[str, one_of(TextFormat)]]
    """Of type transcript"""
    stream: NotRequired[str]
    """Of type media"""
    method: NotRequired[Annotated[str, one_of(("POST", "PUT"))]]
    """Absent with `s3Delivery`"""
    s3Delivery: NotRequired[Literal[True]]
    role: NotRequired[str]


class _Reason(TypedDict):
    reason: NotRequired[str]
    """Why it ended without arriving"""


class _Delivery(_Asked, _Reason):
    deliveryId: Uuid
    mediaId: Uuid
    address: str
    """The url without its query"""
    status: Annotated[str, one_of(DeliveryStatus)]
    run: int
    """Which processing of the media made it; 1 is the first"""
    round: int
    """Rounds made since the first or the last replay"""
    replays: int
    dateCreated: Moment
    dateEnded: NotRequired[Moment]
    nextAttempt: NotRequired[Moment]
    nextCause: NotRequired[_CauseName]
    held: NotRequired[Held]


@open_ended
class DeliverySummary(_Delivery):
    """A delivery in a list."""

    _links: Links
    lastAttempt: NotRequired[AttemptEntry]


@open_ended
class DeliveryBody(_Delivery):
    """A delivery with every attempt."""

    _links: Links
    attempts: list[AttemptEntry]


@open_ended
class NextPage(TypedDict):
    limit: int
    after: str
    """Pass it for the next page"""


@open_ended
class MediaDeliveries(TypedDict):
    _links: Links
    deliveries: list[DeliveryBody]
    pagination: NotRequired[NextPage]
    """Where there are more"""


@open_ended
class Deliveries(TypedDict):
    _links: Links
    deliveries: list[DeliverySummary]
    pagination: Pagination


@open_ended
class RefusedReplay(TypedDict):
    deliveryId: Uuid
    reason: str


@open_ended
class ReplaysBody(TypedDict):
    _links: Links
    queued: int
    deliveryIds: list[Uuid]
    refused: list[RefusedReplay]
    more: bool
    """Whether the time range holds more; repeat the request with `after`"""
    after: NotRequired[str]


def delivery_body(record: DeliveryRecord) -> DeliveryBody:
    """One delivery with all its attempts."""
    attempts = [_attempt(attempt, record.delivery) for attempt in record.delivery.attempts]
    return {"_links": _links(record.delivery), **_delivery(record), "attempts": attempts}


def media_deliveries_body(media_id: UUID, page: Page[DeliveryRecord], query: MediaDeliveriesQuery) -> MediaDeliveries:
    """The deliveries of one media, in the order of its callbacks, with their attempts."""
    links = {**self_link(media_href(media_id, "deliveries")), "media": _link(media_href(media_id))}
    body: MediaDeliveries = {"_links": links, "deliveries": [delivery_body(record) for record in page.elements]}
    if page.after is not None:
        body["pagination"] = {"limit": query.limit, "after": page.after}
    return body


def deliveries_body(page: Page[DeliveryRecord], query: DeliveryQuery) -> Deliveries:
    """A page, newest first; each with its last attempt."""
    return {
        "_links": self_link(DELIVERIES_HREF),
        "deliveries": [_summary(record) for record in page.elements],
        "pagination": pagination(query.limit, descending=True, after=page.after),
    }


def replays_body(replays: Replays) -> ReplaysBody:
    """What became of a replay of many. With `more`, the next request passes `after`."""
    body: ReplaysBody = {
        "_links": self_link(f"{DELIVERIES_HREF}/replay"),
        "queued": len(replays.queued),
        "deliveryIds": [str(delivery_id) for delivery_id in replays.queued],
        "refused": [{"deliveryId": str(one.delivery_id), "reason": one.reason} for one in replays.refused],
        "more": replays.more,
    }
    if replays.after is not None:
        body["after"] = replays.after
    return body


def _link(href: str) -> Link:
    return {"href": href}


def _links(delivery: Delivery) -> dict[str, Link]:
    return {
        **self_link(delivery_href(delivery.id)),
        "media": _link(media_href(delivery.media_id)),
        "replay": _link(delivery_href(delivery.id, "replay")),
    }


def _summary(record: DeliveryRecord) -> DeliverySummary:
    body = cast("DeliverySummary", {"_links": _links(record.delivery), **_delivery(record)})
    if record.delivery.attempts:
        body["lastAttempt"] = _attempt(record.delivery.attempts[-1], record.delivery)
    return body


def _delivery(record: DeliveryRecord) -> _Delivery:
    delivery = record.delivery
    reason: _Reason = {} if delivery.reason is None else {"reason": delivery.reason}
    body = cast(
        "_Delivery",
        {
            "deliveryId": str(delivery.id),
            "mediaId": str(delivery.media_id),
            **_asked(record),
            "address": delivery.address,
            "status": delivery.status.value,
            **reason,
            "run": delivery.run,
            "round": delivery.round,
            "replays": delivery.replays,
            "dateCreated": wire_time(delivery.created),
        },
    )
    if delivery.ended is not None:
        body["dateEnded"] = wire_time(delivery.ended)
    if delivery.due is not None and not delivery.status.ended:
        body["nextAttempt"] = wire_time(delivery.due)
        body["nextCause"] = delivery.cause.value
    if delivery.held:
        body["held"] = _held(record)
    return body


def _asked(record: DeliveryRecord) -> _Asked:
    callback = record.delivery.callback
    kind = callback.type.value
    asked: _Asked = {"type": kind} if record.external_id is None else {"externalId": record.external_id, "type": kind}
    if callback.format is not None:
        asked["format"] = callback.format.value
    if callback.stream is not None:
        asked["stream"] = callback.stream
    if callback.role is not None:
        asked["s3Delivery"], asked["role"] = True, callback.role.role
    else:
        asked["method"] = callback.method
    return asked


def _held(record: DeliveryRecord) -> Held:
    body: Held = {"endpoint": record.endpoint}
    if record.paused is not None:
        body["pausedSince"] = wire_time(record.paused)
    if record.next_probe is not None:
        body["nextProbe"] = wire_time(record.next_probe)
    if record.endpoint_error is not None:
        body["reason"] = record.endpoint_error
    return body


def _attempt(attempt: Attempt, delivery: Delivery) -> AttemptEntry:
    status: _Status = {} if attempt.status is None else {"status": attempt.status}
    body = cast(
        "AttemptEntry",
        {
            "number": attempt.number,
            "time": wire_time(attempt.started),
            "address": attempt.address or delivery.address,
            "cause": attempt.cause.value,
            **status,
            "durationMs": attempt.duration_ms,
            "bytes": attempt.sent_bytes,
        },
    )
    if attempt.error is not None:
        body["error"] = attempt.error
    if attempt.answer_excerpt is not None:
        body["answer"] = attempt.answer_excerpt
    if attempt.answer_headers:
        body["answerHeaders"] = [{"name": name, "value": value} for name, value in attempt.answer_headers]
    return body
