"""What a key is asked to be, whichever dialect asks (docs/contract/errors.md section 7; 70000-70006, 70008)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused
from voxport.core.scope import parse_scope
from voxport.wire.reading.documents import DocumentKind, body_kind, read_document
from voxport.wire.reading.json_reader import JsonLimits
from voxport.wire.reading.names import Wording
from voxport.wire.reading.query import MOMENT, moment
from voxport.wire.reading.refusals import Refusals
from voxport.wire.reading.shape_reader import read_shape
from voxport.wire.reading.shapes import Shape

BODY_LIMITS = JsonLimits(size_bytes=64 << 10, depth=8)
KEY = body_kind("key", Code.KEY_CONFIGURATION_MISSING)
_LONGEST = timedelta(hours=2)
_DATE_INVALID = f"The key could not be understood: {{name}} must be {MOMENT}."
_Asked = TypeVar("_Asked", bound=Shape)


class Key(Shape, kept_empty=True):
    """A key of the organisation."""

    ttl_millis: int | None = None
    """Life in milliseconds, at most two hours; excludes expirationDate."""
    expiration_date: str | None = None
    """When the key ends: `YYYY-MM-DD` or `YYYY-MM-DDThh:mm:ssZ`, at most two hours ahead."""
    ephemeral: bool | None = None
    """Whether the key has to end; one of the two above is needed then."""
    scope: str | None = None
    """What the key may do: `resource:verb?filter`, several with spaces; left out: everything but keys."""


@dataclass(frozen=True, slots=True)
class AskedKey:
    """What a key or token may be used for, and how long."""

    expires: datetime | None = None
    """None: until it is revoked."""
    plays: frozenset[UUID] | None = None
    """The only media it may play; None: as `scope` says."""
    scope: str | None = None
    """A text that `core.scope.parse_scope` reads; None: it may do everything."""

    @property
    def media(self) -> frozenset[UUID]:
        """Ids of media that it is limited to."""
        return self.plays or frozenset(one for one in _media_of(self.scope) if one is not None)


def asked_key(written: dict[str, Any], wording: Wording, now: datetime) -> AskedKey:
    """The key of a document, without its wrapper; `now` by the clock that ends keys.

    Raises RequestRefused 70000-70006, 70008, 10008. A scope that is not understood is refused: what was meant to be
    limited is never made whole.
    """
    key = checked(written, Key, wording)
    refusals = Refusals(wording, KEY)
    if key.ttl_millis is not None and key.expiration_date is not None:
        refusals.add(Code.KEY_EXPIRY_AMBIGUOUS)
    elif key.ttl_millis is None and key.expiration_date is None and key.ephemeral:
        refusals.add(Code.KEY_EXPIRY_MISSING)
    if key.scope is not None:
        try:
            parse_scope(key.scope)
        except ValueError as error:
            refusals.add(Code.KEY_SCOPE_INVALID, reason=str(error))
    refusals.refuse_if_any()
    return AskedKey(_expires(key, now), scope=key.scope)


def checked(written: dict[str, Any], shape: type[_Asked], wording: Wording) -> _Asked:
    """Without absent values; raises RequestRefused 10008, 70000."""
    refusals = Refusals(wording, KEY)
    found = read_shape(written, shape, () if wording.wrapper is None else (shape.__name__.lower(),), refusals)
    refusals.refuse_if_any()
    return found or shape.nothing()


def object_of(body: bytes, kind: DocumentKind) -> dict[str, Any]:
    """The JSON object that a body is; raises RequestRefused 70000, 10010, 10800 where it is none."""
    if not body.strip():
        raise RequestRefused(Problem.of(Code.KEY_CONFIGURATION_MISSING))
    written = read_document(body, kind, BODY_LIMITS)
    if not isinstance(written, dict):
        raise RequestRefused(Problem(Code.KEY_CONFIGURATION_MISSING, f"The body must be an object: a {kind.name}."))
    return written


def end_of(text: str, name: str, now: datetime) -> datetime:
    """The moment at which a key ends; raises RequestRefused 70000 for what is none, 70002 for one in the past."""
    try:
        end = moment({name: text}, name, last=False)
    except RequestRefused:
        raise RequestRefused(Problem(Code.KEY_CONFIGURATION_MISSING, _DATE_INVALID.format(name=name))) from None
    if end is None or end <= now:
        raise RequestRefused(Problem(Code.KEY_EXPIRY_PAST, f"The {name} lies in the past."))
    return end


def _expires(key: Key, now: datetime) -> datetime | None:
    if key.ttl_millis is not None:
        return now + _life_of(key.ttl_millis)
    if key.expiration_date is None:
        return None
    expires = end_of(key.expiration_date, "expirationDate", now)
    if expires - now > _LONGEST:
        raise RequestRefused(Problem.of(Code.KEY_EXPIRY_TOO_FAR))
    return expires


def _life_of(ttl_ms: int) -> timedelta:
    if ttl_ms <= 0:
        raise RequestRefused(Problem.of(Code.KEY_TTL_NOT_POSITIVE))
    if ttl_ms > _LONGEST // timedelta(milliseconds=1):
        raise RequestRefused(Problem.of(Code.KEY_TTL_TOO_LONG))
    return timedelta(milliseconds=ttl_ms)


def _media_of(scope: str | None) -> list[UUID | None]:
    permissions = () if scope is None else parse_scope(scope).permissions
    return [one.only.media_id for one in permissions if one.only is not None]
