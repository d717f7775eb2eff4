"""Who is calling: the bearer token of the Authorization header. Looks at headers only, never at a body byte.

A token that may only play some media is refused (10006) wherever the caller of this room does not say which media is
about to be played; so whatever is added later is closed to it.
"""

from __future__ import annotations

import re
from uuid import UUID

from starlette.requests import Request

from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused
from voxport.storage.records import Caller
from voxport.storage.tokens import Tokens

# Token characters of RFC 6750; the bound keeps junk away from the database.
_BEARER = re.compile(r"bearer +(\S{1,600}) *", re.IGNORECASE)
_TOKEN = re.compile(r"[A-Za-z0-9\-._~+/]{1,512}=*")


async def authenticate(request: Request, tokens: Tokens, *, playing: UUID | None = None) -> Caller:
    """Raises RequestRefused 10002 without the header, 10003 for anything in it that is not a valid bearer token.

    And 10006 for one that may only play, unless it may play the media `playing`.
    """
    headers = request.headers.getlist("authorization")
    if not headers:
        raise RequestRefused(Problem.of(Code.AUTHORIZATION_MISSING))
    match = _BEARER.fullmatch(headers[0]) if len(headers) == 1 else None
    if match is None:
        raise RequestRefused(Problem.of(Code.TOKEN_INVALID))
    return await authenticate_token(match.group(1), tokens, playing=playing)


async def authenticate_token(token: str, tokens: Tokens, *, playing: UUID | None = None) -> Caller:
    """Who a bare token belongs to; raises RequestRefused 10003 when it is none that is valid, 10006 as above."""
    caller = await find_caller(token, tokens)
    if caller is None:
        raise RequestRefused(Problem.of(Code.TOKEN_INVALID))
    if caller.plays is not None and playing not in caller.plays:
        raise RequestRefused(Problem.of(Code.ACCESS_DENIED))
    return caller


async def find_caller(token: str, tokens: Tokens) -> Caller | None:
    """Who a token belongs to, whatever it may do: for those that manage it, not for those that use it."""
    return await tokens.authenticate(token) if _TOKEN.fullmatch(token) else None
