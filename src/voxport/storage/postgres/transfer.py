"""All rows of a database as one file, and back into another one: between any versions of PostgreSQL.

A zip archive: `manifest.json`, and for each table what COPY gives, as text. It is read in one snapshot and written in
one transaction, a block at a time, whatever its size. Migrations make the tables, so nothing in the file is run.
"""

from __future__ import annotations

import json
import os
import tempfile
import zipfile
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from graphlib import TopologicalSorter
from pathlib import Path
from typing import IO, Any

import psycopg
from psycopg import sql
from pydantic import TypeAdapter, ValidationError

from voxport.core.errors import Misconfigured, TransientFault
from voxport.storage.postgres.connecting import connect
from voxport.storage.postgres.names import VERSION_TABLE

FORMAT = 1
"""Grows when a file of the form before can no longer be read."""
_MANIFEST = "manifest.json"
_BLOCK_BYTES = 1 << 20
_LEFT_OUT = (VERSION_TABLE, "worker_processes")
"""What the target has of itself, and who was at work on the old one."""
_TABLES = """
    SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum) FROM pg_class AS c
    JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' GROUP BY c.relname ORDER BY c.relname
"""
_REFERENCES = """
    SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint
    WHERE contype = 'f' AND connamespace = current_schema()::regnamespace AND conrelid <> confrelid
"""
_SEQUENCES = """
    SELECT c.relname, a.attname, pg_get_serial_sequence(c.relname, a.attname) FROM pg_class AS c
    JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'
        AND pg_get_serial_sequence(c.relname, a.attname) IS NOT NULL
"""
_SCHEMA = sql.SQL("SELECT version_num FROM {}").format(sql.Identifier(VERSION_TABLE))
_AT_WORK = "SELECT count(*) FROM worker_processes WHERE seen > now() - interval '10 seconds'"
_Connection = psycopg.AsyncConnection[Any]


@dataclass(frozen=True, slots=True)
class TableRows:
    """One table of a file."""

    name: str
    columns: tuple[str, ...]
    """Those that its member of the archive has, in order."""
    rows: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a file holds."""

    format: int
    schema: str
    """The version of the tables (`postgres/migrations`)."""
    tables: tuple[TableRows, ...]
    workers: int = 0
    """Worker processes that were at work while it was read: what they have done since is not in it."""

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables)


async def export_database(database_url: str, file: Path) -> Manifest:
    """Writes all rows to `file`, readable by its owner alone, whole or not at all. The database is left as it is.

    Raises TransientFault when the database is away, Misconfigured when it is none of this program.
    """
    try:
        with _whole_file(file) as output:
            async with await connect(database_url) as connection:
                await connection.set_isolation_level(psycopg.IsolationLevel.REPEATABLE_READ)
                await connection.set_read_only(True)
                with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
                    return await _write(connection, archive)
    except OSError as error:
        raise Misconfigured(f"{file} cannot be written: {error.strerror}.") from None
    except psycopg.OperationalError as error:
        raise TransientFault(f"The database does not answer ({type(error).__name__}).") from error


async def import_database(database_url: str, file: Path, prepare: Callable[[str], Awaitable[None]]) -> Manifest:
    """Puts the rows of `file` into an empty database, all or none.

    `prepare` makes all tables as they were in a version of the schema. Raises TransientFault, and Misconfigured for a
    file that cannot be used and for a database that is not empty.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = _manifest_of(archive)
            await prepare(manifest.schema)
            async with await connect(database_url) as connection:
                await _read(connection, archive, manifest)
    except (OSError, zipfile.BadZipFile, KeyError, ValidationError) as error:
        raise Misconfigured(
            f"{file} is not a whole file of `voxport database export` ({type(error).__name__})."
        ) from None
    except psycopg.OperationalError as error:
        raise TransientFault(f"The database does not answer ({type(error).__name__}).") from error
    except psycopg.Error as error:
        # Not its text, which may quote rows.
        raise Misconfigured(f"The database does not take what {file} holds ({type(error).__name__}).") from None
    return manifest


@contextmanager
def _whole_file(file: Path) -> Iterator[IO[bytes]]:
    """In the place of `file` when the block has ended well; else nothing is left."""
    with tempfile.NamedTemporaryFile(dir=file.parent, prefix=f".{file.name}-", delete=False) as output:
        draft = Path(output.name)
        try:
            yield output
            output.flush()
            os.fsync(output.fileno())
            draft.replace(file)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise


async def _write(connection: _Connection, archive: zipfile.ZipFile) -> Manifest:
    try:
        schema = await _one(connection, _SCHEMA)
    except psycopg.errors.UndefinedTable:
        raise Misconfigured("The database holds nothing of Voxport.") from None
    tables: list[TableRows] = []
    there = dict(await _all(connection, _TABLES))
    for name, columns in there.items():
        if name in _LEFT_OUT:
            continue
        copy = sql.SQL("COPY {} ({}) TO STDOUT").format(sql.Identifier(name), _listed(columns))
        rows = 0
        with archive.open(f"{name}.copy", "w", force_zip64=True) as member:
            async with connection.cursor() as cursor:
                async with cursor.copy(copy) as stream:
                    async for block in stream:
                        member.write(block)
                rows = cursor.rowcount
        tables.append(TableRows(name, tuple(columns), rows))
    workers = int(await _one(connection, _AT_WORK)) if "worker_processes" in there else 0
    manifest = Manifest(FORMAT, schema, tuple(tables), workers)
    archive.writestr(_MANIFEST, json.dumps(asdict(manifest), indent=1))
    return manifest


async def _read(connection: _Connection, archive: zipfile.ZipFile, manifest: Manifest) -> None:
    there = {name: set(columns) for name, columns in await _all(connection, _TABLES)}
    schema = await _one(connection, _SCHEMA)
    if schema != manifest.schema:
        raise Misconfigured(f"The database has the schema {schema}, the file {manifest.schema}; import into a new one.")
    known = {table.name: table for table in manifest.tables}
    for name, table in known.items():
        if name in _LEFT_OUT or not set(table.columns) <= there.get(name, set()):
            raise Misconfigured(
                f"The file holds the table {name} in a form that this version of Voxport does not know."
            )
        if await _one(connection, sql.SQL("SELECT EXISTS (SELECT FROM {})").format(sql.Identifier(name))):
            raise Misconfigured("The database is not empty; import into a new one.")
    references = await _all(connection, _REFERENCES)
    order = TopologicalSorter({name: {to for of, to in references if of == name and to in known} for name in known})
    for name in order.static_order():
        filled = sql.Identifier(name)
        # What the triggers would do, such as to note that a job was queued, is in the file already.
        await connection.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(filled))
        await _fill(connection, archive, known[name])
        await connection.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(filled))
    for name, column, sequence in await _all(connection, _SEQUENCES):
        latest = sql.SQL("SELECT setval({}, greatest(max({}), 1), max({}) IS NOT NULL) FROM {}").format(
            sql.Literal(sequence), sql.Identifier(column), sql.Identifier(column), sql.Identifier(name)
        )
        await connection.execute(latest)


async def _fill(connection: _Connection, archive: zipfile.ZipFile, table: TableRows) -> None:
    copy = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.name), _listed(table.columns))
    async with connection.cursor() as cursor:
        with archive.open(f"{table.name}.copy") as member:
            async with cursor.copy(copy) as stream:
                while block := member.read(_BLOCK_BYTES):
                    await stream.write(block)
        if cursor.rowcount != table.rows:
            raise Misconfigured(f"The file lacks rows of {table.name}: {cursor.rowcount} of {table.rows}.")


def _manifest_of(archive: zipfile.ZipFile) -> Manifest:
    manifest = TypeAdapter(Manifest).validate_json(archive.read(_MANIFEST))
    if manifest.format != FORMAT:
        raise Misconfigured(f"The file is of form {manifest.format}; this version of Voxport reads form {FORMAT}.")
    return manifest


def _listed(columns: Sequence[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, columns))


async def _all(connection: _Connection, query: str) -> list[Any]:
    return await (await connection.execute(query.encode())).fetchall()


async def _one(connection: _Connection, query: str | sql.Composed) -> Any:
    row = await (await connection.execute(query.encode() if isinstance(query, str) else query)).fetchone()
    return None if row is None else row[0]
