"""`profile/keys` of both dialects: keys made, listed and revoked by a token of the operator.

A token that was itself made over the API manages no others (10012), so a key that is handed out leaves nothing behind
and makes none beyond itself. All of it stays within the organisation of the token that asks; no key outlives the one
that made it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from starlette.responses import Response

from voxport.api.authentication import find_caller
from voxport.api.context import RequestContext
from voxport.api.responses import NO_STORE, json_response
from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused
from voxport.storage.records import Caller, NewKey, Token
from voxport.wire.reading.key_requests import BODY_LIMITS, AskedKey
from voxport.wire.writing.keys import ShownKey

_STOPPED = Problem(Code.KEY_CONFIGURATION_MISSING, "The request stopped arriving.")


async def list_keys(context: RequestContext) -> Response:
    """The tokens of the organisation that are valid, at most a thousand."""
    caller = await operator_token(context)
    tokens = await context.dependencies.store.tokens.valid(caller.organization.id)
    return json_response(context.dialect.keys.list_body([shown(token) for token in tokens]))


async def make_key(context: RequestContext) -> Response:
    """Makes a token; this answer is the only one that shows it."""
    spelling = context.dialect.keys
    key = await make(context, await operator_token(context), spelling.parse)
    return json_response(spelling.body(key), headers=NO_STORE)


async def show_key(context: RequestContext) -> Response:
    """One token, by its id or by itself."""
    token = await named(context, await operator_token(context), context.request.path_params["key_id"])
    return json_response(context.dialect.keys.body(shown(token)))


async def revoke_key(context: RequestContext) -> Response:
    """Revokes a token and those that it made."""
    token = await named(context, await operator_token(context), context.request.path_params["key_id"])
    return await revoke(context, token)


async def make(context: RequestContext, caller: Caller, parse: Callable[[bytes, datetime], AskedKey]) -> ShownKey:
    """A new token, as `parse` reads it from the body. Raises RequestRefused 70000-70008, 10006, 10008, 10010, 10800."""
    tokens = context.dependencies.store.tokens
    asked = parse(await context.body(BODY_LIMITS.size_bytes, _STOPPED), await tokens.clock())
    for media_id in asked.media:
        if await context.dependencies.media_reader.media(caller.organization.id, media_id) is None:
            raise RequestRefused(Problem.of(Code.KEY_SCOPE_INVALID, reason=f"there is no media {media_id}"))
    made = await tokens.create_with(caller, NewKey(asked.expires, asked.plays, asked.scope))
    if made is None:
        raise RequestRefused(Problem.of(Code.TOKEN_INVALID))
    return shown(made[1], made[0])


async def named(context: RequestContext, caller: Caller, name: str) -> Token:
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


async def revoke(context: RequestContext, token: Token) -> Response:
    """The answer to a revocation: 204."""
    await context.dependencies.store.tokens.revoke(token.organization_id, token.id)
    return Response(status_code=204)


def shown(token: Token, bearer: str | None = None) -> ShownKey:
    """What may be shown of a token that is valid; `bearer` is the token itself, which was just made."""
    return ShownKey(
        id=token.id,
        last_six=token.last_six,
        issued=token.issued,
        expires=token.expires,
        bearer=bearer,
        plays=token.plays,
        scope=token.scope,
    )


async def operator_token(context: RequestContext) -> Caller:
    """The caller, whose token the operator made; raises RequestRefused 10012 for a token made over the API."""
    caller = await context.caller()
    if caller.made_by is not None:
        raise RequestRefused(Problem.of(Code.USER_TOKEN_NEEDED_FOR_KEYS))
    return caller
