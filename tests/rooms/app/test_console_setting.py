"""The console is served where its setting says so, and nothing of it is there where it does not."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from voxport.app.api import open_api
from voxport.app.resources import open_resources, prepare_database
from voxport.settings import read_settings

BELOW = ("", "/", "/sign-in", "/calls", "/operations", "/static/x/console.css", "/nothing")


@pytest.mark.parametrize("written", ["true", "false"])
async def test_the_console_is_there_or_nothing_of_it(written: str, postgres_url: str, tmp_path: Path) -> None:
    flags = {"data": str(tmp_path), "database_url": postgres_url, "secret_key": "00" * 32, "console": written}
    resources = open_resources(read_settings({}, flags))
    await prepare_database(resources)
    async with (
        open_api(resources) as api,
        httpx.AsyncClient(transport=httpx.ASGITransport(api), base_url="http://test") as client,
    ):
        assert (await client.get("/console/sign-in")).status_code == (200 if written == "true" else 404)
        if written == "false":
            assert {(await client.get(f"/console{below}")).status_code for below in BELOW} == {404}
            own_page = {"Sec-Fetch-Site": "same-origin"}
            sent = await client.post("/console/sign-in", data={"token": "x"}, headers=own_page)
            assert (sent.status_code, "set-cookie" in sent.headers) == (404, False)
        assert (await client.get("/healthz")).status_code == 200
