"""What tenants may see and do in the database: the role, its rights and the policies of row-level security.

Migrations make them with their tables. Roles belong to a server, not to a database, so `pg_dump` does not carry them:
after a restore elsewhere they are missing, and every read of a tenant would fail. So each start looks, and mends.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import structlog
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import Connection, Row, exc, text

from voxport.core.errors import Misconfigured
from voxport.storage.postgres.names import TENANT_ROLE, TENANT_SETTING, TENANT_TABLES, TENANT_VIEWS

log = structlog.get_logger(__name__)

_MINE = f"organization_id = nullif(current_setting('{TENANT_SETTING}', true), '')::uuid"
_CONDITIONS: Mapping[str, str] = {
    "organizations": _MINE.removeprefix("organization_"),
    "media": f"{_MINE} AND deleted_at IS NULL",
}
"""Which rows of a table are the tenant's, where `_MINE` does not say it."""
_RIGHTS: Mapping[str, tuple[str, ...]] = {
    "media": ("SELECT", "UPDATE (metadata)"),
    "call_index": ("SELECT", "UPDATE (title)", "UPDATE (description)", "UPDATE (fields)"),
    "category_results": (
        *("SELECT", "INSERT"),
        *(f"UPDATE ({column})" for column in ("version", "matched", "places", "applied")),
    ),
    "category_applications": (
        "SELECT",
        *(f"UPDATE ({column})" for column in ("started", "ended", "cancelled", "problem", "calls", "done")),
        *(f"UPDATE ({column})" for column in ("matched", "failures", "place_created", "place_media_id", "advanced")),
    ),
    "definitions": ("SELECT", "INSERT", "UPDATE", "DELETE"),
    "public_keys": ("SELECT", "INSERT", "UPDATE (deleted_at)", "DELETE"),
}
"""Rights on a table, where they are more than to read it."""

_CREATE_ROLE = f"""
    DO $$ BEGIN
        CREATE ROLE {TENANT_ROLE} NOLOGIN;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN
        NULL;
    END $$
"""

_MEMBER = text(
    "SELECT current_user AS me, EXISTS (SELECT FROM pg_roles WHERE rolname = :role) AS known, "
    "current_setting('server_version_num')::int >= 160000 AS grants_have_options"
)
_MAY = text("SELECT has_table_privilege(:role, :table, :kind)")
_MAY_COLUMN = text(
    """
    SELECT coalesce((
        SELECT has_column_privilege(:role, attrelid, attnum, :kind) FROM pg_attribute
        WHERE attrelid = CAST(:table AS regclass) AND attname = :column AND NOT attisdropped
    ), true)
    """
)
"""Also where there is no such column: a schema of an earlier version has not all of them."""
_GUARDED = text(
    """
    SELECT c.relname AS table, c.relrowsecurity AS guarded, EXISTS (
        SELECT FROM pg_policies AS p WHERE p.schemaname = current_schema() AND p.tablename = c.relname
            AND p.policyname = 'tenant' AND p.roles = ARRAY[CAST(:role AS name)] AND strpos(p.qual, :setting) > 0
    ) AS has_policy
    FROM pg_class AS c WHERE c.relnamespace = current_schema()::regnamespace AND c.relname = ANY(:tables)
    """
)


def repair_role(connection: Connection) -> None:
    """The role of tenants exists, and this program may take it. Raises Misconfigured where a person has to grant it."""
    row = connection.execute(_MEMBER, {"role": TENANT_ROLE}).one()
    try:
        with connection.begin_nested():
            if not row.known:
                # Another database of this server may be making it now.
                connection.execute(text(_CREATE_ROLE))
            # From PostgreSQL 16 on who made a role is its member, and may still not take it.
            option = "SET" if row.grants_have_options else "MEMBER"
            asked = text("SELECT pg_has_role(current_user, :role, :option)")
            if not connection.execute(asked, {"role": TENANT_ROLE, "option": option}).scalar_one():
                connection.execute(text(f"GRANT {TENANT_ROLE} TO CURRENT_USER"))
    except exc.ProgrammingError as error:
        if not isinstance(error.orig, InsufficientPrivilege):
            raise
        raise Misconfigured(
            f"The role {row.me} of the database may not make or take the role {TENANT_ROLE}. Let an administrator of "
            f"the database say: CREATE ROLE {TENANT_ROLE} NOLOGIN; GRANT {TENANT_ROLE} TO {row.me};"
        ) from None


def repair_guards(connection: Connection) -> None:
    """Every table of tenants has its policy and the role its rights; nothing is touched where that is so."""
    wanted = {"role": TENANT_ROLE, "setting": TENANT_SETTING, "tables": [*TENANT_TABLES, *TENANT_VIEWS]}
    found = {row.table: row for row in connection.execute(_GUARDED, wanted)}
    statements = [one for name, row in sorted(found.items()) for one in _missing(connection, name, row)]
    in_schema = text("SELECT current_schema(), has_schema_privilege(:role, current_schema(), 'USAGE')")
    schema, may_use = connection.execute(in_schema, {"role": TENANT_ROLE}).one()
    if not may_use:
        quoted = connection.dialect.identifier_preparer.quote(schema)
        statements.append(f"GRANT USAGE ON SCHEMA {quoted} TO {TENANT_ROLE}")
    for statement in statements:
        connection.execute(text(statement))
    if statements:
        log.warning("rights of tenants were missing in the database and were given again", statements=len(statements))


def _missing(connection: Connection, table: str, found: Row[Any]) -> Iterator[str]:
    if table in TENANT_VIEWS:
        yield from _missing_rights(connection, table, ("SELECT",))
        return
    if not found.guarded:
        yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
    if not found.has_policy:
        condition = _CONDITIONS.get(table, _MINE)
        yield f"DROP POLICY IF EXISTS tenant ON {table}"
        yield f"CREATE POLICY tenant ON {table} TO {TENANT_ROLE} USING ({condition}) WITH CHECK ({condition})"
    yield from _missing_rights(connection, table, _RIGHTS.get(table, ("SELECT",)))


def _missing_rights(connection: Connection, table: str, rights: Sequence[str]) -> Iterator[str]:
    for right in rights:
        kind, _, column = right.partition(" ")
        its = {"role": TENANT_ROLE, "table": table, "kind": kind, "column": column.strip("()")}
        if not connection.execute(_MAY_COLUMN if column else _MAY, its).scalar_one():
            yield f"GRANT {right} ON {table} TO {TENANT_ROLE}"
