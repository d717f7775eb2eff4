"""HTTP servers on loopback that say exactly the bytes a test wants, and keep what they were told."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable

Script = Callable[["Exchange"], Awaitable[None]]


class Exchange:
    """One connection: the head and body that came in, and the bytes that go out."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer
        self.head = ""
        self.body = b""

    @property
    def headers(self) -> dict[str, str]:
        lines = self.head.splitlines()[1:]
        return {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines if line)}

    async def receive(self) -> None:
        self.head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        self.body = await self.reader.readexactly(int(self.headers.get("content-length", "0")))

    async def send(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()


class Server:
    """`script` answers each connection; all exchanges are kept. Use `url(path)`."""

    def __init__(self, script: Script, *, reads: bool = True) -> None:
        self._script, self._reads = script, reads
        self.exchanges: list[Exchange] = []
        self.port = 0
        self.scheme = "http"

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        exchange = Exchange(reader, writer)
        self.exchanges.append(exchange)
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
            if self._reads:
                await exchange.receive()
            await self._script(exchange)
        writer.close()

    async def hang_up(self) -> None:
        """Ends every connection at once."""
        for exchange in self.exchanges:
            exchange.writer.transport.abort()
            with contextlib.suppress(ConnectionError, ssl.SSLError):
                await exchange.writer.wait_closed()


def answering(text: str, body: bytes = b"") -> Script:
    """A script that sends one answer; Content-Length is added."""

    async def script(exchange: Exchange) -> None:
        await exchange.send(f"HTTP/1.1 {text}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)

    return script


Serve = Callable[..., Awaitable[Server]]


@contextlib.asynccontextmanager
async def scripted_servers() -> AsyncIterator[Serve]:
    """Starts servers, `await serve(script, reads=..., tls=...)`, that end with the block, whatever they wait for."""
    async with contextlib.AsyncExitStack() as stack:
        tasks: set[asyncio.Task[None]] = set()
        servers: list[Server] = []

        async def start(script: Script, *, reads: bool = True, tls: ssl.SSLContext | None = None) -> Server:
            server = Server(script, reads=reads)
            servers.append(server)

            async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
                task = asyncio.ensure_future(server.handle(reader, writer))
                tasks.add(task)
                task.add_done_callback(tasks.discard)

            listening = await asyncio.start_server(connected, "127.0.0.1", 0, ssl=tls)
            stack.callback(listening.close)
            server.port = listening.sockets[0].getsockname()[1]
            server.scheme = "http" if tls is None else "https"
            return server

        yield start
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for server in servers:
            await server.hang_up()
