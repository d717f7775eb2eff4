"""Keys and tokens of v2-beta as they are shown.

Source: docs/contract/v2-beta.md section 1, docs/contract/errors.md section 7.

A key is an access token of the organisation. It is shown whole once, when it is made. A token with `privileges` is for
playing the media they name and for nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from voxport.core.media import Organization
from voxport.wire.v2beta.links import ROOT_HREF
from voxport.wire.writing.links import self_link
from voxport.wire.writing.times import wire_time

PROFILE_PATH = f"{ROOT_HREF}/profile"
KEYS_PATH = f"{PROFILE_PATH}/keys"
USERS_PATH = f"{ROOT_HREF}/access/users"
_TOKENS_HREF = f"{USERS_PATH}/admin/tokens"
_PLAY = "play"
_BEARER = "Bearer"


@dataclass(frozen=True, slots=True)
class ShownKey:
    """What may be shown of a token; `bearer` only when it was just made."""

    id: UUID
    last_six: str
    issued: datetime
    expires: datetime | None
    bearer: str | None = None
    plays: frozenset[UUID] | None = None


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
