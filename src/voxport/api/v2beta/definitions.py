"""`/v2-beta/definitions` beside the saved collections: pages that lead to them, and what cannot be defined here."""

from __future__ import annotations

from starlette.responses import Response

from voxport.api.context import RequestContext, not_found
from voxport.api.responses import json_response
from voxport.api.routing import Handler
from voxport.wire.v2beta.definitions import INDEXES, models_body
from voxport.wire.v2beta.index import index_body


async def models(context: RequestContext) -> Response:
    """An empty list: no model of prediction can be made here."""
    await context.caller()
    return json_response(models_body())


async def model(context: RequestContext) -> Response:
    """Raises RequestRefused 10205: there is none."""
    await context.caller()
    raise not_found()


def index(path: str) -> Handler:
    """A handler for the page at `path`, which leads to the collections."""

    async def show(context: RequestContext) -> Response:
        await context.caller()
        return json_response(index_body(path, INDEXES[path]))

    return show
