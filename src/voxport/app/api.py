"""The API and the console beside it, built from the settings over what every process stands on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from starlette.applications import Starlette

from voxport import __version__
from voxport.api.application import create_api
from voxport.api.authentication import BEARER_TOKEN
from voxport.api.options import ApiOptions, SearchOptions
from voxport.app.deliveries import role_sessions_of, role_store_of, schedule_of
from voxport.app.network import outbound_options, public_url
from voxport.app.resources import STREAM_LINKS, Resources, open_engine, open_store
from voxport.console.application import Console, ConsoleOptions
from voxport.core.errors import Misconfigured
from voxport.outbound import Outbound
from voxport.search.limits import StatementLimits
from voxport.settings import Settings, revealed
from voxport.storage.objects.blobs import Blobs
from voxport.storage.postgres.connecting import Connections
from voxport.storage.store import Store
from voxport.telemetry.traces import open_traces
from voxport.wire.v3.stream_links import StreamLinks
from voxport.workflow.dispatch.gauges import DeliveryGauges
from voxport.workflow.dispatch.shown import ShownRequests
from voxport.workflow.dispatch.trials import DeliveryTrials
from voxport.workflow.gauges import read_gauges
from voxport.workflow.intake import Intake

TRIAL_S = 15.0
"""Time that a receiver which is tried has for its answer."""
CONSOLE_SESSIONS = "console sessions"
"""What the key of those sessions is derived for."""


@asynccontextmanager
async def open_api(resources: Resources) -> AsyncIterator[Starlette]:
    """The API over its own connections, which close with the block."""
    settings = resources.settings
    options = ApiOptions(
        max_upload_bytes=settings.max_upload_bytes,
        allow_http=settings.allow_http,
        allow_networks=settings.allow_networks,
        allow_origins=settings.allow_origins,
        second_round_s=schedule_of(settings).second_round_s,
        store_hosts=settings.role_hosts,
        roles_of_aws=not settings.sts_endpoint_url,
        separate_channels=settings.separate_channels,
        diarization=settings.diarization,
        wrong_tokens_per_minute=settings.wrong_tokens_per_minute,
        organization_calls=settings.organization_calls,
        organization_bytes=settings.organization_bytes,
        link_key=resources.cipher.derive(STREAM_LINKS),
        public_url=settings.public_url or "",
        metrics_token=metrics_token_of(settings),
        search=SearchOptions(
            timeout_s=settings.search_timeout_s,
            at_once=settings.searches,
            statements=StatementLimits(cost=settings.search_cost, rows=settings.search_rows),
        ),
    )
    answer_s, connections = settings.database_timeout_s, Connections.of_api(settings.database_connections)
    async with (
        open_store(resources, connections, answer_s=answer_s) as store,
        open_engine(resources, connections, answer_s=answer_s) as engine,
        open_traces(settings.traces_url, "api", __version__) as traces,
        open_trials(settings, store) as trials,
    ):
        pipeline = Intake(store, resources.blobs, engine, answer_s=answer_s, traces=traces)
        ours = partial(read_gauges, store, engine, DeliveryGauges(store), _watched_folder(settings))
        key, has_operator = resources.cipher.derive(CONSOLE_SESSIONS), options.metrics_token is not None
        console = Console(ConsoleOptions(key, has_operator, options.public_url))
        api = create_api(
            store,
            resources.blobs,
            pipeline,
            options,
            gauges=ours,
            traces=traces,
            trials=trials,
            previews=ShownRequests(
                _Material(store, resources.blobs, StreamLinks(options.link_key), public_url(settings)), trials.options
            ),
            beside=console.routes() if settings.console else (),
        )
        console.open(api)
        yield api


def _watched_folder(settings: Settings) -> Path | None:
    """The data folder, where database or objects lie in it; None: a full disk stops nothing."""
    return None if settings.database_url and settings.store_url else settings.data_dir


@dataclass(frozen=True, slots=True)
class _Material:
    """As `workflow.dispatch.requests.Material`, for a process that sends nothing."""

    store: Store
    blobs: Blobs
    stream_links: StreamLinks
    public_url: str


@asynccontextmanager
async def open_trials(settings: Settings, store: Store) -> AsyncIterator[DeliveryTrials]:
    """What tries receivers, by the one door to addresses of customers; who tries waits, so it gives up sooner."""
    outbound = Outbound(replace(outbound_options(settings), answer_timeout_s=TRIAL_S))
    try:
        role_store = role_store_of(settings, outbound)
        yield DeliveryTrials(outbound, store.webhook_secrets, role_sessions_of(settings), role_store.options)
    finally:
        await outbound.aclose()


def metrics_token_of(settings: Settings) -> str | None:
    """None where anybody may read them; raises Misconfigured for what no header can carry."""
    token = revealed(settings.metrics_token)
    if token is not None and not BEARER_TOKEN.fullmatch(token):
        raise Misconfigured("VOXPORT_METRICS_TOKEN cannot be sent as a bearer token: letters, digits and -._~+/ only.")
    return token
