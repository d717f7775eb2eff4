"""Requests to customers' addresses: one pool of guarded connections, exact headers and bodies, limits on answers."""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urljoin

import httpcore

from voxport import __version__
from voxport.outbound.body import Body
from voxport.outbound.connect import Guard, GuardedBackend, Resolver, system_resolver
from voxport.outbound.errors import AddressRefused, FailureKind, OutboundFailure
from voxport.outbound.options import OutboundOptions
from voxport.outbound.status_line import watched_answer
from voxport.outbound.tls import client_context, tls_fault
from voxport.outbound.url import Target, read_url

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_SECRET_HEADERS = frozenset({"authorization", "cookie", "proxy-authorization"})
_MAX_IDLE_CONNECTIONS = 64
_LEAST_BYTES_A_SECOND = 16 * 1024
"""Who takes a body more slowly is left: a receiver that reads a little a minute would hold a connection for days."""
_BROKEN = {
    FailureKind.TIMEOUT: "it did not end in time",
    FailureKind.UNREACHABLE: "the connection broke",
    FailureKind.PROTOCOL: "it broke off or was not HTTP",
}
USER_AGENT = f"Voxport/{__version__}"
Headers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OutboundResponse:
    """An answer, whatever its status."""

    status: int
    headers: Headers
    """With lower-case names."""
    body_excerpt: bytes
    """The beginning of the body, at most `max_answer_bytes`."""
    duration_ms: int
    """From the look-up of the name to the end of what was read."""


class AnswerBroken(OutboundFailure):
    """An answer broke off after its status line, or is none from there on; all that was sent had been taken."""

    def __init__(self, failure: OutboundFailure, answer: OutboundResponse) -> None:
        self.answer = answer
        """What came of it: the status, and headers and the beginning of the body as far as they came."""
        super().__init__(failure.kind, str(failure))

    @property
    def reason(self) -> str:
        """A clause without the address."""
        return _BROKEN[self.kind]


@dataclass(frozen=True, slots=True)
class OutboundStream:
    """An answer whose body is read piece by piece."""

    status: int
    headers: Headers
    """With lower-case names."""
    chunks: AsyncIterator[bytes]
    """The body as it comes; raises OutboundFailure."""

    @property
    def content_length(self) -> int | None:
        """Bytes, by what the server says; never to be relied on. None when it does not say."""
        written = self.headers.get("content-length", "")
        return int(written) if written.isascii() and written.isdigit() else None


class Outbound:
    """The door. Safe for any number of tasks of one event loop; `aclose` when done.

    No proxy, cookie, credential or certificate is taken from the environment, but for SSL_CERT_FILE and SSL_CERT_DIR,
    which replace the public authorities.
    """

    def __init__(
        self,
        options: OutboundOptions,
        *,
        resolver: Resolver = system_resolver,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        """Raises ValueError for a `ca_file` that holds no authority."""
        self._options = options
        self._guard = Guard(options, resolver)
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=ssl_context or client_context(options.ca_file),
            max_connections=None,
            max_keepalive_connections=_MAX_IDLE_CONNECTIONS,
            keepalive_expiry=options.keep_alive_s,
            network_backend=GuardedBackend(self._guard, options.connect_timeout_s, options.proxy),
        )

    async def aclose(self) -> None:
        await self._pool.aclose()

    async def request(
        self,
        method: str,
        url: str,
        *,
        headers: Headers | None = None,
        content: bytes | AsyncIterator[bytes] = b"",
        content_length: int | None = None,
    ) -> OutboundResponse:
        """One request, no redirects; any HTTP answer is a result. Raises OutboundFailure, AnswerBroken, AddressRefused.

        The body has Content-Length and is never chunked: an iterator needs `content_length`, and has to keep to it.
        What the iterator raises passes through. Host, User-Agent, Accept and Accept-Encoding are added where `headers`
        lacks them, and nothing else.
        """
        target = read_url(url, allow_http=self._options.allow_http)
        body = Body.of(content, content_length)
        try:
            return await self._exchange(method, target, headers or {}, body)
        except OutboundFailure:
            if body.failure is not None:
                raise body.failure from None
            raise

    @asynccontextmanager
    async def stream_get(
        self,
        url: str,
        *,
        headers: Headers | None = None,
        max_redirects: int | None = None,
        idle_timeout_s: float | None = None,
    ) -> AsyncIterator[OutboundStream]:
        """A GET whose redirects are followed, each judged like the first. Raises OutboundFailure, AddressRefused.

        The limit of the whole time and of the size is the caller's. A redirect to another origin loses credentials.
        """
        idle_s = self._options.answer_timeout_s if idle_timeout_s is None else idle_timeout_s
        left = self._options.max_redirects if max_redirects is None else max_redirects
        target = read_url(url, allow_http=self._options.allow_http)
        headers = dict(headers or {})
        while True:
            async with _failures(target), asyncio.timeout(idle_s + self._options.connect_timeout_s):
                response = await self._send("GET", target, headers, Body.of(b"", None), idle_s)
            try:
                answered = _plain(response)
                if response.status not in _REDIRECTS or "location" not in answered:
                    yield OutboundStream(response.status, answered, _chunks(response, target))
                    return
            finally:
                async with _failures(target):
                    await response.aclose()
            if left == 0:
                raise OutboundFailure(FailureKind.PROTOCOL, f"{target.safe}: too many redirects", transient=False)
            left -= 1
            target, headers = self._follow(target, answered["location"], headers)

    def _follow(self, target: Target, location: str, headers: dict[str, str]) -> tuple[Target, dict[str, str]]:
        here = f"{target.scheme}://{target.authority}{target.path_and_query}"
        try:
            joined = urljoin(here, location)
        except ValueError:
            raise AddressRefused("it is not a URL", malformed=True) from None
        there = read_url(joined, allow_http=self._options.allow_http)
        if (there.scheme, there.host, there.port) != (target.scheme, target.host, target.port):
            headers = {name: value for name, value in headers.items() if name.lower() not in _SECRET_HEADERS}
        return there, headers

    async def _exchange(self, method: str, target: Target, headers: Headers, body: Body) -> OutboundResponse:
        answer_s = self._options.answer_timeout_s
        began = time.monotonic()
        longest_s = self._options.connect_timeout_s + answer_s + body.length / _LEAST_BYTES_A_SECOND
        taken = bytearray()
        response: httpcore.Response | None = None

        def answered(status: int) -> OutboundResponse:
            named = {} if response is None else _plain(response)
            excerpt = bytes(taken[: self._options.max_answer_bytes])
            return OutboundResponse(status, named, excerpt, _ms_since(began))

        with watched_answer() as seen:
            try:
                async with _failures(target), asyncio.timeout(longest_s) as limit:
                    body.on_end = lambda: limit.reschedule(asyncio.get_running_loop().time() + answer_s)
                    response = await self._send(method, target, headers, body, answer_s)
                    try:
                        await self._take_excerpt(response, taken)
                    finally:
                        await response.aclose()
            except OutboundFailure as failure:
                status = seen.status if response is None else response.status
                if status is None or not body.sent:
                    raise
                raise AnswerBroken(failure, answered(status)) from None
        return answered(response.status)

    async def _send(
        self, method: str, target: Target, headers: Headers, body: Body, idle_s: float
    ) -> httpcore.Response:
        connect_s = self._options.connect_timeout_s
        request = httpcore.Request(
            method,
            httpcore.URL(
                scheme=target.scheme.encode(),
                host=target.host.encode(),
                port=target.port,
                target=target.path_and_query.encode("ascii"),
            ),
            headers=_request_headers(method, target, headers, body),
            content=body,
            extensions={
                "timeout": {"connect": connect_s, "read": idle_s, "write": idle_s, "pool": connect_s},
                "sni_hostname": target.host.rstrip("."),
            },
        )
        return await self._pool.handle_async_request(request)

    async def _take_excerpt(self, response: httpcore.Response, taken: bytearray) -> None:
        async for chunk in response.aiter_stream():
            taken += chunk
            if len(taken) >= self._options.max_answer_bytes:
                break


def _request_headers(method: str, target: Target, headers: Headers, body: Body) -> list[tuple[str, str]]:
    reserved = {"host", "content-length", "transfer-encoding", "connection"}
    given = [(name, value) for name, value in headers.items() if name.lower() not in reserved]
    names = {name.lower() for name, _ in given}
    added = [("User-Agent", USER_AGENT), ("Accept", "*/*"), ("Accept-Encoding", "identity")]
    sized = [("Content-Length", str(body.length))] if body.length or method not in {"GET", "HEAD", "DELETE"} else []
    return [
        ("Host", target.authority),
        *((name, value) for name, value in added if name.lower() not in names),
        *given,
        *sized,
    ]


def _plain(response: httpcore.Response) -> Headers:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}


def _ms_since(began: float) -> int:
    return round((time.monotonic() - began) * 1000)


async def _chunks(response: httpcore.Response, target: Target) -> AsyncIterator[bytes]:
    pieces = aiter(response.aiter_stream())
    while True:
        async with _failures(target):
            try:
                chunk = await anext(pieces)
            except StopAsyncIteration:
                return
        yield chunk


@asynccontextmanager
async def _failures(target: Target) -> AsyncIterator[None]:
    """httpcore's errors as ours, with our words: theirs may hold what a log must not."""
    try:
        yield
    except (TimeoutError, httpcore.TimeoutException) as error:
        where = "connecting took" if isinstance(error, httpcore.ConnectTimeout) else "the answer took"
        raise OutboundFailure(FailureKind.TIMEOUT, f"{target.safe}: {where} too long") from None
    except (httpcore.NetworkError, OSError) as error:
        raise OutboundFailure(FailureKind.UNREACHABLE, f"{target.safe}: {_why(error)}") from None
    except httpcore.ProxyError as error:
        raise OutboundFailure(FailureKind.UNREACHABLE, f"{target.safe}: this server's own proxy {error}") from None
    except (httpcore.ProtocolError, httpcore.ConnectionNotAvailable):
        raise OutboundFailure(FailureKind.PROTOCOL, f"{target.safe}: the answer was not HTTP or broke off") from None


def _why(error: Exception) -> str:
    if (fault := tls_fault(error)) is not None:
        return f"TLS failed: {fault}"
    return "no connection could be made" if isinstance(error, httpcore.ConnectError) else "the connection broke"
