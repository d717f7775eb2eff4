"""`/healthz`, `/readyz`, `/metrics`: for those who run the server; no token, and nothing that names a customer."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

import structlog
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.responses import Response

from voxport.api.context import RequestContext
from voxport.api.responses import json_response, raw_response
from voxport.core.errors import TransientFault

log = structlog.get_logger(__name__)

_PROBE_TIMEOUT_S = 5.0
_PROBE_KEY = "media/readiness"
"""Any key does: whether there is such an object says nothing, that the store answers does."""


async def health(_context: RequestContext) -> Response:
    """The process answers; it asks nobody else."""
    return json_response({"status": "ok"})


async def readiness(context: RequestContext) -> Response:
    """Whether the database and the object store answer within a few seconds."""
    database, objects = await asyncio.gather(
        _answers("database", context.dependencies.store.ping()),
        _answers("store", asyncio.to_thread(context.dependencies.blobs.exists, _PROBE_KEY)),
    )
    ready = database and objects
    body = {"status": "ready" if ready else "unavailable", "database": database, "store": objects}
    return json_response(body, 200 if ready else 503)


async def metrics(context: RequestContext) -> Response:
    """Everything that is counted, for Prometheus."""
    return raw_response(await context.dependencies.metrics.exposition(), CONTENT_TYPE_LATEST)


async def _answers(name: str, question: Awaitable[object]) -> bool:
    try:
        async with asyncio.timeout(_PROBE_TIMEOUT_S):
            await question
    except (TransientFault, TimeoutError) as error:
        log.warning("not ready", part=name, error=type(error).__name__)
        return False
    return True
