"""Pre-authorised links to recordings: signed with HMAC-SHA256, good for a quarter of an hour, needing no token."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused
from voxport.wire.v3.links import media_href

LIFETIME_S = 15 * 60
"""As documented (docs/contract/v3-results.md section 9)."""


@dataclass(frozen=True, slots=True)
class StreamAddress:
    """Which recording a link is for. The organisation is part of it, so that a link too reads as that tenant."""

    organization_id: UUID
    media_id: UUID
    name: str
    """The stream's name on the wire (`original`)."""


class StreamLinks:
    """`key`: 32 secret bytes, the same in all processes of one installation: one makes a link, another reads it."""

    def __init__(self, key: bytes, lifetime_s: int = LIFETIME_S) -> None:
        self._key, self._lifetime_s = key, lifetime_s

    def location(self, base_url: str, address: StreamAddress, now_s: float) -> str:
        """An absolute URL below `base_url` that works until `now_s` (Unix time) plus the lifetime."""
        expires = str(int(now_s) + self._lifetime_s)
        query = {
            "account": str(address.organization_id),
            "expires": expires,
            "signature": self._sign(address, expires),
        }
        path = media_href(address.media_id, "streams", address.name, "content")
        return f"{base_url.rstrip('/')}{path}?{urlencode(query)}"

    def read(self, media_id: UUID, name: str, query: Mapping[str, str], now_s: float) -> StreamAddress:
        """The recording that `query` opens; raises RequestRefused 403 when it was not signed here or is too old."""
        try:
            address = StreamAddress(UUID(query.get("account", "")), media_id, name)
        except ValueError:
            raise _refused("This link is not valid.") from None
        expires = query.get("expires", "")
        signature = query.get("signature", "")
        if not hmac.compare_digest(self._sign(address, expires).encode(), signature.encode()):
            raise _refused("This link is not valid.")
        if int(expires) <= now_s:
            raise _refused("This link has expired; ask for the stream again.")
        return address

    def _sign(self, address: StreamAddress, expires: str) -> str:
        # Ids have a fixed form and `expires` comes last, so no two addresses make the same text.
        text = f"{address.organization_id}\n{address.media_id}\n{address.name}\n{expires}"
        digest = hmac.new(self._key, text.encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _refused(sentence: str) -> RequestRefused:
    return RequestRefused(Problem(Code.ACCESS_DENIED, sentence))
