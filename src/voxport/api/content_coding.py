"""Bodies that come compressed (`Content-Encoding`, RFC 9110 section 8.4): gzip is undone, all else is refused.

What comes out is handed on in pieces of at most 64 KiB, so that no message grows in memory; readers of bodies count
what they get, and their limits are those of the body as it is meant.
"""

from __future__ import annotations

import asyncio
import zlib

from starlette.requests import Request
from starlette.types import Message, Receive

from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused

ACCEPTED = "gzip"
"""The one coding there is, for the `Accept-Encoding` of a 415."""
UNSUPPORTED = 415
_GZIP = ("gzip", "x-gzip")
_PLAIN = ("", "identity")
_PIECE_BYTES = 64 * 1024
_MOST_TIMES = 250
"""A body may grow by so much. Deflate reaches 1032 with zeros alone; recordings and JSON stay far below."""
_ANY_RATIO_BYTES = 4 * 1024 * 1024
"""So much may come out of however little: a document of spaces, a short silence."""


def decoded(request: Request) -> Receive:
    """What receives the body without its coding.

    Raises RequestRefused 10001 with 415 for a coding that is not gzip. What it returns raises 10001 for a body that is
    no gzip, or ends before its end, and 10800 for one that grows beyond measure.
    """
    codings = [one.strip().lower() for one in ",".join(request.headers.getlist("content-encoding")).split(",")]
    named = [coding for coding in codings if coding not in _PLAIN]
    if not named:
        return request.receive
    if len(named) > 1 or named[0] not in _GZIP:
        sentence = "The Content-Encoding of the request is not known here: a body comes as it is, or once in gzip."
        raise RequestRefused(Problem(Code.MULTIPART_UNREADABLE, sentence), status=UNSUPPORTED)
    return _Gunzip(request.receive).receive


class _Gunzip:
    """A body of one gzip member or of several, one behind the other (RFC 1952 section 2.2)."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._member = _member()
        self._begun = False
        """Whether the present member has had a byte."""
        self._encoded = b""
        """Received and not decoded yet."""
        self._more = True
        self._received_bytes = self._decoded_bytes = 0

    async def receive(self) -> Message:
        """The next piece as a message of the server; other messages pass as they are."""
        while True:
            if self._encoded:
                piece = self._decode()
                if piece or not self._open():
                    # One message may hold a thousand pieces: others get their turn between them.
                    await asyncio.sleep(0)
                    return {"type": "http.request", "body": piece, "more_body": self._open()}
                continue
            if not self._more:
                return {"type": "http.request", "body": b"", "more_body": False}
            message = await self._receive()
            if message["type"] != "http.request":
                return message
            self._encoded = message.get("body", b"")
            self._received_bytes += len(self._encoded)
            self._more = message.get("more_body", False)
            if not self._more and not self._encoded:
                self._check_end()

    def _open(self) -> bool:
        return bool(self._encoded) or self._more

    def _decode(self) -> bytes:
        if self._member.eof:
            self._member, self._begun = _member(), False
        try:
            piece = self._member.decompress(self._encoded, _PIECE_BYTES)
        except zlib.error:
            raise _broken("it is not gzip") from None
        self._begun = True
        self._encoded = self._member.unconsumed_tail or self._member.unused_data
        self._decoded_bytes += len(piece)
        if self._decoded_bytes > max(_ANY_RATIO_BYTES, _MOST_TIMES * self._received_bytes):
            sentence = f"The body of the request grows to more than {_MOST_TIMES} times its size when it is decoded."
            raise RequestRefused(Problem(Code.PAYLOAD_TOO_LARGE, sentence))
        if not self._open():
            self._check_end()
        return piece

    def _check_end(self) -> None:
        if self._begun and not self._member.eof:
            raise _broken("it ends before its end")


def _member() -> zlib._Decompress:
    return zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)


def _broken(reason: str) -> RequestRefused:
    sentence = f"The body of the request could not be decoded: {reason}, as its Content-Encoding says."
    return RequestRefused(Problem(Code.MULTIPART_UNREADABLE, sentence))
