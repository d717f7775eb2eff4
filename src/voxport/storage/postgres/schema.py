"""Brings a database to this version's schema; our tables only, the job queue's are the workflow's."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import Connection, event, exc, text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from voxport.core.errors import Misconfigured, TransientFault
from voxport.storage.postgres.connecting import CONNECT, POOLED, parse_url, set_utc_of_engine
from voxport.storage.postgres.faults import TAKES_NO_WRITES, refusal, retry
from voxport.storage.postgres.guards import repair_guards, repair_role
from voxport.storage.postgres.names import VERSION_TABLE

_LOCK = 0x766F78706F7274  # "voxport": held while migrating, so that one of several processes does it
_NOT_OURS = (
    "The tables of the database, or its schema, belong to another role, and this one may not change them. Connect as "
    "that role, or let an administrator say: REASSIGN OWNED BY ... TO ..., and ALTER DATABASE ... OWNER TO ...."
)
_LOCATION = "voxport.storage.postgres:migrations"
LEAST_VERSION = 14
"""Of PostgreSQL."""
LATEST = "head"
"""The schema of this version, as a target."""


async def migrate(database_url: str, target: str = LATEST) -> None:
    """Applies what is missing, in one transaction, and mends what tenants may see and do.

    Safe from several processes at once and any number of times. `target` is the last version to apply; rights are
    mended with the latest alone.

    Raises TransientFault when the database is away or takes no writes. Raises Misconfigured when it is newer than this
    program or not its own, and when it lets it in never: a wrong password, no such database.
    """
    engine = create_async_engine(
        parse_url(database_url), poolclass=NullPool, hide_parameters=True, connect_args={**CONNECT, **POOLED}
    )
    event.listen(engine.sync_engine, "connect", set_utc_of_engine)

    async def once() -> None:
        try:
            async with engine.begin() as connection:
                await _require_usable(connection)
                await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
                await connection.run_sync(_upgrade, target)
        except exc.DBAPIError as error:
            raise refusal(error) or error from error

    try:
        await retry(once)
    except exc.ProgrammingError as error:
        if not isinstance(error.orig, InsufficientPrivilege):
            raise
        raise Misconfigured(_NOT_OURS) from None
    finally:
        await engine.dispose()


async def _require_usable(connection: AsyncConnection) -> None:
    """Of a known version, and no standby, which may have become the primary when it is asked again."""
    number = await connection.scalar(text("SELECT current_setting('server_version_num')::int / 10000"))
    if number < LEAST_VERSION:
        raise Misconfigured(f"The database is PostgreSQL {number}; Voxport needs {LEAST_VERSION} or newer.")
    if await connection.scalar(text("SELECT current_setting('transaction_read_only')")) == "on":
        raise TransientFault(f"{TAKES_NO_WRITES}.")


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE}).get_current_revision()


def _upgrade(connection: Connection, target: str) -> None:
    configuration = Config()
    configuration.set_main_option("script_location", _LOCATION)
    configuration.set_main_option("path_separator", "os")
    revision = _revision(connection)
    scripts = ScriptDirectory.from_config(configuration)
    if revision is not None and revision not in {script.revision for script in scripts.walk_revisions()}:
        raise Misconfigured(
            f"The database has the schema {revision}, which this version of Voxport does not know: it was used by a "
            "newer version. Run that version, or restore a backup from before the upgrade."
        )
    configuration.attributes["connection"] = connection
    repair_role(connection)
    try:
        command.upgrade(configuration, target)
        if target == LATEST:
            # An earlier schema, into which rows are moved, has not all that tenants have rights on here.
            repair_guards(connection)
    except CommandError as error:
        raise Misconfigured(f"The database cannot be brought to this version's schema: {error}") from error
