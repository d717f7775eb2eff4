"""The secrets that sign an organisation's webhooks: sealed at rest, two or more at once while one takes over.

The database holds them encrypted and bound to their rows. Never logged; shown to the operator's own command alone.
"""

from __future__ import annotations

import base64
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Row, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.storage.cipher import Cipher
from voxport.storage.postgres.database import Database
from voxport.storage.postgres.tables import organizations, webhook_secrets

CACHE_S = 5.0
"""Longest time in which another process still signs with the secrets of before."""
_CACHE_SIZE = 4096
_SECRET_BYTES = 32
_PREFIX = "whsec_"


@dataclass(frozen=True, slots=True)
class WebhookSecret:
    """A secret as it may be shown: never itself. It signs until `expires`; None: until another takes over."""

    id: UUID
    created: datetime
    expires: datetime | None


@dataclass(frozen=True, slots=True)
class _Known:
    """Secrets and when each ends, newest first."""

    signing: tuple[tuple[str, datetime | None], ...]
    trusted_until: float


class WebhookSecrets:
    """All organisations' secrets. Every method raises TransientFault when the database is away."""

    def __init__(self, database: Database, cipher: Cipher) -> None:
        self._database, self._cipher = database, cipher
        self._known: dict[UUID, _Known] = {}

    async def signing_secrets(self, organization_id: UUID) -> tuple[str, ...]:
        """Those that sign now (`whsec_...`), newest first, never none: the first is made when it is first asked for.

        Kept in memory for `CACHE_S`. Raises LookupError for an organisation that does not exist.
        """
        known = self._known.get(organization_id)
        if known is None or known.trusted_until < time.monotonic():
            known = await self._look_up(organization_id)
        now = datetime.now(UTC)
        return tuple(secret for secret, expires in known.signing if expires is None or expires > now)

    async def kept(self, organization_id: UUID) -> list[WebhookSecret]:
        """Those that sign, newest first; empty before the first is made."""

        async def read(connection: AsyncConnection) -> list[WebhookSecret]:
            rows = await _valid(connection, organization_id, datetime.now(UTC))
            return [WebhookSecret(row.id, row.created, row.expires) for row in rows]

        return await self._database.run(read)

    async def rotate(self, organization_id: UUID, overlap: timedelta) -> str:
        """A new secret, which signs from now on; those before sign beside it for `overlap` at most, then are erased."""

        async def write(connection: AsyncConnection) -> str:
            await _lock(connection, organization_id)
            now = datetime.now(UTC)
            its = webhook_secrets.c.organization_id == organization_id
            await connection.execute(delete(webhook_secrets).where(its, webhook_secrets.c.expires <= now))
            longer = or_(webhook_secrets.c.expires.is_(None), webhook_secrets.c.expires > now + overlap)
            await connection.execute(update(webhook_secrets).where(its, longer).values(expires=now + overlap))
            return await self._make(connection, organization_id, now)

        secret = await self._database.run(write)
        self._known.pop(organization_id, None)
        return secret

    async def _look_up(self, organization_id: UUID) -> _Known:
        # From before the read, not after it: what was read may be as old as that.
        trusted_until = time.monotonic() + CACHE_S

        async def read(connection: AsyncConnection) -> Sequence[Row[Any]]:
            now = datetime.now(UTC)
            if rows := await _valid(connection, organization_id, now):
                return rows
            # Two who ask first at once get one secret, not two.
            await _lock(connection, organization_id)
            if not (rows := await _valid(connection, organization_id, now)):
                await self._make(connection, organization_id, now)
                rows = await _valid(connection, organization_id, now)
            return rows

        rows = await self._database.run(read)
        known = _Known(tuple((self._open(row), row.expires) for row in rows), trusted_until)
        if len(self._known) >= _CACHE_SIZE:
            self._known.clear()
        self._known[organization_id] = known
        return known

    async def _make(self, connection: AsyncConnection, organization_id: UUID, now: datetime) -> str:
        secret = _PREFIX + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()
        secret_id = uuid4()
        sealed = self._cipher.encrypt(secret.encode(), _bound_to(secret_id, organization_id))
        row = {"id": secret_id, "organization_id": organization_id, "sealed": sealed, "created": now, "expires": None}
        await connection.execute(insert(webhook_secrets).values(row))
        return secret

    def _open(self, row: Row[Any]) -> str:
        return self._cipher.decrypt(row.sealed, _bound_to(row.id, row.organization_id)).decode()


async def _lock(connection: AsyncConnection, organization_id: UUID) -> None:
    """Whoever changes the secrets of an organisation does so alone."""
    its = select(organizations.c.id).where(organizations.c.id == organization_id)
    if (await connection.execute(its.with_for_update(key_share=True))).one_or_none() is None:
        raise LookupError("there is no such organisation")


async def _valid(connection: AsyncConnection, organization_id: UUID, now: datetime) -> Sequence[Row[Any]]:
    signs = or_(webhook_secrets.c.expires.is_(None), webhook_secrets.c.expires > now)
    its = select(webhook_secrets).where(webhook_secrets.c.organization_id == organization_id, signs)
    return (await connection.execute(its.order_by(webhook_secrets.c.created.desc(), webhook_secrets.c.id))).all()


def _bound_to(secret_id: UUID, organization_id: UUID) -> bytes:
    return secret_id.bytes + organization_id.bytes
