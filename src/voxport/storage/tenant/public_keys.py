"""The public keys of one organisation: uploaded, listed, taken back."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Row, Text, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused
from voxport.core.public_keys import MAX_KEYS, NewPublicKey, PublicKey
from voxport.storage.postgres.database import Transactions
from voxport.storage.postgres.tables import media, public_keys
from voxport.storage.rows import UNENDED

_SHOWN = public_keys.c.deleted_at.is_(None)
_NO_ROOM = f"There is no room for the public key: an account has at most {MAX_KEYS}. Delete those that are not used."


class TenantPublicKeys:
    """Other organisations' keys do not exist for it."""

    def __init__(self, database: Transactions, organization_id: UUID) -> None:
        """`database` is bound to the organisation."""
        self._database, self._organization_id = database, organization_id

    async def all(self) -> list[PublicKey]:
        """In the order in which they were uploaded, without their bytes."""
        columns = (public_keys.c.id, public_keys.c.hash, public_keys.c.expires)
        mine = select(*columns).where(self._mine, _SHOWN).order_by(public_keys.c.created, public_keys.c.id)
        return [PublicKey(row.id, row.hash, b"", row.expires) for row in await self._database.fetch_all(mine)]

    async def get(self, key_id: UUID, *, in_use: bool = False) -> PublicKey | None:
        """None when there is none. `in_use`: for a recording that was accepted with it, also one deleted since."""
        its = select(public_keys).where(self._mine, public_keys.c.id == key_id)
        row = await self._database.fetch_one(its if in_use else its.where(_SHOWN))
        return None if row is None else _public_key(row)

    async def add(self, new: NewPublicKey) -> PublicKey:
        """The key as it is kept; one that is there already is not kept twice. Raises RequestRefused beyond `MAX_KEYS`.

        What is uploaded at the same moment may go beyond it together, once.
        """
        same = select(public_keys).where(self._mine, _SHOWN, public_keys.c.hash == new.hash)
        count = select(func.count()).select_from(public_keys).where(self._mine)
        values = {
            "id": uuid4(),
            "organization_id": self._organization_id,
            "data": new.data,
            "hash": new.hash,
            "fingerprint": new.fingerprint,
            "expires": new.expires,
        }

        async def write(connection: AsyncConnection) -> PublicKey:
            await self._forget_unused(connection)
            kept = (await connection.execute(same)).one_or_none()
            if kept is not None:
                return _public_key(kept)
            if (await connection.execute(count)).scalar_one() >= MAX_KEYS:
                raise RequestRefused(Problem(Code.CONFIGURATION_INVALID, _NO_ROOM))
            made = await connection.execute(insert(public_keys).values(values).returning(public_keys))
            return _public_key(made.one())

        return await self._database.run(write)

    async def delete(self, key_id: UUID) -> bool:
        """False when there is none. Recordings under way that were accepted with it are still encrypted with it."""
        hidden = update(public_keys).where(self._mine, _SHOWN, public_keys.c.id == key_id)

        async def write(connection: AsyncConnection) -> bool:
            found = (await connection.execute(hidden.values(deleted_at=func.now()))).rowcount > 0
            await self._forget_unused(connection)
            return found

        return await self._database.run(write)

    @property
    def _mine(self) -> ColumnElement[bool]:
        # Named for the planner; security does not depend on it.
        return public_keys.c.organization_id == self._organization_id

    async def _forget_unused(self, connection: AsyncConnection) -> None:
        """Deleted keys go when no recording under way is to be encrypted with them."""
        named = media.c.plan["encryption"]["public_key_id"].astext
        under_way = select(named).where(media.c.organization_id == self._organization_id, UNENDED, named.is_not(None))
        unused = public_keys.c.id.cast(Text).not_in(under_way)
        await connection.execute(delete(public_keys).where(self._mine, ~_SHOWN, unused))


def _public_key(row: Row[Any]) -> PublicKey:
    return PublicKey(row.id, row.hash, bytes(row.data), row.expires)
