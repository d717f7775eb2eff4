"""What strangers can take of the server before they have shown a token: connections, and heads of requests."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import resource
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send
from structlog.testing import capture_logs

from voxport.api.connection_limits import ConnectionLimits
from voxport.api.connections import BoundedConnection, BoundedServer
from voxport.api.pace import LeastPace

LIMITS = ConnectionLimits(connections=100, of_address=100, head_bytes=2000, head_s=60.0)
REQUEST = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers with the length of the body."""
    length, more = 0, True
    while more:
        message = await receive()
        length += len(message.get("body", b""))
        more = message.get("more_body", False)
    body = str(length).encode()
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(body))]})
    await send({"type": "http.response.body", "body": body})


class Visitor:
    """A connection of a stranger."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def says(self, *pieces: bytes) -> Visitor:
        for piece in pieces:
            self._writer.write(piece)
            await self._writer.drain()
        return self

    async def hears(self) -> bytes:
        """The first line of an answer, all of which is read."""
        head = await self._reader.readuntil(b"\r\n\r\n")
        fields = dict(line.lower().split(b": ") for line in head.split(b"\r\n")[1:-2])
        await self._reader.readexactly(int(fields[b"content-length"]))
        return head.split(b"\r\n")[0]

    async def begins_to_hear(self, line: bytes) -> bool:
        return await self._reader.readline() == line + b"\r\n"

    async def is_let_go(self) -> bool:
        return await self._reader.read() == b""

    async def is_let_go_while_it_says(self, drop: bytes) -> bool:
        heard = asyncio.ensure_future(self._reader.read())
        while not heard.done():
            self._writer.write(drop)
            await asyncio.wait([heard], timeout=0.001)
        return isinstance(heard.exception(), ConnectionError) or heard.result() == b""

    async def leaves(self) -> None:
        self._writer.close()
        with contextlib.suppress(ConnectionError):
            await self._writer.wait_closed()


class Door:
    def __init__(self, port: int) -> None:
        self._port, self._visitors = port, list[Visitor]()

    async def visitor(self, address: str = "127.0.0.1") -> Visitor:
        streams = await asyncio.open_connection("127.0.0.1", self._port, local_addr=(address, 0))
        self._visitors.append(Visitor(*streams))
        return self._visitors[-1]

    async def close(self) -> None:
        for visitor in self._visitors:
            await visitor.leaves()


@asynccontextmanager
async def door(limits: ConnectionLimits, behind: ASGIApp = app, timeout_keep_alive: int = 5) -> AsyncIterator[Door]:
    config = uvicorn.Config(
        behind,
        http=BoundedConnection,
        log_config=None,
        access_log=False,
        lifespan="off",
        ws="none",
        timeout_keep_alive=timeout_keep_alive,
    )
    server = BoundedServer(config, limits)
    listener = socket.create_server(("127.0.0.1", 0))
    serving = asyncio.create_task(server.serve([listener]))
    opened = Door(listener.getsockname()[1])
    try:
        yield opened
    finally:
        await opened.close()
        server.should_exit = True
        await serving


async def test_requests_one_after_another_and_in_a_row_are_served() -> None:
    async with door(LIMITS) as opened:
        visitor = await opened.visitor()
        await visitor.says(REQUEST)
        assert await visitor.hears() == b"HTTP/1.1 200 OK"
        await visitor.says(REQUEST * 3)
        assert [await visitor.hears() for _ in range(3)] == [b"HTTP/1.1 200 OK"] * 3


@pytest.mark.parametrize(
    "head",
    [
        b"GET /" + b"a" * 2000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET / HTTP/1.1\r\nA: " + b"a" * 2000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 400 + b"\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: 3\r\nA: " + b"a" * 2000 + b"\r\n\r\nabc",
        b"GET / HTTP/1.1\r\nA: " + b"a" * 3000,
        b"\r\n" * 1001,
    ],
)
async def test_a_head_has_a_bound_in_bytes_whole_or_half_sent(head: bytes) -> None:
    async with door(LIMITS) as opened:
        visitor = await (await opened.visitor()).says(head)
        assert await visitor.hears() == b"HTTP/1.1 431 Request Header Fields Too Large"
        assert await visitor.is_let_go()


async def test_a_long_body_is_no_long_head() -> None:
    async with door(LIMITS) as opened:
        visitor = await opened.visitor()
        await visitor.says(b"POST / HTTP/1.1\r\nContent-Length: 9000\r\n\r\n" + b"a" * 3000, b"a" * 6000)
        assert await visitor.hears() == b"HTTP/1.1 200 OK"


async def test_a_head_has_a_bound_in_time_and_a_body_another() -> None:
    async with door(ConnectionLimits(head_s=0.05)) as opened:
        uploading = await (await opened.visitor()).says(b"POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\na")
        for begun in (b"", b"GET / HT", b"\r\n"):
            late = await (await opened.visitor()).says(begun)
            assert await late.hears() == b"HTTP/1.1 408 Request Timeout"
            assert await late.is_let_go()
        await uploading.says(b"b")
        assert await uploading.hears() == b"HTTP/1.1 200 OK"


async def refuse(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers before it has read a byte of the body, as to a stranger."""
    await send({"type": "http.response.start", "status": 401, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})


async def lecture(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers with more than lies between a server and who does not listen."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    for _ in range(3):
        await send({"type": "http.response.body", "body": bytes(8 << 20), "more_body": True})


async def test_who_sends_a_body_drop_by_drop_behind_its_answer_is_let_go() -> None:
    # However much it says, more is wanted.
    async with door(ConnectionLimits(pace=LeastPace(1 << 40, 0.05)), refuse, timeout_keep_alive=60) as opened:
        visitor = await (await opened.visitor()).says(b"POST / HTTP/1.1\r\nContent-Length: 9000\r\n\r\n")
        assert await visitor.hears() == b"HTTP/1.1 401 Unauthorized"
        assert await visitor.is_let_go_while_it_says(b"a")


async def test_who_sends_a_body_in_one_go_behind_its_answer_may_ask_again() -> None:
    async with door(ConnectionLimits(pace=LeastPace(100, 0.05)), refuse, timeout_keep_alive=60) as opened:
        visitor = await opened.visitor()
        for _ in range(2):
            await visitor.says(b"POST / HTTP/1.1\r\nContent-Length: 900000\r\n\r\n", b"a" * 900_000)
            assert await visitor.hears() == b"HTTP/1.1 401 Unauthorized"


async def test_a_connection_without_a_request_ends_also_when_a_body_came_late() -> None:
    async with door(ConnectionLimits(), refuse, timeout_keep_alive=1) as opened:
        visitor = await (await opened.visitor()).says(b"POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\na")
        assert await visitor.hears() == b"HTTP/1.1 401 Unauthorized"
        await visitor.says(b"b")
        assert await visitor.is_let_go()


async def test_who_does_not_take_its_answer_is_let_go() -> None:
    async with door(ConnectionLimits(1, 1, pace=LeastPace(every_s=0.05)), lecture) as opened:
        deaf = await (await opened.visitor()).says(REQUEST)
        while True:
            # The place is free as soon as the server has given up.
            newcomer = await (await opened.visitor()).says(REQUEST)
            if await newcomer.begins_to_hear(b"HTTP/1.1 200 OK"):
                break
        # Nothing waits for it any more, in the kernel either.
        with pytest.raises(ConnectionResetError):
            await deaf.is_let_go()


async def test_a_newcomer_without_a_place_is_told_so_and_others_go_on() -> None:
    async with door(ConnectionLimits(connections=2, of_address=2)) as opened:
        silent, served = await opened.visitor(), await opened.visitor()
        await served.says(REQUEST)
        assert await served.hears() == b"HTTP/1.1 200 OK"
        with capture_logs() as lines:
            for _ in range(20):
                newcomer = await opened.visitor()
                assert await newcomer.hears() == b"HTTP/1.1 503 Service Unavailable"
        assert [one["event"] for one in lines] == ["connections were turned away: there are too many"]
        await served.says(REQUEST)
        assert await served.hears() == b"HTTP/1.1 200 OK"
        await silent.leaves()
        while True:
            # Its place is free as soon as the server has seen it go.
            newcomer = await (await opened.visitor()).says(REQUEST)
            if await newcomer.hears() == b"HTTP/1.1 200 OK":
                break


async def test_one_address_cannot_take_every_place() -> None:
    async with door(ConnectionLimits(connections=10, of_address=1)) as opened:
        await opened.visitor()
        assert await (await opened.visitor()).hears() == b"HTTP/1.1 503 Service Unavailable"
        elsewhere = await (await opened.visitor("127.0.0.2")).says(REQUEST)
        assert await elsewhere.hears() == b"HTTP/1.1 200 OK"


async def test_running_out_of_descriptors_ends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    loop = asyncio.get_running_loop()
    accept, failures = loop.sock_accept, [errno.EMFILE, errno.ENFILE, errno.ECONNABORTED]

    async def fail_first(listener: socket.socket) -> Any:
        if failures:
            raise OSError(failures.pop(), "no more")
        return await accept(listener)

    monkeypatch.setattr(loop, "sock_accept", fail_first)
    with capture_logs() as lines:
        async with door(LIMITS) as opened:
            visitor = await (await opened.visitor()).says(REQUEST)
            assert await visitor.hears() == b"HTTP/1.1 200 OK"
    assert "no descriptor is left for a newcomer" in [one["event"] for one in lines]
    assert not failures


def test_a_process_with_few_descriptors_takes_fewer_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _: (1024, 1024))
    assert ConnectionLimits.of(10_000, 0) == ConnectionLimits(448, 224)
    assert ConnectionLimits.of(100, 30) == ConnectionLimits(100, 30)
    raised: list[Any] = []
    monkeypatch.setattr(resource, "getrlimit", lambda _: (1024, 4096))
    monkeypatch.setattr(resource, "setrlimit", lambda _, limits: raised.append(limits))
    assert ConnectionLimits.of(10_000, 0) == ConnectionLimits(1984, 992)
    assert raised == [(4096, 4096)]
