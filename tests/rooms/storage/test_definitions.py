"""What organisations define by name: kept, replaced, taken away, and never anybody else's."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.core.definitions import DefinitionKind
from voxport.core.errors import RequestRefused
from voxport.storage.store import Store

GROUP, VOCABULARY = DefinitionKind.SPOTTING_GROUP, DefinitionKind.VOCABULARY
NAME = "Ärzte & Co / über 9"


async def changed(store: Store, organization_id: UUID, statement: str) -> int:
    async def write(connection: AsyncConnection) -> int:
        return (await connection.execute(text(statement))).rowcount

    return await store._database.run_as(organization_id, write)


async def test_a_definition_is_made_replaced_and_taken_away(store: Store) -> None:
    tenant = store.tenant((await store.create_organization("Acme")).id)
    made = await tenant.put_definition(VOCABULARY, NAME, {"terms": ["a"]})
    assert (made.kind, made.name, made.body, made.created) == (VOCABULARY, NAME, {"terms": ["a"]}, made.updated)
    replaced = await tenant.put_definition(VOCABULARY, NAME, {"scripts": ["b"]})
    assert (replaced.body, replaced.created) == ({"scripts": ["b"]}, made.created)
    assert replaced.updated > made.updated
    assert await tenant.definition(VOCABULARY, NAME) == replaced
    assert await tenant.definition(VOCABULARY, NAME.upper()) is None
    assert await tenant.delete_definition(VOCABULARY, NAME)
    assert await tenant.definition(VOCABULARY, NAME) is None
    assert not await tenant.delete_definition(VOCABULARY, NAME)


async def test_kinds_have_names_of_their_own_and_lists_are_in_order(store: Store) -> None:
    tenant = store.tenant((await store.create_organization("Acme")).id)
    for name in ("b", "a"):
        await tenant.put_definition(VOCABULARY, name, {"of": name})
    await tenant.put_definition(GROUP, "a", {"keywords": []})
    assert [one.name for one in await tenant.definitions(VOCABULARY)] == ["a", "b"]
    assert [one.body for one in await tenant.definitions(GROUP)] == [{"keywords": []}]
    assert set(await tenant.definitions_named(VOCABULARY, ["b", "c", "b"])) == {"b"}
    assert await tenant.definitions_named(VOCABULARY, []) == {}


async def test_another_organizations_definitions_do_not_exist(store: Store) -> None:
    mine, other = await store.create_organization("Mine"), await store.create_organization("Other")
    theirs = await store.tenant(other.id).put_definition(GROUP, "shared name", {"keywords": ["secret"]})
    tenant = store.tenant(mine.id)
    assert await tenant.definition(GROUP, "shared name") is None
    assert await tenant.definitions(GROUP) == []
    assert not await tenant.delete_definition(GROUP, "shared name")
    await tenant.put_definition(GROUP, "shared name", {"keywords": ["mine"]})
    assert await store.tenant(other.id).definition(GROUP, "shared name") == theirs


async def test_sql_without_a_filter_changes_only_ones_own(store: Store) -> None:
    mine, other = await store.create_organization("Mine"), await store.create_organization("Other")
    for organization in (mine, other):
        await store.tenant(organization.id).put_definition(GROUP, "g", {"keywords": ["x"]})
    assert await changed(store, mine.id, "UPDATE definitions SET body = '{}'") == 1
    assert await changed(store, mine.id, "DELETE FROM definitions") == 1
    kept = await store.tenant(other.id).definition(GROUP, "g")
    assert kept is not None
    assert kept.body == {"keywords": ["x"]}


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO definitions (organization_id, kind, name, body) VALUES ('{other}', 'vocabulary', 'x', '{{}}')",
        "UPDATE definitions SET organization_id = '{other}'",
    ],
)
async def test_nothing_is_put_into_another_organization(store: Store, statement: str) -> None:
    mine, other = await store.create_organization("Mine"), await store.create_organization("Other")
    await store.tenant(mine.id).put_definition(GROUP, "g", {})
    with pytest.raises(ProgrammingError, match="row-level security"):
        await changed(store, mine.id, statement.format(other=other.id))


async def test_all_of_a_kind_have_a_bound(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voxport.storage.definitions.MAX_KIND_BYTES", 1000)
    tenant, other = [store.tenant((await store.create_organization(name)).id) for name in ("Acme", "Bolt")]
    await tenant.put_definition(GROUP, "a", {"keywords": ["x" * 900]})
    with pytest.raises(RequestRefused) as refused:
        await tenant.put_definition(GROUP, "b", {"keywords": ["x" * 200]})
    assert [problem.code for problem in refused.value.problems] == [80100]
    assert [one.name for one in await tenant.definitions(GROUP)] == ["a"]
    await tenant.put_definition(GROUP, "a", {"keywords": ["y" * 900]})
    await tenant.put_definition(VOCABULARY, "b", {"scripts": ["x" * 200]})
    await other.put_definition(GROUP, "b", {"keywords": ["x" * 200]})
