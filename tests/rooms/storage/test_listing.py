from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import create_engine, text

from tests.rooms.storage.recordings import accept
from voxport.core.delivery_query import DeliveryQuery, MediaDeliveriesQuery
from voxport.core.errors import RequestRefused
from voxport.core.media import Media
from voxport.core.media_query import MediaQuery
from voxport.core.paging import PAGE_BYTES
from voxport.core.plan import Plan
from voxport.storage.rows import select_summaries
from voxport.storage.store import Store
from voxport.storage.tenant import Tenant

FILL = """
INSERT INTO media (id, organization_id, job_id, status, created, plan, metadata, searchable)
SELECT gen_random_uuid(), :organization, gen_random_uuid(), 'finished',
       now() - interval '1 year' + n * interval '10 seconds', '{}',
       jsonb_build_object('externalId', 'call-' || n % 10000), n % 100 <> 0
FROM generate_series(1, :count) AS n
"""


@pytest.fixture
async def five(store: Store) -> list[Media]:
    acme = await store.organizations.create("Acme")
    return [await accept(store, acme.id, metadata={"externalId": f"call-{number % 2}"}) for number in range(5)]


async def ids(store: Store, organization_id: UUID, query: MediaQuery) -> list[UUID]:
    return [media.id for media in (await store.tenant(organization_id).media.page(query)).elements]


async def test_cursors_follow_the_order_of_the_list(store: Store, five: list[Media]) -> None:
    acme = five[0].organization.id
    all_ids = [media.id for media in five]
    assert await ids(store, acme, MediaQuery()) == all_ids
    assert await ids(store, acme, MediaQuery(descending=True)) == all_ids[::-1]
    assert await ids(store, acme, MediaQuery(limit=2)) == all_ids[:2]
    assert await ids(store, acme, MediaQuery(after=all_ids[1], limit=2)) == all_ids[2:4]
    assert await ids(store, acme, MediaQuery(after=all_ids[4])) == []
    assert await ids(store, acme, MediaQuery(before=all_ids[3], limit=2, descending=True)) == all_ids[1:3][::-1]
    assert await ids(store, acme, MediaQuery(after=all_ids[3], descending=True, limit=2)) == all_ids[1:3][::-1]
    assert await ids(store, acme, MediaQuery(after=all_ids[0], descending=True)) == []
    assert await ids(store, acme, MediaQuery(after=all_ids[0], before=all_ids[4])) == all_ids[1:4]


async def test_conditions_hold_together(store: Store, five: list[Media]) -> None:
    acme = five[0].organization.id
    odd = [five[1].id, five[3].id]
    assert await ids(store, acme, MediaQuery(external_id="call-1")) == odd
    assert await ids(store, acme, MediaQuery(external_id="call-1", after=odd[0])) == [odd[1]]
    assert await ids(store, acme, MediaQuery(external_id="CALL-1")) == []
    assert await ids(store, acme, MediaQuery(on_or_after=five[2].created)) == [media.id for media in five[2:]]
    assert await ids(store, acme, MediaQuery(on_or_before=five[2].created)) == [media.id for media in five[:3]]
    exactly = MediaQuery(on_or_after=five[2].created, on_or_before=five[2].created)
    assert await ids(store, acme, exactly) == [five[2].id]
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    assert await ids(store, acme, MediaQuery(on_or_after=tomorrow)) == []


async def test_long_external_ids_are_told_apart(store: Store) -> None:
    acme = await store.organizations.create("Acme")
    long = [await accept(store, acme.id, metadata={"externalId": "x" * 5000 + end}) for end in "ab"]
    assert await ids(store, acme.id, MediaQuery(external_id="x" * 5000 + "b")) == [long[1].id]


async def test_a_deleted_cursor_and_unsearchable_media_are_left_out(store: Store, five: list[Media]) -> None:
    acme = five[0].organization.id
    hidden = await accept(store, acme, Plan(searchable=False))
    assert hidden.id not in await ids(store, acme, MediaQuery())
    assert await store.tenant(acme).media.get(hidden.id) == hidden
    await store.media.mark_deleted(five[1].id)
    for erased in (False, True):
        if erased:
            await store.media.erase(five[1].id)
        assert await ids(store, acme, MediaQuery(after=five[1].id)) == [media.id for media in five[2:]]
        assert await ids(store, acme, MediaQuery(after=five[1].id, descending=True)) == [five[0].id]
        assert await ids(store, acme, MediaQuery(before=five[1].id)) == [five[0].id]
    assert await store.media.forget_deleted(timedelta()) == 1
    for nowhere in (five[1].id, uuid4()):
        with pytest.raises(RequestRefused, match="10011"):
            await ids(store, acme, MediaQuery(after=nowhere))


@pytest.mark.parametrize("descending", [False, True])
async def test_a_walk_sees_every_media_once_while_all_that_it_has_seen_is_deleted(
    store: Store, five: list[Media], descending: bool
) -> None:
    tenant = store.tenant(five[0].organization.id)
    seen: list[UUID] = []
    cursor: str | None = None
    while not seen or cursor is not None:
        page = await tenant.media.page(MediaQuery(after=cursor, limit=2, descending=descending))
        seen += [media.id for media in page.elements]
        cursor = page.after
        for media_id in seen[-2:]:
            await store.media.mark_deleted(media_id)
            await store.media.erase(media_id)
        await store.media.forget_deleted(timedelta())
    assert seen == [media.id for media in (five[::-1] if descending else five)]


async def test_a_cursor_is_good_for_one_organisations_list_alone(store: Store, five: list[Media]) -> None:
    tenant, other = store.tenant(five[0].organization.id), await store.organizations.create("Other")
    cursor = (await tenant.media.page(MediaQuery(limit=1))).after
    assert cursor is not None
    changed = cursor[:-2] + ("AA" if cursor[-2:] != "AA" else "BB")
    for page in (
        store.tenant(other.id).media.page(MediaQuery(after=cursor)),
        tenant.media.page(MediaQuery(before=changed)),
        tenant.deliveries.page(DeliveryQuery(after=cursor)),
        tenant.deliveries.of_media(five[0].id, MediaDeliveriesQuery(after=cursor)),
    ):
        with pytest.raises(RequestRefused, match="10011"):
            await page


async def test_a_page_has_a_bound_in_bytes_and_the_next_one_goes_on(store: Store) -> None:
    acme = await store.organizations.create("Acme")
    size = PAGE_BYTES * 2 // 5
    long = [await accept(store, acme.id, metadata={"title": "x" * size}) for _ in range(3)]
    first = await store.tenant(acme.id).media.page(MediaQuery())
    assert [media.id for media in first.elements] == [media.id for media in long[:2]]
    rest = await store.tenant(acme.id).media.page(MediaQuery(after=first.after))
    assert ([media.id for media in rest.elements], rest.after) == ([long[2].id], None)


async def test_a_list_reads_no_plan(store: Store, five: list[Media], monkeypatch: pytest.MonkeyPatch) -> None:
    """What it asks the database for, not how long that takes: a plan may have vocabularies of megabytes."""
    tenant = store.tenant(five[0].organization.id)
    listed = await accept(store, five[0].organization.id, Plan(time_to_live_s=60))
    monkeypatch.setattr("voxport.core.plan.plan_from_json", None)
    query = MediaQuery(after=five[-1].id)
    (summary,) = (await tenant.media.page(query)).elements
    assert (summary.id, summary.time_to_live_s, summary.steps) == (listed.id, 60, listed.steps)
    assert "plan" not in str(tenant.media._listing(select_summaries(), query, 1, None))


async def test_paging_stays_stable_while_media_arrive(store: Store, five: list[Media]) -> None:
    acme = five[0].organization.id
    seen: list[UUID] = []
    while page := await ids(store, acme, MediaQuery(after=seen[-1] if seen else None, limit=2)):
        seen += page
        if len(seen) < 6:
            await accept(store, acme)
    assert seen[:5] == [media.id for media in five]
    assert len(seen) == len(set(seen)) == 7


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"descending": True},
        {"after": "middle"},
        {"before": "middle", "descending": True},
        {"external_id": "call-77"},
        {"external_id": "call-77", "descending": True},
        {"on_or_after": datetime(2020, 1, 1, tzinfo=UTC)},
    ],
)
async def test_every_page_is_read_from_an_index(many: Tenant, middle: UUID, fields: dict[str, Any]) -> None:
    """Of many media the plan must touch about a page: seen by the rows it reads, not by its time."""
    fields = {name: middle if value == "middle" else value for name, value in fields.items()}
    plan = await explain(many, MediaQuery(limit=100, **fields))
    read = [node for node in nodes(plan) if node.get("Relation Name") == "media"]
    assert read
    for node in read:
        assert node["Node Type"] in ("Index Scan", "Bitmap Heap Scan"), node
        assert node["Actual Rows"] * node["Actual Loops"] <= 101
        assert node.get("Rows Removed by Filter", 0) <= 101, node


@pytest.fixture
async def many(store: Store, postgres_url: str) -> Tenant:
    acme, other = await store.organizations.create("Acme"), await store.organizations.create("Other")
    engine = create_engine(postgres_url)
    with engine.begin() as connection:
        for organization in (acme, other):
            connection.execute(text(FILL), {"organization": organization.id, "count": 10_000})
        connection.execute(text("ANALYZE media"))
    engine.dispose()
    return store.tenant(acme.id)


@pytest.fixture
async def middle(many: Tenant) -> UUID:
    return (await many.media.page(MediaQuery(limit=1000))).elements[-1].id


async def explain(tenant: Tenant, query: MediaQuery) -> dict[str, Any]:
    async def read(connection: Any) -> Any:
        media = tenant.media
        after, before = (
            await media._place(connection, query.after, ""),
            await media._place(connection, query.before, ""),
        )
        statement = media._listing(select_summaries(), query, after, before)
        compiled = statement.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True})
        return (await connection.execute(text(f"EXPLAIN (ANALYZE, FORMAT JSON) {compiled}"))).scalar_one()

    plan: dict[str, Any] = (await tenant.media._bound.run(read))[0]["Plan"]
    return plan


def nodes(plan: dict[str, Any]) -> list[dict[str, Any]]:
    return [plan, *(node for child in plan.get("Plans", []) for node in nodes(child))]
