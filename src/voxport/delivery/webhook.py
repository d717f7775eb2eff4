"""One try to deliver a body to an address: a webhook, or an S3 URL pre-signed for PUT.

Never follows a redirect, never chunks, never sends a pre-signed URL a header that its signature may not know. No error
text and no excerpt holds a secret of the address.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from voxport.core.delivery import Attempt
from voxport.core.presigned import read_presigned
from voxport.delivery.answers import answer_error, excerpt
from voxport.outbound import AddressRefused, Outbound, OutboundFailure

DELIVERY_ID_HEADER = "Voxport-Delivery-Id"
ATTEMPT_HEADER = "Voxport-Attempt"


@dataclass(frozen=True, slots=True)
class DeliveryRequest:
    """What one try sends. A stream in `body` can be sent once and has exactly `length_bytes`."""

    url: str = field(repr=False)
    method: str
    content_type: str
    body: bytes | AsyncIterator[bytes] = field(repr=False)
    length_bytes: int
    delivery_id: UUID


async def send(outbound: Outbound, request: DeliveryRequest, number: int) -> Attempt:
    """Makes try `number` and says what came of it; only a 2xx answer is success.

    Faults of the receiver and of the network are in the Attempt. What reading `request.body` raises passes through.
    """
    started = datetime.now(UTC)
    began = time.monotonic()
    try:
        answer = await outbound.request(
            request.method,
            request.url,
            headers=headers_of(request, number),
            content=request.body,
            content_length=request.length_bytes,
        )
    except (AddressRefused, OutboundFailure) as error:
        return Attempt(number, started, _ms_since(began), None, 0, str(error))
    succeeded = is_success(answer.status)
    return Attempt(
        number,
        started,
        _ms_since(began),
        answer.status,
        request.length_bytes,
        None if succeeded else answer_error(answer.status, answer.body_excerpt, request.url),
        excerpt(answer.body_excerpt, request.url),
    )


def headers_of(request: DeliveryRequest, number: int) -> dict[str, str]:
    """Headers beside Host and Content-Length. A pre-signed URL gets Content-Type alone: S3 compares it byte by byte."""
    headers = {"Content-Type": request.content_type}
    if read_presigned(request.url) is None:
        headers |= {DELIVERY_ID_HEADER: str(request.delivery_id), ATTEMPT_HEADER: str(number)}
    return headers


def is_success(status: int | None) -> bool:
    return status is not None and 200 <= status < 300


def _ms_since(began: float) -> int:
    return round((time.monotonic() - began) * 1000)
