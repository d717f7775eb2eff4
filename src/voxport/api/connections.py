"""Connections before they are requests: how many there may be, and what a head may be, before any token is read.

Everything here concerns strangers. A newcomer who finds no place is told so and let go; whoever is served goes on, and
descriptors are left for the database and the store.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import http
import resource
import socket
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

import structlog
import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from voxport.core.codes import Code
from voxport.core.errors import Problem
from voxport.wire.writing.content_types import JSON
from voxport.wire.writing.encoding import json_bytes
from voxport.wire.writing.errors import error_body

log = structlog.get_logger(__name__)

RESERVED_DESCRIPTORS = 128
"""For the database, the store, the log and what else the process opens besides connections and their files."""
DESCRIPTORS_EACH = 2
"""A connection, and the file that its request may read or write."""
_MOST_DESCRIPTORS = 65_536
_SAID_AGAIN_S = 10.0
_RETRY_AFTER_S = 2
_EXHAUSTED = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)
_PAUSE_S = 0.1
"""After running out of descriptors: until somebody may have let one go."""


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """What strangers may take."""

    connections: int = 10_000
    """Connections at once, however many of them are in a request."""
    of_address: int = 5_000
    """Those of them from one address; a proxy is one."""
    head_bytes: int = 64 * 1024
    """Length of a request line with its headers."""
    head_s: float = 10.0
    """Time in which they have to arrive whole, from the connection or from their first byte on."""

    @classmethod
    def of(cls, connections: int, of_address: int) -> ConnectionLimits:
        """As set, where the process may have that many descriptors; 0 of an address is half of all."""
        most = max(1, min(connections, (_descriptors() - RESERVED_DESCRIPTORS) // DESCRIPTORS_EACH))
        return cls(most, min(of_address, most) if of_address else max(1, most // 2))


class BoundedConnection(HttpToolsProtocol):
    """A connection of uvicorn whose request heads are bounded in size and time; `limits` is set before it is made."""

    limits = ConnectionLimits()
    on_end: Callable[[], None] | None = None
    """Called once when the connection is gone."""

    _deadline: asyncio.TimerHandle | None = None
    _in_request = False
    """From the end of a head to the end of its body."""
    _arrived_bytes = 0
    """Of the head that is arriving, as it came."""
    _read_bytes = 0
    """Of that head, what the parser has read of it."""
    _refused = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._end_deadline()
        super().connection_lost(exc)
        if self.on_end is not None:
            self.on_end()

    def data_received(self, data: bytes) -> None:
        if self._refused:
            return
        if not self._in_request:
            # Also for what is no beginning of a head, as empty lines without end.
            self._expect_head()
            self._arrived_bytes += len(data)
        super().data_received(data)
        # What holds a whole head and more is judged by what was read of it, the parser's own buffer by what came.
        held = 0 if self._in_request else self._arrived_bytes
        if max(self._read_bytes, held) > self.limits.head_bytes:
            self._refuse(431, Problem.of(Code.PAYLOAD_TOO_LARGE, limit=self.limits.head_bytes))

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._read_bytes = 0
        self._expect_head()

    def on_url(self, url: bytes) -> None:
        self._read_bytes += len(url)
        if not self._too_long:
            super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._read_bytes += len(name) + len(value) + len(b": \r\n")
        if not self._too_long:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._end_deadline()
        self._in_request, self._arrived_bytes = True, 0
        if not self._too_long:
            super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        if not self._too_long:
            super().on_body(body)

    def on_message_complete(self) -> None:
        self._in_request = False
        if not self._too_long:
            super().on_message_complete()

    @property
    def _too_long(self) -> bool:
        return self._read_bytes > self.limits.head_bytes

    @property
    def _is_answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _expect_head(self) -> None:
        if self._deadline is None:
            self._deadline = self.loop.call_later(self.limits.head_s, self._late)

    def _end_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _late(self) -> None:
        self._deadline = None
        if self._is_answering:
            # The head of the next request waits behind an answer, which comes first.
            self._expect_head()
            return
        reason = f"The head of the request did not arrive within {self.limits.head_s:g} seconds."
        self._refuse(408, Problem(Code.MULTIPART_UNREADABLE, reason))

    def _refuse(self, status: int, problem: Problem) -> None:
        self._refused = True
        if self._is_answering:
            self.transport.abort()
        elif not self.transport.is_closing():
            self.transport.write(_answer(status, problem))
            self.transport.close()


class Reception:
    """Takes connections from a listening socket, one at a time, as long as there is room."""

    def __init__(self, listener: socket.socket, limits: ConnectionLimits) -> None:
        self._listener, self._limits = listener, limits
        self._taken: Counter[str] = Counter()
        self._turned_away = 0
        self._said = 0.0

    async def receive(self, make_protocol: Callable[[], BoundedConnection]) -> None:
        """Until cancelled; nothing that a stranger does ends it."""
        loop = asyncio.get_running_loop()
        self._listener.setblocking(False)
        while True:
            try:
                connection, address = await loop.sock_accept(self._listener)
                await self._admit(loop, connection, str(address[0]), make_protocol)
            except OSError as error:
                if error.errno in _EXHAUSTED:
                    self._say("no descriptor is left for a newcomer")
                    await asyncio.sleep(_PAUSE_S)
            except Exception:
                # A server that no longer takes connections would be deaf for ever.
                log.exception("a connection could not be taken")
                await asyncio.sleep(_PAUSE_S)

    async def _admit(
        self,
        loop: asyncio.AbstractEventLoop,
        connection: socket.socket,
        address: str,
        make_protocol: Callable[[], BoundedConnection],
    ) -> None:
        full = self._taken.total() >= self._limits.connections
        if full or self._taken[address] >= self._limits.of_address:
            _turn_away(connection)
            self._say("connections were turned away: there are too many")
            return
        self._taken[address] += 1
        protocol = make_protocol()
        protocol.limits, protocol.on_end = self._limits, lambda: self._leave(address)
        try:
            await loop.connect_accepted_socket(lambda: protocol, connection)
        except OSError:
            self._leave(address)
            connection.close()

    def _leave(self, address: str) -> None:
        self._taken[address] -= 1
        if not self._taken[address]:
            del self._taken[address]

    def _say(self, what: str) -> None:
        """Now and then: a flood of strangers must not become one of log lines."""
        self._turned_away += 1
        if time.monotonic() - self._said >= _SAID_AGAIN_S:
            log.warning(what, times=self._turned_away, connections=self._taken.total())
            self._said, self._turned_away = time.monotonic(), 0


class BoundedServer(uvicorn.Server):
    """uvicorn, whose connections come from a `Reception`; `config.http` is `BoundedConnection`."""

    def __init__(self, config: uvicorn.Config, limits: ConnectionLimits) -> None:
        super().__init__(config)
        self._limits = limits
        self._receiving: list[asyncio.Task[None]] = []

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=[])
        for listener in sockets or ():
            reception = Reception(listener, self._limits)
            self._receiving.append(asyncio.create_task(reception.receive(self._connection)))

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for receiving in self._receiving:
            receiving.cancel()
        await asyncio.gather(*self._receiving, return_exceptions=True)
        await super().shutdown(sockets)

    def _connection(self) -> BoundedConnection:
        return BoundedConnection(self.config, self.server_state, self.lifespan.state)


def _descriptors() -> int:
    """How many this process may have, after raising its soft limit as far as it may; more than that nobody needs."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _MOST_DESCRIPTORS if hard == resource.RLIM_INFINITY else min(hard, _MOST_DESCRIPTORS)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    return _MOST_DESCRIPTORS if soft == resource.RLIM_INFINITY else soft


def _turn_away(connection: socket.socket) -> None:
    """As much of the answer as goes at once: a stranger is not waited for."""
    problem = Problem(Code.BROKER_FAILED, "The server has as many connections as it takes; try again shortly.")
    with contextlib.suppress(OSError):
        connection.setblocking(False)
        connection.send(_answer(503, problem))
    connection.close()


def _answer(status: int, problem: Problem) -> bytes:
    """A whole answer, after which the connection is closed."""
    body = json_bytes(error_body([problem], status, str(uuid4())))
    head = (
        f"HTTP/1.1 {status} {http.HTTPStatus(status).phrase}\r\n"
        f"content-type: {JSON}\r\ncontent-length: {len(body)}\r\nconnection: close\r\n"
    )
    again = f"retry-after: {_RETRY_AFTER_S}\r\n" if status == http.HTTPStatus.SERVICE_UNAVAILABLE else ""
    return f"{head}{again}\r\n".encode() + body
