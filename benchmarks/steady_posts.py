"""Posts the same call again and again at a steady rate, over kept connections; costs the machine little.

    python -m benchmarks.steady_posts URL TOKEN RECORDING CONFIGURATION RATE CALLS

RATE 0 posts as fast as the server answers. At the end it prints the milliseconds of answers, evenly spaced of many,
as one line of JSON that a pipe holds. It fails at the first answer that is not 200.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

CONNECTIONS = 8
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
    """The times of `calls` posts, the n-th of which is due n / `rate` seconds after the first."""

    def __init__(self, request: bytes, *, rate: float, calls: int) -> None:
        self._request, self._rate = request, rate
        self._left = iter(range(calls))
        self.answered_ms: list[float] = []

    async def run(self, host: str, port: int) -> None:
        """Raises RuntimeError at an answer that is not 200."""
        begun = time.monotonic()
        async with asyncio.TaskGroup() as group:
            for _ in range(CONNECTIONS):
                group.create_task(self._post(host, port, begun))

    async def _post(self, host: str, port: int, begun: float) -> None:
        reader, writer = await asyncio.open_connection(host, port)
        for number in self._left:
            if self._rate:
                await asyncio.sleep(begun + number / self._rate - time.monotonic())
            sent = time.monotonic()
            writer.write(self._request)
            head = await reader.readuntil(b"\r\n\r\n")
            lines = (line.partition(b":") for line in head.lower().split(b"\r\n"))
            length = next((int(value) for name, _, value in lines if name == b"content-length"), 0)
            body = await reader.readexactly(length)
            if not head.startswith(b"HTTP/1.1 200"):
                raise RuntimeError(body[:500].decode(errors="replace"))
            self.answered_ms.append((time.monotonic() - sent) * 1000)
        writer.close()


def main() -> None:
    url, token, recording, configuration, rate, calls = sys.argv[1:]
    request = request_of(url, token, Path(recording).read_bytes(), configuration)
    posts = SteadyPosts(request, rate=float(rate), calls=int(calls))
    address = urlsplit(url)
    asyncio.run(posts.run(address.hostname or "", address.port or 80))
    every = max(1, len(posts.answered_ms) // 1000)
    print(json.dumps(posts.answered_ms[::every]))


if __name__ == "__main__":
    main()
