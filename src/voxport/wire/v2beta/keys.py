"""Keys and tokens of v2-beta as they are shown.

Source: docs/contract/v2-beta.md section 1, docs/contract/errors.md section 7.

A key is an access token of the organisation. It is shown whole once, when it is made. A token with `privileges` is for
playing the media they name and for nothing else, one with a `scope` for what that says.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal, NotRequired, cast
from uuid import UUID

from pydantic import Field
from typing_extensions import TypedDict

from voxport.core.media import Organization
from voxport.wire.v2beta.links import ROOT_HREF
from voxport.wire.writing.keys import ShownKey
from voxport.wire.writing.links import Links, self_link
from voxport.wire.writing.shapes import Moment, Uuid, closed, one_of
from voxport.wire.writing.times import wire_time

PROFILE_PATH = f"{ROOT_HREF}/profile"
KEYS_PATH = f"{PROFILE_PATH}/keys"
USERS_PATH = f"{ROOT_HREF}/access/users"
_TOKENS_HREF = f"{USERS_PATH}/admin/tokens"
_PLAY = "play"


@closed
class Privilege(TypedDict):
    """What a token may do, and nothing else."""

    mediaId: Uuid
    rights: Annotated[list[Annotated[str, one_of((_PLAY,))]], Field(min_length=1, max_length=1)]


_LastSix = Annotated[str, Field(min_length=6, max_length=6)]


class _Expires(TypedDict):
    expires: NotRequired[Moment]


@closed
class Key(TypedDict):
    id: Uuid
    bearerToken: NotRequired[str]
    """In the answer to POST alone"""
    lastSix: _LastSix
    issued: Moment
    expirationDate: NotRequired[Moment]
    privileges: NotRequired[list[Privilege]]
    scope: NotRequired[str]
    """`resource:verb?filter`, several with spaces; absent for a key that may do everything but make keys"""


@closed
class KeyAnswer(TypedDict):
    _links: Links
    key: Key


@closed
class Keys(TypedDict):
    _links: Links
    keys: list[Key]


@closed
class LoginUser(TypedDict):
    name: str
    href: str


@closed
class Login(TypedDict):
    success: bool
    token: str
    message: str
    user: LoginUser


@closed
class UserEntry(TypedDict):
    name: str
    userId: Uuid
    email: str
    admin: bool


@closed
class Users(TypedDict):
    _links: Links
    users: list[UserEntry]


@closed
class UsedToken(_Expires):
    """The token that asks."""

    token: str
    type: Literal["Bearer"]
    privileges: list[Privilege]


@closed
class UserWithTokens(TypedDict):
    id: Uuid
    name: NotRequired[str]
    email: str
    tokens: list[UsedToken]


@closed
class User(TypedDict):
    _links: Links
    user: UserWithTokens


@closed
class Tokens(TypedDict):
    _links: Links
    tokens: list[UsedToken]


@closed
class MadeToken(_Expires):
    _links: Links
    status: Literal["SUCCESS"]
    token: str
    type: Literal["Bearer"]
    id: Uuid
    privileges: list[Privilege]


@closed
class TokenEntry(_Expires):
    id: Uuid
    lastSix: _LastSix
    type: Literal["Bearer"]
    issued: Moment
    privileges: list[Privilege]


@closed
class TokenAnswer(TypedDict):
    _links: Links
    token: TokenEntry


def key_body(key: ShownKey) -> KeyAnswer:
    """The answer to POST and GET of one: wrapped, unlike in v3."""
    return {"_links": self_link(f"{KEYS_PATH}/{key.id}"), "key": _key(key)}


def keys_body(keys: Sequence[ShownKey]) -> Keys:
    """The answer to GET of all."""
    return {"_links": self_link(KEYS_PATH), "keys": [_key(key) for key in keys]}


def login_body(organization: Organization, bearer: str) -> Login:
    """The answer to the login of old with `apikey` and `password`; the token is the one that came as password."""
    user: LoginUser = {"name": organization.name, "href": f"{USERS_PATH}/admin"}
    return {"success": True, "token": bearer, "message": "", "user": user}


def users_body(organization: Organization) -> Users:
    """An organisation is one user, its administrator."""
    user: UserEntry = {"name": organization.name, "userId": str(organization.id), "email": "", "admin": True}
    return {"_links": self_link(USERS_PATH), "users": [user]}


def user_body(organization: Organization, bearer: str, key: ShownKey) -> User:
    """The answer to GET of the one user, with the token that asks."""
    return {
        "_links": self_link(f"{USERS_PATH}/{organization.id}"),
        "user": {
            "id": str(organization.id),
            "name": organization.name,
            "email": "",
            "tokens": [_used(bearer, key)],
        },
    }


def tokens_body(bearer: str, key: ShownKey) -> Tokens:
    """The token that asks and no other: this one was just sent, the others are nowhere kept."""
    return {"_links": self_link(_TOKENS_HREF), "tokens": [_used(bearer, key)]}


def token_body(key: ShownKey) -> TokenAnswer:
    """The answer to GET of one: what there is to say about it, without the token itself."""
    return {
        "_links": self_link(f"{_TOKENS_HREF}/{key.id}"),
        "token": {
            "id": str(key.id),
            "lastSix": key.last_six,
            "type": "Bearer",
            "issued": wire_time(key.issued),
            **_expires(key),
            "privileges": _privileges(key.plays),
        },
    }


def made_token_body(key: ShownKey) -> MadeToken:
    """The answer to POST; clients read `token` and `type` at the top. ValueError for a key without its token."""
    if key.bearer is None:
        raise ValueError("only a token that was just made can be shown")
    return {
        "_links": self_link(f"{_TOKENS_HREF}/{key.id}"),
        "status": "SUCCESS",
        "token": key.bearer,
        "type": "Bearer",
        "id": str(key.id),
        **_expires(key),
        "privileges": _privileges(key.plays),
    }


def _used(bearer: str, key: ShownKey) -> UsedToken:
    return {"token": bearer, "type": "Bearer", **_expires(key), "privileges": _privileges(key.plays)}


class _Bearer(TypedDict):
    bearerToken: NotRequired[str]


def _key(key: ShownKey) -> Key:
    bearer: _Bearer = {} if key.bearer is None else {"bearerToken": key.bearer}
    body = cast("Key", {"id": str(key.id), **bearer, "lastSix": key.last_six, "issued": wire_time(key.issued)})
    if key.expires is not None:
        body["expirationDate"] = wire_time(key.expires)
    if key.plays is not None:
        body["privileges"] = _privileges(key.plays)
    if key.scope is not None:
        body["scope"] = key.scope
    return body


def _expires(key: ShownKey) -> _Expires:
    return {} if key.expires is None else {"expires": wire_time(key.expires)}


def _privileges(plays: frozenset[UUID] | None) -> list[Privilege]:
    return [{"mediaId": str(media_id), "rights": [_PLAY]} for media_id in sorted(plays or ())]
