"""Connections for whoever sends single statements, each of which needs one round trip.

A statement is a transaction by itself, so nobody begins and ends one around it; and a connection is asked whether it is
alive only where there is reason to doubt it.
"""

from __future__ import annotations

from select import POLLIN, poll
from typing import Any

import psycopg
from psycopg_pool import AsyncConnectionPool

from voxport.storage.postgres.connecting import set_utc

Pool = AsyncConnectionPool[psycopg.AsyncConnection[Any]]


def statement_pool(**arguments: Any) -> Pool:
    """A pool of such connections, with the other arguments of psycopg's."""
    return Pool(**{**arguments, "configure": _configure, "check": _check})


async def _configure(connection: psycopg.AsyncConnection[Any]) -> None:
    await set_utc(connection)
    await connection.set_autocommit(True)


async def _check(connection: psycopg.AsyncConnection[Any]) -> None:
    """Asks the server where there is reason to."""
    if is_doubtful(connection):
        await AsyncConnectionPool.check_connection(connection)


def is_doubtful(connection: psycopg.AsyncConnection[Any]) -> bool:
    """Whether something came that nobody had asked for: the goodbye of the server, or the end of the connection."""
    came = poll()
    came.register(connection.fileno(), POLLIN)
    return bool(came.poll(0))
