"""PostgreSQL for tests: one embedded server a session, and for each test a database of its own with every table."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy.engine import make_url

from voxport.storage.postgres.embedded import start_embedded
from voxport.storage.postgres.names import VERSION_TABLE
from voxport.storage.postgres.schema import migrate
from voxport.workflow.engine import Engine

TEMPLATE = "migrated_template"
LARGEST_LENT_AGAIN = 4 * 1024 * 1024
"""Bytes of all tables; a database that a test filled is not worth emptying."""

_LOSES_NOTHING_WORTH_KEEPING = ("fsync", "synchronous_commit", "full_page_writes")
"""Settings that only matter when the machine itself goes down; what survives a killed server does so without."""
_CATALOGS = ("attrdef", "attribute", "class", "constraint", "index", "namespace", "policy", "proc", "trigger", "type")
# Whoever changes a schema writes rows of these tables, which carry the number of the transaction, or removes some.
_SCHEMA = " UNION ALL ".join(
    f"SELECT '{name}', count(*), max(xmin::text::bigint) FROM pg_{name}"  # noqa: S608 - names of ours
    for name in _CATALOGS
)
_TABLES = f"relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> '{VERSION_TABLE}'"
_STATE = f"""
    SELECT (SELECT array_agg(one ORDER BY one) FROM ({_SCHEMA}) AS one)::text,
        (SELECT array_agg(one) FROM {VERSION_TABLE} AS one)::text,
        (SELECT count(*) FROM pg_db_role_setting JOIN pg_database AS d ON d.oid = setdatabase
            WHERE d.datname = current_database()),
        (SELECT datdba FROM pg_database WHERE datname = current_database())
"""  # noqa: S608 - names of ours
_SIZE = f"SELECT sum(pg_table_size(oid)) FROM pg_class WHERE {_TABLES}"  # noqa: S608 - names of ours
_LEAVE = (
    "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
_EMPTY = f"""
    DO $$
    DECLARE found record;
    BEGIN
        SET LOCAL session_replication_role = replica; -- neither triggers nor references
        FOR found IN SELECT oid::regclass AS name FROM pg_class WHERE {_TABLES} LOOP
            EXECUTE format('DELETE FROM %s', found.name);
        END LOOP;
        PERFORM setval(seqrelid::regclass, seqstart, false) FROM pg_sequence;
    END $$
"""  # noqa: S608 - names of ours


class PostgresServer:
    """`url` is the server's maintenance database; `database()` lends an empty one with every table."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._template_made = False
        self._empty: list[str] = []
        self._untouched: object = None

    def named(self, database: str) -> str:
        return make_url(self.url).set(database=database).render_as_string(hide_password=False)

    def execute(self, statement: str) -> None:
        with self._connected("postgres") as connection:
            connection.execute(statement.encode())

    @contextmanager
    def database(self, *, migrated: bool = True) -> Iterator[str]:
        """The URL of a database of the caller's own; at the end whoever is still connected is cut off.

        One with our tables is emptied then and lent again, unless its schema was touched: making one costs more than
        most tests.
        """
        name = self._empty.pop() if migrated and self._empty else self._made(migrated=migrated)
        again = False
        try:
            yield self.named(name)
            again = migrated and self._emptied(name)
        finally:
            if again:
                self._empty.append(name)
            else:
                self.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def _made(self, *, migrated: bool) -> str:
        if migrated and not self._template_made:
            self.execute(f"CREATE DATABASE {TEMPLATE}")
            asyncio.run(_prepare(self.named(TEMPLATE)))
            self._template_made = True
            with self._connected(TEMPLATE) as connection:
                self._untouched = connection.execute(_STATE.encode()).fetchone()
        name = f"test_{uuid.uuid4().hex}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE if migrated else 'template1'}")
        return name

    def _emptied(self, name: str) -> bool:
        """Whether it is now as it was made, and so may be lent again."""
        with self._connected(name) as connection:
            if connection.execute(_STATE.encode()).fetchone() != self._untouched:
                return False
            size = connection.execute(_SIZE.encode()).fetchone()
            if size is None or size[0] > LARGEST_LENT_AGAIN:
                return False
            connection.execute(_LEAVE.encode())
            connection.execute(_EMPTY.encode())
        return True

    def _connected(self, database: str) -> psycopg.Connection:
        return psycopg.connect(self.named(database).replace("+psycopg", ""), autocommit=True)


async def _prepare(url: str) -> None:
    await migrate(url)
    await Engine(url).install()


@contextmanager
def running_postgres(folder: Path) -> Iterator[PostgresServer]:
    embedded = start_embedded(folder)
    try:
        server = PostgresServer(embedded.url)
        for setting in _LOSES_NOTHING_WORTH_KEEPING:
            server.execute(f"ALTER SYSTEM SET {setting} = off")
        server.execute("SELECT pg_reload_conf()")
        yield server
    finally:
        embedded.stop()
