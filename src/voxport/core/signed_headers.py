"""Which signed headers of a pre-signed URL can be sent: those whose value the URL tells, and that fit any body."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_STORES = ("x-amz-", "x-goog-", "x-oss-", "x-cos-", "x-obs-", "x-ms-")
_COMMON = frozenset({"cache-control", "content-disposition", "content-language", "expires", "if-none-match"})
"""Headers beside those of stores that mean the same for any body. No other one is sent because a URL says so."""
_OF_THE_BODY = re.compile(
    r"x-(?:amz|goog|oss|cos|obs|ms)-(?:.*checksum.*|.*md5|hash|content-.*|decoded-content-.*|copy-source.*)"
)
_ANY_BODY = frozenset({"UNSIGNED-PAYLOAD"})
_LONGEST_CHARS = 4096


@dataclass(frozen=True, slots=True)
class HeaderChoice:
    """Signed headers, parted by whether they can be sent."""

    told: tuple[tuple[str, str], ...]
    """Names in lower case, with their values."""
    untold: tuple[str, ...]
    """Names only."""


def told_headers(names: Iterable[str], query: Mapping[str, str]) -> HeaderChoice:
    """`names` are the signed headers in lower case, `query` is the URL's, with its keys in lower case."""
    told: list[tuple[str, str]] = []
    untold: list[str] = []
    for name in dict.fromkeys(names):
        value = query.get(name)
        if value is None or not _can_be_sent(name, value):
            untold.append(name)
        else:
            told.append((name, value))
    return HeaderChoice(tuple(told), tuple(untold))


def _can_be_sent(name: str, value: str) -> bool:
    if len(value) > _LONGEST_CHARS or not (value.isascii() and value.isprintable()) or value != value.strip():
        return False
    if not re.fullmatch(r"[a-z0-9_.-]+", name) or not (name in _COMMON or name.startswith(_STORES)):
        return False
    return value in _ANY_BODY or not _OF_THE_BODY.fullmatch(name)
