"""All rows of a database as a file, and back into another one."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql
from typer.testing import CliRunner

from tests.rooms.storage.recordings import accept
from tests.support.database import PostgresServer
from voxport.cli.database import app
from voxport.core.delivery import DeliveryStatus
from voxport.core.delivery_query import DeliveryQuery
from voxport.core.errors import Misconfigured
from voxport.core.plan import CallbackPlan, Plan
from voxport.core.stages import ERASE
from voxport.storage.cipher import Cipher
from voxport.storage.postgres.schema import migrate
from voxport.storage.postgres.transfer import export_database, import_database
from voxport.storage.store import Store
from voxport.workflow.engine import Engine

Prepare = Callable[[str], Awaitable[None]]
TABLES = ("media", "media_steps", "deliveries", "organizations", "procrastinate_jobs", "procrastinate_events")

_TEXT = sql.SQL("SELECT t::text FROM {} AS t")


def prepared(url: str) -> Prepare:
    async def prepare(schema: str) -> None:
        await migrate(url, schema)
        await Engine(url).install()

    return prepare


async def nothing_prepared(_schema: str) -> None:
    """As in a database that has a schema already."""


def rows(url: str) -> dict[str, set[Any]]:
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        found = {table: connection.execute(_TEXT.format(sql.Identifier(table))).fetchall() for table in TABLES}
    return {table: {row[0] for row in lines} for table, lines in found.items()}


@pytest.fixture
def target(postgres_server: PostgresServer) -> Iterator[str]:
    with postgres_server.database(migrated=False) as url:
        yield url


@pytest.fixture
async def exported(store: Store, postgres_url: str, tmp_path: Path) -> Path:
    """Of a database with all that is hard to move: accents, tabs and backslashes, sealed bytes, jobs, big sequences."""
    await Engine(postgres_url).install()
    acme = await store.organizations.create("Acmé\t\\N ")
    for position in range(3):
        plan = Plan(callbacks=(CallbackPlan(f"https://hook.example/{position}?secret=1"),))
        media = await accept(store, acme.id, plan=plan, metadata={"title": "Zeile 1\nZeile 2 \u2028 \\."})
    await store.media.finish(media.id, run=1)
    engine = Engine(postgres_url)
    await engine.open()
    await engine.defer(ERASE, media.id)
    await engine.close()
    file = tmp_path / "rows.zip"
    assert (await export_database(postgres_url, file)).rows > 10
    return file


async def test_all_rows_arrive_and_new_ones_follow(
    exported: Path, postgres_url: str, target: str, store: Store, cipher: Cipher
) -> None:
    await import_database(target, exported, prepared(target))
    assert rows(target) == rows(postgres_url)
    (acme,) = await store.organizations.all()
    moved = await Store.open(target, cipher, pool_size=2)
    try:
        new = await accept(moved, acme.id)
        assert new.sequence == 4
        ended = (await moved.tenant(acme.id).deliveries.page(DeliveryQuery())).elements
        assert [one.delivery.status for one in ended] == [DeliveryStatus.PENDING]
        opened = await moved.media.get(ended[0].delivery.media_id)
        assert opened is not None
        assert opened.plan.callbacks[0].url == "https://hook.example/2?secret=1"
    finally:
        await moved.close()


async def test_a_database_that_is_not_empty_is_left_as_it_is(exported: Path, postgres_url: str) -> None:
    before = rows(postgres_url)
    with pytest.raises(Misconfigured, match="The database is not empty"):
        await import_database(postgres_url, exported, prepared(postgres_url))
    assert rows(postgres_url) == before
    with psycopg.connect(postgres_url.replace("+psycopg", ""), autocommit=True) as operator:
        operator.execute("UPDATE voxport_schema SET version_num = 'v0001'")
    with pytest.raises(Misconfigured, match="The database has the schema v0001"):
        await import_database(postgres_url, exported, nothing_prepared)
    assert rows(postgres_url) == before


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def test_a_file_is_its_owners_alone(exported: Path) -> None:
    assert stat.S_IMODE(exported.stat().st_mode) == 0o600
    assert names(exported.parent) == [exported.name]


def damage(exported: Path, fault: str) -> None:
    with zipfile.ZipFile(exported) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    if fault == "no manifest":
        members.pop("manifest.json")
    if fault == "fewer rows":
        members["media_steps.copy"] = b"".join(members["media_steps.copy"].splitlines(keepends=True)[1:])
    if fault == "another table":
        members["manifest.json"] = members["manifest.json"].replace(b'"uploads"', b'"pg_authid"')
    if fault == "newer":
        members["manifest.json"] = members["manifest.json"].replace(b'"schema": "v', b'"schema": "v9')
    with zipfile.ZipFile(exported, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    if fault in ("cut", "no archive"):
        exported.write_bytes(exported.read_bytes()[:-200] if fault == "cut" else b"no archive")


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("cut", "is not a whole file"),
        ("no manifest", "is not a whole file"),
        ("fewer rows", "The file lacks rows of media_steps"),
        ("no archive", "is not a whole file"),
        ("another table", "in a form that this version of Voxport does not know"),
        ("newer", "v9"),
    ],
)
async def test_a_file_that_is_not_whole_changes_nothing(exported: Path, target: str, fault: str, said: str) -> None:
    damage(exported, fault)
    with pytest.raises(Misconfigured, match=said):
        await import_database(target, exported, prepared(target))
    await migrate(target)
    await Engine(target).install()
    assert not any(rows(target).values())


async def test_nothing_of_ours_is_not_exported(target: str, tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="nothing of Voxport"):
        await export_database(target, tmp_path / "rows.zip")
    assert names(tmp_path) == []


def test_the_commands_move_a_database(
    exported: Path, postgres_url: str, target: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VOXPORT_SECRET_KEY", bytes(range(32)).hex())
    file = str(exported.with_name("again.zip"))
    for command, url in (("export", postgres_url), ("import", target)):
        done = CliRunner().invoke(app, [command, file, "--database-url", url, "--data", str(tmp_path / "data")])
        assert done.exception is None, done.exception
    assert rows(target) == rows(postgres_url)
