"""A request's body: bytes or a stream of known length, sent in pieces small enough for each to show progress."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

PIECE_BYTES = 64 * 1024


def _nothing() -> None:
    """What happens at the end of a body that nobody watches."""


@dataclass(slots=True)
class Body:
    """A body of known length, handed over once."""

    length: int
    """Bytes; the Content-Length."""
    pieces: AsyncIterator[bytes]
    """What is sent."""
    on_end: Callable[[], None] = field(default=_nothing)
    """Called when the last byte has been handed over."""
    sent: bool = False
    """Whether the last byte has been handed over."""
    failure: Exception | None = None
    """What the stream raised, or the ValueError of one that is longer or shorter than `length`; None while all is well.

    It is kept here, so that a fault of ours is not taken for a fault of the receiver.
    """

    @classmethod
    def of(cls, content: bytes | AsyncIterator[bytes], length: int | None) -> Body:
        """Raises ValueError for a stream of unknown length, and for bytes of another length than said."""
        if isinstance(content, bytes):
            if length is not None and length != len(content):
                raise ValueError("content_length differs from the content")
            return cls(len(content), _cut(content))
        if length is None or length < 0:
            raise ValueError("a stream needs its content_length")
        return cls(length, content)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        sent = 0
        while self.length:
            piece = await self._next()
            if piece is None:
                break
            sent += len(piece)
            if sent > self.length:
                raise self._failed(ValueError("the body is longer than its content_length"))
            yield piece
        if sent < self.length:
            raise self._failed(ValueError("the body is shorter than its content_length"))
        self.sent = True
        self.on_end()

    async def _next(self) -> bytes | None:
        try:
            return await anext(self.pieces, None)
        except Exception as error:  # noqa: BLE001 - whatever it is, it goes on its way
            raise self._failed(error) from None

    def _failed(self, error: Exception) -> Exception:
        self.failure = error
        return error


async def _cut(content: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(content), PIECE_BYTES):
        yield content[start : start + PIECE_BYTES]
