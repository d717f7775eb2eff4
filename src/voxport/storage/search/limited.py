"""The time of a search, all its parts together: what takes longer is ended by the database, and refused in words."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from time import monotonic

from psycopg.errors import QueryCanceled
from sqlalchemy import exc, text
from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused

DEFAULT_TIMEOUT_S = 0.9
_TOO_COSTLY = (
    "The statement took longer than {limit:g} seconds and was ended; ask for rarer words, longer beginnings of words, "
    "or fewer conditions."
)
_LIMIT = text(
    """
    SELECT set_config('statement_timeout', :limit_ms, true), set_config('work_mem', '32MB', true),
        set_config('jit', 'off', true), set_config('enable_seqscan', 'off', true)
    """
)
"""The planner takes what the index of terms holds for cheap to compute; computed for every call it is not."""


@asynccontextmanager
async def limited(connection: AsyncConnection, timeout_s: float | None) -> AsyncIterator[Callable[[], Awaitable[None]]]:
    """Gives the statements of the block, the rest of their transaction, so much time; None: any.

    A block of several calls what it is given between them: what follows has what is left of the time.

    Raises RequestRefused (10007) for one that takes longer.
    """
    ends = None if timeout_s is None else monotonic() + timeout_s

    async def shorten() -> None:
        if ends is not None:
            left_s = ends - monotonic()
            await connection.execute(_LIMIT, {"limit_ms": str(max(1, round(left_s * 1000)))})

    await shorten()
    try:
        yield shorten
    except exc.DBAPIError as error:
        if not isinstance(error.orig, QueryCanceled):
            raise
        raise RequestRefused(Problem(Code.CONFIGURATION_INVALID, _TOO_COSTLY.format(limit=timeout_s))) from None
