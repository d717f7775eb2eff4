"""`/v3/` and the machine-readable descriptions of the API, one for each dialect.

The index of v2-beta is also a login, so it stands with the keys.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from starlette.responses import Response

from voxport.api.context import RequestContext
from voxport.api.responses import json_response, raw_response
from voxport.api.routing import Handler
from voxport.wire.v3.root import root_body
from voxport.wire.writing.specification import CONTENT_TYPE


async def show(context: RequestContext) -> Response:
    """The index; it needs a token, which clients use to try one."""
    await context.caller()
    return json_response(root_body())


def describe(specification: Callable[[], bytes]) -> Handler:
    """A handler for a machine spec, which needs no token."""

    async def show(_: RequestContext) -> Response:
        # The first call puts the document together, which takes longer than a request may hold up all others.
        return raw_response(await asyncio.to_thread(specification), CONTENT_TYPE)

    return show
