"""What one organisation has defined by name: the only rows besides metadata that a tenant writes itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, Text, cast, delete, func, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.core.codes import Code
from voxport.core.definitions import (
    Category,
    Definition,
    DefinitionKind,
    category_from_json,
    category_to_json,
    fields_from_json,
)
from voxport.core.errors import Problem, RequestRefused
from voxport.core.statement import DeclaredField
from voxport.storage.postgres.database import Transactions
from voxport.storage.postgres.tables import definitions

MAX_KIND_BYTES = 32 * 1024 * 1024
"""Of all definitions of a kind that an organisation has: a list shows all of them at once."""
MAX_DEFINITIONS = 10_000
"""Of a kind that `_MOST` does not name."""
MAX_PRESETS = 100
_MOST = {DefinitionKind.PRESET: MAX_PRESETS}
"""Of kinds that people choose from."""
SEARCH_FIELDS = "media"
"""The name of the one definition of its kind."""
_COUNT = "categories"
"""The name of the one definition of its kind; its row is locked by whoever writes a category."""
_REFUSED = {
    DefinitionKind.SPOTTING_GROUP: Code.SPOTTING_GROUP_MISSING,
    DefinitionKind.VOCABULARY: Code.VOCABULARY_MISSING,
    DefinitionKind.CLASSIFIER: Code.CONFIGURATION_INVALID,
    DefinitionKind.SEARCH_FIELDS: Code.SEARCH_FIELDS_MISSING,
    DefinitionKind.CATEGORY: Code.CONFIGURATION_INVALID,
    DefinitionKind.PRESET: Code.CONFIGURATION_INVALID,
}

_COLUMNS = (
    definitions.c.kind,
    definitions.c.name,
    cast(definitions.c.body, Text).label("json"),
    definitions.c.created,
    definitions.c.updated,
)


class TenantDefinitions:
    """Other organisations' definitions do not exist for it."""

    def __init__(self, database: Transactions, organization_id: UUID) -> None:
        """`database` is bound to the organisation."""
        self._database, self._organization_id = database, organization_id

    async def all(self, kind: DefinitionKind, at_most: int | None = None) -> list[Definition]:
        """All of a kind, by name; or so many of them."""
        return await self._found(self._select(kind).order_by(definitions.c.name).limit(at_most))

    async def named(self, kind: DefinitionKind, names: Sequence[str]) -> dict[str, Definition]:
        """Those of the names that there are, all as they are at one moment."""
        found = await self._found(self._select(kind).where(definitions.c.name.in_(names))) if names else []
        return {definition.name: definition for definition in found}

    async def get(self, kind: DefinitionKind, name: str) -> Definition | None:
        """None when there is none of that name; letter case counts."""
        return (await self.named(kind, [name])).get(name)

    async def search_fields(self) -> tuple[DeclaredField, ...]:
        """The fields of metadata that the organisation has declared."""
        found = await self.get(DefinitionKind.SEARCH_FIELDS, SEARCH_FIELDS)
        return () if found is None else fields_from_json(found.body)

    async def put(self, kind: DefinitionKind, name: str, body: dict[str, Any]) -> Definition:
        """Makes the definition or replaces it whole.

        Raises RequestRefused (80100, 80200) where all of a kind would become more than `MAX_KIND_BYTES` of JSON or
        more than `MAX_DEFINITIONS`; what is put at the same moment may go beyond it together, once.
        """
        return await self._database.run(lambda connection: self._put(connection, kind, name, body))

    async def put_category(self, name: str, category: Category) -> Definition:
        """Makes the category or replaces it whole, with a version that no other query has had (`Category.versioned`).

        Raises RequestRefused (10007) as `put` does.
        """

        async def write(connection: AsyncConnection) -> Definition:
            floor = await self._count(connection, 0)
            row = (await connection.execute(self._category(name))).one_or_none()
            before = None if row is None else category_from_json(_definition(row).body)
            body = category_to_json(category.versioned(before, floor))
            return await self._put(connection, DefinitionKind.CATEGORY, name, body)

        return await self._database.run(write)

    async def delete_category(self, name: str) -> bool:
        """False when there was none. No category has one of its counted versions again."""

        async def write(connection: AsyncConnection) -> bool:
            await self._count(connection, 0)
            row = (await connection.execute(self._category(name))).one_or_none()
            if row is None:
                return False
            await self._count(connection, category_from_json(_definition(row).body).highest)
            its = delete(definitions).where(definitions.c.kind == DefinitionKind.CATEGORY, definitions.c.name == name)
            await connection.execute(its)
            return True

        return await self._database.run(write)

    async def _count(self, connection: AsyncConnection, least: int) -> int:
        """The highest version that was counted for a category that is gone, at least `least` from now on."""
        new = upsert(definitions).values(
            organization_id=self._organization_id,
            kind=DefinitionKind.CATEGORY_COUNT,
            name=_COUNT,
            body={"counted": least},
        )
        kept = func.greatest(definitions.c.body["counted"].as_integer(), least)
        written = new.on_conflict_do_update(
            index_elements=["organization_id", "kind", "name"], set_={"body": func.jsonb_build_object("counted", kept)}
        )
        row = (await connection.execute(written.returning(definitions.c.body))).one()
        return int(row.body["counted"])

    def _category(self, name: str) -> Select[Any]:
        return self._select(DefinitionKind.CATEGORY).where(definitions.c.name == name)

    async def _put(
        self, connection: AsyncConnection, kind: DefinitionKind, name: str, body: dict[str, Any]
    ) -> Definition:
        new = upsert(definitions).values(organization_id=self._organization_id, kind=kind, name=name, body=body)
        statement = new.on_conflict_do_update(
            index_elements=["organization_id", "kind", "name"],
            set_={"body": new.excluded.body, "updated": func.now()},
        ).returning(*_COLUMNS)
        size_bytes = func.sum(func.octet_length(cast(definitions.c.body, Text))).label("size_bytes")
        mine = definitions.c.organization_id == self._organization_id
        total = select(size_bytes, func.count().label("number")).where(mine, definitions.c.kind == kind)
        made = (await connection.execute(statement)).one()
        found = (await connection.execute(total)).one()
        if found.number > (most := _MOST.get(kind, MAX_DEFINITIONS)):
            reason = f"There is no room for it: an organisation has at most {most} of them."
            raise RequestRefused(Problem(_REFUSED[kind], reason))
        if found.size_bytes > MAX_KIND_BYTES:
            reason = f"There is no room for it: all together have at most {MAX_KIND_BYTES >> 20} MiB."
            raise RequestRefused(Problem(_REFUSED[kind], reason))
        return _definition(made)

    async def delete(self, kind: DefinitionKind, name: str) -> bool:
        """False when there was none. Recordings that were accepted with it keep what it said then."""
        its = delete(definitions).where(definitions.c.kind == kind, definitions.c.name == name)
        return await self._database.execute(its) > 0

    def _select(self, kind: DefinitionKind) -> Select[Any]:
        # The organisation is named for the planner; security does not depend on it.
        mine = definitions.c.organization_id == self._organization_id
        return select(*_COLUMNS).where(mine, definitions.c.kind == kind)

    async def _found(self, statement: Select[Any]) -> list[Definition]:
        return [_definition(row) for row in await self._database.fetch_all(statement)]


def _definition(row: Row[Any]) -> Definition:
    return Definition(DefinitionKind(row.kind), row.name, row.json, row.created, row.updated)
