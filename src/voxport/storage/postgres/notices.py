"""Notices of the database (LISTEN), heard when they come: the driver alone would look for one ten times a second."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import psycopg
from psycopg import sql


async def listen(connection: psycopg.AsyncConnection[Any], channel: str) -> None:
    """From now on the connection, which begins no transactions, hears notices of that name."""
    await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))


async def notices_of(connection: psycopg.AsyncConnection[Any]) -> AsyncIterator[psycopg.Notify]:
    """Each notice of what the connection listens to; raises what the driver raises when it is lost."""
    came, asked = asyncio.Event(), True
    while True:
        for notice in await received(connection, came, asked=asked):
            yield notice
        asked = False
        _stop_where_cancelled()


async def received(
    connection: psycopg.AsyncConnection[Any], came: asyncio.Event, *, asked: bool = False
) -> list[psycopg.Notify]:
    """The notices that are there. Without any it waits for `came`, which is set when something comes, or by others.

    `asked`: a statement was carried out since the last call. The driver may have put aside what came meanwhile.
    """
    there = [notice async for notice in connection.notifies(timeout=0)] if asked else _taken(connection)
    if there:
        return there
    loop, socket = asyncio.get_running_loop(), connection.fileno()
    loop.add_reader(socket, came.set)
    try:
        await came.wait()
        came.clear()
    finally:
        loop.remove_reader(socket)
    return []


def _taken(connection: psycopg.AsyncConnection[Any]) -> list[psycopg.Notify]:
    """What has come, from the library below the driver: the driver's own way waits by the event loop each time."""
    library, taken = connection.pgconn, []
    library.consume_input()
    while (notice := library.notifies()) is not None:
        taken.append(psycopg.Notify(notice.relname.decode(), notice.extra.decode(), notice.be_pid))
    return taken


def _stop_where_cancelled() -> None:
    """In Python 3.11 `asyncio.wait_for` loses a cancellation that comes in the moment of a notice."""
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError
