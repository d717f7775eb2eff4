"""Multipart bodies, read as they arrive: a pull reader over the push parser of python-multipart.

At most one message of the server (tens of KiB) is held; nothing more is received before the reader of a part has taken
it, so the sender is slowed to the speed of the disk. Knows no part by name; `upload` does.
"""

from __future__ import annotations

import asyncio
import re
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.types import Receive

from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused

_FORMS = ("multipart/form-data", "multipart/mixed")
_MAX_PARTS = 32
_PLAIN_ENCODINGS = ("", "7bit", "8bit", "binary")
_BOUNDARY = re.compile(rb"[\x20-\x7e]{1,200}")


class ClientGone(Exception):
    """The client hung up in the middle of its request; there is nobody to answer."""


@dataclass(frozen=True, slots=True)
class PartHead:
    """What stands above a part. `filename` None: a plain field. `content_type` as sent, with its parameters."""

    name: str
    filename: str | None
    content_type: str | None


class _PartEnd:
    pass


_PART_END = _PartEnd()
_Event = PartHead | bytes | _PartEnd


def refusal(reason: str) -> RequestRefused:
    """10001 with a reason."""
    return RequestRefused(
        Problem(Code.MULTIPART_UNREADABLE, f"The multipart body of the request could not be read: {reason}.")
    )


def boundary_of(content_type: str | None) -> bytes:
    """The boundary that a Content-Type names; raises RequestRefused 10001 when the body is not multipart."""
    kind, parameters = parse_type(content_type)
    if kind not in _FORMS:
        raise refusal("its Content-Type must be multipart/form-data")
    boundary = parameters.get("boundary", "").strip().encode()
    if not _BOUNDARY.fullmatch(boundary):
        raise refusal("its Content-Type names no boundary")
    return boundary


class MultipartReader:
    """Parts in the order they arrive: `next_part`, then `pieces` of that part, until `next_part` gives None.

    Raises RequestRefused 10001 for a broken body, 408 for one that stops
    arriving, 10800 for one of more than `max_bytes`, and ClientGone.
    """

    def __init__(self, receive: Receive, boundary: bytes, *, max_bytes: int, idle_s: float) -> None:
        self._receive, self._max_bytes, self._idle_s = receive, max_bytes, idle_s
        self._events: deque[_Event] = deque()
        self._received = self._parts = 0
        self._whole = self._ended = False
        self._field, self._value = bytearray(), bytearray()
        self._headers: dict[str, str] = {}
        self._data = bytearray()
        self._parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._on_part_begin,
                "on_part_data": self._on_part_data,
                "on_part_end": self._on_part_end,
                "on_header_field": self._on_header_field,
                "on_header_value": self._on_header_value,
                "on_header_end": self._on_header_end,
                "on_headers_finished": self._on_headers_finished,
                "on_end": self._on_end,
            },
        )

    async def next_part(self) -> PartHead | None:
        """The head of the next part; what was left unread of the one before is passed over."""
        while (event := await self._next()) is not None:
            if isinstance(event, PartHead):
                return event
        return None

    async def pieces(self) -> AsyncIterator[bytes]:
        """The bytes of the current part, as they arrive."""
        while isinstance(event := await self._next(), bytes):
            yield event

    async def begin(self, least_bytes: int) -> bytes:
        """The first bytes of the current part, at least so many unless it is shorter; what reads next goes on there."""
        taken = bytearray()
        while len(taken) < least_bytes:
            event = await self._next()
            if not isinstance(event, bytes):
                if event is not None:
                    self._events.appendleft(event)
                break
            taken += event
        return bytes(taken)

    async def text(self, limit_bytes: int) -> bytes:
        """The whole current part; raises RequestRefused 10800 beyond `limit_bytes`."""
        whole = bytearray()
        async for piece in self.pieces():
            whole += piece
            if len(whole) > limit_bytes:
                raise RequestRefused(Problem.of(Code.PAYLOAD_TOO_LARGE, limit=limit_bytes))
        return bytes(whole)

    async def _next(self) -> _Event | None:
        while not self._events:
            if self._whole:
                return None
            await self._pull()
        return self._events.popleft()

    async def _pull(self) -> None:
        """Takes one message of the server through the parser."""
        message = await self._message()
        body: bytes = message.get("body", b"")
        self._received += len(body)
        if self._received > self._max_bytes:
            raise RequestRefused(Problem.of(Code.PAYLOAD_TOO_LARGE, limit=self._max_bytes))
        try:
            self._parser.write(body)
        except FormParserError:
            raise refusal("it does not follow its boundary and header rules") from None
        self._flush()
        if not message.get("more_body", False):
            self._whole = True
            if not self._ended:
                raise refusal("it ends before its last boundary")

    async def _message(self) -> Any:
        try:
            async with asyncio.timeout(self._idle_s):
                message = await self._receive()
        except TimeoutError:
            raise RequestRefused(refusal("it stopped arriving").problems, status=408) from None
        if message["type"] == "http.disconnect":
            raise ClientGone
        return message

    def _flush(self) -> None:
        if self._data:
            self._events.append(bytes(self._data))
            self._data.clear()

    def _on_part_begin(self) -> None:
        self._parts += 1
        if self._parts > _MAX_PARTS:
            raise refusal(f"it has more than {_MAX_PARTS} parts")
        self._headers = {}

    def _on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._field += data[start:end]

    def _on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _on_header_end(self) -> None:
        # Browsers and most clients write names and filenames as UTF-8; an odd byte must not break the request.
        self._headers[self._field.decode("latin-1").lower()] = self._value.decode("utf-8", "replace").strip()
        self._field.clear()
        self._value.clear()

    def _on_headers_finished(self) -> None:
        self._events.append(_part_head(self._headers))

    def _on_part_data(self, data: bytes, start: int, end: int) -> None:
        self._data += data[start:end]

    def _on_part_end(self) -> None:
        self._flush()
        self._events.append(_PART_END)

    def _on_end(self) -> None:
        self._ended = True


def parse_type(value: str | None) -> tuple[str, dict[str, str]]:
    """The kind in lower case and the parameters of a Content-Type or Content-Disposition; UTF-8 in them is kept."""
    # The parser takes text that fits in latin-1; UTF-8 travels through it as its bytes.
    kind, parameters = parse_options_header((value or "").encode().decode("latin-1"))
    return _text(kind), {_text(key).lower(): _text(content) for key, content in parameters.items()}


def _part_head(headers: dict[str, str]) -> PartHead:
    parameters = parse_type(headers.get("content-disposition"))[1]
    if not parameters.get("name"):
        raise refusal("a part has no name in its Content-Disposition")
    if headers.get("content-transfer-encoding", "").lower() not in _PLAIN_ENCODINGS:
        raise refusal("a part has a Content-Transfer-Encoding; parts are sent as they are")
    return PartHead(parameters["name"], parameters.get("filename"), headers.get("content-type") or None)


def _text(value: bytes) -> str:
    return value.decode("utf-8", "replace")
