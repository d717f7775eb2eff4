"""One attempt: what goes over the wire byte by byte, and how each way to fail is reported."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from tests.support.receiver import Answer, Receiver
from voxport.core.delivery import Attempt
from voxport.delivery.webhook import DeliveryRequest, send
from voxport.outbound import Outbound, OutboundOptions

ID = uuid.UUID("00000000-0000-4000-8000-00000000abcd")
SIGNED = "?X-Amz-Signature=0123456789secret&X-Amz-SignedHeaders=content-type%3Bhost&X-Amz-Credential=AKIDSECRET%2Fx"
SIGNED_2 = "?AWSAccessKeyId=AKIDSECRET&Content-Type=text%2Fsrt&Expires=1999999999&Signature=c2VjcmV0%2BMTIz%3D"


def request(url: str, body: bytes | AsyncIterator[bytes] = b"{}", length: int | None = None) -> DeliveryRequest:
    size = len(body) if isinstance(body, bytes) else (length or 0)
    return DeliveryRequest(url, "PUT", "application/json", body, size, ID)


def failed(attempt: Attempt) -> str:
    assert attempt.error is not None
    return attempt.error


async def test_a_webhook_gets_exact_headers_and_the_delivery_id(outbound: Outbound, receiver: Receiver) -> None:
    before = datetime.now(UTC)
    attempt = await send(outbound, request(receiver.url("/plain?key=value"), b'{"a":1}'), 4)
    seen = receiver.requests_to("/plain")[-1]
    assert (attempt.number, attempt.status, attempt.error, attempt.sent_bytes) == (4, 200, None, 7)
    assert before <= attempt.started <= datetime.now(UTC)
    assert seen.head.startswith(b"PUT /plain?key=value HTTP/1.1\r\n")
    assert seen.body == b'{"a":1}'
    assert b"\r\nContent-Type: application/json\r\n" in seen.head + b"\r\n"
    assert seen.header("content-length") == "7"
    assert seen.header("transfer-encoding") is None
    assert seen.header("voxport-delivery-id") == str(ID)
    assert seen.header("voxport-attempt") == "4"


@pytest.mark.parametrize("query", [SIGNED, SIGNED_2], ids=["v4", "v2"])
async def test_a_pre_signed_url_gets_nothing_extra(outbound: Outbound, receiver: Receiver, query: str) -> None:
    await send(outbound, request(receiver.url("/signed" + query)), 1)
    seen = receiver.requests_to("/signed")[-1]
    assert seen.target == "/signed" + query
    names = {name.lower() for name, _ in seen.headers()}
    assert names <= {"host", "user-agent", "accept", "accept-encoding", "connection", "content-type", "content-length"}


async def test_a_stream_is_sent_with_its_length_and_never_chunked(outbound: Outbound, receiver: Receiver) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(5):
            yield b"x" * 100_000

    await send(outbound, request(receiver.url("/stream"), pieces(), 500_000), 1)
    seen = receiver.requests_to("/stream")[-1]
    assert seen.header("content-length") == "500000"
    assert seen.header("transfer-encoding") is None
    assert seen.body == b"x" * 500_000


async def test_a_fault_of_the_stream_is_not_the_receivers(outbound: Outbound, receiver: Receiver) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        yield b"x"
        raise FileNotFoundError("the recording is gone")

    with pytest.raises(FileNotFoundError, match="recording is gone"):
        await send(outbound, request(receiver.url("/broken-stream"), pieces(), 2), 1)


@pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
async def test_any_2xx_is_success(outbound: Outbound, receiver: Receiver, status: int) -> None:
    attempt = await send(outbound, request(receiver.answer("/ok", [status])), 1)
    assert (attempt.status, attempt.error) == (status, None)


@pytest.mark.parametrize("status", [301, 307])
async def test_a_redirect_is_a_failure_and_not_followed(outbound: Outbound, receiver: Receiver, status: int) -> None:
    elsewhere = (("Location", receiver.url("/elsewhere")),)
    attempt = await send(outbound, request(receiver.script("/moved", Answer(status, headers=elsewhere))), 1)
    assert attempt.status == status
    assert "redirects are not followed" in failed(attempt)
    assert not receiver.requests_to("/elsewhere")


async def test_a_stores_refusal_is_told_with_its_code_and_without_secrets(
    outbound: Outbound, receiver: Receiver
) -> None:
    body = (
        b"<Error xmlns='urn:x'><Code>AccessDenied\0\x1b</Code><Message>Request &amp; key AKIDSECRET/x expired</Message>"
        b"<SignatureProvided>0123456789secret</SignatureProvided></Error>"
    )
    attempt = await send(outbound, request(receiver.script("/s3", Answer(403, body)) + SIGNED), 1)
    assert (attempt.error or "").startswith(
        "The store answered 403 Forbidden (AccessDenied: Request & key … expired). The usual causes:"
    )
    assert attempt.answer_excerpt is None


async def test_an_answer_that_repeats_the_address_is_kept_without_its_secrets(
    outbound: Outbound, receiver: Receiver
) -> None:
    url = receiver.script("/echo", Answer(500, b"could not handle /echo?key=abcdef123456\x00 at all\n"))
    attempt = await send(outbound, request(url + "?key=abcdef123456"), 1)
    assert attempt.error == "The address answered 500 Internal Server Error."
    assert attempt.answer_excerpt == "could not handle /echo?…  at all"


async def test_the_first_kilobyte_of_an_answer_is_kept(outbound: Outbound, receiver: Receiver) -> None:
    said = "".join(f"{number:04}" for number in range(512))
    attempt = await send(outbound, request(receiver.script("/long", Answer(500, said.encode()))), 1)
    assert attempt.answer_excerpt == said[:1024]


async def test_a_dropped_connection_is_reported(outbound: Outbound, receiver: Receiver) -> None:
    attempt = await send(outbound, request(receiver.script("/drop", Answer(drop=True)) + "?key=abcdef123456"), 1)
    assert attempt.status is None
    assert "abcdef123456" not in failed(attempt)


async def test_an_address_that_says_nothing_is_given_up(receiver: Receiver, outbound: Outbound) -> None:
    options = OutboundOptions(outbound._options.allow_networks, allow_http=True, answer_timeout_s=0.2)
    impatient = Outbound(options)
    try:
        release = receiver.hang("/silent")
        attempt = await asyncio.wait_for(send(impatient, request(receiver.url("/silent")), 1), 5)
        release.set()
    finally:
        await impatient.aclose()
    assert attempt.status is None
    assert "too long" in failed(attempt)


async def test_a_private_address_is_refused_without_a_request(receiver: Receiver) -> None:
    closed = Outbound(OutboundOptions(allow_http=True))
    try:
        attempt = await send(closed, request(receiver.url("/private")), 1)
    finally:
        await closed.aclose()
    assert attempt.status is None
    assert failed(attempt)
    assert not receiver.requests_to("/private")
