"""How the job queue is asked: in one round trip a question, where Procrastinate takes four, and listened to once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import procrastinate
from procrastinate import exceptions
from procrastinate.connector import Notify

from voxport.storage.postgres.faults import FAULTS
from voxport.storage.postgres.listener import Listener
from voxport.storage.postgres.statement_pool import statement_pool


class QueueConnector(procrastinate.PsycopgConnector):
    """Procrastinate's own, over connections for single statements; all loops of a process listen on one."""

    def __init__(self, direct_url: str, **pool: Any) -> None:
        """Notices come from `direct_url`, which keeps sessions."""
        super().__init__(pool_factory=statement_pool, **pool)
        self._listener = Listener(direct_url)

    async def listen_notify(self, on_notification: Notify, channels: Iterable[str]) -> None:
        """Runs until cancelled; raises ConnectorException when the database is away."""
        try:
            await self._listener.listen(on_notification, frozenset(channels))
        except FAULTS as error:
            raise exceptions.ConnectorException from error
