"""Store: the door to our rows. Organisations and tokens here; media of one tenant in `tenant`; the workflow's in `work`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.core.media import Organization
from voxport.storage.cipher import Cipher
from voxport.storage.records import Caller, Token
from voxport.storage.tenant import Tenant
from voxport.storage.work import Work


class Store:
    """Pool of connections and everything made on it. All methods raise TransientFault when the database is away."""

    work: Work

    @classmethod
    async def open(cls, database_url: str, cipher: Cipher, *, pool_size: int = 10) -> Store:
        """`postgresql://` or `postgresql+psycopg://`; the schema must have been migrated (`migrate`)."""
        raise NotImplementedError

    async def close(self) -> None:
        raise NotImplementedError

    async def ping(self) -> None:
        """One round trip; raises TransientFault."""
        raise NotImplementedError

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        """A transaction over all organisations, committed at the end of the block, for `work.insert_media` and jobs."""
        raise NotImplementedError
        yield

    def tenant(self, organization_id: UUID) -> Tenant:
        """What one organisation may see and do."""
        raise NotImplementedError

    async def create_organization(self, name: str) -> Organization:
        """The organisation of that name, made when there is none."""
        raise NotImplementedError

    async def organization(self, organization_id: UUID) -> Organization | None:
        raise NotImplementedError

    async def create_token(
        self, organization_id: UUID, *, label: str | None = None, lifetime: timedelta | None = None
    ) -> tuple[str, Token]:
        """The bearer token, which is nowhere kept and cannot be shown again, and its record."""
        raise NotImplementedError

    async def list_tokens(self, organization_id: UUID) -> list[Token]:
        raise NotImplementedError

    async def revoke_token(self, organization_id: UUID, token_id: UUID) -> bool:
        """False when the organisation has no such token. At once in this process, within seconds in others."""
        raise NotImplementedError

    async def authenticate(self, token: str) -> Caller | None:
        """None for a token that is unknown, revoked or expired."""
        raise NotImplementedError
