"""Multipart bodies, read as they arrive: a pull reader over the push parser of the library `multipart`.

At most one message of the server (tens of KiB) is held; nothing more is received before the reader of a part has taken
it, so the sender is slowed to the speed of the disk. Knows no part by name; `submission_form` does.
"""

from __future__ import annotations

import asyncio
import re
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass

from multipart import MultipartError, MultipartSegment, PushMultipartParser
from starlette.types import Message, Receive

from voxport.api.boundary_padding import BoundaryPadding
from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused

_FORMS = ("multipart/form-data", "multipart/mixed")
_MAX_PARTS = 32
_PLAIN_ENCODINGS = ("", "7bit", "8bit", "binary")
_BOUNDARY = re.compile(r"[\x20-\x7e]{1,200}")
_PARAMETER = re.compile(r';\s*([^\s=;]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^;]*)')
"""A value without quotes may hold any sign but a semicolon: boundaries of mail libraries hold `=`."""


class ClientGone(Exception):
    """The client hung up in the middle of its request; there is nobody to answer."""


@dataclass(frozen=True, slots=True)
class PartHead:
    """What stands above a part."""

    name: str
    """As the Content-Disposition says; never empty."""
    filename: str | None
    """None: a plain field."""
    content_type: str | None
    """As sent, with its parameters; None when the part has none."""


def unreadable(reason: str) -> RequestRefused:
    """10001, with the reason why a multipart body cannot be read."""
    return RequestRefused(
        Problem(Code.MULTIPART_UNREADABLE, f"The multipart body of the request could not be read: {reason}.")
    )


def boundary_of(content_type: str | None) -> str:
    """The boundary that a Content-Type names; raises RequestRefused 10001 when the body is not multipart."""
    kind, parameters = parse_type(content_type)
    if kind not in _FORMS:
        raise unreadable("its Content-Type must be multipart/form-data")
    boundary = parameters.get("boundary", "").strip()
    if not _BOUNDARY.fullmatch(boundary):
        raise unreadable("its Content-Type names no boundary")
    return boundary


def parse_type(value: str | None) -> tuple[str, dict[str, str]]:
    """The kind in lower case, and the parameters, of a Content-Type or Content-Disposition."""
    kind, _, _ = (value or "").partition(";")
    parameters = {name.lower(): _unquoted(given.strip()) for name, given in _PARAMETER.findall(value or "")}
    return kind.strip().lower(), parameters


class MultipartReader:
    """Parts in the order they arrive: `next_part`, then `pieces` of that part, until `next_part` gives None.

    Raises RequestRefused 10001 for a broken body, 408 for one that stops arriving, 10800 for one of more than
    `max_bytes`, and ClientGone.
    """

    def __init__(self, receive: Receive, boundary: str, *, max_bytes: int, idle_s: float) -> None:
        self._receive, self._max_bytes, self._idle_s = receive, max_bytes, idle_s
        self._padding = BoundaryPadding(boundary)
        self._parser = _Parser(boundary, header_charset="latin-1")
        self._events: deque[PartHead | bytes | None] = deque()
        """Heads, pieces, and None at the end of each part."""
        self._received_bytes = self._parts = 0
        self._more = True

    async def next_part(self) -> PartHead | None:
        """The head of the next part; what was left unread of the one before is passed over."""
        while await self._has_event():
            event = self._events.popleft()
            if isinstance(event, PartHead):
                return event
        return None

    async def pieces(self) -> AsyncIterator[bytes]:
        """The bytes of the current part, as they arrive."""
        while (piece := await self._piece()) is not None:
            yield piece

    async def begin(self, least_bytes: int) -> bytes:
        """The first bytes of the current part, at least so many unless it is shorter; what reads next goes on there."""
        taken = bytearray()
        while len(taken) < least_bytes and (piece := await self._piece()) is not None:
            taken += piece
        return bytes(taken)

    async def text(self, limit_bytes: int) -> bytes:
        """The whole current part; raises RequestRefused 10800 beyond `limit_bytes`."""
        whole = bytearray()
        async for piece in self.pieces():
            whole += piece
            if len(whole) > limit_bytes:
                raise RequestRefused(Problem.of(Code.PAYLOAD_TOO_LARGE, limit=limit_bytes))
        return bytes(whole)

    async def _piece(self) -> bytes | None:
        """The next bytes of the current part; None at its end, which `next_part` passes over."""
        if not await self._has_event():
            return None
        event = self._events[0]
        if not isinstance(event, bytes):
            return None
        self._events.popleft()
        return event

    async def _has_event(self) -> bool:
        """Receives until there is an event to take; False at the end of the body."""
        while not self._events and self._more:
            message = await self._message()
            self._more = message.get("more_body", False)
            self._parse(message.get("body", b""))
        return bool(self._events)

    def _parse(self, body: bytes) -> None:
        self._received_bytes += len(body)
        if self._received_bytes > self._max_bytes:
            raise RequestRefused(Problem.of(Code.PAYLOAD_TOO_LARGE, limit=self._max_bytes))
        plain = self._padding.passed(body)
        if not self._more:
            plain += self._padding.rest()
        try:
            # The parser takes an empty chunk for the end, which messages may have in the middle.
            for event in self._parser.parse(plain) if plain else ():
                self._events.append(self._head(event) if isinstance(event, MultipartSegment) else event)
        except MultipartError:
            raise unreadable("it does not follow its boundary and header rules") from None
        if not self._more:
            try:
                self._parser.close()
            except MultipartError:
                raise unreadable("it ends before its last boundary") from None

    def _head(self, segment: MultipartSegment) -> PartHead:
        self._parts += 1
        if self._parts > _MAX_PARTS:
            raise unreadable(f"it has more than {_MAX_PARTS} parts")
        # Browsers and most clients write names and filenames as UTF-8; an odd byte must not break the request.
        headers = {
            name: value.encode("latin-1").decode("utf-8", "replace").strip() for name, value in segment.headerlist
        }
        parameters = parse_type(headers.get("Content-Disposition"))[1]
        if not parameters.get("name"):
            raise unreadable("a part has no name in its Content-Disposition")
        if headers.get("Content-Transfer-Encoding", "").lower() not in _PLAIN_ENCODINGS:
            raise unreadable("a part has a Content-Transfer-Encoding; parts are sent as they are")
        return PartHead(parameters["name"], parameters.get("filename"), headers.get("Content-Type") or None)

    async def _message(self) -> Message:
        try:
            async with asyncio.timeout(self._idle_s):
                message = await self._receive()
        except TimeoutError:
            raise RequestRefused(unreadable("it stopped arriving").problems, status=408) from None
        if message["type"] == "http.disconnect":
            raise ClientGone
        return message


class _Parser(PushMultipartParser):  # type: ignore[misc]  # the library has no types
    """The parser of forms, for parts of any disposition: those of multipart/mixed are `inline` or `attachment`."""

    _passing_over = False
    """Whether the header whose lines are read is passed over."""

    def _on_segment_headerline(self, line: bytes) -> None:
        # A length that a part states is not held against it, however it is written: forms have no such header
        # (RFC 7578, 4.8). Nor is a folded line of spaces alone, which RFC 5322, 4.2 lets old programs write.
        folded = line[:1] in b" \t"
        self._passing_over = self._passing_over if folded else line.lower().startswith(b"content-length:")
        if not self._passing_over and not line.isspace():
            super()._on_segment_headerline(line)

    def _create_segment(self, headerlist: list[tuple[str, str]]) -> MultipartSegment:
        return MultipartSegment(headerlist)


def _unquoted(value: str) -> str:
    if len(value) < 2 or value[0] != '"' or value[-1] != '"':
        return value
    return value[1:-1].replace("\\\\", "\\").replace('\\"', '"')
