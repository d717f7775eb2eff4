"""Keys and tokens over the API, as the older dialect has them: made, listed and revoked by a token that does not end.

A token that ends (an ephemeral key) manages no others (10012): what lives two hours must not leave something behind
that lives for ever. All of it stays within the organisation of the token that asks.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from voxport.api.answers import json_answer
from voxport.api.authentication import authenticate, authenticate_token
from voxport.api.bodies import small_body
from voxport.api.desk import Desk, not_found, query_of
from voxport.api.routing import NamedRoute
from voxport.core.errors import Problem, RequestRefused
from voxport.storage.records import Caller, Token
from voxport.wire.v2beta.access import (
    BODY_LIMITS,
    KEYS_PATH,
    PROFILE_PATH,
    USERS_PATH,
    ShownKey,
    key_body,
    keys_body,
    login_body,
    made_token_body,
    parse_key,
    parse_token,
    profile_body,
    root_body,
    token_entry,
    tokens_body,
    user_body,
    users_body,
)
from voxport.wire.v2beta.links import ROOT_HREF

_TOKENS_PATH = f"{USERS_PATH}/{{user}}/tokens"
_STOPPED = Problem(70000, "The request stopped arriving.")
_ADMIN = "admin"


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
            return json_answer(login_body(caller.organization, bearer), headers={"Cache-Control": "no-store"})
        await self._desk.caller(request)
        return json_answer(root_body())

    async def profile(self, request: Request) -> Response:
        await self._desk.caller(request)
        return json_answer(profile_body())

    async def keys(self, request: Request) -> Response:
        caller = await self._manager(await self._desk.caller(request))
        return json_answer(keys_body([_shown(token) for token in await self._living(caller)]))

    async def make_key(self, request: Request) -> Response:
        caller = await self._manager(await self._desk.caller(request))
        key = await self._make(request, caller, parse_key)
        return json_answer(key_body(key), headers={"Cache-Control": "no-store"})

    async def key(self, request: Request) -> Response:
        caller = await self._manager(await self._desk.caller(request))
        return json_answer(key_body(_shown(await self._named(request, caller))))

    async def revoke_key(self, request: Request) -> Response:
        caller = await self._manager(await self._desk.caller(request))
        token = await self._named(request, caller)
        await self._desk.store.revoke_token(caller.organization.id, token.id)
        return Response(status_code=204)

    async def users(self, request: Request) -> Response:
        caller, _ = await self._user(request)
        return json_answer(users_body(caller.organization))

    async def user(self, request: Request) -> Response:
        caller, _ = await self._user(request)
        return json_answer(user_body(caller.organization))

    async def tokens(self, request: Request) -> Response:
        _, bearer = await self._user(request)
        return json_answer(tokens_body(bearer), headers={"Cache-Control": "no-store"})

    async def make_token(self, request: Request) -> Response:
        caller = await self._manager((await self._user(request))[0])
        made = await self._make(request, caller, parse_token)
        return json_answer(made_token_body(made), headers={"Cache-Control": "no-store"})

    async def token(self, request: Request) -> Response:
        await self._meant(request, (await self._user(request))[0])
        return json_answer(token_entry(request.path_params["token"]), headers={"Cache-Control": "no-store"})

    async def revoke_token(self, request: Request) -> Response:
        caller = await self._manager((await self._user(request))[0])
        meant = await self._meant(request, caller)
        await self._desk.store.revoke_token(caller.organization.id, meant.token_id)
        return Response(status_code=204)

    async def _make(
        self, request: Request, caller: Caller, parse: Callable[[bytes, datetime], timedelta | None]
    ) -> ShownKey:
        body = await small_body(request, BODY_LIMITS.size_bytes, self._desk.options.upload_idle_s, _STOPPED)
        lifetime = parse(body, datetime.now(UTC))
        by = next((one.last_six for one in await self._living(caller) if one.id == caller.token_id), "")
        label = f"made over the API by ...{by}"
        bearer, token = await self._desk.store.create_token(caller.organization.id, label=label, lifetime=lifetime)
        return _shown(token, bearer)

    async def _living(self, caller: Caller) -> list[Token]:
        now = datetime.now(UTC)
        tokens = await self._desk.store.list_tokens(caller.organization.id)
        return [one for one in tokens if one.revoked is None and (one.expires is None or one.expires > now)]

    async def _manager(self, caller: Caller) -> Caller:
        """The caller, if its token may manage others; raises RequestRefused 10012."""
        its = [token for token in await self._living(caller) if token.id == caller.token_id]
        if not its or its[0].expires is not None:
            raise RequestRefused(Problem.of(10012))
        return caller

    async def _named(self, request: Request, caller: Caller) -> Token:
        """The key of the path; raises RequestRefused 70007."""
        try:
            key_id = UUID(request.path_params["key_id"])
        except ValueError:
            raise RequestRefused(Problem.of(70007)) from None
        for token in await self._living(caller):
            if token.id == key_id:
                return token
        raise RequestRefused(Problem.of(70007))

    async def _meant(self, request: Request, caller: Caller) -> Caller:
        """Who the token in the path belongs to; raises RequestRefused 70007 where that is not the caller's."""
        store = self._desk.store
        try:
            meant = await authenticate_token(request.path_params["token"], store)
        except RequestRefused:
            raise RequestRefused(Problem.of(70007)) from None
        if meant.organization.id != caller.organization.id:
            raise RequestRefused(Problem.of(70007))
        return meant

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
            password = base64.b64decode(given.strip(), validate=True).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            raise RequestRefused(Problem.of(10003)) from None
        return await authenticate_token(password, self._desk.store), password


def _shown(token: Token, bearer: str | None = None) -> ShownKey:
    return ShownKey(token.id, token.last_six, token.issued, token.expires, bearer)
