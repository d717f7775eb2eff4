"""Keys and tokens of v2-beta as they are asked for, each in its wrapper (docs/contract/errors.md section 7)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused
from voxport.wire.reading.documents import DocumentKind, body_kind
from voxport.wire.reading.excerpts import clip
from voxport.wire.reading.key_requests import KEY, AskedKey, asked_key, checked, end_of, object_of
from voxport.wire.v2beta.shapes.keys import Token
from voxport.wire.v2beta.wording import WORDING

MAX_PRIVILEGES = 100
_PRIVILEGES = "privileges"
_PLAY = "play"
_TOKEN = body_kind("token", Code.KEY_CONFIGURATION_MISSING)


def parse_key(body: bytes, now: datetime) -> AskedKey:
    """Raises RequestRefused 70000-70006, 70008, 10008, 10010, 10800."""
    return asked_key(_unwrapped(body, KEY), WORDING, now)


def parse_token(body: bytes, now: datetime) -> AskedKey:
    """As `parse_key`, for a token of a user, which may live longer.

    Privileges that are not understood are refused (70008): what was meant to be limited is never made whole.
    """
    written = _unwrapped(body, _TOKEN)
    # Whoever writes privileges wants limits: null is none of them, unlike elsewhere.
    plays = _plays(written.pop(_PRIVILEGES)) if _PRIVILEGES in written else None
    token = checked(written, Token, WORDING)
    return AskedKey(None if token.expires is None else end_of(token.expires, "expires", now), plays)


def _plays(privileges: Any) -> frozenset[UUID]:
    """The media of a list of privileges; raises RequestRefused 70008 for anything that is not exactly one."""
    wanted = f"privileges must be a list of 1 to {MAX_PRIVILEGES} media, each with a mediaId and the rights play"
    if not isinstance(privileges, list) or not 0 < len(privileges) <= MAX_PRIVILEGES:
        raise RequestRefused(Problem.of(Code.KEY_SCOPE_INVALID, reason=wanted))
    found = set()
    for privilege in privileges:
        if not isinstance(privilege, dict) or set(privilege) != {"mediaId", "rights"}:
            raise RequestRefused(Problem.of(Code.KEY_SCOPE_INVALID, reason=wanted))
        if privilege["rights"] != [_PLAY]:
            raise RequestRefused(
                Problem.of(Code.KEY_SCOPE_INVALID, reason="the only right there is to a single media is play")
            )
        try:
            found.add(UUID(privilege["mediaId"]))
        except (ValueError, AttributeError, TypeError):
            raise RequestRefused(Problem.of(Code.KEY_SCOPE_INVALID, reason="a mediaId is none")) from None
    return frozenset(found)


def _unwrapped(body: bytes, kind: DocumentKind) -> dict[str, Any]:
    """What lies within the wrapper; raises RequestRefused 70000, 10008, 10010, 10800 where nothing does."""
    written = object_of(body, kind)
    inner = written.pop(kind.name, None)
    if not isinstance(inner, dict):
        raise RequestRefused(
            Problem(Code.KEY_CONFIGURATION_MISSING, f"The body must be an object with an object {kind.name}.")
        )
    if written:
        raise RequestRefused(Problem.of(Code.PROPERTY_UNKNOWN, property=clip(next(iter(written))), section="the body"))
    return inner
