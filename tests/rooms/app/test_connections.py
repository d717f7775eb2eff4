"""How many connections to the database a process makes: as many as it is told, whatever is asked of it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx
import psycopg
import pytest

from voxport.app.api import open_api
from voxport.app.resources import open_resources, prepare_database
from voxport.settings import read_settings
from voxport.storage.postgres.connecting import Connections, driver_address


@pytest.mark.parametrize("most", [12, 13, 20, 100])
def test_the_shares_are_all_there_is(most: int) -> None:
    of_api, of_worker = Connections.of_api(most), Connections.of_worker(most)
    assert of_api.store + of_api.readers + of_api.queue == most
    assert of_worker.store + of_worker.queue + 2 == most
    assert min(of_api.store, of_api.readers, of_api.queue, of_worker.store, of_worker.queue) >= 2


async def test_an_api_under_load_keeps_to_its_connections(postgres_url: str, tmp_path: Path) -> None:
    flags = {"data": str(tmp_path), "database_url": postgres_url, "secret_key": "00" * 32}
    resources = open_resources(read_settings({}, flags | {"database_connections": "12"}))
    await prepare_database(resources)
    async with open_api(resources) as api:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(api), base_url="http://test") as client:
            headers = {"Authorization": "Bearer vx_nobody"}
            asked = [client.get(path, headers=headers) for path in ("/v3/media", "/metrics") for _ in range(60)]
            assert {answer.status_code for answer in await asyncio.gather(*asked)} <= {200, 401, 429}
        with psycopg.connect(driver_address(postgres_url)) as operator:
            said = "SELECT count(*) - 1 FROM pg_stat_activity WHERE datname = current_database()"
            (made,) = operator.execute(said).fetchone() or (0,)
        assert 2 <= made <= 12
