"""Notices of many names, heard by all parts of a process on one connection."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from contextlib import suppress
from typing import Any, Protocol

import psycopg

from voxport.storage.postgres.connecting import connect
from voxport.storage.postgres.faults import FAULTS
from voxport.storage.postgres.notices import listen, received


class Tell(Protocol):
    """Who is told of a notice: by its name, and with what it says."""

    def __call__(self, *, channel: str, payload: str) -> Awaitable[None]: ...


class Listener:
    """One connection for all who listen in this process, made when the first does and closed when the last has gone."""

    def __init__(self, direct_url: str) -> None:
        self._direct_url = direct_url
        self._listening: list[tuple[Tell, frozenset[str]]] = []
        self._stirred = asyncio.Event()
        """Set when a notice comes, and when somebody begins to listen."""
        self._hearing: asyncio.Task[None] | None = None

    async def listen(self, tell: Tell, channels: frozenset[str]) -> None:
        """Hands each notice of `channels` to `tell`, until cancelled; raises what the driver does if it cannot connect.

        A connection that is lost is made again.
        """
        one = (tell, channels)
        self._listening.append(one)
        if self._hearing is None or self._hearing.done():
            self._hearing = asyncio.create_task(self._hear(), name="notices")
        hearing = self._hearing
        self._stirred.set()
        try:
            await asyncio.shield(hearing)
        finally:
            self._listening.remove(one)
            if not self._listening:
                hearing.cancel()

    async def _hear(self) -> None:
        while True:
            connection = await connect(self._direct_url, autocommit=True)
            with suppress(*FAULTS):
                async with connection:
                    await self._hear_by(connection)

    async def _hear_by(self, connection: psycopg.AsyncConnection[Any]) -> None:
        known: set[str] = set()
        while True:
            wanted = {channel for _, channels in self._listening for channel in channels}
            new = wanted - known
            for channel in new:
                await listen(connection, channel)
            known |= wanted
            for notice in await received(connection, self._stirred, asked=bool(new)):
                for tell, channels in list(self._listening):
                    if notice.channel in channels:
                        await tell(channel=notice.channel, payload=notice.payload)
