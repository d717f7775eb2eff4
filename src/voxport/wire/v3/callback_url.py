"""The url of a callback: what can be refused about it by reading alone (60002, 60006, 60012, 60013).

Whether its host may be called at all (private networks) is decided where names are resolved, not here. Sentences show
the address without user, query and fragment, since those carry secrets.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

from voxport.core.presigned import read_presigned
from voxport.wire.v3.faults import Faults
from voxport.wire.v3.reader import clip

_MAX_URL_CHARS = 8192
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f<>\"\\^`{|}]")


def check_url(url: str, schemes: tuple[str, ...], faults: Faults) -> bool:
    """Whether `url` can be called; notes 60002 or 60006 when not."""
    parts = _split(url)
    if parts is None:
        faults.add(60006, url=clip(re.split(r"[?#]", url, maxsplit=1)[0]) if "@" not in url else "given")
        return False
    if parts.scheme not in schemes:
        faults.add(60002, url=_shown(parts), supported=", ".join(schemes))
        return False
    if not parts.hostname or parts.username is not None or parts.password is not None:
        faults.add(60006, url=_shown(parts))
        return False
    return True


def is_presigned(url: str) -> bool:
    """Whether `url` carries an S3 signature."""
    return read_presigned(url) is not None


def check_signature(url: str, method: str, content_type: str, faults: Faults) -> None:
    """Notes what a signature in `url` says against sending `content_type` with `method` (open-questions 7)."""
    signed = read_presigned(url)
    if signed is None:
        return
    if signed.signature_version == 4:
        if not signed.signs_content_type:
            faults.warn(60012, f"The pre-signed S3 url of a callback does not sign its content type, {content_type}.")
    elif not signed.content_type:
        faults.add(60012, expected=content_type)
    elif signed.content_type != content_type:
        faults.add(60013, found=clip(signed.content_type), expected=content_type)
    if method == "POST":
        faults.warn(60011, "A callback posts to a pre-signed S3 url; such urls are usually signed for the method PUT.")


def _split(url: str) -> SplitResult | None:
    if len(url) > _MAX_URL_CHARS or _FORBIDDEN.search(url):
        return None
    try:
        parts = urlsplit(url)
        if parts.port == 0:
            return None
    except ValueError:
        return None
    return parts if parts.scheme else None


def _shown(parts: SplitResult) -> str:
    host = parts.netloc.rpartition("@")[2]
    return clip(f"{parts.scheme}://{host}{parts.path}")
