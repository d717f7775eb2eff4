"""The record of attempts, written in batches: one transaction for all that end while the last is being written."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from uuid import UUID

from voxport.core.delivery import Attempt
from voxport.core.errors import TransientFault
from voxport.storage.store import Store

_BATCH = 200
"""Most attempts of one transaction."""


class AttemptWriter:
    """Writes down attempts, all together that have ended while the last were being written."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: asyncio.Queue[tuple[tuple[UUID, Attempt], asyncio.Future[None]]] = asyncio.Queue()

    async def keep(self, delivery_id: UUID, attempt: Attempt) -> None:
        """Returns when it is written; raises TransientFault."""
        written: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        await self._waiting.put(((delivery_id, attempt), written))
        await written

    async def write(self) -> None:
        """Runs until cancelled."""
        while True:
            batch = [await self._waiting.get()]
            while len(batch) < _BATCH and not self._waiting.empty():
                batch.append(self._waiting.get_nowait())
            failure: Exception | None = None
            try:
                await self._store.attempts.record([made for made, _ in batch])
            except Exception as error:  # noqa: BLE001 - it is raised for those who wait for it
                failure = error
            if failure is None or isinstance(failure, TransientFault) or len(batch) == 1:
                _settle([written for _, written in batch], failure)
            else:
                # One that cannot be written takes none of the others with it.
                for one in batch:
                    await self._write_alone(*one)

    async def _write_alone(self, made: tuple[UUID, Attempt], written: asyncio.Future[None]) -> None:
        failure: Exception | None = None
        try:
            await self._store.attempts.record([made])
        except Exception as error:  # noqa: BLE001 - as above
            failure = error
        _settle([written], failure)


def _settle(waiting: Sequence[asyncio.Future[None]], failure: Exception | None) -> None:
    for written in waiting:
        if written.cancelled():
            continue
        if failure is None:
            written.set_result(None)
        else:
            written.set_exception(failure)
