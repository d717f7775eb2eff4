"""The database's clock, by which it is decided who owns what; the clocks of our processes may be wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import psycopg
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.core.errors import Misconfigured
from voxport.storage.postgres.database import parse_url

NOTABLE_SKEW_S = 2.0
"""So far a clock may differ unmentioned; nothing that another holds is taken however far it does."""
_NOW = select(func.clock_timestamp())


def seconds_from_now(seconds: float) -> ColumnElement[datetime]:
    """That moment of the database's clock, as part of a statement."""
    return func.now() + timedelta(seconds=seconds)


def clock_skew(here: datetime, database: datetime) -> timedelta:
    """How far the clock of this process is ahead of the database's; none below a second, which a statement may take."""
    ahead = here - database
    return ahead if abs(ahead) >= timedelta(seconds=1) else timedelta()


async def seconds_ahead(connection: AsyncConnection) -> float:
    """How far the clock of this process is ahead of the database's, to half the time that the question takes."""
    before = datetime.now(UTC)
    database: datetime = (await connection.execute(_NOW)).scalar_one()
    return _between(before, datetime.now(UTC), database)


async def seconds_ahead_of(database_url: str) -> float:
    """As `seconds_ahead`, over a connection of its own; raises Misconfigured when there is none."""
    address = parse_url(database_url).set(drivername="postgresql").render_as_string(hide_password=False)
    try:
        async with await psycopg.AsyncConnection.connect(address, connect_timeout=10) as connection:
            before = datetime.now(UTC)
            row = await (await connection.execute("SELECT clock_timestamp()")).fetchone()
    except psycopg.Error as error:
        # Not its text, which may hold the address with its password.
        raise Misconfigured(f"The database cannot be reached ({type(error).__name__}).") from None
    if row is None:
        raise Misconfigured("The database does not tell the time.")
    return _between(before, datetime.now(UTC), row[0])


def _between(before: datetime, after: datetime, database: datetime) -> float:
    return (before + (after - before) / 2 - database).total_seconds()
