"""Organisations: the customers of this server; everything else belongs to one of them."""

from __future__ import annotations

from uuid import UUID, uuid4

from sqlalchemy import Row, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.core.media import Organization
from voxport.storage.postgres.database import Database
from voxport.storage.postgres.tables import organizations


class Organizations:
    """All organisations. Every method raises TransientFault when the database is away."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def create(self, name: str) -> Organization:
        """The organisation of that name, made when there is none."""
        new = upsert(organizations).values(id=uuid4(), name=name).on_conflict_do_nothing(index_elements=["name"])
        named = select(organizations).where(organizations.c.name == name)

        async def write(connection: AsyncConnection) -> Organization:
            await connection.execute(new)
            return _organization((await connection.execute(named)).one())

        return await self._database.run(write)

    async def get(self, organization_id: UUID) -> Organization | None:
        """None when there is no such organisation."""
        row = await self._database.fetch_one(select(organizations).where(organizations.c.id == organization_id))
        return None if row is None else _organization(row)

    async def all(self) -> list[Organization]:
        """All of them, by name."""
        rows = await self._database.fetch_all(select(organizations).order_by(organizations.c.name))
        return [_organization(row) for row in rows]


def _organization(row: Row[tuple[UUID, str]]) -> Organization:
    return Organization(row.id, row.name)
