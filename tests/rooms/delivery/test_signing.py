"""Signed webhooks, verified by the stock library of Standard Webhooks as a customer's receiver would."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import tracemalloc
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from tests.support.receiver import Received, Receiver
from voxport.core.delivery import Cause
from voxport.delivery.signing import signature_headers
from voxport.delivery.webhook import DeliveryRequest, send
from voxport.outbound import Outbound

OLD, NEW, OTHER = ("whsec_" + base64.b64encode(bytes([n]) * 32).decode() for n in (1, 2, 3))
ID = uuid.UUID("00000000-0000-4000-8000-00000000abcd")
BODY = '{"status":"finished","text":"Grüß dich…"}'.encode()


@dataclass(frozen=True)
class Again:
    """A stream that can be read again, in uneven pieces."""

    content: bytes
    piece_bytes: int = 7

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for start in range(0, len(self.content), self.piece_bytes):
            yield self.content[start : start + self.piece_bytes]


async def received(
    outbound: Outbound, receiver: Receiver, body: bytes | Again, *secrets_of: str, path: str = "/signed"
) -> Received:
    length = len(body.content if isinstance(body, Again) else body)
    url = receiver.url(f"{path}?key=1")
    request = DeliveryRequest(url, "POST", "application/json", body, length, ID, secrets_of)
    attempt = await send(outbound, request, 3, Cause.SCHEDULE)
    assert (attempt.status, attempt.cause) == (200, Cause.SCHEDULE)
    return receiver.requests_to(path)[-1]


def headers(request: Received) -> dict[str, str]:
    return dict(request.headers())


async def test_a_stock_receiver_believes_it(outbound: Outbound, receiver: Receiver) -> None:
    request = await received(outbound, receiver, BODY, NEW)
    assert Webhook(NEW).verify(request.body, headers(request)) == {"status": "finished", "text": "Grüß dich…"}
    assert request.header("webhook-id") == request.header("voxport-delivery-id") == str(ID)
    assert abs(int(request.header("webhook-timestamp") or 0) - datetime.now(UTC).timestamp()) < 30
    assert request.header("voxport-attempt") == "3"
    assert request.header("voxport-attempt-reason") == "schedule"
    assert (request.header("user-agent") or "").startswith("Voxport/")


async def test_both_secrets_are_believed_while_one_takes_over(outbound: Outbound, receiver: Receiver) -> None:
    request = await received(outbound, receiver, BODY, NEW, OLD)
    for secret in (OLD, NEW):
        Webhook(secret).verify(request.body, headers(request))
    with pytest.raises(WebhookVerificationError, match="No matching"):
        Webhook(OTHER).verify(request.body, headers(request))
    after = await received(outbound, receiver, BODY, NEW)
    with pytest.raises(WebhookVerificationError):
        Webhook(OLD).verify(after.body, headers(after))


async def test_a_stream_is_signed_as_it_is_sent(outbound: Outbound, receiver: Receiver) -> None:
    request = await received(outbound, receiver, Again(BODY * 100), NEW, OLD)
    assert request.body == BODY * 100
    for secret in (OLD, NEW):
        Webhook(secret).verify(request.body, headers(request), json_parse=False)


async def test_sound_is_signed_too_though_the_stock_library_takes_text_only(
    outbound: Outbound, receiver: Receiver
) -> None:
    """As docs/delivery.md tells those who take recordings."""
    sound = secrets.token_bytes(300_000)
    request = await received(outbound, receiver, Again(sound, 65_536), NEW)
    assert request.body == sound
    key = base64.b64decode(NEW.removeprefix("whsec_"))
    signed = f"{request.header('webhook-id')}.{request.header('webhook-timestamp')}.".encode() + request.body
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert request.header("webhook-signature") == f"v1,{expected}"


@pytest.mark.parametrize("change", ["body", "id", "timestamp", "signature"])
async def test_what_was_tampered_with_is_not_believed(outbound: Outbound, receiver: Receiver, change: str) -> None:
    request = await received(outbound, receiver, BODY, NEW)
    given, body = headers(request), request.body
    if change == "body":
        body = body.replace(b"finished", b"failed!!")
    elif change == "timestamp":
        given["webhook-timestamp"] = str(int(given["webhook-timestamp"]) + 1)
    else:
        forged = {"id": str(uuid.uuid4()), "signature": f"v1,{base64.b64encode(b'x' * 32).decode()}"}
        forged = {"id": str(uuid.uuid4()), "signature": f"v1,{base64.b64encode(b'x' * 32).decode()}"}
        given[f"webhook-{change}"] = forged[change]
    with pytest.raises(WebhookVerificationError, match="No matching"):
        Webhook(NEW).verify(body, given)


@pytest.mark.parametrize(("minutes", "said"), [(-6, "too old"), (6, "too new")])
async def test_a_webhook_that_was_kept_back_is_not_believed(minutes: int, said: str) -> None:
    given = await signature_headers((NEW,), ID, datetime.now(UTC) + timedelta(minutes=minutes), BODY)
    with pytest.raises(WebhookVerificationError, match=said):
        Webhook(NEW).verify(BODY, given)


async def test_each_try_has_a_time_and_a_signature_of_its_own() -> None:
    now = datetime.now(UTC)
    first = await signature_headers((NEW,), ID, now, BODY)
    second = await signature_headers((NEW,), ID, now + timedelta(seconds=1), BODY)
    assert first["webhook-id"] == second["webhook-id"]
    assert first["webhook-signature"] != second["webhook-signature"]


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_???", "plain", base64.b64encode(b"x" * 32).decode()])
async def test_what_is_no_secret_signs_nothing(secret: str) -> None:
    with pytest.raises(ValueError, match="whsec_"):
        await signature_headers((secret,), ID, datetime.now(UTC), BODY)


async def test_a_long_recording_is_signed_in_constant_memory() -> None:
    class Long:
        async def __aiter__(self) -> AsyncIterator[bytes]:
            for _ in range(128):
                yield bytes(1 << 20)

    tracemalloc.start()
    try:
        await signature_headers((NEW, OLD), ID, datetime.now(UTC), Long())
        assert tracemalloc.get_traced_memory()[1] < 8 << 20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("signed", ["X-Amz-Signature=s", "AWSAccessKeyId=k&Expires=1&Signature=s"])
async def test_a_pre_signed_url_is_never_sent_a_signature_of_ours(
    outbound: Outbound, receiver: Receiver, signed: str
) -> None:
    request = DeliveryRequest(receiver.url(f"/s3?{signed}"), "PUT", "application/json", BODY, len(BODY), ID, (NEW,))
    await send(outbound, request, 1)
    names = {name.lower() for name, _ in receiver.requests_to("/s3")[-1].headers()}
    assert names == {"host", "user-agent", "accept", "accept-encoding", "content-type", "content-length"}
