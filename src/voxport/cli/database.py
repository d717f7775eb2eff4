"""`voxport database`: brings its schema up to date, and moves all rows to another PostgreSQL."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from voxport.app.resources import open_resources, prepare_database
from voxport.cli.flags import settings_of
from voxport.cli.terminal import say
from voxport.cli.token import Data, DatabaseUrl
from voxport.storage.postgres.connecting import require_sessions
from voxport.storage.postgres.schema import migrate
from voxport.storage.postgres.transfer import Manifest, export_database, import_database
from voxport.workflow.engine import Engine

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="Bring the database to this version's schema; move all rows to another PostgreSQL, of any version from 14 on.",
)
File = Annotated[Path, typer.Argument(metavar="FILE", help="A zip archive.")]


@app.command("migrate")
def migrate_(data: Data = None, database_url: DatabaseUrl = None) -> None:
    """Bring the database to this version's schema, and end. Every start of the server does the same."""
    resources = open_resources(settings_of({"data": data, "database_url": database_url}))
    try:
        asyncio.run(prepare_database(resources, serves=False))
    finally:
        if resources.embedded is not None:
            resources.embedded.stop()
    say("the database has the schema of this version.")


@app.command("export")
def export_(file: File, data: Data = None, database_url: DatabaseUrl = None) -> None:
    """Write all rows of the server's database to a file. Stop the server first: what it does meanwhile is not in it."""
    resources = open_resources(settings_of({"data": data, "database_url": database_url}))

    async def write() -> Manifest:
        await require_sessions(resources.database_url, resources.direct_url)
        return await export_database(resources.session_url, file)

    try:
        written = asyncio.run(write())
    finally:
        if resources.embedded is not None:
            resources.embedded.stop()
    say(f"{file}: {written.rows} rows of {len(written.tables)} tables, schema {written.schema}.")
    if written.workers:
        say(f"{written.workers} workers were at work meanwhile: a whole backup, but to move stop them and do it again.")


@app.command("import")
def import_(file: File, data: Data = None, database_url: DatabaseUrl = None) -> None:
    """Put all rows of such a file into an empty database, and bring it to this version's schema."""
    resources = open_resources(settings_of({"data": data, "database_url": database_url}))
    url = resources.session_url

    async def prepare(schema: str) -> None:
        await migrate(url, schema)
        await Engine(url).install()

    async def move() -> int:
        await require_sessions(resources.database_url, resources.direct_url)
        read = await import_database(url, file, prepare)
        await migrate(url)
        return read.rows

    try:
        rows = asyncio.run(move())
    finally:
        if resources.embedded is not None:
            resources.embedded.stop()
    say(f"{rows} rows are in the database. The secret key and the objects of the store go with them.")
