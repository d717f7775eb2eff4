"""What v2-beta has of tokens besides `profile/keys`: the login of old, the one user, and the tokens of that user.

The rules are those of keys (`api/keys.py`): a token that was itself made over the API manages no others (10013).
"""

from __future__ import annotations

import base64
import binascii

from starlette.responses import Response

from voxport.api.authentication import bearer_of
from voxport.api.context import RequestContext, not_found
from voxport.api.keys import make, named, revoke, shown
from voxport.api.responses import NO_STORE, json_response
from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused
from voxport.storage.records import Caller
from voxport.wire.v2beta.index import profile_body, root_body
from voxport.wire.v2beta.key_requests import parse_token
from voxport.wire.v2beta.keys import (
    login_body,
    made_token_body,
    token_body,
    tokens_body,
    user_body,
    users_body,
)
from voxport.wire.writing.keys import ShownKey

_ADMIN = "admin"
"""The one user of an organisation."""


async def index(context: RequestContext) -> Response:
    """The index; with `apikey` and `password` the login of old, in which an access token is the password."""
    query = dict(context.query())
    if "password" in query or "apikey" in query:
        bearer = query.get("password", "")
        caller = await context.caller(bearer)
        return json_response(login_body(caller.organization, bearer), headers=NO_STORE)
    await context.caller()
    return json_response(root_body())


async def profile(context: RequestContext) -> Response:
    """The page that leads to the keys."""
    await context.caller()
    return json_response(profile_body())


async def list_users(context: RequestContext) -> Response:
    """The one user of the organisation."""
    caller, _ = await _user(context)
    return json_response(users_body(caller.organization))


async def show_user(context: RequestContext) -> Response:
    """The user, with the token that asks."""
    caller, bearer = await _user(context)
    return json_response(user_body(caller.organization, bearer, await _own(context, caller)), headers=NO_STORE)


async def list_tokens(context: RequestContext) -> Response:
    """The token that asks, and no other."""
    caller, bearer = await _user(context)
    return json_response(tokens_body(bearer, await _own(context, caller)), headers=NO_STORE)


async def make_token(context: RequestContext) -> Response:
    """As `make_key`, in the shape of a user's token."""
    made = await make(context, await _owner(context), parse_token)
    return json_response(made_token_body(made), headers=NO_STORE)


async def show_token(context: RequestContext) -> Response:
    """As `show_key`, in the shape of a user's token."""
    token = await named(context, await _owner(context), context.request.path_params["token"])
    return json_response(token_body(shown(token)))


async def revoke_token(context: RequestContext) -> Response:
    """As `revoke_key`."""
    token = await named(context, await _owner(context), context.request.path_params["token"])
    return await revoke(context, token)


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
    return shown(token)


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
    headers = context.request.headers.getlist("authorization")
    kind, _, given = headers[0].partition(" ") if len(headers) == 1 else ("", "", "")
    if kind.lower() != "basic":
        bearer = bearer_of(context.request)
        return await context.caller(bearer), bearer
    try:
        name, _, password = base64.b64decode(given.strip(), validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise RequestRefused(Problem.of(Code.TOKEN_INVALID)) from None
    # `curl --user TOKEN:` is a common way too.
    bearer = password or name
    return await context.caller(bearer), bearer
