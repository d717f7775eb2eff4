from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, column, create_engine, func, select, table, text, update
from sqlalchemy.engine import make_url

from tests.rooms.storage.recordings import accept
from tests.support.database import PostgresServer
from voxport.core.errors import Misconfigured
from voxport.core.json_text import WrittenNumber
from voxport.core.media_query import MediaQuery
from voxport.core.paging import Page
from voxport.core.scope import MediaCondition
from voxport.core.stages import Step
from voxport.storage.postgres.names import TENANT_ROLE, TENANT_TABLES, TENANT_VIEWS, VERSION_TABLE
from voxport.storage.postgres.schema import migrate
from voxport.storage.postgres.tables import metadata
from voxport.storage.store import Store


@pytest.fixture
def engine(postgres_url: str) -> Iterator[Engine]:
    engine = create_engine(postgres_url)
    yield engine
    engine.dispose()


@pytest.fixture
def our_tables(postgres_server: PostgresServer) -> Iterator[Engine]:
    """On a database with our tables and no other, not even the queue's."""
    with postgres_server.database(migrated=False) as url:
        asyncio.run(migrate(url))
        engine = create_engine(url)
        yield engine
        engine.dispose()


def test_migrations_make_exactly_the_tables_that_the_code_knows(our_tables: Engine) -> None:
    with our_tables.connect() as connection:
        options = {"version_table": VERSION_TABLE, "compare_server_default": True, "compare_type": True}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), metadata) == []


def test_index_definitions_and_checks_are_equal_too(our_tables: Engine, postgres_server: PostgresServer) -> None:
    """What Alembic's comparison leaves out: conditions of indexes, checks, computed and identity columns."""
    statements = (
        "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE connamespace = 'public'::regnamespace",
        "SELECT table_name, column_name, column_default, generation_expression, identity_generation "
        "FROM information_schema.columns WHERE table_schema = 'public'",
    )

    def described(engine: Engine) -> list[set[tuple[Any, ...]]]:
        with engine.connect() as connection:
            rows = [[tuple(row) for row in connection.execute(text(statement))] for statement in statements]
        return [{row for row in part if row[0] != VERSION_TABLE} for part in rows]

    with postgres_server.database(migrated=False) as url:
        bare = create_engine(url)
        metadata.create_all(bare)
        expected = described(bare)
        bare.dispose()
    assert described(our_tables) == expected


def test_every_table_of_a_tenant_is_guarded(engine: Engine) -> None:
    with engine.connect() as connection:
        guarded = text("SELECT relname FROM pg_class WHERE relrowsecurity AND relnamespace = 'public'::regnamespace")
        assert set(connection.execute(guarded).scalars()) == set(TENANT_TABLES)
        policies = list(connection.execute(text("SELECT tablename, roles, cmd, qual, with_check FROM pg_policies")))
        assert {policy.tablename for policy in policies} == set(TENANT_TABLES)
        for policy in policies:
            assert (policy.roles, policy.cmd) == ([TENANT_ROLE], "ALL")
            assert "voxport.organization" in policy.qual
            assert policy.qual == policy.with_check
        granted = text(
            "SELECT table_name, privilege_type FROM information_schema.role_table_grants WHERE grantee = :role"
        )
        rights = {tuple(row) for row in connection.execute(granted, {"role": TENANT_ROLE})}
        written = {("definitions", right) for right in ("INSERT", "UPDATE", "DELETE")}
        written |= {("public_keys", right) for right in ("INSERT", "DELETE")} | {("category_results", "INSERT")}
        assert rights == {(table, "SELECT") for table in (*TENANT_TABLES, *TENANT_VIEWS)} | written
        updatable = text(
            "SELECT column_name FROM information_schema.column_privileges "
            "WHERE privilege_type = 'UPDATE' AND grantee = :role AND table_name <> 'definitions'"
        )
        assert set(connection.execute(updatable, {"role": TENANT_ROLE}).scalars()) == {
            *("metadata", "deleted_at", "title", "description", "fields"),
            *("version", "matched", "places", "applied"),
            *("started", "ended", "cancelled", "problem", "calls", "done", "failures"),
            *("place_created", "place_media_id", "advanced"),
        }


async def test_migrating_again_and_at_once_changes_nothing(postgres_server: PostgresServer) -> None:
    with postgres_server.database(migrated=False) as url:
        await asyncio.gather(*(migrate(url) for _ in range(4)))
        await migrate(url)
        engine = create_engine(url)
        with engine.connect() as connection:
            versions = select(func.count()).select_from(table(VERSION_TABLE))
            assert connection.execute(versions).scalar_one() == 1
        engine.dispose()


async def test_metadata_of_the_schema_before_is_read_and_found(store: Store, postgres_url: str, engine: Engine) -> None:
    acme = await store.organizations.create("Acme")
    document = {"externalId": "call-17", "extended": {"agent": "Ann", "rate": WrittenNumber("1.10")}}
    media = await accept(store, acme.id, metadata=document)
    with engine.begin() as connection:
        _downgrade(connection, "v0007")
        assert connection.execute(text("SELECT jsonb_typeof(metadata) FROM media")).scalar_one() == "object"
    await migrate(postgres_url)
    tenant = store.tenant(acme.id)
    for query in (
        MediaQuery(external_id="call-17"),
        MediaQuery(only=(MediaCondition(extended=(("agent", "Ann"),)),)),
    ):
        assert [found.metadata for found in (await tenant.media.page(query)).elements] == [document]
    assert await tenant.media.page(MediaQuery(only=(MediaCondition(extended=(("rate", "1.10"),)),))) == Page([])
    changed = await tenant.media.set_metadata(media.id, {"externalId": "call-18"})
    assert changed is not None
    assert [found.id for found in (await tenant.media.page(MediaQuery(external_id="call-18"))).elements] == [media.id]


def _downgrade(connection: Connection, revision: str) -> None:
    configuration = Config()
    configuration.set_main_option("script_location", "voxport.storage.postgres:migrations")
    configuration.set_main_option("path_separator", "os")
    configuration.attributes["connection"] = connection
    command.downgrade(configuration, revision)


@pytest.mark.parametrize(("aligned", "following"), [(False, "media.text"), (True, "media.align")])
async def test_a_run_that_waits_to_recognise_digits_again_goes_on(
    store: Store, postgres_url: str, engine: Engine, aligned: bool, following: str
) -> None:
    acme = await store.organizations.create("Acme")
    media = await accept(store, acme.id)
    with engine.begin() as connection:
        _downgrade(connection, "v0024")
        connection.execute(text("UPDATE media_steps SET step = 'hear_again' WHERE step = 'speech'"))
        if aligned:
            connection.execute(text("UPDATE media_steps SET step = 'align' WHERE step = 'text'"))
        job = (
            "INSERT INTO procrastinate_jobs (queue_name, task_name, lock, queueing_lock, args) VALUES "
            "('speech', 'media.hear_again', 'media.hear_again:' || :id, 'media.hear_again:' || :id, "
            "jsonb_build_object('subject', CAST(:id AS text)))"
        )
        connection.execute(text(job), {"id": str(media.id)})
    await migrate(postgres_url)
    with engine.connect() as connection:
        jobs = connection.execute(text("SELECT queue_name, task_name, lock, queueing_lock FROM procrastinate_jobs"))
        assert [tuple(one) for one in jobs] == [("analysis", following, *[f"{following}:{media.id}"] * 2)]
    found = await store.media.get(media.id)
    assert found is not None
    assert Step.SPEECH not in {step.step for step in found.steps}


async def test_a_database_of_a_newer_version_is_refused(postgres_url: str, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(update(table(VERSION_TABLE, column("version_num"))).values(version_num="v9999"))
    with pytest.raises(
        Misconfigured, match="The database has the schema v9999, which this version of Voxport does not know"
    ):
        await migrate(postgres_url)


async def test_migrating_keeps_the_host_programs_logging_alone(postgres_server: PostgresServer) -> None:
    before = logging.getLogger().level, list(logging.getLogger().handlers)
    with postgres_server.database(migrated=False) as url:
        await migrate(url)
    assert (logging.getLogger().level, list(logging.getLogger().handlers)) == before


@pytest.mark.parametrize("url", ["sqlite:///x", "mysql://user:hidden@host/x", "no url at all: hidden"])
async def test_only_postgresql_is_taken_and_the_url_is_not_shown(url: str) -> None:
    with pytest.raises(Misconfigured) as refused:
        await migrate(url)
    assert "hidden" not in str(refused.value)


async def test_what_a_dump_does_not_carry_is_given_again(
    store: Store, postgres_url: str, engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    """As after `pg_dump` and `pg_restore` on another server: no rights, and no policies."""
    acme = await store.organizations.create("Acme")
    media = await accept(store, acme.id)
    with engine.begin() as connection:
        for table in TENANT_TABLES:
            connection.execute(text(f"DROP POLICY tenant ON {table}"))
            connection.execute(text(f"REVOKE ALL ON {table} FROM {TENANT_ROLE}"))
        connection.execute(text("ALTER TABLE media DISABLE ROW LEVEL SECURITY"))
        connection.execute(text(f"REVOKE USAGE ON SCHEMA public FROM {TENANT_ROLE}"))
    await migrate(postgres_url)
    assert "rights of tenants were missing in the database and were given again" in capsys.readouterr().out
    test_every_table_of_a_tenant_is_guarded(engine)
    found = await store.tenant(acme.id).media.get(media.id)
    assert found is not None
    assert await store.tenant(uuid4()).media.get(media.id) is None
    await migrate(postgres_url)
    assert "rights of tenants" not in capsys.readouterr().out


@pytest.fixture
def landlord(postgres_server: PostgresServer) -> Iterator[str]:
    """A role that may make databases and nothing else; its name."""
    name = f"role_{uuid4().hex}"
    postgres_server.execute(f"CREATE ROLE {name} LOGIN")
    yield name
    postgres_server.execute(f"DROP OWNED BY {name}")
    postgres_server.execute(f"DROP ROLE {name}")


@pytest.mark.parametrize("may_make_roles", [True, False])
async def test_a_role_that_is_no_administrator(
    postgres_server: PostgresServer, landlord: str, may_make_roles: bool
) -> None:
    """It makes the role of tenants itself if it may, and is told what to have granted if not."""
    with postgres_server.database(migrated=False) as url:
        postgres_server.execute(f"ALTER DATABASE {make_url(url).database} OWNER TO {landlord}")
        postgres_server.execute(f"ALTER ROLE {landlord} {'SUPERUSER' if may_make_roles else 'NOCREATEROLE'}")
        mine = make_url(url).set(username=landlord).render_as_string(hide_password=False)
        if may_make_roles:
            await migrate(mine)
            return
        with pytest.raises(Misconfigured, match=f"GRANT {TENANT_ROLE} TO {landlord}"):
            await migrate(mine)
        postgres_server.execute(f"GRANT {TENANT_ROLE} TO {landlord}")
        await migrate(mine)
        other = f"{landlord}_other"
        postgres_server.execute(f"CREATE ROLE {other} LOGIN IN ROLE {TENANT_ROLE}")
        try:
            with pytest.raises(Misconfigured, match="belong to another role"):
                await migrate(make_url(url).set(username=other).render_as_string(hide_password=False))
        finally:
            postgres_server.execute(f"DROP ROLE {other}")
