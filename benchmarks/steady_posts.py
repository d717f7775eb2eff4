"""Posts the same call again and again at a steady rate, over kept connections; costs the machine little.

    python -m benchmarks.steady_posts URL TOKEN RECORDING CONFIGURATION RATE CALLS

RATE 0 posts as fast as the server answers, over few connections. At the end it prints as one line of JSON, that a pipe
holds, the milliseconds of answers, evenly spaced of many, how late the latest post was sent and what it cost. It fails
at the first answer that is not 200.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

CONNECTIONS = 8
"""As many posts at once, where they follow each other without a pause."""
_BOUNDARY = b"steady-posts"


def request_of(url: str, token: str, recording: bytes, configuration: str) -> bytes:
    """One whole POST of `/v3/media`."""
    body = b"".join(
        (
            b'--%s\r\nContent-Disposition: form-data; name="configuration"\r\n\r\n' % _BOUNDARY,
            configuration.encode(),
            b'\r\n--%s\r\nContent-Disposition: form-data; name="media"; filename="call.wav"\r\n' % _BOUNDARY,
            b"Content-Type: audio/wav\r\n\r\n",
            recording,
            b"\r\n--%s--\r\n" % _BOUNDARY,
        )
    )
    head = (
        f"POST /v3/media HTTP/1.1\r\nHost: {urlsplit(url).netloc}\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: multipart/form-data; boundary={_BOUNDARY.decode()}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


class SteadyPosts:
    """The times of `calls` posts, the n-th of which is sent n / `rate` seconds after the first, whoever still waits."""

    def __init__(self, request: bytes, *, rate: float, calls: int) -> None:
        self._request, self._rate = request, rate
        self._left = iter(range(calls))
        self._idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []
        self.answered_ms: list[float] = []
        """From when a post was due, or was sent where none is ever due."""
        self.late_ms = 0.0
        """The most that one was sent after it was due."""

    async def run(self, host: str, port: int) -> None:
        """Raises RuntimeError at an answer that is not 200."""
        begun = time.monotonic()
        async with asyncio.TaskGroup() as group:
            if not self._rate:
                for _ in range(CONNECTIONS):
                    group.create_task(self._post_all(host, port))
                return
            for number in self._left:
                due = begun + number / self._rate
                await asyncio.sleep(due - time.monotonic())
                self.late_ms = max(self.late_ms, (time.monotonic() - due) * 1000)
                group.create_task(self._post(host, port, due))

    async def _post_all(self, host: str, port: int) -> None:
        for _ in self._left:
            await self._post(host, port, time.monotonic())

    async def _post(self, host: str, port: int, due: float) -> None:
        reader, writer = await self._connection(host, port)
        writer.write(self._request)
        head = await reader.readuntil(b"\r\n\r\n")
        lines = (line.partition(b":") for line in head.lower().split(b"\r\n"))
        length = next((int(value) for name, _, value in lines if name == b"content-length"), 0)
        body = await reader.readexactly(length)
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(body[:500].decode(errors="replace"))
        self.answered_ms.append((time.monotonic() - due) * 1000)
        self._idle.append((reader, writer))

    async def _connection(self, host: str, port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """The one that was used last: the others may be closed by the server for want of work."""
        while self._idle:
            reader, writer = self._idle.pop()
            if not reader.at_eof():
                return reader, writer
            writer.close()
        return await asyncio.open_connection(host, port)


def main() -> None:
    url, token, recording, configuration, rate, calls = sys.argv[1:]
    request = request_of(url, token, Path(recording).read_bytes(), configuration)
    posts = SteadyPosts(request, rate=float(rate), calls=int(calls))
    address = urlsplit(url)
    asyncio.run(posts.run(address.hostname or "", address.port or 80))
    every = max(1, len(posts.answered_ms) // 1000)
    told = {"answered_ms": posts.answered_ms[::every], "late_ms": posts.late_ms, "processor_s": time.process_time()}
    print(json.dumps(told))


if __name__ == "__main__":
    main()
