"""What is still to be done of calls that are there: a look from outside a server, which changes nothing."""

from __future__ import annotations

from dataclasses import dataclass

import psycopg

from voxport.core.categories import ApplicationFigures
from voxport.storage.applications import FIGURES
from voxport.storage.postgres.connecting import connect

_UNINDEXED = b"SELECT coalesce(sum(greatest(calls - done, 0)), 0) FROM index_backfill WHERE ended IS NULL"


@dataclass(frozen=True, slots=True)
class PastCalls:
    """What workers do with past calls beside what comes in."""

    unindexed: int
    """Recordings of earlier versions that no search finds yet."""
    categories: ApplicationFigures
    """How categories fare that are looked for in them."""


async def look_at_past_calls(database_url: str) -> PastCalls | None:
    """None where the database cannot be asked, or is of a version before these."""
    try:
        async with await connect(database_url) as connection:
            its = await (await connection.execute(FIGURES.encode())).fetchone()
            left = await (await connection.execute(_UNINDEXED)).fetchone()
    except psycopg.Error:
        return None
    if its is None or left is None:
        return None
    return PastCalls(int(left[0]), ApplicationFigures(int(its[0]), int(its[1]), float(its[2]), int(its[3])))
