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

    return await store._database.tenant(organization_id).run(write)


async def test_a_definition_is_made_replaced_and_taken_away(store: Store) -> None:
    tenant = store.tenant((await store.organizations.create("Acme")).id)
    made = await tenant.definitions.put(VOCABULARY, NAME, {"terms": ["a"]})
    assert (made.kind, made.name, made.body, made.created) == (VOCABULARY, NAME, {"terms": ["a"]}, made.updated)
    replaced = await tenant.definitions.put(VOCABULARY, NAME, {"scripts": ["b"]})
    assert (replaced.body, replaced.created) == ({"scripts": ["b"]}, made.created)
    assert replaced.updated > made.updated
    assert await tenant.definitions.get(VOCABULARY, NAME) == replaced
    assert await tenant.definitions.get(VOCABULARY, NAME.upper()) is None
    assert await tenant.definitions.delete(VOCABULARY, NAME)
    assert await tenant.definitions.get(VOCABULARY, NAME) is None
    assert not await tenant.definitions.delete(VOCABULARY, NAME)


async def test_kinds_have_names_of_their_own_and_lists_are_in_order(store: Store) -> None:
    tenant = store.tenant((await store.organizations.create("Acme")).id)
    for name in ("b", "a"):
        await tenant.definitions.put(VOCABULARY, name, {"of": name})
    await tenant.definitions.put(GROUP, "a", {"keywords": []})
    assert [one.name for one in await tenant.definitions.all(VOCABULARY)] == ["a", "b"]
    assert [one.body for one in await tenant.definitions.all(GROUP)] == [{"keywords": []}]
    assert set(await tenant.definitions.named(VOCABULARY, ["b", "c", "b"])) == {"b"}
    assert await tenant.definitions.named(VOCABULARY, []) == {}


async def test_another_organizations_definitions_do_not_exist(store: Store) -> None:
    mine, other = await store.organizations.create("Mine"), await store.organizations.create("Other")
    theirs = await store.tenant(other.id).definitions.put(GROUP, "shared name", {"keywords": ["secret"]})
    tenant = store.tenant(mine.id)
    assert await tenant.definitions.get(GROUP, "shared name") is None
    assert await tenant.definitions.all(GROUP) == []
    assert not await tenant.definitions.delete(GROUP, "shared name")
    await tenant.definitions.put(GROUP, "shared name", {"keywords": ["mine"]})
    assert await store.tenant(other.id).definitions.get(GROUP, "shared name") == theirs


async def test_sql_without_a_filter_changes_only_ones_own(store: Store) -> None:
    mine, other = await store.organizations.create("Mine"), await store.organizations.create("Other")
    for organization in (mine, other):
        await store.tenant(organization.id).definitions.put(GROUP, "g", {"keywords": ["x"]})
    assert await changed(store, mine.id, "UPDATE definitions SET body = '{}'") == 1
    assert await changed(store, mine.id, "DELETE FROM definitions") == 1
    kept = await store.tenant(other.id).definitions.get(GROUP, "g")
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
    mine, other = await store.organizations.create("Mine"), await store.organizations.create("Other")
    await store.tenant(mine.id).definitions.put(GROUP, "g", {})
    with pytest.raises(ProgrammingError, match="row-level security"):
        await changed(store, mine.id, statement.format(other=other.id))


async def test_all_of_a_kind_have_a_bound(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voxport.storage.tenant.definitions.MAX_KIND_BYTES", 1000)
    tenant, other = [store.tenant((await store.organizations.create(name)).id) for name in ("Acme", "Bolt")]
    await tenant.definitions.put(GROUP, "a", {"keywords": ["x" * 900]})
    with pytest.raises(RequestRefused) as refused:
        await tenant.definitions.put(GROUP, "b", {"keywords": ["x" * 200]})
    assert [problem.code for problem in refused.value.problems] == [80100]
    assert [one.name for one in await tenant.definitions.all(GROUP)] == ["a"]
    await tenant.definitions.put(GROUP, "a", {"keywords": ["y" * 900]})
    await tenant.definitions.put(VOCABULARY, "b", {"scripts": ["x" * 200]})
    await other.definitions.put(GROUP, "b", {"keywords": ["x" * 200]})
