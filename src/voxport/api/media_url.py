"""The `mediaUrl` part: what can be refused about it by reading alone (10204); reaching it is the workflow's."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused
from voxport.wire.reading.excerpts import clip

_MAX_CHARS = 8192
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f<>\"\\^`{|}]")


def checked_media_url(text: str, *, allow_http: bool) -> str:
    """The URL without space around it; raises RequestRefused 10204, never showing user, query or fragment."""
    url = text.strip()
    parts = _split(url)
    if parts is None or not parts.hostname or parts.username is not None or parts.password is not None:
        raise RequestRefused(Problem.of(Code.MEDIA_URL_INVALID, url=_shown(parts)))
    schemes = ("https", "http") if allow_http else ("https",)
    if parts.scheme not in schemes:
        raise RequestRefused(
            Problem(
                Code.MEDIA_URL_INVALID,
                f"The mediaUrl {_shown(parts)} has a protocol that is not allowed: {' or '.join(schemes)}.",
            )
        )
    return url


def _split(url: str) -> SplitResult | None:
    if len(url) > _MAX_CHARS or _FORBIDDEN.search(url):
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    return None if port == 0 or not parts.scheme else parts


def _shown(parts: SplitResult | None) -> str:
    if parts is None:
        return "given"
    return clip(f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}")
