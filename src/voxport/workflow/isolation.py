"""Who works beside whom in one worker process: a call that may take the process down is worked on alone."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

PATIENCE_S = 60.0
"""So long the others may go on; then they are asked to stop, and go on later from what they have left."""


class Isolation:
    """One a process. Stages enter by one of two doors; those that wait for theirs hold nothing."""

    def __init__(self) -> None:
        self._at_work: list[threading.Event] = []
        self._wanted_alone = 0
        self._one = asyncio.Lock()
        self._changed = asyncio.Condition()

    @asynccontextmanager
    async def beside_others(self, stop: threading.Event) -> AsyncIterator[None]:
        """Waits while somebody works alone, or is about to. `stop` is set when this one has to make room."""
        async with self._changed:
            await self._changed.wait_for(lambda: self._wanted_alone == 0)
            self._at_work.append(stop)
        try:
            yield
        finally:
            async with self._changed:
                self._at_work.remove(stop)
                self._changed.notify_all()

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[None]:
        """Waits until nobody else is at work, and keeps others out meanwhile."""
        self._wanted_alone += 1
        try:
            async with self._one:
                await self._until_empty()
                yield
        finally:
            self._wanted_alone -= 1
            async with self._changed:
                self._changed.notify_all()

    async def _until_empty(self) -> None:
        async with self._changed:
            try:
                async with asyncio.timeout(PATIENCE_S):
                    await self._changed.wait_for(lambda: not self._at_work)
            except TimeoutError:
                for stop in self._at_work:
                    stop.set()
                await self._changed.wait_for(lambda: not self._at_work)
