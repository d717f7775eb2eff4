"""The time of a search: what takes longer is ended by the database, and refused in words."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

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
async def limited(connection: AsyncConnection, timeout_s: float | None) -> AsyncIterator[None]:
    """Gives the statements of the block, the rest of their transaction, so much time each; None: any.

    Raises RequestRefused (10007) for one that takes longer.
    """
    if timeout_s is None:
        yield
        return
    await connection.execute(_LIMIT, {"limit_ms": str(max(1, round(timeout_s * 1000)))})
    try:
        yield
    except exc.DBAPIError as error:
        if not isinstance(error.orig, QueryCanceled):
            raise
        raise RequestRefused(Problem(Code.CONFIGURATION_INVALID, _TOO_COSTLY.format(limit=timeout_s))) from None
