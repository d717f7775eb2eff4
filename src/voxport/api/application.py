"""Puts the API together.

Plain routes of the framework are used, without its parameter models: bodies stream, and documents have a strict reader
of their own in `wire`, so the models would only stand between a polling client and its answer.
"""

from __future__ import annotations

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware

from voxport.api import faults
from voxport.api.access import Access
from voxport.api.definitions import (
    SPOTTING_GROUPS,
    VOCABULARIES,
    DetectorsResource,
    MetricsResource,
    SavedResource,
)
from voxport.api.deliveries import DeliveriesResource
from voxport.api.desk import Desk
from voxport.api.media import MediaResource
from voxport.api.metadata import MetadataResource
from voxport.api.metrics import Figures, Metrics
from voxport.api.operations import OperationsResource
from voxport.api.options import ApiOptions
from voxport.api.pipeline import Pipeline
from voxport.api.progress import ProgressResource
from voxport.api.reading import MediaReader
from voxport.api.results import Results
from voxport.api.root import RootResource
from voxport.api.routing import NamedRoute, with_slashes
from voxport.api.streams import StreamsResource
from voxport.api.transcript import TranscriptResource
from voxport.api.v2beta.access import AccessResource
from voxport.api.v2beta.definitions import OlderDefinitionsResource
from voxport.api.v2beta.media import BelowMediaResource
from voxport.core.errors import RequestRefused, TransientFault
from voxport.storage.objects.blobs import Blobs
from voxport.storage.store import Store
from voxport.wire.dialects import DIALECTS, V2_BETA, WireDialect
from voxport.wire.v3.stream_links import StreamLinks


def create_api(
    store: Store, blobs: Blobs, pipeline: Pipeline, options: ApiOptions, *, figures: Figures | None = None
) -> FastAPI:
    """The API over what it is given; `figures` adds gauges of others (queues, deliveries) to `/metrics`."""
    metrics = Metrics(figures)
    desk = Desk(
        store,
        blobs,
        pipeline,
        options,
        Results(blobs, options.result_cache_bytes),
        StreamLinks(options.link_key, options.link_lifetime_s),
        MediaReader(store),
    )
    routes = [
        *(route for dialect in DIALECTS.values() for route in _both(desk, dialect)),
        *TranscriptResource(desk).routes(),
        *DeliveriesResource(desk).routes(),
        *StreamsResource(desk).routes(),
        *BelowMediaResource(desk).routes(),
        *OlderDefinitionsResource(desk).routes(),
        *AccessResource(desk).routes(),
        *DetectorsResource(desk).routes(),
        *MetricsResource(desk).routes(),
        *SavedResource(desk, SPOTTING_GROUPS).routes(),
        *SavedResource(desk, VOCABULARIES).routes(),
        *RootResource(desk).routes(),
        *OperationsResource(store, blobs, metrics).routes(),
    ]
    return FastAPI(
        routes=[*with_slashes(routes, V2_BETA.root)],
        middleware=[Middleware(Access, metrics=metrics)],
        exception_handlers={
            RequestRefused: faults.refused,
            TransientFault: faults.unavailable,
            HTTPException: faults.unrouted,
        },
        openapi_url=None,
        redirect_slashes=False,
    )


def _both(desk: Desk, dialect: WireDialect) -> list[NamedRoute]:
    """The resources that each dialect has."""
    return [
        *MediaResource(desk, dialect).routes(),
        *ProgressResource(desk, dialect).routes(),
        *MetadataResource(desk, dialect).routes(),
    ]
