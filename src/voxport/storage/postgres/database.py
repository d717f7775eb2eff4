"""The connection pool: transactions, tried again while a database restarts.

A fault of the surroundings is tried again for a few seconds (an embedded server recovers from kill -9 in one or two),
then raised as TransientFault (`faults.py`).
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from secrets import token_hex
from typing import Any, LiteralString, TypeVar
from uuid import UUID

import psycopg
from psycopg.rows import namedtuple_row
from psycopg_pool import AsyncConnectionPool
from sqlalchemy import ClauseElement, Executable, Row, event, text
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from voxport.core.deadlines import answer_within
from voxport.core.errors import TransientFault
from voxport.storage.postgres.connecting import (
    CONNECT,
    POOLED,
    READERS,
    RECONNECT_S,
    connect,
    driver_address,
    parse_url,
    set_utc,
    set_utc_of_engine,
)
from voxport.storage.postgres.faults import (
    FAULTS,
    TAKES_NO_WRITES,
    as_fault,
    read_only_is_a_fault,
    retry,
)
from voxport.storage.postgres.names import TENANT_ROLE, TENANT_SETTING
from voxport.storage.postgres.notices import listen, notices_of

T = TypeVar("T")
Parameters = Mapping[str, Any]
"""Values of a statement's parameters, by name."""

_ALIVE = text("SELECT 1")
_READ_ONLY = text("SELECT current_setting('transaction_read_only')")
_PROBE_WRITE = text(
    "INSERT INTO worker_processes (id, seen, steady_since, figures) "
    "VALUES (gen_random_uuid(), now(), now(), CAST(:figures AS jsonb))"
)
_PROBE_BYTES = 64 * 1024

_POOL_WAIT_S = 10.0
_PING_S = 5.0
_ENTER_TENANT = text(f"SELECT set_config('role', '{TENANT_ROLE}', true), set_config('{TENANT_SETTING}', :id, true)")


@dataclass(frozen=True, slots=True)
class Query:
    """A statement in the driver's own form, made once."""

    sql: bytes
    """Text with the driver's placeholders."""

    @classmethod
    def of(cls, statement: ClauseElement) -> Query:
        return cls(str(statement.compile(dialect=PGDialect_psycopg())).encode())  # type: ignore[no-untyped-call]


@dataclass(frozen=True, slots=True)
class Change:
    """A statement that is not carried out by itself: whoever has it makes it part of one of his own."""

    query: Query
    parameters: Parameters


class Transactions:
    """One transaction a call, over all organisations or bound to one by row-level security.

    A call is tried again after a fault, so what it does must bear being repeated. TransientFault when the database
    stays away.
    """

    def __init__(
        self,
        engine: AsyncEngine,
        bound_to: str | None,
        answer_s: float | None = None,
        *,
        statements: AsyncEngine | None = None,
    ) -> None:
        """`bound_to` is the id of the organisation that the transactions are bound to; None: they see all.

        `answer_s` is the time in which each has to be done, all tries together; None: any time. With `statements`, an
        engine that begins no transaction, one statement needs one round trip.
        """
        self.engine, self._answer_s = engine, answer_s
        self._tenant = None if bound_to is None else {"id": bound_to}
        self._statements = statements

    async def run(self, work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        """What `work` returns, once its transaction is committed; for work of several statements."""

        async def once() -> T:
            async with self.engine.begin() as connection:
                if self._tenant is not None:
                    await connection.execute(_ENTER_TENANT, self._tenant)
                return await work(connection)

        return await self._answer(retry(once))

    async def _run_alone(self, work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        """As `run`, for work of one statement: by itself it is a transaction that nobody has to begin and end."""
        if (statements := self._statements) is None:
            return await self.run(work)

        async def once() -> T:
            async with statements.connect() as connection:
                return await work(connection)

        return await self._answer(retry(once))

    async def _answer(self, work: Coroutine[Any, Any, T]) -> T:
        return await answer_within(self._answer_s, work, "The database")

    async def fetch_one(self, statement: Executable, parameters: Parameters | None = None) -> Row[Any] | None:
        """The first row of the statement; None when there is none."""
        return await self._run_alone(lambda connection: _first(connection, statement, parameters))

    async def fetch_all(self, statement: Executable, parameters: Parameters | None = None) -> Sequence[Row[Any]]:
        """All rows of the statement."""
        return await self._run_alone(lambda connection: _all(connection, statement, parameters))

    async def execute(self, statement: Executable, parameters: Parameters | None = None) -> int:
        """How many rows the statement changed."""
        return await self._run_alone(lambda connection: _changed(connection, statement, parameters))


class Database(Transactions):
    """An engine with a pool of connections, and up to `readers` more for the reads that are polled."""

    def __init__(
        self,
        engine: AsyncEngine,
        readers: AsyncConnectionPool[psycopg.AsyncConnection[Any]],
        direct_url: str,
        answer_s: float | None,
    ) -> None:
        """`direct_url` keeps sessions."""
        transactions = engine.execution_options(isolation_level="READ COMMITTED")
        super().__init__(transactions, None, answer_s, statements=engine)
        self._readers, self._direct_url = readers, direct_url

    @classmethod
    def open(
        cls,
        database_url: str,
        pool_size: int,
        answer_s: float | None = None,
        *,
        direct_url: str | None = None,
        readers: int = READERS,
    ) -> Database:
        """With a `direct_url`, `database_url` leads to a pooler; connects when it is first used."""
        pooled = POOLED if direct_url is not None else {}
        engine = create_async_engine(
            parse_url(database_url),
            pool_size=pool_size,
            max_overflow=0,
            pool_timeout=_POOL_WAIT_S,
            hide_parameters=True,
            isolation_level="AUTOCOMMIT",
            connect_args={**CONNECT, **pooled},
        )
        event.listen(engine.sync_engine, "connect", set_utc_of_engine)
        event.listen(engine.sync_engine, "handle_error", read_only_is_a_fault)
        polled = AsyncConnectionPool(
            driver_address(database_url),
            kwargs={**CONNECT, "autocommit": True, "prepare_threshold": 0, **pooled},
            min_size=0,
            max_size=readers,
            timeout=_POOL_WAIT_S,
            reconnect_timeout=RECONNECT_S,
            configure=set_utc,
            open=False,
        )
        return cls(engine, polled, direct_url or database_url, answer_s)

    async def close(self) -> None:
        await self._readers.close()
        await self.engine.dispose()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        """Tried again until the block begins; a fault inside it or at the commit is raised as TransientFault."""
        connection = await retry(self._begin)
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

    def tenant(self, organization_id: UUID) -> Transactions:
        """Transactions in the role and under the setting that row-level security compares."""
        # As text: an id that is missing by a mistake of ours is refused by the database, and binds to nobody.
        return Transactions(self.engine, str(organization_id), self._answer_s)

    async def fetch_polled(self, organization_id: UUID, query: Query, parameters: dict[str, Any]) -> Any:
        """The one row of `query` or None, as `tenant(...).fetch_one` would read it, in a third of its time.

        For what clients poll: the four statements of such a transaction travel together (libpq's pipeline), on a few
        connections of their own that do without SQLAlchemy.
        """

        async def once() -> Any:
            await self._readers.open()
            async with self._readers.connection() as connection:
                try:
                    async with connection.pipeline(), connection.cursor(row_factory=namedtuple_row) as cursor:
                        await connection.execute("BEGIN")
                        await connection.execute(*_enter_tenant(organization_id))
                        await cursor.execute(query.sql, parameters)
                        await connection.execute("COMMIT")
                        return await cursor.fetchone()
                except FAULTS:
                    await self._readers.check()  # where one connection has died, others have
                    raise

        return await self._answer(retry(once))

    async def ping(self, *, writes: bool = False) -> None:
        """One question, without trying again; with `writes` it writes too, and takes that back.

        Raises TransientFault, also when the database takes no writes.
        """

        async def once() -> None:
            async with self.engine.connect() as connection:
                if await connection.scalar(_READ_ONLY) == "on":
                    raise TransientFault(f"{TAKES_NO_WRITES}.")
                if writes:
                    # Not to be pressed together: a full disk has some room left in pages that are there.
                    await connection.execute(_PROBE_WRITE, {"figures": f'"{token_hex(_PROBE_BYTES)}"'})
                    await connection.rollback()

        try:
            await answer_within(min(_PING_S, self._answer_s or _PING_S), once(), "The database")
        except FAULTS as error:
            raise as_fault(error) from error

    async def notices(self, channel: LiteralString) -> AsyncIterator[None]:
        """One item for each notice (LISTEN) under that name, on a connection of its own, without trying again."""
        try:
            async with await connect(self._direct_url, autocommit=True) as connection:
                await listen(connection, channel)
                async for _ in notices_of(connection):
                    yield
        except FAULTS as error:
            raise as_fault(error) from error

    async def _begin(self) -> AsyncConnection:
        connection = await self.engine.connect()
        try:
            # Asked each time: of a host whose cable is out nothing comes, and a change is not tried again.
            await connection.execute(_ALIVE)
        except BaseException:
            await connection.close()
            raise
        return connection


def _enter_tenant(organization_id: UUID) -> tuple[LiteralString, tuple[str, str, str]]:
    statement: LiteralString = "SELECT set_config('role', %s, true) AS role, set_config(%s, %s, true) AS organization"
    return statement, (TENANT_ROLE, TENANT_SETTING, str(organization_id))


async def _give_up(connection: AsyncConnection) -> None:
    """Rolls back; a connection that is already gone has rolled back by itself."""
    try:
        await connection.rollback()
    except FAULTS:
        await connection.invalidate()


async def _first(connection: AsyncConnection, statement: Executable, parameters: Parameters | None) -> Row[Any] | None:
    return (await connection.execute(statement, parameters)).first()


async def _all(connection: AsyncConnection, statement: Executable, parameters: Parameters | None) -> Sequence[Row[Any]]:
    return (await connection.execute(statement, parameters)).all()


async def _changed(connection: AsyncConnection, statement: Executable, parameters: Parameters | None) -> int:
    return (await connection.execute(statement, parameters)).rowcount


async def driver_connection(connection: AsyncConnection) -> psycopg.AsyncConnection[Any]:
    """The psycopg connection of a transaction, for the job queue, which makes a job part of it."""
    driver: psycopg.AsyncConnection[Any] = (await connection.get_raw_connection()).driver_connection  # type: ignore[assignment]
    return driver
