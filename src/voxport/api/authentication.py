"""Who is calling: the bearer token of the Authorization header. Looks at headers only, never at a body byte.

What the caller may do at the address of the request is `authorization`'s to say.
"""

from __future__ import annotations

import re

from starlette.requests import Request

from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused
from voxport.storage.records import Caller
from voxport.storage.tokens import Tokens

# Token characters of RFC 6750; the bound keeps junk away from the database.
_BEARER = re.compile(r"bearer +(\S{1,600}) *", re.IGNORECASE)
BEARER_TOKEN = re.compile(r"[A-Za-z0-9\-._~+/]{1,512}=*")
"""Characters of a token (RFC 6750, section 2.1)."""


def bearer_of(request: Request) -> str:
    """The token; raises RequestRefused 10002 without the header, 10003 for anything in it that is no bearer token."""
    headers = request.headers.getlist("authorization")
    if not headers:
        raise RequestRefused(Problem.of(Code.AUTHORIZATION_MISSING))
    match = _BEARER.fullmatch(headers[0]) if len(headers) == 1 else None
    if match is None:
        raise RequestRefused(Problem.of(Code.TOKEN_INVALID))
    return match.group(1)


async def authenticate(token: str, tokens: Tokens) -> Caller:
    """Who a bare token belongs to; raises RequestRefused 10003 when it is none that is valid."""
    caller = await find_caller(token, tokens)
    if caller is None:
        raise RequestRefused(Problem.of(Code.TOKEN_INVALID))
    return caller


async def find_caller(token: str, tokens: Tokens) -> Caller | None:
    """Who a token belongs to, whatever it may do: for those that manage it, not for those that use it."""
    return await tokens.authenticate(token) if BEARER_TOKEN.fullmatch(token) else None
