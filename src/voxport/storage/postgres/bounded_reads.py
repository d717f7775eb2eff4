"""Reading as many rows as fit a bound in bytes, and hardly more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Executable, Row
from sqlalchemy.ext.asyncio import AsyncConnection


async def fetch_within(
    connection: AsyncConnection, statement: Executable, size: Callable[[Row[Any]], int], limit: int
) -> tuple[list[Row[Any]], bool]:
    """The first rows of the statement, at least one, as many as have `limit` together by `size`; whether others follow.

    Read bit by bit from a cursor of the server: what is not taken hardly leaves it.
    """
    taken: list[Row[Any]] = []
    total = 0
    async with connection.stream(statement) as result:
        async for row in result:
            total += size(row)
            if taken and total > limit:
                return taken, True
            taken.append(row)
    return taken, False
