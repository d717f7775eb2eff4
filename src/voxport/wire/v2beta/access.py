"""Keys and tokens of v2-beta: what is asked for, what is shown (v2-beta.md section 1, errors.md section 7).

A key is an access token of the organisation. It is shown whole once, when it is made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from voxport.core.errors import Problem, RequestRefused
from voxport.core.media import Organization
from voxport.wire.v2beta.links import ROOT_HREF
from voxport.wire.v3.faults import Faults
from voxport.wire.v3.links import self_link
from voxport.wire.v3.query import moment
from voxport.wire.v3.reader import JsonLimits, NameTwice, NotJson, PartTooLarge, read_json
from voxport.wire.v3.shape import Plain, Record, conform
from voxport.wire.v3.times import wire_time

PROFILE_PATH = f"{ROOT_HREF}/profile"
KEYS_PATH = f"{PROFILE_PATH}/keys"
USERS_PATH = f"{ROOT_HREF}/access/users"
BODY_LIMITS = JsonLimits(size_bytes=64 << 10, depth=8)
_LONGEST = timedelta(hours=2)
_KEY = Record(
    {
        "key": Record(
            {
                "ttlMillis": Plain.WHOLE,
                "expirationDate": Plain.TEXT,
                "ephemeral": Plain.FLAG,
                "scope": Plain.ANY,
            },
            kept_empty=True,
        )
    },
    kept_empty=True,
)
_TOKEN = Record(
    {"token": Record({"privileges": Plain.ANY, "expires": Plain.TEXT}, kept_empty=True)},
    kept_empty=True,
)


@dataclass(frozen=True, slots=True)
class ShownKey:
    """What may be shown of a token; `bearer` only when it was just made."""

    id: UUID
    last_six: str
    issued: datetime
    expires: datetime | None
    bearer: str | None = None


def parse_key(body: bytes, now: datetime) -> timedelta | None:
    """How long a new key lives, None: until it is revoked. Raises RequestRefused 70000-70006, 70008, 10008."""
    key = _document(body, _KEY, "key")
    faults = Faults()
    if "scope" in key:
        faults.add(70008, reason="keys for a part of what the organisation has are not built into this server yet")
    ttl_ms, until = key.get("ttlMillis"), key.get("expirationDate")
    if ttl_ms is not None and until is not None:
        faults.add(70001)
    elif ttl_ms is None and until is None and key.get("ephemeral", False):
        faults.add(70006)
    faults.refuse_if_any()
    if ttl_ms is not None:
        return _life_of(ttl_ms)
    return None if until is None else _life_until("expirationDate", until, now)


def parse_token(body: bytes, now: datetime) -> timedelta | None:
    """As `parse_key`, for a token of a user; one for some media alone is refused (70008), never made too strong."""
    token = _document(body, _TOKEN, "token")
    if token.get("privileges"):
        reason = "tokens for some media alone are not built into this server yet"
        raise RequestRefused(Problem.of(70008, reason=reason))
    return _life_until("expires", token["expires"], now) if "expires" in token else None


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


def user_body(organization: Organization) -> dict[str, Any]:
    return {
        "_links": self_link(f"{USERS_PATH}/{organization.id}"),
        "user": {"id": str(organization.id), "email": "", "tokens": []},
    }


def tokens_body(bearer: str) -> dict[str, Any]:
    """Only the token that asks: no other can be shown again."""
    return {"_links": self_link(f"{USERS_PATH}/admin/tokens"), "tokens": [token_entry(bearer)]}


def token_entry(bearer: str) -> dict[str, Any]:
    return {"token": bearer, "type": "Bearer", "privileges": []}


def made_token_body(key: ShownKey) -> dict[str, Any]:
    """The answer to POST; clients read `token` and `type` at the top."""
    ends = {} if key.expires is None else {"expires": wire_time(key.expires)}
    return {"status": "SUCCESS", "token": key.bearer, "type": "Bearer", **ends}


def _entry(key: ShownKey) -> dict[str, Any]:
    entry: dict[str, Any] = {"id": str(key.id), "lastSix": key.last_six, "issued": wire_time(key.issued)}
    if key.bearer is not None:
        entry["bearerToken"] = key.bearer
    if key.expires is not None:
        entry["expirationDate"] = wire_time(key.expires)
    return entry


def _document(body: bytes, shape: Record, wrapper: str) -> dict[str, Any]:
    if not body.strip():
        raise RequestRefused(Problem.of(70000))
    try:
        written = read_json(body, BODY_LIMITS)
    except NotJson as error:
        raise RequestRefused(Problem(70000, f"The {wrapper} could not be understood: {error}.")) from error
    except NameTwice as error:
        reason = f"The property {error.name} stands more than once in the {wrapper}."
        raise RequestRefused(Problem(10010, reason)) from error
    except PartTooLarge as error:
        raise RequestRefused(Problem.of(10800, limit=error.limit_bytes)) from error
    faults = Faults()
    document: dict[str, Any] | None = conform(written, shape, wrapper, faults)
    faults.refuse_if_any()
    if document is None or wrapper not in document:
        raise RequestRefused(Problem.of(70000))
    found: dict[str, Any] = document[wrapper]
    return found


def _life_of(ttl_ms: int) -> timedelta:
    if ttl_ms <= 0:
        raise RequestRefused(Problem.of(70004))
    if ttl_ms > _LONGEST // timedelta(milliseconds=1):
        raise RequestRefused(Problem.of(70005))
    return timedelta(milliseconds=ttl_ms)


def _life_until(name: str, written: str, now: datetime) -> timedelta:
    until = moment({name: written}, name, last=False)
    life = (until or now) - now.astimezone(UTC)
    if life <= timedelta(0):
        raise RequestRefused(Problem.of(70002))
    if life > _LONGEST:
        raise RequestRefused(Problem.of(70003))
    return life
