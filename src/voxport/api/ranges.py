"""The Range header of RFC 9110: one range of bytes; several at once are answered with the whole, as is allowed."""

from __future__ import annotations

import re

_ONE_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


class Unsatisfiable(Exception):
    """The range lies outside the content (416)."""


def read_range(header: str | None, size_bytes: int) -> tuple[int, int] | None:
    """[start, stop) of what is asked for; None when that is everything. Raises Unsatisfiable."""
    match = _ONE_RANGE.fullmatch(header.replace(" ", "").lower()) if header else None
    if match is None or match.group(0) == "bytes=-":
        return None
    first, last = match.groups()
    if not first:
        start, stop = max(0, size_bytes - int(last)), size_bytes
    else:
        start = int(first)
        stop = min(int(last) + 1, size_bytes) if last else size_bytes
        if last and int(last) < start:
            return None
    if start >= size_bytes:
        raise Unsatisfiable
    return start, stop
