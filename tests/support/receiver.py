"""A recording HTTP server on loopback: keeps the exact bytes of each request, answers as it was told to.

It runs its own event loop in a thread, so tests of every kind may use it. By default it answers 200 to everything.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

REASONS = {200: "OK", 204: "No Content", 301: "Moved Permanently", 302: "Found", 404: "Not Found", 500: "Broken"}


@dataclass(frozen=True, slots=True)
class Received:
    """One request. `head` holds its first line and headers exactly as they came, without the empty line."""

    method: str
    target: str
    head: bytes
    body: bytes
    complete: bool = True

    def headers(self) -> list[tuple[str, str]]:
        lines = self.head.decode("latin-1").split("\r\n")[1:]
        return [(name, value.strip()) for name, _, value in (line.partition(":") for line in lines)]

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers() if key.lower() == name.lower()), None)


@dataclass(frozen=True, slots=True)
class Answer:
    """`drop`: close without a word once the request has been read; `reset_after`: close after so many bytes of body."""

    status: int = 200
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    drop: bool = False
    reset_after: int | None = None
    hold: threading.Event | None = None


@dataclass
class _Script:
    answers: list[Answer]
    used: int = 0

    def next(self) -> Answer:
        """The last answer is repeated for ever."""
        answer = self.answers[min(self.used, len(self.answers) - 1)]
        self.used += 1
        return answer


@dataclass
class Receiver:
    port: int = 0
    requests: list[Received] = field(default_factory=list)
    _scripts: dict[str, _Script] = field(default_factory=dict)
    _held: list[threading.Event] = field(default_factory=list)
    _open: set[asyncio.StreamWriter] = field(default_factory=set)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def serve(self, path: str, body: bytes, *, status: int = 200, content_type: str = "audio/x-wav") -> str:
        """The address at which `body` can be fetched."""
        return self.script(path, Answer(status, body, (("Content-Type", content_type),)))

    def answer(self, path: str, statuses: Sequence[int]) -> str:
        """Answers with one status after another; the last is repeated."""
        return self.script(path, *(Answer(status) for status in statuses))

    def hang(self, path: str) -> threading.Event:
        """Takes requests and says nothing until the event is set (or the receiver ends)."""
        event = threading.Event()
        self._held.append(event)
        self.script(path, Answer(hold=event))
        return event

    def script(self, path: str, *answers: Answer) -> str:
        """One answer after another; the last is repeated."""
        self._scripts[path] = _Script(list(answers))
        return self.url(path)

    def requests_to(self, path: str) -> list[Received]:
        """In order of arrival, whatever their query."""
        return [request for request in list(self.requests) if request.target.partition("?")[0] == path]

    def _next(self, target: str) -> Answer:
        script = self._scripts.get(target.partition("?")[0])
        return Answer() if script is None else script.next()

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError):
                while await self._exchange(reader, writer):
                    pass
        finally:
            self._open.discard(writer)
            writer.close()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """One request and its answer; False when the connection is done."""
        head = (await reader.readuntil(b"\r\n\r\n"))[:-4]
        method, target, _ = head.split(b"\r\n", 1)[0].decode("latin-1").split(" ", 2)
        request = Received(method, target, head, b"")
        answer = self._next(target)
        if (request.header("expect") or "").lower() == "100-continue":
            writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        body = await _read_body(reader, request, answer.reset_after)
        self.requests.append(Received(method, target, head, body, complete=answer.reset_after is None))
        if answer.hold is not None:
            await asyncio.to_thread(answer.hold.wait)
        if answer.drop or answer.reset_after is not None:
            writer.transport.abort()
            return False
        await _write_answer(writer, request, answer)
        return True

    def _let_go(self) -> None:
        for event in self._held:
            event.set()


async def _read_body(reader: asyncio.StreamReader, request: Received, at_most: int | None) -> bytes:
    if (request.header("transfer-encoding") or "").lower() == "chunked":
        body = bytearray()
        while size := int((await reader.readline()).split(b";")[0], 16):
            body += await reader.readexactly(size)
            await reader.readline()
        await reader.readline()
        return bytes(body)
    length = int(request.header("content-length") or 0)
    return await reader.readexactly(length if at_most is None else min(length, at_most))


async def _write_answer(writer: asyncio.StreamWriter, request: Received, answer: Answer) -> None:
    reason = REASONS.get(answer.status, "Status")
    lines = [f"HTTP/1.1 {answer.status} {reason}", *(f"{name}: {value}" for name, value in answer.headers)]
    if answer.status != 204:
        lines.append(f"Content-Length: {len(answer.body)}")
    body = b"" if request.method == "HEAD" else answer.body
    writer.write("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body)
    await writer.drain()


async def _run(receiver: Receiver, started: threading.Event, ended: asyncio.Event) -> None:
    server = await asyncio.start_server(receiver._connection, "127.0.0.1", 0, limit=1 << 20)
    receiver.port = server.sockets[0].getsockname()[1]
    started.set()
    await ended.wait()
    server.close()
    # Connections taken this moment get their task in one of the next turns; broken off, each task ends by itself.
    while ours := asyncio.all_tasks() - {asyncio.current_task()}:
        for writer in receiver._open:
            writer.transport.abort()
        await asyncio.wait(ours, timeout=0.05)
    for _ in range(3):
        await asyncio.sleep(0)  # closed transports let go of their sockets in a later turn of the loop


@contextmanager
def running_receiver() -> Iterator[Receiver]:
    """A receiver that listens as long as the block lasts."""
    receiver, started = Receiver(), threading.Event()
    loop = asyncio.new_event_loop()
    ended = asyncio.Event()
    thread = threading.Thread(target=loop.run_until_complete, args=(_run(receiver, started, ended),), daemon=True)
    thread.start()
    started.wait(10)
    try:
        yield receiver
    finally:
        receiver._let_go()
        loop.call_soon_threadsafe(ended.set)
        thread.join(10)
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()
