"""Categories of calls: saved, shown and removed."""

from __future__ import annotations

import asyncio

from starlette.responses import Response

from voxport.api.context import RequestContext
from voxport.api.responses import json_response, made_response
from voxport.core.codes import Code
from voxport.core.definitions import DefinitionKind
from voxport.core.errors import Problem, RequestRefused
from voxport.wire.reading.definitions import BODY_LIMITS
from voxport.wire.reading.excerpts import clip
from voxport.wire.reading.search_fields import types_of
from voxport.wire.v3.categories import categories_body, category_body, parse_category

_STOPPED = Problem(Code.CONFIGURATION_INVALID, "The request stopped arriving.")


async def list_categories(context: RequestContext) -> Response:
    """All categories of the caller's organisation."""
    found = await (await context.tenant()).definitions.all(DefinitionKind.CATEGORY)
    return await made_response(lambda: categories_body(found))


async def show(context: RequestContext) -> Response:
    """One category, by name."""
    tenant, name = await context.tenant(), named(context)
    found = await tenant.definitions.get(DefinitionKind.CATEGORY, name)
    if found is None:
        raise unknown(name)
    return json_response(category_body(found))


async def put(context: RequestContext) -> Response:
    """Makes the category or replaces it; calls keep what they were found to be, with the version that said so."""
    tenant, name = await context.tenant(), named(context)
    body = await context.body(BODY_LIMITS.size_bytes, _STOPPED)
    declared, limits = (
        types_of(await tenant.definitions.search_fields()),
        context.dependencies.options.search.statements,
    )
    category = await asyncio.to_thread(parse_category, body, name, limits, declared)
    made = await tenant.definitions.put_category(name, category)
    return json_response(category_body(made))


async def delete(context: RequestContext) -> Response:
    """Removes the category; calls keep what they were found to be."""
    tenant, name = await context.tenant(), named(context)
    if not await tenant.definitions.delete_category(name):
        raise unknown(name)
    return Response(status_code=204)


def named(context: RequestContext) -> str:
    """The name in the path; raises RequestRefused 80000 for one that no category can have."""
    name: str = context.request.path_params["name"]
    if "\x00" in name:
        raise unknown(name)
    return name


def unknown(name: str) -> RequestRefused:
    """80000: there is no category of that name."""
    return RequestRefused(Problem.of(Code.DEFINITION_NOT_FOUND, definition=clip(name), collection="categories"))
