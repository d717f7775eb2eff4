"""The secrets that sign an organisation's webhooks: sealed at rest, two or more at once while one takes over.

The database holds them encrypted and bound to their rows. Never logged; shown to the operator's own command, and to
whoever has a token that the operator made for the organisation.
"""

from __future__ import annotations

import base64
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Row, Select, delete, func, insert, or_, select, update
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
    """A secret as it may be shown: never itself."""

    id: UUID
    created: datetime
    expires: datetime | None
    """It signs until then; None: until another takes over."""


@dataclass(frozen=True, slots=True)
class _Known:
    """Secrets, newest first, each with the time of the monotonic clock at which it ends."""

    signing: tuple[tuple[str, float | None], ...]
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
        now = time.monotonic()
        return tuple(secret for secret, ends in known.signing if ends is None or ends > now)

    async def kept(self, organization_id: UUID) -> list[WebhookSecret]:
        """Those that sign, newest first; empty before the first is made."""
        rows = await self._database.fetch_all(_valid(organization_id))
        return [WebhookSecret(row.id, row.created, row.expires) for row in rows]

    async def shown(self, organization_id: UUID) -> list[tuple[WebhookSecret, str]]:
        """Those that sign, newest first, each with itself; as `signing_secrets` never none."""
        await self.signing_secrets(organization_id)
        rows = await self._database.fetch_all(_valid(organization_id))
        return [(WebhookSecret(row.id, row.created, row.expires), self._open(row)) for row in rows]

    async def rotate(self, organization_id: UUID, overlap: timedelta) -> str:
        """A new secret, which signs from now on; those before sign beside it for `overlap` at most, then are erased."""

        async def write(connection: AsyncConnection) -> str:
            await _lock(connection, organization_id)
            until = func.now() + overlap
            its = webhook_secrets.c.organization_id == organization_id
            await connection.execute(delete(webhook_secrets).where(its, webhook_secrets.c.expires <= func.now()))
            longer = or_(webhook_secrets.c.expires.is_(None), webhook_secrets.c.expires > until)
            await connection.execute(update(webhook_secrets).where(its, longer).values(expires=until))
            return await self._make(connection, organization_id)

        secret = await self._database.run(write)
        self._known.pop(organization_id, None)
        return secret

    async def _look_up(self, organization_id: UUID) -> _Known:
        # From before the read, not after it: what was read may be as old as that.
        asked = time.monotonic()
        valid = _valid(organization_id)

        async def read(connection: AsyncConnection) -> Sequence[Row[Any]]:
            rows: Sequence[Row[Any]] = (await connection.execute(valid)).all()
            if rows:
                return rows
            # Two who ask first at once get one secret, not two.
            await _lock(connection, organization_id)
            rows = (await connection.execute(valid)).all()
            if not rows:
                await self._make(connection, organization_id)
                rows = (await connection.execute(valid)).all()
            return rows

        rows = await self._database.run(read)
        known = _Known(tuple((self._open(row), _end(asked, row.left)) for row in rows), asked + CACHE_S)
        if len(self._known) >= _CACHE_SIZE:
            self._known.clear()
        self._known[organization_id] = known
        return known

    async def _make(self, connection: AsyncConnection, organization_id: UUID) -> str:
        secret = _PREFIX + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()
        secret_id = uuid4()
        sealed = self._cipher.encrypt(secret.encode(), _bound_to(secret_id, organization_id))
        row = {"id": secret_id, "organization_id": organization_id, "sealed": sealed}
        await connection.execute(insert(webhook_secrets).values(row))
        return secret

    def _open(self, row: Row[Any]) -> str:
        return unseal_secret(self._cipher, row)


def unseal_secret(cipher: Cipher, row: Row[Any]) -> str:
    """The secret of a row of `webhook_secrets`; raises SealedOtherwise under another key."""
    return cipher.decrypt(row.sealed, _bound_to(row.id, row.organization_id)).decode()


async def _lock(connection: AsyncConnection, organization_id: UUID) -> None:
    """Whoever changes the secrets of an organisation does so alone."""
    its = select(organizations.c.id).where(organizations.c.id == organization_id)
    if (await connection.execute(its.with_for_update(key_share=True))).one_or_none() is None:
        raise LookupError("there is no such organisation")


def _valid(organization_id: UUID) -> Select[Any]:
    """Those that sign now, newest first, each with how long it does (`left`)."""
    left = (webhook_secrets.c.expires - func.now()).label("left")
    signs = or_(webhook_secrets.c.expires.is_(None), webhook_secrets.c.expires > func.now())
    its = select(webhook_secrets, left).where(webhook_secrets.c.organization_id == organization_id, signs)
    return its.order_by(webhook_secrets.c.created.desc(), webhook_secrets.c.id)


def _end(asked: float, left: timedelta | None) -> float | None:
    return None if left is None else asked + left.total_seconds()


def _bound_to(secret_id: UUID, organization_id: UUID) -> bytes:
    return secret_id.bytes + organization_id.bytes
