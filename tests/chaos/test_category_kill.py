"""kill -9 of the worker that looks for a category in past calls: another goes on, and all are looked at."""

from __future__ import annotations

from uuid import UUID

import psycopg

from tests.support.server import VoxportServer
from tests.support.spoken_calls import finished_call
from voxport.cli.token import with_store
from voxport.settings import read_settings
from voxport.storage.store import Store

PAST_CALLS = 2_500
_MEDIA = """
    INSERT INTO media (id, organization_id, job_id, status, plan, metadata, duration_ms, searchable)
    SELECT gen_random_uuid(), %(organization)s, gen_random_uuid(), 'finished', '{}', '{}', 2000, true
    FROM generate_series(1, %(calls)s)
"""
_SAID = """
    INSERT INTO call_index SELECT (jsonb_populate_record(c, jsonb_build_object('media_id', m.id))).*
    FROM call_index AS c JOIN media AS m ON m.organization_id = c.organization_id AND m.id <> c.media_id
    WHERE c.organization_id = %(organization)s
"""


def said(server: VoxportServer) -> UUID:
    """The organisation of one past call."""

    async def make(store: Store) -> UUID:
        organization = await store.organizations.create("Past calls")
        await finished_call(store, organization.id, ("Caller", "I want a refund"))
        return organization.id

    return with_store(read_settings(server.environment), make)


def test_a_category_is_found_in_all_past_calls_though_a_worker_is_killed(server: VoxportServer) -> None:
    organization = said(server)
    with server.client(server.token("Past calls")) as client:
        query = {"query": "SELECT * FROM media WHERE 'Caller' SAYS 'refund'"}
        assert client.put("/v3/definition/categories/refunds", json=query).status_code == 200
        with psycopg.connect(server.database_url()) as connection:
            given = {"organization": organization, "calls": PAST_CALLS - 1}
            for statement in (_MEDIA, _SAID):
                connection.execute(statement, given)
        made = client.post("/v3/definition/category-applications", json={"categoryName": "refunds"}).json()
        path = made["_links"]["self"]["href"]
        begun = server.wait_until(lambda: (now := client.get(path).json())["done"] and now)
        server.kill(workers=True)
        assert begun["done"] < PAST_CALLS
        ended = server.wait_until(lambda: (now := client.get(path).json()).get("dateFinished") and now)
        assert (ended["status"], ended["failures"]) == ("finished", 0)
        assert ended["calls"] == ended["done"] == ended["matched"] == PAST_CALLS
        asked = "SELECT * FROM media WHERE categories.refunds = 1"
        assert client.post("/v3/analytics/vbql", content=asked).json()["totalResults"] == PAST_CALLS
