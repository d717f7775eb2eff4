"""What an attempt of a delivery sends, on the wire: Voxport's own, in the manner of v3."""

from __future__ import annotations

from typing import Annotated, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from voxport.core.delivery import Attempt
from voxport.core.delivery_query import DeliveryRecord
from voxport.core.shown_request import SHOWN_BYTES, ShownRequest
from voxport.wire.v3.deliveries import NamedValue
from voxport.wire.v3.links import delivery_href, media_href
from voxport.wire.writing.links import Links, self_link
from voxport.wire.writing.shapes import Long, Uuid, open_ended

_NOTE = (
    "No request is kept: this one was made again from the media as it stands, in the way of the attempt. Signatures "
    "and other secrets are left out."
)


@open_ended
class DeliveryRequestBody(TypedDict):
    """What an attempt sends."""

    _links: Links
    deliveryId: Uuid
    attempt: NotRequired[Annotated[int, Field(ge=1)]]
    """Absent before the first one"""
    method: str
    address: str
    """The url without its query"""
    query: NotRequired[list[NamedValue]]
    """Of the url as it is now; absent where the attempt went to another one"""
    headers: list[NamedValue]
    bytes: Long
    """Of the body as it would be sent now"""
    sentBytes: NotRequired[Long]
    """Of the body that the attempt has sent; absent where no answer came"""
    body: NotRequired[str]
    """Its first 64 KiB; absent for sound and for what is encrypted"""
    bodyTruncated: NotRequired[bool]
    note: str
    """What of it is not as it was sent"""


def request_body(record: DeliveryRecord, attempt: Attempt | None, shown: ShownRequest) -> DeliveryRequestBody:
    """The answer to GET of the request of an attempt."""
    delivery = record.delivery
    where = delivery.address if attempt is None else attempt.address or delivery.address
    links = {**self_link(media_href(delivery.media_id, "delivery-requests", str(delivery.id)))}
    links["delivery"] = {"href": delivery_href(delivery.id)}
    body: DeliveryRequestBody = {
        "_links": links,
        "deliveryId": str(delivery.id),
        "method": shown.method,
        "address": where,
        "headers": [{"name": name, "value": value} for name, value in shown.headers],
        "bytes": shown.length_bytes,
        "note": _NOTE,
    }
    if attempt is not None:
        body["attempt"] = attempt.number
        if attempt.sent_bytes:
            body["sentBytes"] = attempt.sent_bytes
    if shown.query and where == delivery.address:
        body["query"] = [{"name": name, "value": value} for name, value in shown.query]
    if shown.body is not None:
        body["body"] = shown.body
        body["bodyTruncated"] = shown.length_bytes > SHOWN_BYTES
    return body
