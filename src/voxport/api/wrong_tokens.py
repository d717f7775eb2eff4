"""Addresses from which tokens come that are none: after a number of them the database is no longer asked.

Whoever has shown a valid token is still served, from whatever address: one broken client behind a proxy must not lock
out the others. Keeps hashes and counts, and is bounded.
"""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass

from cachetools import LRUCache

from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused

_WINDOW_S = 60.0
_ADDRESSES = 10_000
_KNOWN = 10_000
_TOO_MANY = 429


@dataclass(slots=True)
class _Tried:
    """Wrong tokens of one address since a moment of the monotonic clock."""

    since: float
    number: int = 0


class WrongTokens:
    """Counts by address, a minute at a time."""

    def __init__(self, most: int) -> None:
        """`most` wrong tokens of one address in a minute are looked up; 0: any number."""
        self._most = most
        self._tried: LRUCache[str, _Tried] = LRUCache(_ADDRESSES)
        self._known: LRUCache[bytes, None] = LRUCache(_KNOWN)

    def demand_patience(self, address: str, token: str) -> None:
        """Raises RequestRefused 10003 (429) for a token nobody has seen from an address that has used up its number."""
        tried = self._tried.get(address)
        if tried is None or not self._most or _digest(token) in self._known:
            return
        if time.monotonic() - tried.since >= _WINDOW_S:
            del self._tried[address]
        elif tried.number >= self._most:
            reason = "Too many tokens from this address were not valid; wait a minute."
            raise RequestRefused(Problem(Code.TOKEN_INVALID, reason), status=_TOO_MANY)

    def note(self, address: str, token: str, *, valid: bool) -> None:
        """What the lookup of a token came to."""
        if valid:
            self._known[_digest(token)] = None
            return
        self._known.pop(_digest(token), None)
        self._tried.setdefault(address, _Tried(time.monotonic())).number += 1


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
