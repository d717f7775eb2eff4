"""Keys and tokens of v2-beta as they are asked for (docs/contract/errors.md section 7; 70000-70006, 70008)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused
from voxport.wire.reading.documents import DocumentKind, body_kind, read_document
from voxport.wire.reading.excerpts import clip
from voxport.wire.reading.json_reader import JsonLimits
from voxport.wire.reading.query import moment
from voxport.wire.reading.refusals import Refusals
from voxport.wire.reading.shape_reader import read_shape
from voxport.wire.reading.shapes import Shape
from voxport.wire.v2beta.shapes.keys import Key, Token
from voxport.wire.v2beta.wording import WORDING

BODY_LIMITS = JsonLimits(size_bytes=64 << 10, depth=8)
MAX_PRIVILEGES = 100
_LONGEST = timedelta(hours=2)
_PRIVILEGES = "privileges"
_PLAY = "play"
_KEY = body_kind("key", Code.KEY_CONFIGURATION_MISSING)
_TOKEN = body_kind("token", Code.KEY_CONFIGURATION_MISSING)
_DATE_INVALID = "The key could not be understood: {name} must be a date as YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ."
_Asked = TypeVar("_Asked", bound=Shape)


@dataclass(frozen=True, slots=True)
class AskedKey:
    """What a key or token may be used for, and how long."""

    expires: datetime | None = None
    """None: until it is revoked."""
    plays: frozenset[UUID] | None = None
    """The only media it may play; None: it may do everything."""


def parse_key(body: bytes, now: datetime) -> AskedKey:
    """Raises RequestRefused 70000-70006, 70008, 10008, 10010, 10800."""
    key = _checked(_document(body, _KEY), Key, "key")
    refusals = Refusals(WORDING, _KEY)
    if key.scope is not None:
        refusals.add(
            Code.KEY_SCOPE_INVALID,
            reason="keys for a part of what the organisation has are not built into this server yet",
        )
    if key.ttl_millis is not None and key.expiration_date is not None:
        refusals.add(Code.KEY_EXPIRY_AMBIGUOUS)
    elif key.ttl_millis is None and key.expiration_date is None and key.ephemeral:
        refusals.add(Code.KEY_EXPIRY_MISSING)
    refusals.refuse_if_any()
    if key.ttl_millis is not None:
        return AskedKey(now + _life_of(key.ttl_millis))
    if key.expiration_date is None:
        return AskedKey()
    expires = _end(key.expiration_date, "expirationDate", now)
    if expires - now > _LONGEST:
        raise RequestRefused(Problem.of(Code.KEY_EXPIRY_TOO_FAR))
    return AskedKey(expires)


def parse_token(body: bytes, now: datetime) -> AskedKey:
    """As `parse_key`, for a token of a user, which may live longer.

    Privileges that are not understood are refused (70008): what was meant to be limited is never made whole.
    """
    written = _document(body, _TOKEN)
    # Whoever writes privileges wants limits: null is none of them, unlike elsewhere.
    plays = _plays(written.pop(_PRIVILEGES)) if _PRIVILEGES in written else None
    token = _checked(written, Token, "token")
    return AskedKey(None if token.expires is None else _end(token.expires, "expires", now), plays)


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


def _document(body: bytes, kind: DocumentKind) -> dict[str, Any]:
    """What lies within the wrapper; raises RequestRefused 70000, 10008, 10010, 10800 where nothing does."""
    if not body.strip():
        raise RequestRefused(Problem.of(Code.KEY_CONFIGURATION_MISSING))
    written = read_document(body, kind, BODY_LIMITS)
    inner = written.pop(kind.name, None) if isinstance(written, dict) else None
    if not isinstance(inner, dict):
        raise RequestRefused(
            Problem(Code.KEY_CONFIGURATION_MISSING, f"The body must be an object with an object {kind.name}.")
        )
    if written:
        raise RequestRefused(Problem.of(Code.PROPERTY_UNKNOWN, property=clip(next(iter(written))), section="the body"))
    return inner


def _checked(written: dict[str, Any], shape: type[_Asked], wrapper: str) -> _Asked:
    """Without absent values; raises RequestRefused 10008, 70000."""
    refusals = Refusals(WORDING, _KEY)
    found = read_shape(written, shape, (wrapper,), refusals)
    refusals.refuse_if_any()
    return found or shape.nothing()


def _life_of(ttl_ms: int) -> timedelta:
    if ttl_ms <= 0:
        raise RequestRefused(Problem.of(Code.KEY_TTL_NOT_POSITIVE))
    if ttl_ms > _LONGEST // timedelta(milliseconds=1):
        raise RequestRefused(Problem.of(Code.KEY_TTL_TOO_LONG))
    return timedelta(milliseconds=ttl_ms)


def _end(written: str, name: str, now: datetime) -> datetime:
    try:
        end = moment({name: written}, name, last=False)
    except RequestRefused:
        raise RequestRefused(Problem(Code.KEY_CONFIGURATION_MISSING, _DATE_INVALID.format(name=name))) from None
    if end is None or end <= now:
        raise RequestRefused(Problem(Code.KEY_EXPIRY_PAST, f"The {name} lies in the past."))
    return end
