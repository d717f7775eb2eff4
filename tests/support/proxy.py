"""An HTTP proxy on loopback that tunnels (CONNECT) and keeps what it was asked for."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field


@dataclass
class TunnelProxy:
    """`leads_to` is where every tunnel ends, whatever was asked for; None: where it was asked to."""

    leads_to: tuple[str, int] | None = None
    refuses: str = ""
    """A status with its words, as `407 Proxy Authentication Required`, instead of a tunnel."""
    port: int = 0
    asked: list[str] = field(default_factory=list)
    """First lines."""
    heads: list[str] = field(default_factory=list)
    _open: list[asyncio.StreamWriter] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.append(writer)
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            self.heads.append(head)
            self.asked.append(head.split("\r\n", 1)[0])
            if self.refuses:
                writer.write(f"HTTP/1.1 {self.refuses}\r\nContent-Length: 0\r\n\r\n".encode())
            else:
                host, _, port = head.split(" ")[1].rpartition(":")
                there, back = await asyncio.open_connection(*(self.leads_to or (host.strip("[]"), int(port))))
                self._open.append(back)
                writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
                await asyncio.gather(_copy(reader, back), _copy(there, writer))
        writer.close()

    async def hang_up(self) -> None:
        for writer in self._open:
            writer.transport.abort()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(ConnectionError):
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
    writer.close()


@contextlib.asynccontextmanager
async def running_proxy(leads_to: tuple[str, int] | None = None, *, refuses: str = "") -> AsyncIterator[TunnelProxy]:
    """A proxy that listens as long as the block lasts."""
    proxy, tasks = TunnelProxy(leads_to, refuses), set[asyncio.Task[None]]()

    def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(proxy.serve(reader, writer))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    proxy.port = server.sockets[0].getsockname()[1]
    try:
        yield proxy
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await proxy.hang_up()
