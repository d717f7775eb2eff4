"""Keys and tokens of v2-beta: what is asked for, what is shown.

Source: docs/contract/v2-beta.md section 1, docs/contract/errors.md section 7.

A key is an access token of the organisation. It is shown whole once, when it is made. A token with `privileges` is for
playing the media they name and for nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused
from voxport.core.media import Organization
from voxport.wire.reading.excerpts import clip
from voxport.wire.reading.faults import Faults
from voxport.wire.reading.json_reader import JsonLimits, NameTwice, NotJson, PartTooLarge, read_json
from voxport.wire.reading.query import moment
from voxport.wire.reading.shape import Plain, Record, conform
from voxport.wire.v2beta.links import ROOT_HREF
from voxport.wire.writing.links import self_link
from voxport.wire.writing.times import wire_time

PROFILE_PATH = f"{ROOT_HREF}/profile"
KEYS_PATH = f"{PROFILE_PATH}/keys"
USERS_PATH = f"{ROOT_HREF}/access/users"
_TOKENS_HREF = f"{USERS_PATH}/admin/tokens"
BODY_LIMITS = JsonLimits(size_bytes=64 << 10, depth=8)
_LONGEST = timedelta(hours=2)
MAX_PRIVILEGES = 100
_PLAY = "play"
_BEARER = "Bearer"
_KEY = Record(
    {"ttlMillis": Plain.WHOLE, "expirationDate": Plain.TEXT, "ephemeral": Plain.FLAG, "scope": Plain.ANY},
    kept_empty=True,
)
_TOKEN = Record({"expires": Plain.TEXT}, kept_empty=True)
"""The privileges are read apart: an empty list of them must not pass for none at all."""


@dataclass(frozen=True, slots=True)
class AskedKey:
    """`expires` None: until it is revoked. `plays`: the only media it may play, None: it may do everything."""

    expires: datetime | None = None
    plays: frozenset[UUID] | None = None


@dataclass(frozen=True, slots=True)
class ShownKey:
    """What may be shown of a token; `bearer` only when it was just made."""

    id: UUID
    last_six: str
    issued: datetime
    expires: datetime | None
    bearer: str | None = None
    plays: frozenset[UUID] | None = None


def parse_key(body: bytes, now: datetime) -> AskedKey:
    """Raises RequestRefused 70000-70006, 70008, 10008, 10010, 10800."""
    key = _checked(_document(body, "key"), _KEY, "key")
    faults = Faults()
    if "scope" in key:
        faults.add(
            Code.KEY_SCOPE_INVALID,
            reason="keys for a part of what the organisation has are not built into this server yet",
        )
    ttl_ms, until = key.get("ttlMillis"), key.get("expirationDate")
    if ttl_ms is not None and until is not None:
        faults.add(Code.KEY_EXPIRY_AMBIGUOUS)
    elif ttl_ms is None and until is None and key.get("ephemeral", False):
        faults.add(Code.KEY_EXPIRY_MISSING)
    faults.refuse_if_any()
    if ttl_ms is not None:
        return AskedKey(now + _life_of(ttl_ms))
    if until is None:
        return AskedKey()
    expires = _end(until, "expirationDate", now)
    if expires - now > _LONGEST:
        raise RequestRefused(Problem.of(Code.KEY_EXPIRY_TOO_FAR))
    return AskedKey(expires)


def parse_token(body: bytes, now: datetime) -> AskedKey:
    """As `parse_key`, for a token of a user, which may live longer. Privileges that are not understood are refused
    (70008): what was meant to be limited is never made whole."""
    written = _document(body, "token")
    # Whoever writes privileges wants limits: null is none of them, unlike elsewhere.
    plays = _plays(written.pop("privileges")) if "privileges" in written else None
    token = _checked(written, _TOKEN, "token")
    return AskedKey(_end(token["expires"], "expires", now) if "expires" in token else None, plays)


def key_body(key: ShownKey) -> dict[str, Any]:
    """The answer to POST and GET of one: wrapped, unlike in v3."""
    return {"_links": self_link(f"{KEYS_PATH}/{key.id}"), "key": _entry(key)}


def keys_body(keys: Sequence[ShownKey]) -> dict[str, Any]:
    """The answer to GET of all."""
    return {"_links": self_link(KEYS_PATH), "keys": [_entry(key) for key in keys]}


def profile_body() -> dict[str, Any]:
    return {"_links": {**self_link(PROFILE_PATH), "collections": [{"href": KEYS_PATH, "title": "Keys"}]}}


def root_body() -> dict[str, Any]:
    """An index of what there is, for a client that tries its token."""
    places = (
        ("media", "Media"),
        ("definitions", "Definitions"),
        ("profile", "Profile"),
        ("access/users", "Users"),
    )
    return {
        "_links": {
            **self_link(f"{ROOT_HREF}/"),
            "collections": [{"href": f"{ROOT_HREF}/{place}", "title": title} for place, title in places],
        }
    }


def login_body(organization: Organization, bearer: str) -> dict[str, Any]:
    """The answer to the login of old with `apikey` and `password`; the token is the one that came as password."""
    user = {"name": organization.name, "href": f"{USERS_PATH}/admin"}
    return {"success": True, "token": bearer, "message": "", "user": user}


def users_body(organization: Organization) -> dict[str, Any]:
    """An organisation is one user, its administrator."""
    user = {"name": organization.name, "userId": str(organization.id), "email": "", "admin": True}
    return {"_links": self_link(USERS_PATH), "users": [user]}


def user_body(organization: Organization, bearer: str, key: ShownKey) -> dict[str, Any]:
    """The answer to GET of the one user, with the token that asks."""
    user = {"id": str(organization.id), "name": organization.name, "email": "", "tokens": [_used(bearer, key)]}
    return {"_links": self_link(f"{USERS_PATH}/{organization.id}"), "user": user}


def tokens_body(bearer: str, key: ShownKey) -> dict[str, Any]:
    """The token that asks and no other: this one was just sent, the others are nowhere kept."""
    return {"_links": self_link(_TOKENS_HREF), "tokens": [_used(bearer, key)]}


def token_body(key: ShownKey) -> dict[str, Any]:
    """The answer to GET of one: what there is to say about it, without the token itself."""
    entry = {"id": str(key.id), "lastSix": key.last_six, "type": _BEARER, "issued": wire_time(key.issued)}
    shown = {**entry, **_end_of(key, "expires"), "privileges": _privileges(key.plays)}
    return {"_links": self_link(f"{_TOKENS_HREF}/{key.id}"), "token": shown}


def made_token_body(key: ShownKey) -> dict[str, Any]:
    """The answer to POST; clients read `token` and `type` at the top."""
    head = {"_links": self_link(f"{_TOKENS_HREF}/{key.id}"), "status": "SUCCESS", "token": key.bearer, "type": _BEARER}
    return {**head, "id": str(key.id), **_end_of(key, "expires"), "privileges": _privileges(key.plays)}


def _used(bearer: str, key: ShownKey) -> dict[str, Any]:
    return {"token": bearer, "type": _BEARER, **_end_of(key, "expires"), "privileges": _privileges(key.plays)}


def _entry(key: ShownKey) -> dict[str, Any]:
    entry: dict[str, Any] = {"id": str(key.id)}
    if key.bearer is not None:
        entry["bearerToken"] = key.bearer
    entry |= {"lastSix": key.last_six, "issued": wire_time(key.issued), **_end_of(key, "expirationDate")}
    return entry if key.plays is None else {**entry, "privileges": _privileges(key.plays)}


def _end_of(key: ShownKey, name: str) -> dict[str, str]:
    return {} if key.expires is None else {name: wire_time(key.expires)}


def _privileges(plays: frozenset[UUID] | None) -> list[dict[str, Any]]:
    return [{"mediaId": str(media_id), "rights": [_PLAY]} for media_id in sorted(plays or ())]


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


def _document(body: bytes, wrapper: str) -> dict[str, Any]:
    """What lies within the wrapper; raises RequestRefused 70000, 10008, 10010, 10800 where nothing does."""
    if not body.strip():
        raise RequestRefused(Problem.of(Code.KEY_CONFIGURATION_MISSING))
    try:
        written = read_json(body, BODY_LIMITS)
    except NotJson as error:
        raise RequestRefused(
            Problem(Code.KEY_CONFIGURATION_MISSING, f"The {wrapper} could not be understood: {error}.")
        ) from error
    except NameTwice as error:
        reason = f"The property {error.name} stands more than once in the {wrapper}."
        raise RequestRefused(Problem(Code.PROPERTY_REPEATED, reason)) from error
    except PartTooLarge as error:
        raise RequestRefused(Problem.of(Code.PAYLOAD_TOO_LARGE, limit=error.limit_bytes)) from error
    inner = written.pop(wrapper, None) if isinstance(written, dict) else None
    if not isinstance(inner, dict):
        raise RequestRefused(
            Problem(Code.KEY_CONFIGURATION_MISSING, f"The body must be an object with an object {wrapper}.")
        )
    if written:
        raise RequestRefused(Problem.of(Code.PROPERTY_UNKNOWN, property=clip(next(iter(written))), section="the body"))
    return inner


def _checked(written: dict[str, Any], shape: Record, wrapper: str) -> dict[str, Any]:
    """Without absent values; raises RequestRefused 10008, 70000."""
    faults = _KeyFaults()
    found: dict[str, Any] | None = conform(written, shape, wrapper, faults)
    faults.refuse_if_any()
    return found or {}


class _KeyFaults(Faults):
    """A wrong type has the code of the whole body."""

    def unreadable(self, path: str, wanted: str) -> None:
        self.refuse(Code.KEY_CONFIGURATION_MISSING, f"The key could not be understood: {path} must be {wanted}.")


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
        wanted = "a date as YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ"
        raise RequestRefused(
            Problem(Code.KEY_CONFIGURATION_MISSING, f"The key could not be understood: {name} must be {wanted}.")
        ) from None
    if end is None or end <= now:
        raise RequestRefused(Problem(Code.KEY_EXPIRY_PAST, f"The {name} lies in the past."))
    return end
