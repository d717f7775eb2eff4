"""What a receiver may do to us: whatever it is, the round ends in time, in bounds, and with the truth in its record."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator
from uuid import uuid4

import pytest

from tests.rooms.delivery.conftest import MakeDelivery
from tests.rooms.delivery.test_rounds import run
from tests.support.scripted_server import Exchange, Script, Serve, answering, scripted_servers
from voxport.delivery.answers import EXCERPT_CHARS
from voxport.delivery.rounds import RoundOutcome, RoundResult
from voxport.delivery.schedule import Schedule
from voxport.delivery.webhook import DeliveryRequest, send
from voxport.outbound import Outbound, OutboundOptions

ONE_TRY = Schedule((60,), 1)
TIME_LIMIT_S = 5.0


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    async with scripted_servers() as start:
        yield start


@pytest.fixture
async def hasty(outbound: Outbound) -> AsyncIterator[Outbound]:
    """A door with little patience."""
    networks = outbound._options.allow_networks
    door = Outbound(OutboundOptions(networks, allow_http=True, connect_timeout_s=5, answer_timeout_s=0.3))
    yield door
    await door.aclose()


async def delivered_to(
    serve: Serve, door: Outbound, make_delivery: MakeDelivery, script: Script, *, reads: bool = True
) -> RoundResult:
    server = await serve(script, reads=reads)
    delivery = make_delivery(server.url("/hook?token=geheim123"))
    result = await asyncio.wait_for(run(door, delivery, schedule=ONE_TRY), TIME_LIMIT_S)
    for attempt in result.attempts:
        assert "geheim123" not in f"{attempt.error}{attempt.answer_excerpt}"
        assert len(attempt.answer_excerpt or "") <= EXCERPT_CHARS
    return result


async def never(_: Exchange) -> None:
    await asyncio.Event().wait()


def saying(answer: bytes, *, reset: bool = False) -> Script:
    """Sends these bytes and closes, or breaks the connection."""

    async def script(exchange: Exchange) -> None:
        await exchange.send(answer)
        if reset:
            exchange.writer.transport.abort()

    return script


async def drip(exchange: Exchange) -> None:
    await exchange.send(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    while True:
        await exchange.send(b".")
        await asyncio.sleep(0.02)


async def endless(exchange: Exchange) -> None:
    await exchange.send(b"HTTP/1.1 500 Broken\r\n\r\n")
    while True:
        await exchange.send(b"x" * 65_536)


async def endless_head(exchange: Exchange) -> None:
    await exchange.send(b"HTTP/1.1 200 OK\r\n")
    while True:
        await exchange.send(b"X-More: " + b"x" * 8192 + b"\r\n")


async def garbage(exchange: Exchange) -> None:
    await exchange.send(b"\x00\x01\x02 this is not HTTP at all \xff\xfe\r\n\r\n")


async def other_protocol(exchange: Exchange) -> None:
    await exchange.send(b"SSH-2.0-OpenSSH_9.6\r\n")


async def hang_up(exchange: Exchange) -> None:
    exchange.writer.transport.abort()


@pytest.mark.parametrize(
    ("script", "said"),
    [
        (never, "too long"),
        (saying(b"HTTP/1.1 20"), "broke off"),
        (saying(b"HTTP/1.1 103 Early Hints\r\nLink: <HTTP/1.1 200 OK>\r\n\r\n"), "broke off"),
        (garbage, "not HTTP"),
        (other_protocol, "not HTTP"),
        (hang_up, "broke"),
    ],
)
async def test_what_is_no_answer_is_a_failed_try_and_tried_again(
    serve: Serve, hasty: Outbound, make_delivery: MakeDelivery, script: Script, said: str
) -> None:
    result = await delivered_to(serve, hasty, make_delivery, script)
    assert result.outcome is RoundOutcome.AGAIN
    (attempt,) = result.attempts
    assert attempt.status is None
    assert said in (attempt.error or "")


BROKEN = {
    "short": saying(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"),
    "reset": saying(b"HTTP/1.1 202 OK\r\nContent-Length: 100\r\n\r\nhalf", reset=True),
    "bad chunk": saying(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\nzz\r\n"),
    "chunks end early": saying(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n"),
    "never ends": drip,
    "illegal header": saying(b"HTTP/1.1 200 OK\r\nnot a header\r\nContent-Length: 0\r\n\r\n"),
    "two lengths": saying(b"HTTP/1.1 204 No\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx"),
    "half a head": saying(b"HTTP/1.1 200 OK\r\nContent-Le"),
    "endless head": endless_head,
    "after a hint": saying(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 201 Made\r\n no header\r\n\r\n"),
}


@pytest.mark.parametrize("script", BROKEN.values(), ids=BROKEN)
async def test_a_2xx_whose_rest_breaks_off_has_arrived(
    serve: Serve, hasty: Outbound, make_delivery: MakeDelivery, script: Script
) -> None:
    result = await delivered_to(serve, hasty, make_delivery, script)
    assert result.outcome is RoundOutcome.DELIVERED
    (attempt,) = result.attempts
    assert (attempt.status or 0) // 100 == 2
    assert (attempt.error, attempt.sent_bytes) == (None, 2)
    assert "After its status the answer could not be read" in (attempt.answer_excerpt or "")


async def test_a_refusal_that_breaks_off_is_a_refusal(
    serve: Serve, hasty: Outbound, make_delivery: MakeDelivery
) -> None:
    result = await delivered_to(
        serve, hasty, make_delivery, saying(b"HTTP/1.1 410 Gone\r\nContent-Length: 9\r\n\r\nno")
    )
    assert (result.outcome, result.attempts[0].status) == (RoundOutcome.GIVEN_UP, 410)


async def test_a_2xx_before_everything_was_taken_has_not_arrived(serve: Serve, outbound: Outbound) -> None:
    server = await serve(saying(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nno", reset=True), reads=False)
    body = bytes(64 << 20)
    request = DeliveryRequest(server.url("/hook"), "PUT", "text/plain", body, len(body), uuid4())
    attempt = await send(outbound, request, 1)
    assert (attempt.status, attempt.arrived) == (None, False)


async def test_a_receiver_that_does_not_even_read_is_left(
    serve: Serve, hasty: Outbound, make_delivery: MakeDelivery
) -> None:
    result = await delivered_to(serve, hasty, make_delivery, never, reads=False)
    assert (result.outcome, result.attempts[0].status) == (RoundOutcome.AGAIN, None)


async def test_of_an_endless_answer_the_beginning_is_kept(
    serve: Serve, outbound: Outbound, make_delivery: MakeDelivery
) -> None:
    result = await delivered_to(serve, outbound, make_delivery, endless)
    (attempt,) = result.attempts
    assert (result.outcome, attempt.status) == (RoundOutcome.AGAIN, 500)
    assert attempt.answer_excerpt == "x" * EXCERPT_CHARS


async def test_a_packed_answer_is_never_unpacked(serve: Serve, outbound: Outbound, make_delivery: MakeDelivery) -> None:
    bomb = gzip.compress(bytes(30 << 20))
    script = answering("500 Broken\r\nContent-Encoding: gzip", bomb)
    result = await delivered_to(serve, outbound, make_delivery, script)
    (attempt,) = result.attempts
    assert (attempt.status, attempt.answer_excerpt) == (500, None)


@pytest.mark.parametrize("location", ["http://169.254.169.254/", "https://elsewhere.example/", "/again", "file:///x"])
async def test_no_redirect_is_followed(
    serve: Serve, outbound: Outbound, make_delivery: MakeDelivery, location: str
) -> None:
    server = await serve(answering(f"307 Moved\r\nLocation: {location}"))
    result = await run(outbound, make_delivery(server.url("/hook")), schedule=ONE_TRY)
    assert result.outcome is RoundOutcome.AGAIN
    assert "redirects are not followed" in (result.attempts[0].error or "")
    assert [exchange.head.split()[1] for exchange in server.exchanges] == ["/hook"]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 422, 429, 500, 502, 503, 504, 599])
async def test_every_other_refusal_is_tried_again(
    serve: Serve, outbound: Outbound, make_delivery: MakeDelivery, status: int
) -> None:
    result = await delivered_to(serve, outbound, make_delivery, answering(f"{status} No"))
    assert (result.outcome, result.attempts[0].status) == (RoundOutcome.AGAIN, status)


async def test_410_ends_it_at_once_even_with_a_time_to_come_back(
    serve: Serve, outbound: Outbound, make_delivery: MakeDelivery
) -> None:
    result = await delivered_to(serve, outbound, make_delivery, answering("410 Gone\r\nRetry-After: 5"))
    assert (result.outcome, len(result.attempts)) == (RoundOutcome.GIVEN_UP, 1)
    assert "410 Gone" in (result.reason or "")


async def test_an_informational_answer_is_no_success(
    serve: Serve, outbound: Outbound, make_delivery: MakeDelivery
) -> None:
    """103 Early Hints is passed over; the answer that follows counts."""

    async def hints(exchange: Exchange) -> None:
        await exchange.send(
            b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n"
        )

    result = await delivered_to(serve, outbound, make_delivery, hints)
    assert (result.outcome, result.attempts[0].status) == (RoundOutcome.AGAIN, 500)
