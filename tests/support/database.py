"""PostgreSQL for tests: one embedded server a session, and for each test a database of its own, migrated already."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy.engine import make_url

from voxport.storage.postgres.embedded import start_embedded
from voxport.storage.postgres.schema import migrate

TEMPLATE = "migrated_template"


class PostgresServer:
    """`url` is the server's maintenance database; `database()` lends a fresh migrated one."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._template_made = False

    def named(self, database: str) -> str:
        return make_url(self.url).set(database=database).render_as_string(hide_password=False)

    def execute(self, statement: str) -> None:
        with psycopg.connect(self.url.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute(statement.encode())

    @contextmanager
    def database(self, *, migrated: bool = True) -> Iterator[str]:
        """The URL of a database that is dropped at the end, whoever is still connected."""
        if migrated and not self._template_made:
            self.execute(f"CREATE DATABASE {TEMPLATE}")
            asyncio.run(migrate(self.named(TEMPLATE)))
            self._template_made = True
        name = f"test_{uuid.uuid4().hex}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE if migrated else 'template1'}")
        try:
            yield self.named(name)
        finally:
            self.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def running_postgres(folder: Path) -> Iterator[PostgresServer]:
    embedded = start_embedded(folder)
    try:
        yield PostgresServer(embedded.url)
    finally:
        embedded.stop()
