"""Store: the door to our rows, one attribute a noun; what one organisation may see stands apart in `tenant`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import LiteralString
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.storage.applications import Applications
from voxport.storage.attempts import Attempts
from voxport.storage.cipher import Cipher
from voxport.storage.claims import Claims
from voxport.storage.deliveries import Deliveries
from voxport.storage.endpoints import Endpoints
from voxport.storage.expiry import Expiry
from voxport.storage.index_backfill import IndexBackfill
from voxport.storage.media import MediaStore
from voxport.storage.metrics import StoreMetrics
from voxport.storage.organizations import Organizations
from voxport.storage.postgres.connecting import READERS
from voxport.storage.postgres.database import Database
from voxport.storage.replays import ReplayQueue
from voxport.storage.runs import Runs
from voxport.storage.secret_key import SecretKey
from voxport.storage.steps import Steps
from voxport.storage.store_mark import StoreMark
from voxport.storage.tenant import Tenant
from voxport.storage.tokens import Tokens
from voxport.storage.uploads import Uploads
from voxport.storage.webhook_secrets import WebhookSecrets
from voxport.storage.worker_processes import WorkerProcesses

_NOTHING = text("SELECT 1")


class Store:
    """A pool of connections and everything made on it. All methods raise TransientFault when the database is away."""

    def __init__(self, database: Database, cipher: Cipher) -> None:
        self._database, self._cipher = database, cipher
        self.organizations = Organizations(database)
        self.tokens = Tokens(database)
        self.webhook_secrets = WebhookSecrets(database, cipher)
        self.uploads = Uploads(database)
        self.media = MediaStore(database, cipher)
        self.runs = Runs(database, cipher)
        self.index_backfill = IndexBackfill(database, cipher)
        self.steps = Steps(database)
        self.applications = Applications(database)
        self.expiry = Expiry(database)
        self.deliveries = Deliveries(database, cipher)
        self.claims = Claims(database, cipher)
        self.attempts = Attempts(database)
        self.endpoints = Endpoints(database)
        self.replays = ReplayQueue(database, cipher)
        self.secret_key = SecretKey(database, cipher)
        self.store_mark = StoreMark(database)
        self.worker_processes = WorkerProcesses(database)
        self.metrics = StoreMetrics(database)

    @classmethod
    async def open(
        cls,
        database_url: str,
        cipher: Cipher,
        *,
        pool_size: int = 10,
        answer_s: float | None = None,
        direct_url: str | None = None,
        readers: int = READERS,
    ) -> Store:
        """`postgresql://` or `postgresql+psycopg://`; the schema must have been migrated (`postgres.schema`).

        With a `direct_url`, `database_url` leads to a pooler; `readers` are the connections for what is polled.
        `answer_s` is the time in which the database has to answer, before TransientFault is raised; None: any time.
        """
        store = cls(Database.open(database_url, pool_size, answer_s, direct_url=direct_url, readers=readers), cipher)
        try:
            await store._database.execute(_NOTHING)
        except BaseException:
            await store.close()
            raise
        return store

    async def close(self) -> None:
        """Closes all connections."""
        await self._database.close()

    async def ping(self, *, writes: bool = False) -> None:
        """One question, without trying again; with `writes` it is shown that rows can be written.

        Raises TransientFault, also when the database takes no writes.
        """
        await self._database.ping(writes=writes)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        """A transaction over all organisations, committed at the end of the block.

        For `media.insert`, `runs.start` and the jobs that commit with them (`postgres.database.driver_connection`).
        """
        async with self._database.transaction() as connection:
            yield connection

    def notices(self, channel: LiteralString) -> AsyncIterator[None]:
        """One item for each notice under that name, until the database goes away (TransientFault)."""
        return self._database.notices(channel)

    def tenant(self, organization_id: UUID) -> Tenant:
        """What one organisation may see and do."""
        return Tenant(self._database, self._cipher, organization_id)
