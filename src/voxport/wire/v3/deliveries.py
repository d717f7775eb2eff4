"""Deliveries and their endpoints on the wire: Voxport's own, in the manner of v3; the platform shows none of this.

What is not known or does not apply is absent, never null.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from voxport.core.delivery import Attempt, Delivery
from voxport.core.delivery_query import DeliveryQuery, DeliveryRecord, EndpointHealth, Replays
from voxport.wire.v3.links import DELIVERIES_HREF, ENDPOINTS_HREF, delivery_href, media_href
from voxport.wire.writing.links import Links, self_link
from voxport.wire.writing.times import wire_time


def delivery_body(record: DeliveryRecord) -> dict[str, Any]:
    """One delivery with all its attempts."""
    attempts = [_attempt(attempt, record.delivery) for attempt in record.delivery.attempts]
    return {"_links": _links(record.delivery), **_delivery(record), "attempts": attempts}


def media_deliveries_body(media_id: Any, records: Sequence[DeliveryRecord]) -> dict[str, Any]:
    """The deliveries of one media, in the order of its callbacks, with all attempts."""
    links = {**self_link(media_href(media_id, "deliveries")), "media": {"href": media_href(media_id)}}
    return {"_links": links, "deliveries": [delivery_body(record) for record in records]}


def deliveries_body(records: Sequence[DeliveryRecord], query: DeliveryQuery) -> dict[str, Any]:
    """A page, newest first; each with its last attempt. A full page names the cursor of the next one."""
    body: dict[str, Any] = {
        "_links": self_link(DELIVERIES_HREF),
        "deliveries": [_summary(record) for record in records],
        "pagination": {"limit": query.limit, "sortOrder": [{"field": "dateCreated", "direction": "desc"}]},
    }
    if len(records) == query.limit:
        body["pagination"]["after"] = str(records[-1].delivery.id)
    return body


def replays_body(replays: Replays) -> dict[str, Any]:
    """What became of a replay of many. With `more`, the next request passes `after`."""
    body: dict[str, Any] = {
        "_links": self_link(f"{DELIVERIES_HREF}/replay"),
        "queued": len(replays.queued),
        "deliveryIds": [str(delivery_id) for delivery_id in replays.queued],
        "refused": [{"deliveryId": str(one.delivery_id), "reason": one.reason} for one in replays.refused],
        "more": replays.more,
    }
    if replays.last is not None:
        body["after"] = str(replays.last)
    return body


def endpoints_body(endpoints: Sequence[EndpointHealth]) -> dict[str, Any]:
    """The endpoints that fail, paused ones first."""
    return {"_links": self_link(ENDPOINTS_HREF), "endpoints": [_endpoint(one) for one in endpoints]}


def _links(delivery: Delivery) -> Links:
    return {
        **self_link(delivery_href(delivery.id)),
        "media": {"href": media_href(delivery.media_id)},
        "replay": {"href": delivery_href(delivery.id, "replay")},
    }


def _summary(record: DeliveryRecord) -> dict[str, Any]:
    body = {"_links": _links(record.delivery), **_delivery(record)}
    if record.delivery.attempts:
        body["lastAttempt"] = _attempt(record.delivery.attempts[-1], record.delivery)
    return body


def _delivery(record: DeliveryRecord) -> dict[str, Any]:
    delivery, callback = record.delivery, record.delivery.callback
    body: dict[str, Any] = {"deliveryId": str(delivery.id), "mediaId": str(delivery.media_id)}
    if record.external_id is not None:
        body["externalId"] = record.external_id
    body["type"] = callback.type.value
    if callback.format is not None:
        body["format"] = callback.format.value
    if callback.stream is not None:
        body["stream"] = callback.stream
    if callback.role is not None:
        body |= {"s3Delivery": True, "role": callback.role.role}
    else:
        body["method"] = callback.method
    body |= {"address": delivery.address, "status": delivery.status.value}
    if delivery.reason is not None:
        body["reason"] = delivery.reason
    body |= {
        "run": delivery.run,
        "round": delivery.round,
        "replays": delivery.replays,
        "dateCreated": wire_time(delivery.created),
    }
    if delivery.ended is not None:
        body["dateEnded"] = wire_time(delivery.ended)
    if delivery.due is not None and not delivery.status.ended:
        body |= {"nextAttempt": wire_time(delivery.due), "nextCause": delivery.cause.value}
    if delivery.held:
        body["held"] = _held(record)
    return body


def _held(record: DeliveryRecord) -> dict[str, Any]:
    body: dict[str, Any] = {"endpoint": record.endpoint}
    if record.paused is not None:
        body["pausedSince"] = wire_time(record.paused)
    if record.next_probe is not None:
        body["nextProbe"] = wire_time(record.next_probe)
    if record.endpoint_error is not None:
        body["reason"] = record.endpoint_error
    return body


def _attempt(attempt: Attempt, delivery: Delivery) -> dict[str, Any]:
    body: dict[str, Any] = {
        "number": attempt.number,
        "time": wire_time(attempt.started),
        "address": attempt.address or delivery.address,
        "cause": attempt.cause.value,
    }
    if attempt.status is not None:
        body["status"] = attempt.status
    body |= {"durationMs": attempt.duration_ms, "bytes": attempt.sent_bytes}
    if attempt.error is not None:
        body["error"] = attempt.error
    if attempt.answer_excerpt is not None:
        body["answer"] = attempt.answer_excerpt
    return body


def _endpoint(health: EndpointHealth) -> dict[str, Any]:
    body: dict[str, Any] = {
        "endpoint": health.endpoint,
        "status": "failing" if health.paused is None else "paused",
        "failures": health.failures,
    }
    if health.failing_since is not None:
        body["failingSince"] = wire_time(health.failing_since)
    if health.paused is not None:
        body["pausedSince"] = wire_time(health.paused)
    if health.next_probe is not None:
        body["nextProbe"] = wire_time(health.next_probe)
    if health.last_error is not None:
        body["lastError"] = health.last_error
    return {**body, "waiting": health.waiting}
