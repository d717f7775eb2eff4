"""How connections to the database are made: what each says of itself, and how many a process makes.

Nothing is asked for at the start of a connection that a pooler would have to remember (`options`); the time zone is set
afterwards, which poolers follow.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import psycopg
from psycopg import sql
from sqlalchemy import exc
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection

from voxport.core.errors import Misconfigured
from voxport.storage.postgres.clock import seconds_ahead
from voxport.storage.postgres.faults import FAULTS, as_fault, refusal
from voxport.storage.postgres.notices import listen
from voxport.storage.postgres.several_hosts import hosts_as_query

CONNECT: dict[str, Any] = {
    "connect_timeout": 4,
    "application_name": "voxport",
    "keepalives_idle": 5,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
}
"""A host that is cut off says nothing: its connections are given up in 15 s, and the next is asked."""
RECONNECT_S = 4.0
"""So long a pool tries for one connection. Longer, it waits half a minute between tries when the database is back."""
POOLED: dict[str, Any] = {"prepare_threshold": None}
"""Behind a pooler the next statement may come to another server, which knows none that was prepared."""
_IN_UTC = "SET TIME ZONE 'UTC'"
_HEARD_WITHIN_S = 3.0
_POOLER = (
    "VOXPORT_DATABASE_URL leads to a pooler that keeps no sessions (pgbouncer in transaction mode). Set "
    "VOXPORT_DATABASE_DIRECT_URL to the address of PostgreSQL itself, for what needs one; everything else goes by the "
    "pooler."
)
_NOT_DIRECT = (
    "VOXPORT_DATABASE_DIRECT_URL does not lead to the database of VOXPORT_DATABASE_URL, or leads there by a pooler "
    "that keeps no sessions: it has to be the address of PostgreSQL itself."
)

READERS = 4
"""Connections of reads that are polled, where nothing else is said."""
_READERS_SHARE, _QUEUE_SHARE = 0.2, 0.3
_LISTENING = 2


def parse_url(database_url: str) -> URL:
    """The URL with our driver; raises Misconfigured for anything but PostgreSQL, without showing the password."""
    try:
        url = make_url(hosts_as_query(database_url))
    except (exc.ArgumentError, ValueError):
        raise Misconfigured("The database URL cannot be read; expected postgresql://user@host/name.") from None
    if url.drivername not in ("postgresql", "postgres", "postgresql+psycopg"):
        raise Misconfigured(f"The database must be PostgreSQL (postgresql://...), not {url.drivername}.")
    return url.set(drivername="postgresql+psycopg")


def driver_address(database_url: str) -> str:
    """The URL as libpq reads it; raises Misconfigured."""
    return parse_url(database_url).set(drivername="postgresql").render_as_string(hide_password=False)


async def connect(database_url: str, *, autocommit: bool = False) -> psycopg.AsyncConnection[Any]:
    """One connection of its own, for what lasts longer than a transaction; raises what the driver raises."""
    connection = await psycopg.AsyncConnection.connect(
        driver_address(database_url), autocommit=autocommit, **CONNECT, **POOLED
    )
    try:
        await set_utc(connection)
    except BaseException:
        await connection.close()
        raise
    return connection


async def set_utc(connection: psycopg.AsyncConnection[Any]) -> None:
    """Months and days are those of UTC, and moments come in it; for a connection that has nothing under way."""
    await connection.execute(_IN_UTC)
    if not connection.autocommit:
        await connection.commit()


def set_utc_of_engine(connection: DBAPIConnection, _record: object) -> None:
    """As `set_utc`, for SQLAlchemy's event `connect`."""
    cursor = connection.cursor()
    cursor.execute(_IN_UTC)
    cursor.close()
    connection.commit()


@dataclass(frozen=True, slots=True)
class Connections:
    """How many connections a process keeps to the database, at most."""

    store: int
    """Of transactions."""
    readers: int
    """Of reads that are polled; 0 where nobody polls."""
    queue: int
    """Of the job queue."""

    @classmethod
    def of_api(cls, most: int) -> Connections:
        queue, readers = int(most * _QUEUE_SHARE), int(most * _READERS_SHARE)
        return cls(most - queue - readers, readers, queue)

    @classmethod
    def of_worker(cls, most: int) -> Connections:
        """Two more wait for notices: of jobs, and of deliveries."""
        left = most - _LISTENING
        queue = max(2, int(left * _QUEUE_SHARE))
        return cls(left - queue, 0, queue)


async def server_version(database_url: str) -> int:
    """The server's version as a number, 180001 for 18.1; raises Misconfigured when it cannot be reached."""
    try:
        async with await connect(database_url) as connection:
            return connection.info.server_version
    except psycopg.Error as error:
        raise refusal(error) or Misconfigured(
            f"{as_fault(error)} Is VOXPORT_DATABASE_URL right, and is it up?"
        ) from None


async def clock_ahead_s(database_url: str) -> float:
    """How far this machine's clock is ahead of the server's; negative: behind. Raises what the driver raises."""
    async with await connect(database_url) as connection:
        asked = datetime.now(UTC)
        row = await (await connection.execute("SELECT clock_timestamp()")).fetchone()
        return 0.0 if row is None else seconds_ahead(asked, row[0], datetime.now(UTC))


async def require_sessions(database_url: str, direct_url: str | None) -> None:
    """Notices arrive, and so sessions last, at `direct_url`, which leads to the same database.

    None: at `database_url`, and only a pooler is asked to show it. Raises Misconfigured, TransientFault.
    """
    channel = f"voxport_{uuid4().hex}"
    try:
        async with await connect(direct_url or database_url, autocommit=True) as listening:
            if direct_url is None and await _is_served_by_whom_it_met(listening):
                return
            await listen(listening, channel)
            async with await connect(database_url, autocommit=True) as connection:
                await connection.execute(sql.SQL("NOTIFY {}").format(sql.Identifier(channel)))
            async for _ in listening.notifies(timeout=_HEARD_WITHIN_S, stop_after=1):
                return
    except FAULTS as error:
        raise refusal(error) or as_fault(error) from error
    raise Misconfigured(_POOLER if direct_url is None else _NOT_DIRECT)


async def _is_served_by_whom_it_met(connection: psycopg.AsyncConnection[Any]) -> bool:
    """A pooler gives its clients a number of its own in place of the server's process."""
    row = await (await connection.execute("SELECT pg_backend_pid()")).fetchone()
    return row is not None and row[0] == connection.info.backend_pid
