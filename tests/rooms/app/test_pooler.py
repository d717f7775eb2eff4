"""pgbouncer before the database, as many companies have it: everything goes by it but what needs a session."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy.engine import make_url

from tests.support.database import PostgresServer
from tests.support.pgbouncer import Pgbouncer, pgbouncer_program, running_pgbouncer
from voxport.app.api import open_api
from voxport.app.resources import Resources, open_resources, open_store, prepare_database
from voxport.app.worker import open_worker
from voxport.core.errors import Misconfigured
from voxport.core.stages import Step, job_of
from voxport.settings import read_settings
from voxport.storage.claims import DELIVERIES_CHANNEL
from voxport.storage.postgres import connecting
from voxport.storage.postgres.connecting import Connections
from voxport.storage.store import Store


@pytest.fixture(autouse=True)
def _hears_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """So long a notice is waited for that will not come."""
    monkeypatch.setattr(connecting, "_HEARD_WITHIN_S", 0.5)


@pytest.fixture(scope="module")
def database(postgres_server: PostgresServer) -> Iterator[str]:
    with postgres_server.database(migrated=False) as url:
        postgres_server.execute(f"ALTER DATABASE {make_url(url).database} SET timezone TO 'Asia/Tokyo'")
        yield url


@pytest.fixture(scope="module")
def pgbouncer(database: str) -> Iterator[Pgbouncer]:
    program = pgbouncer_program()
    if program is None:
        pytest.skip("there is no pgbouncer on this machine; scripts/pooler installs Debian's")
    with running_pgbouncer(program, database) as pgbouncer:
        yield pgbouncer


def resources_of(folder: Path, database_url: str, direct_url: str | None = None, **more: str) -> Resources:
    flags = {"data": str(folder), "database_url": database_url, "secret_key": "00" * 32, **more}
    return open_resources(read_settings({}, flags | ({"database_direct_url": direct_url} if direct_url else {})))


POOLER = "VOXPORT_DATABASE_URL leads to a pooler that keeps no sessions .* Set VOXPORT_DATABASE_DIRECT_URL"
NOT_DIRECT = "VOXPORT_DATABASE_DIRECT_URL does not lead to the database of VOXPORT_DATABASE_URL"


async def test_a_pooler_of_transactions_alone_is_refused_in_a_sentence(pgbouncer: Pgbouncer, tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match=POOLER):
        await prepare_database(resources_of(tmp_path, pgbouncer.by_transaction))


async def test_a_direct_address_that_is_none_is_refused(
    pgbouncer: Pgbouncer, tmp_path: Path, postgres_url: str
) -> None:
    another = postgres_url
    for direct in (pgbouncer.by_transaction, another):
        with pytest.raises(Misconfigured, match=NOT_DIRECT):
            await prepare_database(resources_of(tmp_path, pgbouncer.by_transaction, direct))
    with pytest.raises(Misconfigured, match="no effect without VOXPORT_DATABASE_URL"):
        open_resources(read_settings({}, {"data": str(tmp_path), "database_direct_url": pgbouncer.by_session}))


async def test_a_pooler_of_sessions_needs_nothing(pgbouncer: Pgbouncer, tmp_path: Path) -> None:
    await prepare_database(resources_of(tmp_path, pgbouncer.by_session), serves=False)


async def test_everything_works_by_a_pooler_of_transactions(
    pgbouncer: Pgbouncer, database: str, tmp_path: Path
) -> None:
    resources = resources_of(tmp_path, pgbouncer.by_transaction, database, database_connections="12")
    await prepare_database(resources)
    async with open_store(resources, Connections(2, 1, 0)) as store, open_api(resources) as api:
        tokens = [
            (await store.tokens.create((await store.organizations.create(name)).id))[0] for name in ("Acme", "Bolt")
        ]
        transport = httpx.ASGITransport(api, raise_app_exceptions=True)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:

            async def ask(method: str, path: str, token: str = tokens[0], **body: Any) -> httpx.Response:
                return await client.request(method, path, headers={"Authorization": f"Bearer {token}"}, **body)

            posted = await asyncio.gather(*(ask("POST", "/v3/media", files={"media": b"RIFF"}) for _ in range(10)))
            assert {answer.status_code for answer in posted} == {200}
            paths = [f"/v3/media/{answer.json()['mediaId']}" for answer in posted]
            # More often than a driver waits until it prepares a statement, on more connections than one.
            asked = [*paths, "/v3/media", "/readyz"] * 12
            read = await asyncio.gather(*(ask("GET", path) for path in asked))
            assert {answer.status_code for answer in read} == {200}
            others = await asyncio.gather(*(ask("GET", path, tokens[1]) for path in paths for _ in range(3)))
            assert {answer.status_code for answer in others} == {404}
            assert set(await asyncio.gather(*(time_zone(store) for _ in range(12)))) == {"UTC"}
            metrics = await ask("GET", "/metrics")
            assert 'voxport_queue_jobs{queue="ingest"} 10.0' in metrics.text


async def time_zone(store: Store) -> str:
    async with store.transaction() as connection:
        return str((await connection.exec_driver_sql("SHOW timezone")).scalar_one())


async def test_notices_come_by_the_direct_address(pgbouncer: Pgbouncer, database: str, tmp_path: Path) -> None:
    resources = resources_of(tmp_path, pgbouncer.by_transaction, database)
    await prepare_database(resources)
    async with open_worker(resources) as deps:
        channels = {"procrastinate_queue_v1#ingest", DELIVERIES_CHANNEL}
        heard: set[str] = set()
        again = asyncio.Event()

        async def hear(*, channel: str, payload: str) -> None:
            heard.add(channel)
            again.set()

        async def hear_deliveries() -> None:
            async for _ in deps.store.notices(DELIVERIES_CHANNEL):
                await hear(channel=DELIVERIES_CHANNEL, payload="")

        connector = deps.engine.app.connector
        listening = [
            asyncio.create_task(connector.listen_notify(hear, channels - {DELIVERIES_CHANNEL})),
            asyncio.create_task(hear_deliveries()),
        ]
        async with asyncio.timeout(30):
            while heard != channels:  # who does not listen yet hears the next
                again.clear()
                async with deps.store.transaction() as connection:
                    await connection.exec_driver_sql(f"NOTIFY {DELIVERIES_CHANNEL}")
                await deps.engine.defer(job_of(Step.INGEST), uuid4())
                with suppress(TimeoutError):
                    await asyncio.wait_for(again.wait(), 0.1)
            # The driver can lose a cancellation that comes in the moment of a notice.
            while running := [task for task in listening if not task.done()]:
                for task in running:
                    task.cancel()
                await asyncio.wait(running, timeout=1)
