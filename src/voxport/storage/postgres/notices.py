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
    came = asyncio.Event()
    while True:
        for notice in await received(connection, came):
            yield notice
        _stop_where_cancelled()


async def received(connection: psycopg.AsyncConnection[Any], came: asyncio.Event) -> list[psycopg.Notify]:
    """The notices that are there. Without any it waits for `came`, which is set when something comes, or by others."""
    if there := [notice async for notice in connection.notifies(timeout=0)]:
        return there
    loop, socket = asyncio.get_running_loop(), connection.fileno()
    loop.add_reader(socket, came.set)
    try:
        await came.wait()
        came.clear()
    finally:
        loop.remove_reader(socket)
    return []


def _stop_where_cancelled() -> None:
    """In Python 3.11 `asyncio.wait_for` loses a cancellation that comes in the moment of a notice."""
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError
