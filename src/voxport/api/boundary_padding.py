"""Padding behind the boundaries of a multipart body (RFC 2046 section 5.1.1), taken out as the body passes.

The library that parses bodies knows none. Everything else passes as it is, and what only looks like a boundary too.
"""

from __future__ import annotations

import re

_PADDING = re.compile(rb"[ \t]*")
_LINE_END = b"\r\n"
_MOST_PADDING_BYTES = 256


class BoundaryPadding:
    """A filter of one body: `passed` for each chunk of it, `rest` at its end."""

    def __init__(self, boundary: str) -> None:
        self._delimiter = _LINE_END + b"--" + boundary.encode("latin-1")
        self._held = _LINE_END
        """What may still become a padded boundary; a body begins as a line does, so its first end of line is ours."""
        self._ours_bytes = len(_LINE_END)

    def passed(self, chunk: bytes) -> bytes:
        """What of the body is known to be as it was meant; it may be empty."""
        buffer = self._held + chunk if self._held else chunk
        kept, taken, at = [], 0, buffer.find(self._delimiter)
        while at >= 0:
            end = at + len(self._delimiter)
            stop = self._padding_end(buffer, end)
            if stop is None:
                break
            if stop > end:
                kept.append(buffer[taken:end])
                taken = stop
            at = buffer.find(self._delimiter, stop)
        held = at if at >= 0 else self._possible_start(buffer, taken)
        self._held = buffer[held:]
        return self._without_ours(b"".join((*kept, buffer[taken:held])))

    def rest(self) -> bytes:
        """What was still held when the body ended."""
        held, self._held = self._held, b""
        return self._without_ours(held)

    def _padding_end(self, buffer: bytes, end: int) -> int | None:
        """Where the padding behind a delimiter that ends at `end` ends: at `end` without any; None: not known yet."""
        match = _PADDING.match(buffer, end, end + _MOST_PADDING_BYTES + 1)
        stop = end if match is None else match.end()
        if stop - end > _MOST_PADDING_BYTES:
            return end
        behind = buffer[stop : stop + len(_LINE_END)]
        if len(behind) < len(_LINE_END) and _LINE_END.startswith(behind):
            return None
        return stop if behind == _LINE_END else end

    def _possible_start(self, buffer: bytes, taken: int) -> int:
        """Where the end of the buffer may be the beginning of a delimiter."""
        at = buffer.rfind(b"\r", max(taken, len(buffer) - len(self._delimiter)))
        return at if at >= 0 and self._delimiter.startswith(buffer[at:]) else len(buffer)

    def _without_ours(self, passing: bytes) -> bytes:
        if not self._ours_bytes:
            return passing
        dropped = min(self._ours_bytes, len(passing))
        self._ours_bytes -= dropped
        return passing[dropped:]
