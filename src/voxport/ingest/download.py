"""Fetches the recording behind a `mediaUrl`, as a stream with limits; it stores nothing itself.

A failure is final (MediaFailed) or worth another try (FetchFault); the difference is drawn here, the retrying is not.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass

from voxport.core.codes import Code
from voxport.core.errors import MediaFailed, Problem, TransientFault
from voxport.outbound import AddressRefused, FailureKind, Outbound, OutboundFailure, OutboundStream, safe_address

_OK = 200
_SERVER_ERROR = 500
_TRY_AGAIN = frozenset({408, 421, 425, 429})


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """How much a recording behind a URL may cost."""

    max_bytes: int = 4 * 1024**3
    total_timeout_s: float = 900.0
    """For the whole recording."""
    idle_timeout_s: float = 30.0
    """For each wait without a byte."""
    max_redirects: int = 5


class FetchFault(TransientFault):
    """The server of the URL cannot be reached or fails just now; `problem` is what to fail with when patience ends."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(f"{problem.code}: {problem.message}")


async def fetch(outbound: Outbound, url: str, limits: FetchLimits) -> AsyncGenerator[bytes, None]:
    """The recording in pieces.

    Raises MediaFailed with 10203 (refused by the guard, redirects for ever, not whole in time), 10204 (no address),
    10207 (a status that will not change), 10800 (too large); FetchFault for what may be better in a minute.
    """
    address = safe_address(url)
    deadline = asyncio.get_running_loop().time() + limits.total_timeout_s
    taken = 0
    async with aclosing(_pieces(outbound, url, limits)) as pieces:
        while True:
            try:
                # The limit is set for each piece: a generator must not be inside it while its consumer works.
                async with asyncio.timeout_at(deadline):
                    piece = await anext(pieces, None)
            except TimeoutError:
                raise MediaFailed(_unreachable(address, "it did not arrive in time")) from None
            except AddressRefused as error:
                raise MediaFailed(_refused(error, address)) from None
            except OutboundFailure as error:
                raise _failure(error, address) from None
            if piece is None:
                return
            taken += len(piece)
            if taken > limits.max_bytes:
                raise MediaFailed(Problem.of(Code.PAYLOAD_TOO_LARGE, limit=limits.max_bytes))
            yield piece


async def _pieces(outbound: Outbound, url: str, limits: FetchLimits) -> AsyncGenerator[bytes, None]:
    answer = outbound.stream_get(url, max_redirects=limits.max_redirects, idle_timeout_s=limits.idle_timeout_s)
    async with answer as stream:
        _check_status(stream, safe_address(url))
        if (stream.content_length or 0) > limits.max_bytes:
            raise MediaFailed(Problem.of(Code.PAYLOAD_TOO_LARGE, limit=limits.max_bytes))
        async for chunk in stream.chunks:
            yield chunk


def _check_status(stream: OutboundStream, address: str) -> None:
    if stream.status == _OK:
        return
    problem = Problem.of(Code.MEDIA_URL_REFUSED, url=address, status=stream.status)
    if stream.status >= _SERVER_ERROR or stream.status in _TRY_AGAIN:
        raise FetchFault(problem)
    raise MediaFailed(problem)


def _refused(error: AddressRefused, address: str) -> Problem:
    if error.malformed:
        return Problem.of(Code.MEDIA_URL_INVALID, url=address)
    return _unreachable(address, error.reason)


def _failure(error: OutboundFailure, address: str) -> MediaFailed | FetchFault:
    reasons = {
        FailureKind.UNREACHABLE: "no connection could be made or kept",
        FailureKind.TIMEOUT: "it did not answer in time",
        FailureKind.PROTOCOL: "its answers cannot be used",
    }
    problem = _unreachable(address, reasons.get(error.kind, str(error)))
    return FetchFault(problem) if error.transient else MediaFailed(problem)


def _unreachable(address: str, reason: str) -> Problem:
    problem = Problem.of(Code.MEDIA_URL_UNREACHABLE, url=address)
    return Problem(problem.code, f"{problem.message.rstrip('.')} ({reason}).")
