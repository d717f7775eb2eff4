"""Whose turn it is at what there is little of: the database for searches, connections for tries of receivers.

A few at once, so that they never take it from calls, and never all of one organisation.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused

_TOO_MANY = 429


class Turns:
    """Turns of one kind in one server process, first come, first served within an organisation."""

    def __init__(self, at_once: int, waiting: int, what: str) -> None:
        """`at_once` of all organisations, half of them of one; `waiting` more of one may wait for theirs.

        `what` they are stands in refusals: "searches".
        """
        self._what = what
        self._all = asyncio.Semaphore(at_once)
        self._share, self._waiting = max(1, at_once // 2), waiting
        self._own: dict[UUID, asyncio.Semaphore] = {}
        self._there: Counter[UUID] = Counter()

    @asynccontextmanager
    async def turn(self, organization_id: UUID) -> AsyncIterator[None]:
        """The block is one of that organisation.

        Raises RequestRefused 90004 (429) for one too many: clients take anything but 400 for a reason to try again.
        """
        if self._there[organization_id] >= self._share + self._waiting:
            reason = f"The organisation has {self._waiting} {self._what} waiting; ask again when others have ended."
            raise RequestRefused(Problem(Code.BROKER_FAILED, reason), status=_TOO_MANY)
        self._there[organization_id] += 1
        try:
            own = self._own.setdefault(organization_id, asyncio.Semaphore(self._share))
            async with own, self._all:
                yield
        finally:
            self._there[organization_id] -= 1
            if not self._there[organization_id]:
                del self._there[organization_id], self._own[organization_id]
