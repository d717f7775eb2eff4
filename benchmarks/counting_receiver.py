"""A receiver that costs little: many ports, each counts what arrives and answers 200; the last one never answers.

    python -m benchmarks.counting_receiver PORTS [ADDRESS]

Prints its ports as JSON, then a line of JSON for each line it reads: what has arrived so far.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections import Counter
from functools import partial

_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"


class Counts:
    """Requests by delivery id and by port, and when the first and the last of each port came."""

    def __init__(self) -> None:
        self.ids: Counter[str] = Counter()
        self.ports: Counter[int] = Counter()
        self.first: dict[int, float] = {}
        self.last: dict[int, float] = {}

    def add(self, port: int, delivery_id: str) -> None:
        now = time.monotonic()
        self.first.setdefault(port, now)
        self.last[port] = now
        self.ports[port] += 1
        self.ids[delivery_id] += 1

    def tell(self) -> str:
        repeated = sum(count > 1 for count in self.ids.values())
        return json.dumps(
            {
                "ports": self.ports,
                "first": self.first,
                "last": self.last,
                "distinct": len(self.ids),
                "repeated": repeated,
            }
        )


class Connection(asyncio.Protocol):
    """Keeps the connection open; `answers` False: takes everything and says nothing."""

    def __init__(self, counts: Counts, port: int, *, answers: bool) -> None:
        self._counts, self._port, self._answers = counts, port, answers
        self._buffer = bytearray()
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            headers = dict(
                line.split(b": ", 1) for line in bytes(self._buffer[:end]).lower().split(b"\r\n")[1:] if b": " in line
            )
            whole = end + 4 + int(headers.get(b"content-length", b"0"))
            if len(self._buffer) < whole:
                return
            del self._buffer[:whole]
            if self._answers and self._transport is not None:
                self._counts.add(self._port, headers.get(b"voxport-delivery-id", b"none").decode())
                self._transport.write(_ANSWER)


async def main(ports: int, address: str) -> None:
    loop, counts = asyncio.get_running_loop(), Counts()
    numbers = []
    for index in range(ports):
        server = await loop.create_server(lambda: Connection(counts, 0, answers=True), address, 0)
        port = server.sockets[0].getsockname()[1]
        server.close()
        answers = index < ports - 1
        await loop.create_server(partial(Connection, counts, port, answers=answers), address, port)
        numbers.append(port)
    print(json.dumps(numbers), flush=True)
    while await loop.run_in_executor(None, sys.stdin.readline):
        print(counts.tell(), flush=True)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), [*sys.argv, "127.0.0.1"][2]))
