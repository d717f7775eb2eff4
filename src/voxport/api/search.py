"""Asking calls: statements (VBQL), and the fields of the metadata that can be searched by."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace

from starlette.responses import Response

from voxport.api.context import RequestContext
from voxport.api.responses import json_response, made_response
from voxport.core.codes import Code
from voxport.core.definitions import DefinitionKind, fields_to_json
from voxport.core.errors import Problem, RequestRefused
from voxport.core.media_query import MediaQuery
from voxport.core.statement import Declaration, DeclaredField
from voxport.storage.tenant import Tenant
from voxport.storage.tenant.definitions import SEARCH_FIELDS
from voxport.wire.reading.search_fields import (
    SEARCH_LIMITS,
    read_search_fields,
    shown_fields,
    types_of,
    with_declared,
)
from voxport.wire.reading.statements import MAX_STATEMENT_BYTES, parse_statement, together
from voxport.wire.v3.search import declared_body, statement_body

_STOPPED = Problem(Code.CONFIGURATION_INVALID, "The request stopped arriving.")


async def fields(context: RequestContext) -> Response:
    """The fields of metadata that are declared."""
    declared = await (await context.tenant()).definitions.search_fields()
    return json_response(context.dialect.search_body(shown_fields(declared)))


async def declare_fields(context: RequestContext) -> Response:
    """Declares fields in the place of those that were; what is there is found by them at once."""
    tenant = await context.tenant()
    stopped = Problem(Code.SEARCH_FIELDS_MISSING, "The request stopped arriving.")
    declared = read_search_fields(await context.body(SEARCH_LIMITS.size_bytes, stopped))
    await _declare(tenant, declared)
    return json_response(context.dialect.search_body(shown_fields(declared)))


async def vbql(context: RequestContext) -> Response:
    """What a statement finds among the calls that are indexed for it."""
    organization_id, options = (await context.caller()).organization.id, context.dependencies.options.search
    tenant = context.dependencies.store.tenant(organization_id)
    declared = await tenant.definitions.search_fields()
    body = await context.body(MAX_STATEMENT_BYTES, _STOPPED)
    statement = await asyncio.to_thread(parse_statement, body, options.statements, types_of(declared))
    started = time.monotonic()
    if isinstance(statement, Declaration):
        await _declare(tenant, with_declared(declared, statement.fields))
        return json_response(declared_body(_since_ms(started)))
    async with context.dependencies.searching.turn(organization_id):
        found = await tenant.search.select(statement, options.timeout_s)
    return await made_response(lambda: statement_body(statement, found, _since_ms(started)))


async def with_statement(context: RequestContext, tenant: Tenant, query: MediaQuery) -> MediaQuery:
    """`query` with the condition of its statement; raises RequestRefused 10007 for one that selects nothing."""
    written = (query.statement or "").encode()
    limits = context.dependencies.options.search.statements
    types = types_of(await tenant.definitions.search_fields())
    statement = await asyncio.to_thread(parse_statement, written, limits, types)
    if isinstance(statement, Declaration):
        raise RequestRefused(Problem(Code.CONFIGURATION_INVALID, "A list takes a statement that selects, not another."))
    conditions = [statement.condition] if query.condition is None else [query.condition, statement.condition]
    return replace(query, condition=together(conditions), indexed=True)


async def _declare(tenant: Tenant, declared: tuple[DeclaredField, ...]) -> None:
    await tenant.definitions.put(DefinitionKind.SEARCH_FIELDS, SEARCH_FIELDS, fields_to_json(declared))


def _since_ms(started: float) -> int:
    return round((time.monotonic() - started) * 1000)
