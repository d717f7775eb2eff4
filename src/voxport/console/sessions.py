"""Sessions: the token of whoever has signed in, sealed into a cookie that only this server opens.

The server stores nothing, so every server of an installation knows every session. A session ends with its token, since
each page asks the API with it, when its time is over, and when its person signs out: the browser forgets it then, and
this process takes a copy of it no more.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
import time

from cachetools import TTLCache
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from starlette.requests import Request
from starlette.responses import Response

from voxport.console.protection import over_tls

LIFETIME_S = 12 * 3600
"""A working day: then its person signs in again."""
PATH = "/console"
_NONCE_BYTES = 12
_LONGEST_COOKIE = 4096
_ENDED = 10_000
"""So many that were signed out of are remembered."""
_OF_HOST = "__Host-"
"""Where a name begins so, browsers take it from this host alone: no neighbour plants a session (RFC 6265bis)."""


class Sessions:
    """Cookies of one kind under one key."""

    def __init__(self, key: bytes, cookie: str) -> None:
        """`key` has 32 bytes; sessions of one `cookie` name are none of another."""
        self._aead, self._cookie = AESGCM(key), cookie
        self._ended: TTLCache[bytes, None] = TTLCache(_ENDED, LIFETIME_S)
        """By their nonces: the text of a cookie can be written in many ways."""

    def token(self, request: Request) -> str | None:
        """The token of the session of `request`; None where there is none, or it has ended."""
        nonce, clear = self._opened(request)
        if not clear or nonce in self._ended:
            return None
        session = json.loads(clear)
        token: str = session["token"]
        return token if session["ends"] > time.time() else None

    def _opened(self, request: Request) -> tuple[bytes, bytes]:
        """The nonce of the cookie, and what was sealed in it; nothing of one that was not sealed here."""
        written = request.cookies.get(self._name(request), "")
        if not written or len(written) > _LONGEST_COOKIE:
            return b"", b""
        try:
            sealed = base64.urlsafe_b64decode(written.encode("ascii"))
            nonce = sealed[:_NONCE_BYTES]
            return nonce, self._aead.decrypt(nonce, sealed[_NONCE_BYTES:], self._cookie.encode())
        except (InvalidTag, ValueError, binascii.Error):
            return b"", b""

    def begin(self, request: Request, answer: Response, token: str) -> None:
        """Sets the cookie of a new session in `answer`."""
        nonce = os.urandom(_NONCE_BYTES)
        clear = json.dumps({"token": token, "ends": int(time.time()) + LIFETIME_S}).encode()
        sealed = nonce + self._aead.encrypt(nonce, clear, self._cookie.encode())
        self._set(request, answer, base64.urlsafe_b64encode(sealed).decode(), LIFETIME_S)

    def end(self, request: Request, answer: Response) -> None:
        """Has the browser forget the session, and this process take it no more."""
        nonce, clear = self._opened(request)
        if clear:
            self._ended[nonce] = None
        self._set(request, answer, "", 0)

    def _name(self, request: Request) -> str:
        return f"{_OF_HOST}{self._cookie}" if over_tls(request) else self._cookie

    def _set(self, request: Request, answer: Response, value: str, max_age_s: int) -> None:
        safe = over_tls(request)
        # The prefix demands the path of the whole host.
        answer.set_cookie(
            self._name(request),
            value,
            max_age=max_age_s,
            path="/" if safe else PATH,
            secure=safe,
            httponly=True,
            samesite="strict",
        )
