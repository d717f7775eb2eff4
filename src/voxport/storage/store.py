"""Store: the door to our rows: organisations and tokens; `tenant`, `work` and `webhook_secrets` stand beside it."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, LiteralString
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Row, bindparam, delete, insert, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.core.media import Organization
from voxport.storage.cipher import Cipher
from voxport.storage.postgres.database import FAULTS, Database, as_fault
from voxport.storage.postgres.tables import organizations, tokens
from voxport.storage.records import Caller, NewKey, Token
from voxport.storage.tenant import Tenant
from voxport.storage.webhook_secrets import WebhookSecrets
from voxport.storage.work import Work

CALLER_CACHE_S = 3.0
"""Longest time in which a token revoked in another process still passes here."""
_CALLER_CACHE_SIZE = 4096
_TOKEN_PREFIX = "vx_"  # noqa: S105  (a mark that secret scanners can look for, not a secret)

_CALLER = (
    select(
        tokens.c.id,
        tokens.c.organization_id,
        tokens.c.expires,
        tokens.c.made_by,
        tokens.c.plays,
        organizations.c.name,
    )
    .join(organizations, organizations.c.id == tokens.c.organization_id)
    .where(tokens.c.hash == bindparam("hash"), tokens.c.revoked.is_(None))
)


@dataclass(frozen=True, slots=True)
class _Known:
    caller: Caller
    expires: datetime | None
    trusted_until: float


class Store:
    """Pool of connections and everything made on it. All methods raise TransientFault when the database is away."""

    def __init__(self, database: Database, cipher: Cipher) -> None:
        self._database, self._cipher = database, cipher
        self._callers: dict[bytes, _Known] = {}
        self.work = Work(database, cipher)
        self.webhook_secrets = WebhookSecrets(database, cipher)

    @classmethod
    async def open(cls, database_url: str, cipher: Cipher, *, pool_size: int = 10) -> Store:
        """`postgresql://` or `postgresql+psycopg://`; the schema must have been migrated (`migrate`)."""
        store = cls(Database.open(database_url, pool_size), cipher)
        try:
            await store._database.run(_nothing)
        except BaseException:
            await store.close()
            raise
        return store

    async def close(self) -> None:
        """Gives all connections back."""
        await self._database.close()

    async def ping(self) -> None:
        """One round trip, without patience; raises TransientFault."""
        try:
            async with self._database.engine.connect() as connection:
                await _nothing(connection)
        except FAULTS as error:
            raise as_fault(error) from error

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        """A transaction over all organisations, committed at the end of the block, for `work.insert_media` and jobs."""
        async with self._database.transaction() as connection:
            yield connection

    def notices(self, channel: LiteralString) -> AsyncIterator[None]:
        """One item for each notice under that name, until the database goes away (TransientFault)."""
        return self._database.notices(channel)

    def tenant(self, organization_id: UUID) -> Tenant:
        """What one organisation may see and do."""
        return Tenant(self._database, self._cipher, organization_id)

    async def create_organization(self, name: str) -> Organization:
        """The organisation of that name, made when there is none."""

        async def write(connection: AsyncConnection) -> Organization:
            new = upsert(organizations).values(id=uuid4(), name=name).on_conflict_do_nothing(index_elements=["name"])
            await connection.execute(new)
            row = (await connection.execute(select(organizations).where(organizations.c.name == name))).one()
            return Organization(row.id, row.name)

        return await self._database.run(write)

    async def organization(self, organization_id: UUID) -> Organization | None:
        """None when there is no such organisation."""

        async def read(connection: AsyncConnection) -> Organization | None:
            found = await connection.execute(select(organizations).where(organizations.c.id == organization_id))
            row = found.one_or_none()
            return None if row is None else Organization(row.id, row.name)

        return await self._database.run(read)

    async def organizations(self) -> list[Organization]:
        """All of them, by name."""

        async def read(connection: AsyncConnection) -> list[Organization]:
            rows = await connection.execute(select(organizations).order_by(organizations.c.name))
            return [Organization(row.id, row.name) for row in rows]

        return await self._database.run(read)

    async def create_token(
        self, organization_id: UUID, *, label: str | None = None, lifetime: timedelta | None = None
    ) -> tuple[str, Token]:
        """The bearer token, which is nowhere kept and cannot be shown again, and its record."""

        async def write(connection: AsyncConnection) -> tuple[str, Token]:
            issued = datetime.now(UTC)
            expires = None if lifetime is None else issued + lifetime
            values = {"organization_id": organization_id, "label": label, "issued": issued, "expires": expires}
            return await _insert_token(connection, values)

        return await self._database.run(write)

    async def create_key(self, maker: Caller, key: NewKey) -> tuple[str, Token] | None:
        """A token made with another one, of the same organisation; None when that one is revoked or over meanwhile.

        It ends when its maker ends, at the latest, and is revoked with it. What is returned is as of `create_token`.
        """
        # Locked until the new one is committed, so that a revocation at this moment finds it.
        locked = select(tokens).where(tokens.c.id == maker.token_id, _valid_now()).with_for_update(read=True)

        async def write(connection: AsyncConnection) -> tuple[str, Token] | None:
            by = (await connection.execute(locked)).one_or_none()
            if by is None:
                return None
            ends = [end for end in (key.expires, by.expires) if end is not None]
            values = {
                "organization_id": by.organization_id,
                "label": f"made with …{by.last_six}",
                "issued": datetime.now(UTC),
                "expires": min(ends, default=None),
                "made_by": by.id,
                "plays": None if key.plays is None else sorted(key.plays),
            }
            return await _insert_token(connection, values)

        return await self._database.run(write)

    async def list_tokens(self, organization_id: UUID) -> list[Token]:
        """All of them, also the revoked, oldest first."""
        statement = select(tokens).where(tokens.c.organization_id == organization_id)

        async def read(connection: AsyncConnection) -> list[Token]:
            rows = await connection.execute(statement.order_by(tokens.c.issued, tokens.c.id))
            return [_token(row) for row in rows]

        return await self._database.run(read)

    async def valid_tokens(self, organization_id: UUID) -> list[Token]:
        """Those that authenticate at this moment, oldest first."""
        return await self._valid(tokens.c.organization_id == organization_id)

    async def valid_token(self, organization_id: UUID, token_id: UUID) -> Token | None:
        """None when the organisation has no such token, or has it no more."""
        found = await self._valid((tokens.c.organization_id == organization_id) & (tokens.c.id == token_id))
        return found[0] if found else None

    async def _valid(self, chosen: ColumnElement[bool]) -> list[Token]:
        statement = select(tokens).where(chosen, _valid_now())

        async def read(connection: AsyncConnection) -> list[Token]:
            rows = await connection.execute(statement.order_by(tokens.c.issued, tokens.c.id))
            return [_token(row) for row in rows]

        return await self._database.run(read)

    async def forget_expired_tokens(self, before: datetime) -> int:
        """Removes tokens of every organisation that expired before then; how many. Those that never expire stay."""

        async def write(connection: AsyncConnection) -> int:
            return (await connection.execute(delete(tokens).where(tokens.c.expires < before))).rowcount

        return await self._database.run(write)

    async def revoke_token(self, organization_id: UUID, token_id: UUID) -> bool:
        """False when the organisation has no such token. At once in this process, in `CALLER_CACHE_S` in others.

        The tokens that it made are revoked with it.
        """
        its = (tokens.c.organization_id == organization_id) & (tokens.c.id == token_id)
        made = (tokens.c.organization_id == organization_id) & (tokens.c.made_by == token_id)

        async def write(connection: AsyncConnection) -> bool:
            now = datetime.now(UTC)
            # One after the other: the first waits for keys that are just being made, the second then sees them.
            for chosen in (its, made):
                await connection.execute(update(tokens).where(chosen, tokens.c.revoked.is_(None)).values(revoked=now))
            return (await connection.execute(select(tokens.c.id).where(its))).one_or_none() is not None

        found = await self._database.run(write)
        self._callers = {
            key: known
            for key, known in self._callers.items()
            if token_id not in (known.caller.token_id, known.caller.made_by)
        }
        return found

    async def authenticate(self, token: str) -> Caller | None:
        """None for a token that is unknown, revoked or expired.

        The token is only ever compared as a SHA-256 hash, so the time taken tells nothing about kept tokens; 256
        random bits need no slow hash.
        """
        key = _hash(token)
        known = self._callers.get(key)
        if known is None or known.trusted_until < time.monotonic():
            known = await self._look_up(key)
        if known is None or (known.expires is not None and known.expires <= datetime.now(UTC)):
            return None
        return known.caller

    async def _look_up(self, key: bytes) -> _Known | None:
        # From before the read, not after it: what was read may be as old as that.
        trusted_until = time.monotonic() + CALLER_CACHE_S
        callers = self._callers

        async def read(connection: AsyncConnection) -> Any:
            return (await connection.execute(_CALLER, {"hash": key})).one_or_none()

        row = await self._database.run(read)
        if row is None:
            callers.pop(key, None)
            return None
        organization = Organization(row.organization_id, row.name)
        caller = Caller(organization, row.id, row.made_by, _plays(row.plays))
        known = _Known(caller, row.expires, trusted_until)
        if len(callers) >= _CALLER_CACHE_SIZE:
            callers.clear()
        # A revocation during the read has put another dict in place: then this answer is not kept.
        callers[key] = known
        return known


async def _nothing(connection: AsyncConnection) -> None:
    await connection.execute(text("SELECT 1"))


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


async def _insert_token(connection: AsyncConnection, values: dict[str, Any]) -> tuple[str, Token]:
    bearer = _TOKEN_PREFIX + secrets.token_urlsafe(32)
    own = {"id": uuid4(), "hash": _hash(bearer), "last_six": bearer[-6:]}
    row = (await connection.execute(insert(tokens).values(**own, **values).returning(tokens))).one()
    return bearer, _token(row)


def _valid_now() -> ColumnElement[bool]:
    return tokens.c.revoked.is_(None) & or_(tokens.c.expires.is_(None), tokens.c.expires > datetime.now(UTC))


def _plays(media_ids: Sequence[UUID] | None) -> frozenset[UUID] | None:
    return None if media_ids is None else frozenset(media_ids)


def _token(row: Row[Any]) -> Token:
    return Token(
        row.id,
        row.organization_id,
        row.last_six,
        row.label,
        row.issued,
        row.expires,
        row.revoked,
        row.made_by,
        _plays(row.plays),
    )
