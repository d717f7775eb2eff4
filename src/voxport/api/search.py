"""What recordings can be searched by. Categories and VBQL are not built: what would need them is refused in words."""

from __future__ import annotations

from starlette.responses import Response

from voxport.api.context import RequestContext
from voxport.api.responses import json_response
from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused
from voxport.wire.reading.excerpts import clip
from voxport.wire.reading.refusals import not_built
from voxport.wire.reading.search_fields import SEARCH_LIMITS, check_search
from voxport.wire.v3.search import categories_body


async def fields(context: RequestContext) -> Response:
    """The fields of metadata that can be searched by."""
    await context.caller()
    return json_response(context.dialect.search_body())


async def declare_fields(context: RequestContext) -> Response:
    """Takes the fields that can be searched by and refuses every other."""
    await context.caller()
    stopped = Problem(Code.SEARCH_FIELDS_MISSING, "The request stopped arriving.")
    check_search(await context.body(SEARCH_LIMITS.size_bytes, stopped))
    return json_response(context.dialect.search_body())


async def categories(context: RequestContext) -> Response:
    """An empty list: no category can be saved here."""
    await context.caller()
    return json_response(categories_body())


async def category(context: RequestContext) -> Response:
    """Raises RequestRefused 80000: there is none, to show or to remove."""
    await context.caller()
    name = clip(context.request.path_params["name"])
    raise RequestRefused(Problem.of(Code.DEFINITION_NOT_FOUND, definition=name, collection="categories"))


async def put_category(context: RequestContext) -> Response:
    """Raises RequestRefused 10008."""
    await context.caller()
    raise not_built("Categorisation (categories)")


async def vbql(context: RequestContext) -> Response:
    """Raises RequestRefused 10008."""
    await context.caller()
    raise not_built("Search with VBQL (analytics/vbql)")
