"""Connections before they are requests: how many there may be, and what a head may be, before any token is read.

Everything here concerns strangers. A newcomer who finds no place is told so and let go; whoever is served goes on, and
descriptors are left for the database and the store.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import http
import socket
import struct
import time
from collections import Counter
from collections.abc import Callable
from uuid import uuid4

import structlog
import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from voxport.api.connection_limits import ConnectionLimits
from voxport.api.pace import Pace
from voxport.core.codes import Code
from voxport.core.errors import Problem
from voxport.wire.writing.content_types import JSON
from voxport.wire.writing.encoding import json_bytes
from voxport.wire.writing.errors import error_body

log = structlog.get_logger(__name__)

_SAID_AGAIN_S = 10.0
_RETRY_AFTER_S = 2
_EXHAUSTED = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)
_NO_LINGERING = struct.pack("ii", 1, 0)
_PAUSE_S = 0.1
"""After running out of descriptors: until somebody may have let one go."""


class BoundedConnection(HttpToolsProtocol):
    """A connection of uvicorn whose request heads are bounded in size and time; `limits` is set before it is made.

    Bodies that somebody reads have limits there. Nobody reads what comes after an answer, and answers wait for the peer
    to take them: there it has to move something.
    """

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
    _passed_over_bytes = 0
    """Of bodies, what came after their answer."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._taking = Pace(transport.get_write_buffer_size, self._cut_off, self.limits.pace)
        self._sending = Pace(lambda: self._passed_over_bytes, transport.close, self.limits.pace)
        # Every byte that waits is seen, also behind the last one of an answer.
        transport.set_write_buffer_limits(0)
        self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._end_deadline()
        self._taking.end()
        self._sending.end()
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
        if not self._is_answering:
            self._passed_over_bytes += len(body)
        if not self._too_long:
            super().on_body(body)

    def on_message_complete(self) -> None:
        self._in_request = False
        self._sending.end()
        if not self._too_long:
            super().on_message_complete()
        if not self._is_answering and not self._refused:
            # The body ended after its answer: what waits for the next request has not been told.
            self._unset_keepalive_if_required()
            self.timeout_keep_alive_task = self.loop.call_later(
                self.timeout_keep_alive, self.timeout_keep_alive_handler
            )

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self._in_request and not self._is_answering:
            self._sending.begin()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._taking.begin()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._taking.end()

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

    def _cut_off(self) -> None:
        """With a reset: what was not taken would otherwise stay in the kernel for minutes, megabytes of it."""
        connection = self.transport.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGERING)
        self.transport.abort()

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
