"""Tenants never meet: by the methods of Tenant, and by hand-written SQL that forgets every filter."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import create_engine, insert, text
from sqlalchemy.exc import DBAPIError, ProgrammingError
from sqlalchemy.ext.asyncio import AsyncConnection

from tests.rooms.storage.recordings import SIGNATURE, SOURCE_URL, accept, deliveries_of, plan_with_callbacks
from voxport.core.definitions import DefinitionKind
from voxport.core.delivery import Attempt
from voxport.core.delivery_query import DeliveryQuery
from voxport.core.errors import RequestRefused
from voxport.core.media import Media, MediaStatus
from voxport.core.media_query import MediaQuery
from voxport.core.paging import Page
from voxport.core.plan import CallbackType, Plan
from voxport.core.public_keys import NewPublicKey
from voxport.core.stages import Step, further_steps
from voxport.core.submission import FurtherRun
from voxport.storage.postgres.names import TENANT_TABLES
from voxport.storage.postgres.tables import category_applications, category_results, metadata
from voxport.storage.store import Store


async def delivered(store: Store, name: str) -> Media:
    organization = await store.organizations.create(name)
    media = await accept(store, organization.id, plan_with_callbacks(CallbackType.ANALYTICS), source_url=SOURCE_URL)
    (delivery_id,) = await store.media.finish(media.id, run=1)
    await store.attempts.record([(delivery_id, Attempt(1, media.created, 5, 500, 10, "it failed"))])
    endpoint = (organization.id, "https://bucket.example")
    await store.endpoints.failed(endpoint, "it failed", pause_after=10, first_probe_s=60)
    await store.tenant(organization.id).definitions.put(DefinitionKind.VOCABULARY, "products", {"terms": []})
    await store.tenant(organization.id).public_keys.add(NewPublicKey("0" * 64, b"a key", "f" * 40, None))
    async with store.transaction() as connection:
        further = FurtherRun(media.id, organization.id, 1, media.plan)
        await store.runs.start(connection, further, further_steps(media.plan))
    async with store.transaction() as connection:
        its = {"media_id": media.id, "organization_id": organization.id, "version": "1"}
        await connection.execute(insert(category_results).values(category="refunds", matched=True, **its))
        applied = {"id": uuid4(), "category": "refunds", "statement": "SELECT * FROM media", "calls": 1}
        await connection.execute(
            insert(category_applications).values(organization_id=organization.id, version="1", **applied)
        )
    await store.media.mark_deleted((await accept(store, organization.id)).id)
    return media


async def by_hand(store: Store, organization_id: UUID, statement: str) -> list[Any]:
    async def read(connection: AsyncConnection) -> list[Any]:
        return list((await connection.execute(text(statement))).all())

    return await store._database.tenant(organization_id).run(read)


async def test_a_select_without_a_filter_finds_only_ones_own(store: Store) -> None:
    mine, other = await delivered(store, "Mine"), await delivered(store, "Other")
    for table in TENANT_TABLES:
        column = "id" if table == "organizations" else "organization_id"
        found = await by_hand(store, mine.organization.id, f"SELECT DISTINCT {column} FROM {table}")  # noqa: S608
        assert [row[0] for row in found] == [mine.organization.id], table
        assert await by_hand(store, uuid4(), f"SELECT * FROM {table}") == []  # noqa: S608
    assert await by_hand(store, mine.organization.id, f"SELECT 1 FROM media WHERE id = '{other.id}'") == []  # noqa: S608


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM tokens",
        "UPDATE media SET organization_id = organization_id",
        "UPDATE media SET status = 'finished'",
        "DELETE FROM media",
        "INSERT INTO organizations (id, name) VALUES (gen_random_uuid(), 'x')",
        "CREATE TABLE public.mine (a int)",
        "TRUNCATE definitions",
    ],
)
async def test_the_tenant_role_may_do_nothing_else(store: Store, statement: str) -> None:
    mine = await delivered(store, "Mine")
    with pytest.raises(ProgrammingError, match="permission denied"):
        await by_hand(store, mine.organization.id, statement)


async def test_without_an_organization_there_is_nothing(store: Store, postgres_url: str) -> None:
    await delivered(store, "Mine")
    engine = create_engine(postgres_url)
    for setting in ("SELECT 1", "SELECT set_config('voxport.organization', '', true)"):
        with engine.connect() as connection:
            connection.execute(text("SET LOCAL ROLE voxport_tenant"))
            connection.execute(text(setting))
            for table in TENANT_TABLES:
                assert connection.execute(text(f"SELECT * FROM {table}")).all() == []  # noqa: S608
    engine.dispose()


async def test_an_organization_that_is_missing_by_a_mistake_binds_to_nobody(store: Store) -> None:
    await delivered(store, "Mine")
    missing: Any = None
    with pytest.raises(DBAPIError):
        await by_hand(store, missing, "SELECT * FROM media")
    with pytest.raises(DBAPIError):
        await store.tenant(missing).deliveries.page(DeliveryQuery(limit=10))


async def test_the_role_ends_with_the_transaction(store: Store) -> None:
    mine = await delivered(store, "Mine")
    for _ in range(8):
        await store.tenant(mine.organization.id).media.get(mine.id)
    async with store.transaction() as connection:
        row = (
            await connection.execute(text("SELECT current_user, current_setting('voxport.organization', true)"))
        ).one()
    assert row[0] != "voxport_tenant"
    assert not row[1]


async def test_another_organizations_media_do_not_exist(store: Store) -> None:
    mine, other = await delivered(store, "Mine"), await delivered(store, "Other")
    tenant = store.tenant(mine.organization.id)
    assert await tenant.media.get(mine.id) is not None
    assert await tenant.media.get(other.id) is None
    assert await tenant.deliveries.of_media(other.id) == Page([])
    assert await tenant.media.set_metadata(other.id, {"title": "taken"}) is None
    assert [media.id for media in (await tenant.media.page(MediaQuery())).elements] == [mine.id]
    for query in (MediaQuery(after=other.id), MediaQuery(before=other.id), MediaQuery(after=uuid4())):
        with pytest.raises(RequestRefused, match="10011"):
            await tenant.media.page(query)
    untouched = await store.tenant(other.organization.id).media.get(other.id)
    assert untouched is not None
    assert untouched.metadata == {}


async def test_a_deleted_media_is_gone_at_once(store: Store) -> None:
    mine = await delivered(store, "Mine")
    tenant = store.tenant(mine.organization.id)
    assert await store.media.mark_deleted(mine.id)
    assert await tenant.media.get(mine.id) is None
    assert await tenant.media.page(MediaQuery()) == Page([])
    assert await tenant.media.set_metadata(mine.id, {"a": 1}) is None
    assert await tenant.deliveries.of_media(mine.id) == Page([])
    assert await by_hand(store, mine.organization.id, "SELECT * FROM media") == []


async def test_a_media_comes_back_as_it_was_accepted(store: Store) -> None:
    acme = await store.organizations.create("Acme")
    plan = plan_with_callbacks(CallbackType.ANALYTICS, CallbackType.MEDIA, time_to_live_s=60)
    media = await accept(store, acme.id, plan, metadata={"externalId": "7", "a": [1, None, "ü"]}, source_url=SOURCE_URL)
    assert media == await store.tenant(acme.id).media.get(media.id) == await store.media.get(media.id)
    assert (media.organization, media.status, media.plan, media.source_url) == (
        acme,
        MediaStatus.ACCEPTED,
        plan,
        SOURCE_URL,
    )
    way = [Step.INGEST, Step.SPEECH, Step.TEXT, Step.PUBLISH]
    assert [step.step for step in media.steps] == [Step.FETCH, *way, Step.DELIVER]
    uploaded = await accept(store, acme.id, Plan(), size_bytes=5, content_type="audio/wav")
    assert (uploaded.size_bytes, uploaded.content_type) == (5, "audio/wav")
    assert [step.step for step in uploaded.steps] == way
    assert uploaded.sequence > media.sequence


async def test_metadata_is_replaced(store: Store) -> None:
    acme = await store.organizations.create("Acme")
    media = await accept(store, acme.id, metadata={"externalId": "old", "title": "t"})
    tenant = store.tenant(acme.id)
    changed = await tenant.media.set_metadata(media.id, {"externalId": "new"})
    assert changed is not None
    assert changed.metadata == {"externalId": "new"}
    assert await tenant.media.page(MediaQuery(external_id="old")) == Page([])
    assert [found.id for found in (await tenant.media.page(MediaQuery(external_id="new"))).elements] == [media.id]


@pytest.mark.parametrize("value", ["nul \0 inside", "half \ud800 a pair", float("nan"), float("inf")])
async def test_what_the_database_cannot_hold_is_refused(store: Store, value: str | float) -> None:
    acme = await store.organizations.create("Acme")
    media = await accept(store, acme.id)
    for document in ({"a": value}, {"a": [{"b": value}]}, {str(value): value}):
        with pytest.raises(RequestRefused):
            await store.tenant(acme.id).media.set_metadata(media.id, document)
        with pytest.raises(RequestRefused):
            await accept(store, acme.id, metadata=document)
    kept = {"a": "the six characters \\u0000", "emoji": "\U0001f600"}
    changed = await store.tenant(acme.id).media.set_metadata(media.id, kept)
    assert changed is not None
    assert changed.metadata == kept


async def test_no_address_stands_in_clear_text_anywhere(store: Store, postgres_url: str) -> None:
    mine = await delivered(store, "Mine")
    (delivery,) = await deliveries_of(store, mine)
    assert delivery.callback.url.endswith(f"{SIGNATURE}-0")
    assert delivery.address == "https://bucket.example/0"
    engine = create_engine(postgres_url)
    with engine.connect() as connection:
        for table in metadata.sorted_tables:
            for row in connection.execute(table.select()):
                dump = "".join(value.decode("latin-1") if isinstance(value, bytes) else str(value) for value in row)
                assert "5ecre7" not in dump
                assert "pa55word" not in dump
    engine.dispose()
    for shown in (mine, delivery, mine.plan):
        assert "5ecre7" not in repr(shown)
