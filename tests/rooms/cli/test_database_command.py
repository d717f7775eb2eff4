"""`voxport database migrate`: what a job runs before the others start."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.support.database import PostgresServer
from voxport.cli.database import app
from voxport.core.errors import Misconfigured, TransientFault
from voxport.storage.cipher import Cipher
from voxport.storage.store import Store

KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="


def migrate(url: str, data: Path, monkeypatch: pytest.MonkeyPatch, key: str = KEY) -> str:
    monkeypatch.setenv("VOXPORT_DATABASE_URL", url.replace("+psycopg", ""))
    monkeypatch.setenv("VOXPORT_SECRET_KEY", key)
    done = CliRunner().invoke(app, ["migrate", "--data", str(data)], catch_exceptions=False)
    assert done.exit_code == 0
    return done.stderr


def test_an_empty_database_has_the_schema_then_and_a_second_time_nothing_changes(
    postgres_server: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def organizations(url: str) -> int:
        store = await Store.open(url, Cipher(bytes(32)), pool_size=1)
        try:
            return len(await store.organizations.all())
        finally:
            await store.close()

    with postgres_server.database(migrated=False) as url:
        for _ in range(2):
            assert "has the schema of this version" in migrate(url, tmp_path, monkeypatch)
        assert asyncio.run(organizations(url)) == 0
        with pytest.raises(Misconfigured, match="secret key is not the one"):
            migrate(url, tmp_path, monkeypatch, key="A" * 43 + "=")


def test_a_database_that_is_away_is_no_fault_of_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The job is tried again: exit status 75 and not 78."""
    with pytest.raises(TransientFault):
        migrate("postgresql://voxport@127.0.0.1:1/voxport", tmp_path, monkeypatch)
