"""`/healthz`, `/readyz`, `/metrics`: for those who run the server, and nothing that names a customer."""

from __future__ import annotations

from prometheus_client import CONTENT_TYPE_LATEST
from starlette.responses import Response

from voxport.api.authentication import bearer_of
from voxport.api.context import RequestContext
from voxport.api.responses import json_response, raw_response


async def health(_context: RequestContext) -> Response:
    """The process answers; it asks nobody else."""
    return json_response({"status": "ok"})


async def readiness(context: RequestContext) -> Response:
    """Whether the database and the object store answer and take writes; what does not work, in a sentence each."""
    reasons = await context.dependencies.readiness.reasons()
    # What stands in brackets may be words of the part itself, with addresses in them; they are in the log.
    said = [f"{reason.partition(' (')[0].removesuffix('.')}." for reason in reasons.values() if reason is not None]
    body = {
        "status": "unavailable" if said else "ready",
        **{part: reason is None for part, reason in reasons.items()},
        **({"reasons": said} if said else {}),
    }
    return json_response(body, 503 if said else 200)


async def metrics(context: RequestContext) -> Response:
    """Everything that is counted, for Prometheus; raises RequestRefused 10002, 10003 where the operator set a token."""
    expected = context.dependencies.options.metrics_token
    if expected is not None:
        context.demand_token(bearer_of(context.request), expected)
    return raw_response(await context.dependencies.metrics.exposition(), CONTENT_TYPE_LATEST)
