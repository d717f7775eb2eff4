"""Configurations to begin with: saved, shown and removed."""

from __future__ import annotations

import asyncio

from starlette.responses import Response

from voxport.api.context import RequestContext
from voxport.api.definitions import name_in_path
from voxport.api.responses import json_response, made_response
from voxport.api.submission_form import configuration_options
from voxport.core.codes import Code
from voxport.core.definitions import DefinitionKind, preset_to_json
from voxport.core.errors import Problem, RequestRefused
from voxport.wire.reading.excerpts import clip
from voxport.wire.v3.presets import BODY_LIMITS, parse_preset, preset_body, presets_body

_STOPPED = Problem(Code.CONFIGURATION_INVALID, "The request stopped arriving.")


async def list_presets(context: RequestContext) -> Response:
    """All presets of the caller's organisation."""
    found = await (await context.tenant()).definitions.all(DefinitionKind.PRESET)
    return await made_response(lambda: presets_body(found))


async def show(context: RequestContext) -> Response:
    """One preset, by name."""
    tenant, name = await context.tenant(), name_in_path(context)
    found = await tenant.definitions.get(DefinitionKind.PRESET, name)
    if found is None:
        raise _unknown(name)
    return json_response(preset_body(found))


async def put(context: RequestContext) -> Response:
    """Makes the preset or replaces it; recordings that were sent with it keep what it said."""
    tenant, name = await context.tenant(), name_in_path(context)
    body = await context.body(BODY_LIMITS.size_bytes, _STOPPED)
    options = configuration_options(context.dependencies.options)
    preset = await asyncio.to_thread(parse_preset, body, name, options)
    return json_response(preset_body(await tenant.definitions.put(DefinitionKind.PRESET, name, preset_to_json(preset))))


async def delete(context: RequestContext) -> Response:
    """Removes the preset."""
    tenant, name = await context.tenant(), name_in_path(context)
    if not await tenant.definitions.delete(DefinitionKind.PRESET, name):
        raise _unknown(name)
    return Response(status_code=204)


def _unknown(name: str) -> RequestRefused:
    return RequestRefused(Problem.of(Code.DEFINITION_NOT_FOUND, definition=clip(name), collection="presets"))
