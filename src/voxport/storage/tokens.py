"""Bearer tokens: made, listed, revoked, and asked whose they are. Only their hashes are kept.

What they may do and how long is decided by what their row says and by the clock of the database.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Row, bindparam, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused
from voxport.core.media import Organization
from voxport.core.scope import Scope, parse_scope, playing
from voxport.storage.postgres.database import Database
from voxport.storage.postgres.tables import organizations, tokens
from voxport.storage.records import Caller, NewKey, Token

CALLER_CACHE_S = 3.0
"""Longest time in which an operator's token that was revoked in another process still passes here."""
MAX_VALID = 10_000
"""Of an organisation at once: more keys are not made (10006)."""
MOST_LISTED = 1000
_CALLER_CACHE_SIZE = 4096
_PREFIX = "vx_"
"""A mark that secret scanners can look for, not a secret."""
_VALID = tokens.c.revoked.is_(None) & or_(tokens.c.expires.is_(None), tokens.c.expires > func.now())
_CALLER = (
    select(
        tokens.c.id,
        tokens.c.organization_id,
        (tokens.c.expires - func.now()).label("left"),
        tokens.c.made_by,
        tokens.c.plays,
        tokens.c.scope,
        organizations.c.name,
    )
    .join(organizations, organizations.c.id == tokens.c.organization_id)
    .where(tokens.c.hash == bindparam("hash"), tokens.c.revoked.is_(None))
)


@dataclass(frozen=True, slots=True)
class _Known:
    """Whose a token is, with two times of the monotonic clock."""

    caller: Caller
    ends: float | None
    trusted_until: float


class Tokens:
    """All organisations' tokens. Every method raises TransientFault when the database is away."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._callers: dict[bytes, _Known] = {}

    async def create(
        self, organization_id: UUID, *, label: str | None = None, lifetime: timedelta | None = None
    ) -> tuple[str, Token]:
        """The bearer token, which is nowhere kept and cannot be shown again, and its record.

        `lifetime` None: it does not end by itself.
        """
        expires = None if lifetime is None else func.now() + lifetime
        values = {"organization_id": organization_id, "label": label, "issued": func.now(), "expires": expires}
        return await self._database.run(lambda connection: _insert(connection, values))

    async def create_with(self, maker: Caller, key: NewKey) -> tuple[str, Token] | None:
        """A token made with another one, of the same organisation; None when that one is revoked or over meanwhile.

        It ends when its maker ends, at the latest, and is revoked with it. What is returned is as of `create`. Raises
        RequestRefused 10006 where the organisation has `MAX_VALID` already.
        """
        # Locked until the new one is committed, so that a revocation at this moment finds it.
        locked = select(tokens).where(tokens.c.id == maker.token_id, _VALID).with_for_update(read=True)

        async def write(connection: AsyncConnection) -> tuple[str, Token] | None:
            by = (await connection.execute(locked)).one_or_none()
            if by is None:
                return None
            await _demand_room(connection, by.organization_id)
            ends = [end for end in (key.expires, by.expires) if end is not None]
            values = {
                "organization_id": by.organization_id,
                "label": f"made with …{by.last_six}",
                "issued": func.now(),
                "expires": min(ends, default=None),
                "made_by": by.id,
                "plays": None if key.plays is None else sorted(key.plays),
                "scope": key.scope,
            }
            return await _insert(connection, values)

        return await self._database.run(write)

    async def all(self, organization_id: UUID) -> list[Token]:
        """Also the revoked and the expired, oldest first."""
        return await self._list(tokens.c.organization_id == organization_id)

    async def valid(self, organization_id: UUID) -> list[Token]:
        """Those that authenticate at this moment: the newest `MOST_LISTED`, oldest first."""
        newest = select(tokens).where(tokens.c.organization_id == organization_id, _VALID)
        newest = newest.order_by(tokens.c.issued.desc(), tokens.c.id.desc()).limit(MOST_LISTED)
        return [_token(row) for row in reversed(await self._database.fetch_all(newest))]

    async def get_valid(self, organization_id: UUID, token_id: UUID) -> Token | None:
        """None when the organisation has no such token, or has it no more."""
        found = await self._list((tokens.c.organization_id == organization_id) & (tokens.c.id == token_id) & _VALID)
        return found[0] if found else None

    async def clock(self) -> datetime:
        """The database's clock, by which tokens end."""
        row = await self._database.fetch_one(select(func.now().label("now")))
        if row is None:
            raise LookupError("the database did not say what time it is")
        now: datetime = row.now
        return now

    async def forget_ended(self, kept_for: timedelta) -> int:
        """Removes tokens of every organisation that ended longer ago than that; how many.

        Those that the operator made and revoked are kept: they are few, and somebody may ask what became of them.
        """
        before = func.now() - kept_for
        taken_back = tokens.c.made_by.is_not(None) & (tokens.c.revoked < before)
        return await self._database.execute(delete(tokens).where((tokens.c.expires < before) | taken_back))

    async def revoke(self, organization_id: UUID, token_id: UUID) -> bool:
        """False when the organisation has no such token. The tokens that it made are revoked with it.

        At once; but a token that no other made passes in other processes for up to `CALLER_CACHE_S`.
        """
        its = (tokens.c.organization_id == organization_id) & (tokens.c.id == token_id)
        made = (tokens.c.organization_id == organization_id) & (tokens.c.made_by == token_id)

        async def write(connection: AsyncConnection) -> bool:
            # One after the other: the first waits for keys that are just being made, the second then sees them.
            for chosen in (its, made):
                valid = update(tokens).where(chosen, tokens.c.revoked.is_(None))
                await connection.execute(valid.values(revoked=func.now()))
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
        if known is None or (known.ends is not None and known.ends <= time.monotonic()):
            return None
        return known.caller

    async def _look_up(self, key: bytes) -> _Known | None:
        # From before the read, not after it: what was read may be as old as that.
        asked = time.monotonic()
        callers = self._callers
        row = await self._database.fetch_one(_CALLER, {"hash": key})
        if row is None:
            callers.pop(key, None)
            return None
        organization = Organization(row.organization_id, row.name)
        caller = Caller(organization, row.id, row.made_by, _scope(row))
        ends = None if row.left is None else asked + row.left.total_seconds()
        known = _Known(caller, ends, asked + CALLER_CACHE_S)
        if row.made_by is not None:
            # Keys are handed out, so each request asks anew: a revoked one opens nothing more, in any process.
            return known
        if len(callers) >= _CALLER_CACHE_SIZE:
            callers.clear()
        # A revocation during the read has put another dict in place: then this answer is not kept.
        callers[key] = known
        return known

    async def _list(self, chosen: ColumnElement[bool]) -> list[Token]:
        statement = select(tokens).where(chosen).order_by(tokens.c.issued, tokens.c.id)
        return [_token(row) for row in await self._database.fetch_all(statement)]


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


async def _insert(connection: AsyncConnection, values: dict[str, Any]) -> tuple[str, Token]:
    bearer = _PREFIX + secrets.token_urlsafe(32)
    own = {"id": uuid4(), "hash": _hash(bearer), "last_six": bearer[-6:]}
    row = (await connection.execute(insert(tokens).values(**own, **values).returning(tokens))).one()
    return bearer, _token(row)


async def _demand_room(connection: AsyncConnection, organization_id: UUID) -> None:
    valid = select(func.count()).select_from(tokens).where(tokens.c.organization_id == organization_id, _VALID)
    if (await connection.execute(valid)).scalar_one() >= MAX_VALID:
        message = f"The organisation has {MAX_VALID} valid keys; revoke some, or let some end."
        raise RequestRefused(Problem(Code.ACCESS_DENIED, message))


def _scope(row: Row[Any]) -> Scope | None:
    if row.plays is not None:
        return playing(row.plays)
    return None if row.scope is None else parse_scope(row.scope)


def _plays(media_ids: Sequence[UUID] | None) -> frozenset[UUID] | None:
    return None if media_ids is None else frozenset(media_ids)


def _token(row: Row[Any]) -> Token:
    return Token(
        id=row.id,
        organization_id=row.organization_id,
        last_six=row.last_six,
        label=row.label,
        issued=row.issued,
        expires=row.expires,
        revoked=row.revoked,
        made_by=row.made_by,
        plays=_plays(row.plays),
        scope=row.scope,
    )
