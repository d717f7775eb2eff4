"""Keys and tokens over the API, as v2-beta has them: made, listed and revoked by a token of the operator.

A token that was itself made over the API manages no others (10012, 10013), so that a key that is handed out leaves
nothing behind. All of it stays within the organisation of the token that asks; no token outlives the one that made it.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

from starlette.responses import Response

from voxport.api.authentication import authenticate, authenticate_token, find_caller
from voxport.api.context import RequestContext, not_found
from voxport.api.responses import json_response
from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused
from voxport.storage.records import Caller, NewKey, Token
from voxport.wire.v2beta.index import profile_body, root_body
from voxport.wire.v2beta.key_requests import BODY_LIMITS, AskedKey, parse_key, parse_token
from voxport.wire.v2beta.keys import (
    ShownKey,
    key_body,
    keys_body,
    login_body,
    made_token_body,
    token_body,
    tokens_body,
    user_body,
    users_body,
)

_STOPPED = Problem(Code.KEY_CONFIGURATION_MISSING, "The request stopped arriving.")
_ADMIN = "admin"
"""The one user of an organisation."""
_NO_STORE = {"Cache-Control": "no-store"}


async def index(context: RequestContext) -> Response:
    """The index; with `apikey` and `password` the login of old, in which an access token is the password."""
    query = dict(context.query())
    if "password" in query or "apikey" in query:
        bearer = query.get("password", "")
        caller = await authenticate_token(bearer, context.dependencies.store.tokens)
        return json_response(login_body(caller.organization, bearer), headers=_NO_STORE)
    await context.caller()
    return json_response(root_body())


async def profile(context: RequestContext) -> Response:
    """The page that leads to the keys."""
    await context.caller()
    return json_response(profile_body())


async def list_keys(context: RequestContext) -> Response:
    """The tokens of the organisation that are valid."""
    caller = await _operator_token(context)
    tokens = await context.dependencies.store.tokens.valid(caller.organization.id)
    return json_response(keys_body([_shown(token) for token in tokens]))


async def make_key(context: RequestContext) -> Response:
    """Makes a token; this answer is the only one that shows it."""
    key = await _make(context, await _operator_token(context), parse_key)
    return json_response(key_body(key), headers=_NO_STORE)


async def show_key(context: RequestContext) -> Response:
    """One token, by its id or by itself."""
    token = await _named(context, await _operator_token(context), context.request.path_params["key_id"])
    return json_response(key_body(_shown(token)))


async def revoke_key(context: RequestContext) -> Response:
    """Revokes a token and those that it made."""
    token = await _named(context, await _operator_token(context), context.request.path_params["key_id"])
    return await _revoke(context, token)


async def list_users(context: RequestContext) -> Response:
    """The one user of the organisation."""
    caller, _ = await _user(context)
    return json_response(users_body(caller.organization))


async def show_user(context: RequestContext) -> Response:
    """The user, with the token that asks."""
    caller, bearer = await _user(context)
    return json_response(user_body(caller.organization, bearer, await _own(context, caller)), headers=_NO_STORE)


async def list_tokens(context: RequestContext) -> Response:
    """The token that asks, and no other."""
    caller, bearer = await _user(context)
    return json_response(tokens_body(bearer, await _own(context, caller)), headers=_NO_STORE)


async def make_token(context: RequestContext) -> Response:
    """As `make_key`, in the shape of a user's token."""
    made = await _make(context, await _owner(context), parse_token)
    return json_response(made_token_body(made), headers=_NO_STORE)


async def show_token(context: RequestContext) -> Response:
    """As `show_key`, in the shape of a user's token."""
    token = await _named(context, await _owner(context), context.request.path_params["token"])
    return json_response(token_body(_shown(token)))


async def revoke_token(context: RequestContext) -> Response:
    """As `revoke_key`."""
    token = await _named(context, await _owner(context), context.request.path_params["token"])
    return await _revoke(context, token)


async def _make(context: RequestContext, caller: Caller, parse: Callable[[bytes, datetime], AskedKey]) -> ShownKey:
    asked = parse(await context.body(BODY_LIMITS.size_bytes, _STOPPED), datetime.now(UTC))
    for media_id in asked.plays or ():
        if await context.dependencies.media_reader.media(caller.organization.id, media_id) is None:
            raise RequestRefused(Problem.of(Code.KEY_SCOPE_INVALID, reason=f"there is no media {media_id}"))
    made = await context.dependencies.store.tokens.create_with(caller, NewKey(asked.expires, asked.plays))
    if made is None:
        raise RequestRefused(Problem.of(Code.TOKEN_INVALID))
    return _shown(made[1], made[0])


async def _revoke(context: RequestContext, token: Token) -> Response:
    await context.dependencies.store.tokens.revoke(token.organization_id, token.id)
    return Response(status_code=204)


async def _operator_token(context: RequestContext) -> Caller:
    """The caller, whose token the operator made; raises RequestRefused 10012 for a token made over the API."""
    caller = await context.caller()
    if caller.made_by is not None:
        raise RequestRefused(Problem.of(Code.USER_TOKEN_NEEDED_FOR_KEYS))
    return caller


async def _owner(context: RequestContext) -> Caller:
    """The user who owns the tokens of the path; raises RequestRefused 10013 for a token made over the API."""
    caller, _ = await _user(context)
    if caller.made_by is not None:
        raise RequestRefused(Problem.of(Code.USER_TOKEN_NEEDED))
    return caller


async def _own(context: RequestContext, caller: Caller) -> ShownKey:
    """The token that asks."""
    token = await context.dependencies.store.tokens.get_valid(caller.organization.id, caller.token_id)
    if token is None:
        raise RequestRefused(Problem.of(Code.TOKEN_INVALID))
    return _shown(token)


async def _named(context: RequestContext, caller: Caller, name: str) -> Token:
    """The organisation's token of that id, or that token itself; raises RequestRefused 70007."""
    tokens = context.dependencies.store.tokens
    try:
        token_id = UUID(name)
    except ValueError:
        found = await find_caller(name, tokens)
        if found is None:
            raise RequestRefused(Problem.of(Code.KEY_NOT_FOUND)) from None
        token_id = found.token_id
    token = await tokens.get_valid(caller.organization.id, token_id)
    if token is None:
        raise RequestRefused(Problem.of(Code.KEY_NOT_FOUND))
    return token


async def _user(context: RequestContext) -> tuple[Caller, str]:
    """Who asks, and with which token: that of a bearer, or the password of HTTP Basic (RFC 7617).

    Raises RequestRefused 10002, 10003, and 10205 for another user than the one there is.
    """
    caller, bearer = await _basic_or_bearer(context)
    user = context.request.path_params.get("user", _ADMIN)
    organization = caller.organization
    if user not in (_ADMIN, str(organization.id), f"+{organization.name}"):
        raise not_found()
    return caller, bearer


async def _basic_or_bearer(context: RequestContext) -> tuple[Caller, str]:
    tokens = context.dependencies.store.tokens
    headers = context.request.headers.getlist("authorization")
    kind, _, given = headers[0].partition(" ") if len(headers) == 1 else ("", "", "")
    if kind.lower() != "basic":
        return await authenticate(context.request, tokens), given.strip()
    try:
        name, _, password = base64.b64decode(given.strip(), validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise RequestRefused(Problem.of(Code.TOKEN_INVALID)) from None
    # `curl --user TOKEN:` is a common way too.
    bearer = password or name
    return await authenticate_token(bearer, tokens), bearer


def _shown(token: Token, bearer: str | None = None) -> ShownKey:
    return ShownKey(
        id=token.id,
        last_six=token.last_six,
        issued=token.issued,
        expires=token.expires,
        bearer=bearer,
        plays=token.plays,
    )
