"""Keys and tokens over the API, as the older dialect has them: made, listed and revoked by a token of the operator.

A token that was itself made over the API manages no others (10012, 10013), so that a key that is handed out leaves
nothing behind. All of it stays within the organisation of the token that asks; no token outlives the one that made it.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from voxport.api.answers import json_answer
from voxport.api.authentication import authenticate, authenticate_token, owner_of
from voxport.api.bodies import small_body
from voxport.api.desk import Desk, not_found, query_of
from voxport.api.routing import NamedRoute
from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused
from voxport.storage.records import Caller, NewKey, Token
from voxport.wire.v2beta.access import (
    BODY_LIMITS,
    KEYS_PATH,
    PROFILE_PATH,
    USERS_PATH,
    AskedKey,
    ShownKey,
    key_body,
    keys_body,
    login_body,
    made_token_body,
    parse_key,
    parse_token,
    profile_body,
    root_body,
    token_body,
    tokens_body,
    user_body,
    users_body,
)
from voxport.wire.v2beta.links import ROOT_HREF

_TOKENS_PATH = f"{USERS_PATH}/{{user}}/tokens"
_STOPPED = Problem(Code.KEY_CONFIGURATION_MISSING, "The request stopped arriving.")
_ADMIN = "admin"
_NO_STORE = {"Cache-Control": "no-store"}


class AccessResource:
    """`/`, `/profile` and `/access`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def routes(self) -> list[NamedRoute]:
        return [
            NamedRoute(ROOT_HREF, self.root, methods=["GET"]),
            NamedRoute(f"{ROOT_HREF}/", self.root, methods=["GET"]),
            NamedRoute(PROFILE_PATH, self.profile, methods=["GET"]),
            NamedRoute(KEYS_PATH, self.keys, methods=["GET"]),
            NamedRoute(KEYS_PATH, self.make_key, methods=["POST"]),
            NamedRoute(f"{KEYS_PATH}/{{key_id}}", self.key, methods=["GET"]),
            NamedRoute(f"{KEYS_PATH}/{{key_id}}", self.revoke_key, methods=["DELETE"]),
            NamedRoute(USERS_PATH, self.users, methods=["GET"]),
            NamedRoute(f"{USERS_PATH}/{{user}}", self.user, methods=["GET"]),
            NamedRoute(_TOKENS_PATH, self.tokens, methods=["GET"]),
            NamedRoute(_TOKENS_PATH, self.make_token, methods=["POST"]),
            NamedRoute(f"{_TOKENS_PATH}/{{token}}", self.token, methods=["GET"]),
            NamedRoute(f"{_TOKENS_PATH}/{{token}}", self.revoke_token, methods=["DELETE"]),
        ]

    async def root(self, request: Request) -> Response:
        """The index; with `apikey` and `password` the login of old, in which an access token is the password."""
        query = dict(query_of(request))
        if "password" in query or "apikey" in query:
            bearer = query.get("password", "")
            caller = await authenticate_token(bearer, self._desk.store)
            return json_answer(login_body(caller.organization, bearer), headers=_NO_STORE)
        await self._desk.caller(request)
        return json_answer(root_body())

    async def profile(self, request: Request) -> Response:
        await self._desk.caller(request)
        return json_answer(profile_body())

    async def keys(self, request: Request) -> Response:
        caller = await self._keeper(request)
        tokens = await self._desk.store.valid_tokens(caller.organization.id)
        return json_answer(keys_body([_shown(token) for token in tokens]))

    async def make_key(self, request: Request) -> Response:
        key = await self._make(request, await self._keeper(request), parse_key)
        return json_answer(key_body(key), headers=_NO_STORE)

    async def key(self, request: Request) -> Response:
        token = await self._named(await self._keeper(request), request.path_params["key_id"])
        return json_answer(key_body(_shown(token)))

    async def revoke_key(self, request: Request) -> Response:
        token = await self._named(await self._keeper(request), request.path_params["key_id"])
        return await self._revoke(token)

    async def users(self, request: Request) -> Response:
        caller, _ = await self._user(request)
        return json_answer(users_body(caller.organization))

    async def user(self, request: Request) -> Response:
        caller, bearer = await self._user(request)
        return json_answer(user_body(caller.organization, bearer, await self._own(caller)), headers=_NO_STORE)

    async def tokens(self, request: Request) -> Response:
        caller, bearer = await self._user(request)
        return json_answer(tokens_body(bearer, await self._own(caller)), headers=_NO_STORE)

    async def make_token(self, request: Request) -> Response:
        made = await self._make(request, await self._master(request), parse_token)
        return json_answer(made_token_body(made), headers=_NO_STORE)

    async def token(self, request: Request) -> Response:
        token = await self._named(await self._master(request), request.path_params["token"])
        return json_answer(token_body(_shown(token)))

    async def revoke_token(self, request: Request) -> Response:
        token = await self._named(await self._master(request), request.path_params["token"])
        return await self._revoke(token)

    async def _make(self, request: Request, caller: Caller, parse: Callable[[bytes, datetime], AskedKey]) -> ShownKey:
        body = await small_body(request, BODY_LIMITS.size_bytes, self._desk.options.upload_idle_s, _STOPPED)
        asked = parse(body, datetime.now(UTC))
        for media_id in asked.plays or ():
            if await self._desk.reader.media(caller.organization.id, media_id) is None:
                raise RequestRefused(Problem.of(Code.KEY_SCOPE_INVALID, reason=f"there is no media {media_id}"))
        made = await self._desk.store.create_key(caller, NewKey(asked.expires, asked.plays))
        if made is None:
            raise RequestRefused(Problem.of(Code.TOKEN_INVALID))
        return _shown(made[1], made[0])

    async def _revoke(self, token: Token) -> Response:
        await self._desk.store.revoke_token(token.organization_id, token.id)
        return Response(status_code=204)

    async def _keeper(self, request: Request) -> Caller:
        """Who may manage keys; raises RequestRefused 10012 for a token that was made over the API."""
        caller = await self._desk.caller(request)
        if caller.made_by is not None:
            raise RequestRefused(Problem.of(Code.USER_TOKEN_NEEDED_FOR_KEYS))
        return caller

    async def _master(self, request: Request) -> Caller:
        """As `_keeper`, for the tokens of a user, where it is 10013."""
        caller, _ = await self._user(request)
        if caller.made_by is not None:
            raise RequestRefused(Problem.of(Code.USER_TOKEN_NEEDED))
        return caller

    async def _own(self, caller: Caller) -> ShownKey:
        """The token that asks."""
        token = await self._desk.store.valid_token(caller.organization.id, caller.token_id)
        if token is None:
            raise RequestRefused(Problem.of(Code.TOKEN_INVALID))
        return _shown(token)

    async def _named(self, caller: Caller, name: str) -> Token:
        """The organisation's token of that id, or that token itself; raises RequestRefused 70007."""
        store = self._desk.store
        try:
            token_id = UUID(name)
        except ValueError:
            owner = await owner_of(name, store)
            if owner is None:
                raise RequestRefused(Problem.of(Code.KEY_NOT_FOUND)) from None
            token_id = owner.token_id
        token = await store.valid_token(caller.organization.id, token_id)
        if token is None:
            raise RequestRefused(Problem.of(Code.KEY_NOT_FOUND))
        return token

    async def _user(self, request: Request) -> tuple[Caller, str]:
        """Who asks, and with which token: that of a bearer, or the password of HTTP Basic (RFC 7617).

        Raises RequestRefused 10002, 10003, and 10205 for another user than the one there is.
        """
        caller, bearer = await self._basic_or_bearer(request)
        user = request.path_params.get("user", _ADMIN)
        organization = caller.organization
        if user not in (_ADMIN, str(organization.id), f"+{organization.name}"):
            raise not_found()
        return caller, bearer

    async def _basic_or_bearer(self, request: Request) -> tuple[Caller, str]:
        headers = request.headers.getlist("authorization")
        kind, _, given = headers[0].partition(" ") if len(headers) == 1 else ("", "", "")
        if kind.lower() != "basic":
            return await authenticate(request, self._desk.store), given.strip()
        try:
            name, _, password = base64.b64decode(given.strip(), validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            raise RequestRefused(Problem.of(Code.TOKEN_INVALID)) from None
        # `curl --user TOKEN:` is a common way too.
        bearer = password or name
        return await authenticate_token(bearer, self._desk.store), bearer


def _shown(token: Token, bearer: str | None = None) -> ShownKey:
    return ShownKey(token.id, token.last_six, token.issued, token.expires, bearer, token.plays)
