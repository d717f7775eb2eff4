"""Categories over calls that are there: tried, which keeps nothing, and applied, which is work of its own."""

from __future__ import annotations

import asyncio
import time
from uuid import UUID

from starlette.responses import Response

from voxport.api.categories import unknown
from voxport.api.context import RequestContext, not_found
from voxport.api.responses import json_response, made_response
from voxport.core.categories import MAX_UNENDED, Application, NewApplication
from voxport.core.codes import Code
from voxport.core.definitions import Category, DefinitionKind, category_from_json
from voxport.core.errors import Problem, RequestRefused
from voxport.search.limits import StatementInvalid
from voxport.search.parsing import read_category
from voxport.storage.search.evaluation import Category as AskedCategory
from voxport.storage.tenant import Tenant
from voxport.wire.reading.definitions import BODY_LIMITS
from voxport.wire.reading.search_fields import types_of
from voxport.wire.reading.statements import statement_refused
from voxport.wire.v3.applications import (
    application_body,
    applications_body,
    parse_application,
    parse_trial,
    trial_body,
)

_STOPPED = Problem(Code.CONFIGURATION_INVALID, "The request stopped arriving.")
_FULL = f"{MAX_UNENDED} applications of the organisation have not ended; ask again when one has."
_TOO_MANY = 429
_SEARCHES = 10
"""A trial has the time of so many searches: it looks at each call."""


async def attempt(context: RequestContext) -> Response:
    """How many of the newest calls are in a category, or would be, and where."""
    organization_id, options = (await context.caller()).organization.id, context.dependencies.options.search
    tenant = context.dependencies.store.tenant(organization_id)
    asked = parse_trial(await context.body(BODY_LIMITS.size_bytes, _STOPPED))
    saved = Category(asked.query) if asked.name is None else await _saved(tenant, asked.name)
    types = types_of(await tenant.definitions.search_fields())
    try:
        condition = await asyncio.to_thread(read_category, saved.query, options.statements, types)
    except StatementInvalid as error:
        raise statement_refused(error) from None
    category = AskedCategory(asked.name or "", saved.version, condition)
    async with context.dependencies.searching.turn(organization_id):
        started = time.monotonic()
        trial = await tenant.categories.attempt(category, asked.calls, asked.shown, _SEARCHES * options.timeout_s)
        took_ms = round((time.monotonic() - started) * 1000)
    return await made_response(lambda: trial_body(trial, took_ms))


async def apply(context: RequestContext) -> Response:
    """Begins to look for a category in past calls; once this answers, nothing but a cancel ends it early."""
    caller = await context.caller()
    name = parse_application(await context.body(BODY_LIMITS.size_bytes, _STOPPED))
    organization_id = caller.organization.id
    saved = await _saved(context.dependencies.store.tenant(organization_id), name)
    new = NewApplication(organization_id, name, saved.version, saved.query)
    accepted = await context.dependencies.pipeline.apply_category(new)
    if accepted is None:
        raise RequestRefused(Problem(Code.BROKER_FAILED, _FULL), status=_TOO_MANY)
    return json_response(application_body(accepted))


async def list_applications(context: RequestContext) -> Response:
    """The newest of the organisation."""
    newest = await (await context.tenant()).applications.newest()
    return await made_response(lambda: applications_body(newest))


async def show(context: RequestContext) -> Response:
    """How far one is."""
    tenant, application_id = await context.tenant(), context.path_id("application_id")
    return json_response(application_body(await _application(tenant, application_id)))


async def cancel(context: RequestContext) -> Response:
    """Ends one where it is; what it has found stays. One that has ended stays as it is."""
    tenant, application_id = await context.tenant(), context.path_id("application_id")
    await tenant.applications.cancel(application_id)
    return json_response(application_body(await _application(tenant, application_id)))


async def _application(tenant: Tenant, application_id: UUID) -> Application:
    found = await tenant.applications.get(application_id)
    if found is None:
        raise not_found()
    return found


async def _saved(tenant: Tenant, name: str) -> Category:
    found = await tenant.definitions.get(DefinitionKind.CATEGORY, name)
    if found is None:
        raise unknown(name)
    return category_from_json(found.body)
