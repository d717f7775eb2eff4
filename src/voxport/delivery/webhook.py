"""One attempt to deliver a body to an address: a webhook, or an S3 URL pre-signed for PUT.

A webhook is signed (Standard Webhooks) and says which attempt it is and why. Never follows a redirect, never chunks,
never sends a pre-signed URL a header that its signature may not know. No error text and no excerpt holds a secret of
the address.
"""

from __future__ import annotations

from collections.abc import AsyncIterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from voxport.core.delivery import Attempt, Cause
from voxport.core.presigned import read_presigned
from voxport.delivery.answers import Answered, answer_error, excerpt, kept_headers, noted, retry_after_s
from voxport.delivery.attempts import StartedAttempt
from voxport.delivery.remedies.table import Advice
from voxport.delivery.signed_urls import signed_url_refusal
from voxport.delivery.signing import signature_headers
from voxport.outbound import AnswerBroken, Outbound, OutboundFailure

DELIVERY_ID_HEADER = "Voxport-Delivery-Id"
ATTEMPT_HEADER = "Voxport-Attempt"
REASON_HEADER = "Voxport-Attempt-Reason"


@dataclass(frozen=True, slots=True)
class DeliveryRequest:
    """What one attempt sends."""

    url: str = field(repr=False)
    """The whole address, secrets in its query included."""
    method: str
    """`POST` or `PUT`."""
    content_type: str
    """Exactly what is sent: a pre-signed URL may be signed for it."""
    body: bytes | AsyncIterable[bytes] = field(repr=False)
    """A stream that is to be signed has to bear being read twice."""
    length_bytes: int
    """The exact length of `body`."""
    delivery_id: UUID
    secrets: tuple[str, ...] = field(default=(), repr=False)
    """Secrets that sign a webhook (`whsec_...`), newest first; without any it goes unsigned."""


async def send(outbound: Outbound, request: DeliveryRequest, number: int, cause: Cause = Cause.FIRST) -> Attempt:
    """Makes attempt `number`, for `cause`, and says what came of it; only a 2xx answer is success.

    The status decides: an answer that breaks off after it counts by it. Faults of the receiver and of the network are
    in the Attempt. What reading `request.body` raises passes through.
    """
    headers = await headers_of(request, number, cause)
    attempt = StartedAttempt.now(number, cause)
    broken = None
    try:
        answer = await outbound.request(
            request.method,
            request.url,
            headers=headers,
            content=request.body if isinstance(request.body, bytes) else aiter(request.body),
            content_length=request.length_bytes,
        )
    except AnswerBroken as error:
        answer, broken = error.answer, error
    except OutboundFailure as error:
        return attempt.ended(status=None, error=str(error))
    succeeded = is_success(answer.status)
    refused = None if succeeded else _refusal(request, Answered(answer.status, answer.body_excerpt))
    return attempt.ended(
        status=answer.status,
        error=None if refused is None else refused.words,
        waiting_helps=refused is None or refused.waiting_helps,
        sent_bytes=request.length_bytes,
        answer_excerpt=noted(excerpt(answer.body_excerpt, request.url), broken),
        answer_headers=kept_headers(answer.headers, request.url),
        retry_after_s=None if succeeded else retry_after_s(answer.headers, datetime.now(UTC)),
    )


def _refusal(request: DeliveryRequest, answer: Answered) -> Advice:
    """The sentence for an answer that is not 2xx, and whether waiting helps."""
    if read_presigned(request.url) is None:
        return Advice(answer_error(answer.status, answer.body, request.url))
    return signed_url_refusal(answer, request.url, request.method, request.content_type)


async def headers_of(request: DeliveryRequest, number: int, cause: Cause) -> Mapping[str, str]:
    """Headers beside Host and Content-Length. A pre-signed URL gets Content-Type and what it names itself, no more."""
    headers = {"Content-Type": request.content_type}
    signed = read_presigned(request.url)
    if signed is not None:
        return headers | dict(signed.headers)
    headers |= {
        DELIVERY_ID_HEADER: str(request.delivery_id),
        ATTEMPT_HEADER: str(number),
        REASON_HEADER: cause.value,
    }
    if request.secrets:
        headers |= await signature_headers(request.secrets, request.delivery_id, datetime.now(UTC), request.body)
    return headers


def is_success(status: int | None) -> bool:
    """Whether an answer of that HTTP status means that the delivery has arrived; None: there was no answer."""
    return status is not None and 200 <= status < 300
