"""Who is calling: the bearer token of the Authorization header. Looks at headers only, never at a body byte."""

from __future__ import annotations

import re

from starlette.requests import Request

from voxport.core.errors import Problem, RequestRefused
from voxport.storage.records import Caller
from voxport.storage.store import Store

# Token characters of RFC 6750; the bound keeps junk away from the database.
_BEARER = re.compile(r"bearer +(\S{1,600}) *", re.IGNORECASE)
_TOKEN = re.compile(r"[A-Za-z0-9\-._~+/]{1,512}=*")


async def authenticate(request: Request, store: Store) -> Caller:
    """Raises RequestRefused 10002 without the header, 10003 for anything in it that is not a valid bearer token."""
    headers = request.headers.getlist("authorization")
    if not headers:
        raise RequestRefused(Problem.of(10002))
    match = _BEARER.fullmatch(headers[0]) if len(headers) == 1 else None
    if match is None:
        raise RequestRefused(Problem.of(10003))
    return await authenticate_token(match.group(1), store)


async def authenticate_token(token: str, store: Store) -> Caller:
    """Who a bare token belongs to; raises RequestRefused 10003 when it is none that is valid."""
    caller = await store.authenticate(token) if _TOKEN.fullmatch(token) else None
    if caller is None:
        raise RequestRefused(Problem.of(10003))
    return caller
