"""The connection pool: transactions, and patience with a database that is restarting.

A fault of the surroundings is tried again for a few seconds (an embedded server recovers from kill -9 in one or two),
then raised as TransientFault. Error texts never carry parameters.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeVar
from uuid import UUID

from sqlalchemy import exc, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from voxport.core.errors import Misconfigured, TransientFault
from voxport.storage.tables import TENANT_ROLE, TENANT_SETTING

T = TypeVar("T")

FAULTS = (exc.OperationalError, exc.InterfaceError, exc.TimeoutError, ConnectionError)
"""What SQLAlchemy and psycopg raise when the server is away, starting, stopping, full, or broke a deadlock."""

_POOL_WAIT_S = 10.0
_PATIENCE_S = 8.0
_FIRST_PAUSE_S = 0.1
_LONGEST_PAUSE_S = 1.0
_ENTER_TENANT = text(f"SELECT set_config('role', '{TENANT_ROLE}', true), set_config('{TENANT_SETTING}', :id, true)")


def parse_url(database_url: str) -> URL:
    """The URL with our driver; raises Misconfigured for anything but PostgreSQL, without showing the password."""
    try:
        url = make_url(database_url)
    except (exc.ArgumentError, ValueError):
        raise Misconfigured("The database URL cannot be read; expected postgresql://user@host/name.") from None
    if url.drivername not in ("postgresql", "postgres", "postgresql+psycopg"):
        raise Misconfigured(f"The database must be PostgreSQL (postgresql://...), not {url.drivername}.")
    return url.set(drivername="postgresql+psycopg")


def as_fault(error: BaseException) -> TransientFault:
    """Names the kind of fault only: driver messages may quote values."""
    cause = getattr(error, "orig", None) or error
    return TransientFault(f"The database does not answer ({type(cause).__name__}).")


class Database:
    """An engine with `pool_size` connections."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine

    @classmethod
    def open(cls, database_url: str, pool_size: int) -> Database:
        engine = create_async_engine(
            parse_url(database_url),
            pool_size=pool_size,
            max_overflow=0,
            pool_timeout=_POOL_WAIT_S,
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args={"connect_timeout": 5, "application_name": "voxport", "options": "-c timezone=UTC"},
        )
        return cls(engine)

    async def close(self) -> None:
        await self.engine.dispose()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        """Patient until the block begins; a fault inside it or at the commit is the caller's, as TransientFault."""
        connection = await patiently(self._begin)
        try:
            try:
                yield connection
            except BaseException:
                await _give_up(connection)
                raise
            await connection.commit()
        except FAULTS as error:
            raise as_fault(error) from error
        finally:
            await asyncio.shield(connection.close())

    async def run(self, work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        """`work` in one transaction over all organisations; tried again on a fault, so it must bear being repeated."""

        async def once() -> T:
            async with self.engine.begin() as connection:
                return await work(connection)

        return await patiently(once)

    async def run_as(self, organization_id: UUID, work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        """As `run`, in the role and under the setting that row-level security compares."""

        async def once() -> T:
            async with self.engine.begin() as connection:
                await connection.execute(_ENTER_TENANT, {"id": str(organization_id)})
                return await work(connection)

        return await patiently(once)

    async def _begin(self) -> AsyncConnection:
        connection = await self.engine.connect()
        await connection.begin()
        return connection


async def _give_up(connection: AsyncConnection) -> None:
    """Rolls back; a connection that is already gone has rolled back by itself."""
    try:
        await connection.rollback()
    except FAULTS:
        await connection.invalidate()


async def patiently(once: Callable[[], Awaitable[T]]) -> T:
    """Runs `once` again after a fault, with growing pauses; TransientFault when patience ends."""
    deadline = time.monotonic() + _PATIENCE_S
    pause_s = _FIRST_PAUSE_S
    while True:
        try:
            return await once()
        except FAULTS as error:
            if time.monotonic() + pause_s > deadline:
                raise as_fault(error) from error
        await asyncio.sleep(pause_s)
        pause_s = min(pause_s * 2, _LONGEST_PAUSE_S)
