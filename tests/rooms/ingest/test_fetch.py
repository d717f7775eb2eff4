"""A mediaUrl that works, and all the ways in which one does not: final or worth another try, never stuck."""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import AsyncIterator

import pytest

from tests.support.scripted_server import Exchange, Script, Serve, answering, scripted_servers
from voxport.core.errors import MediaFailed
from voxport.ingest.download import FetchFault, FetchLimits, fetch
from voxport.outbound import Outbound, OutboundOptions

LIMITS = FetchLimits(max_bytes=100_000, total_timeout_s=5, idle_timeout_s=5)
HASTY = FetchLimits(max_bytes=100_000, total_timeout_s=5, idle_timeout_s=0.1)
SECRET = "/call.wav?token=hush"


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    async with scripted_servers() as start:
        yield start


@pytest.fixture
async def outbound() -> AsyncIterator[Outbound]:
    door = Outbound(OutboundOptions((ipaddress.ip_network("127.0.0.0/8"),), allow_http=True, connect_timeout_s=5))
    yield door
    await door.aclose()


async def whole(outbound: Outbound, url: str, limits: FetchLimits = LIMITS) -> bytes:
    return b"".join([piece async for piece in fetch(outbound, url, limits)])


async def test_a_recording_arrives(serve: Serve, outbound: Outbound) -> None:
    body = bytes(range(256)) * 300
    server = await serve(answering("200 OK", body))
    assert await whole(outbound, server.url(SECRET)) == body
    assert server.exchanges[0].head.startswith(f"GET {SECRET} HTTP/1.1")


async def test_a_redirect_is_followed(serve: Serve, outbound: Outbound) -> None:
    end = await serve(answering("200 OK", b"sound"))
    start = await serve(answering(f"302 Found\r\nLocation: {end.url('/x')}"))
    assert await whole(outbound, start.url(SECRET)) == b"sound"


@pytest.mark.parametrize("status", [204, 400, 401, 403, 404, 410])
async def test_a_status_that_will_not_change_is_final(serve: Serve, outbound: Outbound, status: int) -> None:
    server = await serve(answering(f"{status} X", b"" if status == 204 else b"no"))
    with pytest.raises(MediaFailed, match=f"/call.wav answered {status}") as failure:
        await whole(outbound, server.url(SECRET))
    assert failure.value.problem.code == 10207
    assert "hush" not in str(failure.value)


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503])
async def test_a_status_that_may_change_is_worth_another_try(serve: Serve, outbound: Outbound, status: int) -> None:
    server = await serve(answering(f"{status} X", b"later"))
    with pytest.raises(FetchFault) as fault:
        await whole(outbound, server.url(SECRET))
    assert fault.value.problem.code == 10207
    assert "hush" not in str(fault.value)


async def test_a_closed_port_is_worth_another_try(outbound: Outbound) -> None:
    with pytest.raises(FetchFault) as fault:
        await whole(outbound, "http://127.0.0.1:1/call.wav?token=hush")
    assert fault.value.problem.code == 10203
    assert "hush" not in str(fault.value)


@pytest.mark.parametrize("head", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab"])
async def test_a_server_that_hangs_is_left(serve: Serve, head: bytes) -> None:
    async def hang(exchange: Exchange) -> None:
        await exchange.send(head)
        await asyncio.Event().wait()

    # The connect timeout is part of the patience for the head, so the door for it has none either.
    door = Outbound(OutboundOptions((ipaddress.ip_network("127.0.0.0/8"),), allow_http=True, connect_timeout_s=0.5))
    server = await serve(hang)
    with pytest.raises(FetchFault, match="did not answer in time") as fault:
        await whole(door, server.url(SECRET), HASTY)
    assert fault.value.problem.code == 10203
    await door.aclose()


async def test_a_server_that_drips_is_left_for_good(serve: Serve, outbound: Outbound) -> None:
    async def drip(exchange: Exchange) -> None:
        await exchange.send(b"HTTP/1.1 200 OK\r\nContent-Length: 90000\r\n\r\n")
        while True:
            await exchange.send(b"x")
            await asyncio.sleep(0.01)

    server = await serve(drip)
    with pytest.raises(MediaFailed, match="did not arrive in time") as failure:
        await whole(outbound, server.url(SECRET), FetchLimits(total_timeout_s=0.2, idle_timeout_s=5))
    assert failure.value.problem.code == 10203


async def test_a_body_that_breaks_off_is_worth_another_try(serve: Serve, outbound: Outbound) -> None:
    async def cut(exchange: Exchange) -> None:
        await exchange.send(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab")

    with pytest.raises(FetchFault):
        await whole(outbound, (await serve(cut)).url())


async def test_redirects_for_ever_end(serve: Serve, outbound: Outbound) -> None:
    server = await serve(answering("302 Found\r\nLocation: /again"))
    with pytest.raises(MediaFailed) as failure:
        await whole(outbound, server.url(SECRET))
    assert failure.value.problem.code == 10203
    assert len(server.exchanges) == 6


def flood(said: str) -> Script:
    """Sends for as long as somebody reads, whatever it has announced."""

    async def script(exchange: Exchange) -> None:
        await exchange.send(f"HTTP/1.1 200 OK\r\n{said}\r\n\r\n".encode())
        while True:
            await exchange.send(b"40\r\n" + b"x" * 64 + b"\r\n")

    return script


@pytest.mark.parametrize("said", ["Content-Length: 10737418240", "Transfer-Encoding: chunked", "Connection: close"])
async def test_ten_gigabytes_are_not_read(serve: Serve, outbound: Outbound, said: str) -> None:
    server = await serve(flood(said))
    pieces: list[bytes] = []

    async def take() -> None:
        async for piece in fetch(outbound, server.url(), LIMITS):
            pieces.append(piece)  # noqa: PERF401 - what came before the end counts

    with pytest.raises(MediaFailed) as failure:
        await take()
    taken = sum(map(len, pieces))
    assert failure.value.problem.code == 10800
    assert "100000 bytes" in failure.value.problem.message
    assert taken <= LIMITS.max_bytes
    if said.startswith("Content-Length"):
        assert taken == 0


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("no url", 10204),
        ("ftp://example.com/x", 10204),
        ("http://user:hush@127.0.0.1/x", 10204),
        ("http://0x7f000001/x?hush", 10204),
        ("http://10.0.0.1/x?hush", 10203),
        ("http://169.254.169.254/latest/meta-data/?hush", 10203),
    ],
)
async def test_addresses_that_are_none_of_ours(outbound: Outbound, url: str, code: int) -> None:
    with pytest.raises(MediaFailed) as failure:
        await whole(outbound, url)
    assert failure.value.problem.code == code
    assert "hush" not in str(failure.value)


async def test_a_consumer_may_stop_early(serve: Serve, outbound: Outbound) -> None:
    pieces = fetch(outbound, (await serve(flood("Connection: close"))).url(), LIMITS)
    assert await anext(pieces)
    await pieces.aclose()
