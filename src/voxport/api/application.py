"""Puts the API together: the table of addresses, what lies around it, and what refusals and faults become.

The web framework routes requests and sends responses; nothing else of it is used. Bodies stream, and documents have a
strict reader of their own in `wire`.
"""

from __future__ import annotations

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from voxport.api import error_handlers
from voxport.api.context import Dependencies
from voxport.api.cross_origin import CrossOrigin
from voxport.api.fault_net import FaultNet
from voxport.api.media_reader import MediaReader
from voxport.api.options import ApiOptions
from voxport.api.pipeline import Pipeline
from voxport.api.previews import Previews
from voxport.api.readiness import Readiness
from voxport.api.representation import Representation
from voxport.api.request_log import RequestLog
from voxport.api.results import Results
from voxport.api.routes import OPERATOR_ROUTES, OWN_ROUTES, shared_routes
from voxport.api.routing import named_routes
from voxport.api.server_metrics import ReadGauges, ServerMetrics
from voxport.api.store import ApiStore
from voxport.api.tracing import TracedPosts
from voxport.api.trials import Trials
from voxport.api.turns import Turns
from voxport.api.wrong_tokens import WrongTokens
from voxport.core.errors import RequestRefused, TransientFault
from voxport.openpgp.inspection import KeyInspector
from voxport.storage.objects.blobs import Blobs
from voxport.telemetry.traces import OFF, Traces
from voxport.wire.dialects import DIALECTS, V3
from voxport.wire.v3.stream_links import StreamLinks


def create_api(
    store: ApiStore,
    blobs: Blobs,
    pipeline: Pipeline,
    options: ApiOptions,
    *,
    gauges: ReadGauges | None = None,
    traces: Traces = OFF,
    trials: Trials | None = None,
    previews: Previews | None = None,
    beside: Sequence[BaseRoute] = (),
) -> Starlette:
    """The API over what it is given.

    `gauges` adds those of others (queues, deliveries) to `/metrics`, `trials` tries receivers, `previews` shows what
    deliveries send, and `beside` are addresses that others answer.
    """
    metrics = ServerMetrics(gauges)
    readiness = Readiness(store, blobs)
    dependencies = Dependencies(
        store=store,
        blobs=blobs,
        pipeline=pipeline,
        options=options,
        results=Results(store, blobs, options.result_cache_bytes),
        links=StreamLinks(options.link_key, options.link_lifetime_s),
        media_reader=MediaReader(store),
        metrics=metrics,
        readiness=readiness,
        representation=Representation(),
        wrong_tokens=WrongTokens(options.wrong_tokens_per_minute),
        key_inspector=KeyInspector(),
        trials=trials,
        previews=previews,
        searching=Turns(options.search.at_once, options.search.waiting, "searches"),
        showing=Turns(options.trials_at_once, options.trials_waiting, "requests of deliveries"),
        trying=Turns(options.trials_at_once, options.trials_waiting, "tries of receivers"),
    )
    routes = [
        route
        for name, dialect in DIALECTS.items()
        for route in named_routes((*shared_routes(dialect), *OWN_ROUTES.get(name, ())), dialect, dependencies)
    ]
    routes += named_routes(OPERATOR_ROUTES, V3, dependencies)
    api = Starlette(
        routes=[*routes, *beside],
        middleware=[
            Middleware(TracedPosts, traces=traces),
            Middleware(RequestLog, metrics=metrics),
            Middleware(CrossOrigin, origins=options.allow_origins),
            Middleware(FaultNet),
        ],
        exception_handlers={
            RequestRefused: error_handlers.refused,
            TransientFault: error_handlers.unavailable(readiness),
            HTTPException: error_handlers.unrouted,
        },
    )
    api.router.redirect_slashes = False
    return api
