"""The only place that builds things and hands them out: from settings to an API, or to the dependencies of a worker."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import lru_cache, partial

from starlette.applications import Starlette

from voxport.api.application import create_api
from voxport.api.options import ApiOptions
from voxport.audio.limits import DecodeLimits
from voxport.core.errors import Misconfigured, start_fault
from voxport.core.s3_objects import BY_KMS
from voxport.delivery.s3.role_store import RoleOptions, RoleStore
from voxport.delivery.s3.sessions import RoleSessions
from voxport.delivery.schedule import Schedule
from voxport.ingest.download import FetchLimits
from voxport.outbound import Outbound, OutboundOptions, Proxy, client_context
from voxport.settings import Settings, revealed
from voxport.speech.engine import Model
from voxport.speech.engines.selection import select_model
from voxport.speech.options import EngineOptions, RemoteOptions
from voxport.speech.recognizer import Recognizer
from voxport.storage.cipher import Cipher
from voxport.storage.objects.blobs import Blobs
from voxport.storage.postgres.embedded import Embedded, start_embedded
from voxport.storage.postgres.schema import migrate
from voxport.storage.store import Store
from voxport.wire.v3.stream_links import StreamLinks
from voxport.workflow.dependencies import DeliverLimits, Dependencies, WorkflowOptions
from voxport.workflow.dispatch.gauges import DeliveryGauges
from voxport.workflow.engine import Engine
from voxport.workflow.gauges import read_gauges
from voxport.workflow.intake import Intake
from voxport.workflow.story import register
from voxport.workflow.working_audio_bound import WorkingAudioBound

FRAMES_A_SECOND = 100
API_POOL = 10
WORKER_POOL = 10
STREAM_LINKS = "stream links"
"""What the key of those links is derived for; API and worker need the same."""


@dataclass(frozen=True, slots=True)
class Resources:
    """What every process of ours stands on."""

    settings: Settings
    database_url: str
    embedded: Embedded | None
    """The PostgreSQL that we run; None with a database of the operator's."""
    cipher: Cipher
    blobs: Blobs


def open_resources(settings: Settings) -> Resources:
    """Starts or joins the embedded database, opens the store, reads the key. Blocking.

    Raises Misconfigured; TransientFault where the disk is full.
    """
    data_dir = settings.data_dir
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise start_fault(error, f"The data folder {data_dir} cannot be made: {error.strerror}.") from None
    external = revealed(settings.database_url)
    if external and not settings.secret_key:
        raise Misconfigured(
            "VOXPORT_SECRET_KEY is missing: with VOXPORT_DATABASE_URL every server and worker needs the same key. "
            "Make one with: openssl rand -base64 32"
        )
    outbound_options(settings)  # what cannot be used is told before anything starts
    cipher = Cipher.load(revealed(settings.secret_key), data_dir)
    blobs = open_blobs(settings)
    embedded = None if external else start_embedded(data_dir)
    return Resources(settings, external or embedded_url(embedded), embedded, cipher, blobs)


def embedded_url(embedded: Embedded | None) -> str:
    if embedded is None:
        raise Misconfigured("There is no database: set VOXPORT_DATABASE_URL or use the embedded one.")
    return embedded.url


def open_blobs(settings: Settings) -> Blobs:
    """The store of media and results: VOXPORT_STORE_URL, or a folder under the data folder."""
    url = settings.store_url or (settings.data_dir / "objects").as_uri()
    endpoint = settings.s3_endpoint_url
    if url.startswith("s3://") and endpoint:
        return Blobs.open(url, endpoint=endpoint, allow_http=endpoint.startswith("http://"))
    return Blobs.open(url)


async def prepare_database(resources: Resources) -> None:
    """Our tables and the queue's, where they are missing or old; raises Misconfigured under another key."""
    await migrate(resources.database_url)
    await Engine(resources.database_url).install()
    async with open_store(resources, pool_size=1) as store:
        await store.secret_key.agree()


@asynccontextmanager
async def open_store(resources: Resources, pool_size: int, *, answer_s: float | None = None) -> AsyncIterator[Store]:
    store = await Store.open(resources.database_url, resources.cipher, pool_size=pool_size, answer_s=answer_s)
    try:
        yield store
    finally:
        await store.close()


@asynccontextmanager
async def open_engine(resources: Resources, *, answer_s: float | None = None) -> AsyncIterator[Engine]:
    engine = Engine(resources.database_url, answer_s=answer_s)
    await engine.open()
    try:
        yield engine
    finally:
        await engine.close()


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
        separate_channels=settings.separate_channels,
        wrong_tokens_per_minute=settings.wrong_tokens_per_minute,
        organization_calls=settings.organization_calls,
        organization_bytes=settings.organization_bytes,
        link_key=resources.cipher.derive(STREAM_LINKS),
        public_url=settings.public_url or "",
    )
    answer_s = settings.database_timeout_s
    async with (
        open_store(resources, API_POOL, answer_s=answer_s) as store,
        open_engine(resources, answer_s=answer_s) as engine,
    ):
        pipeline = Intake(store, resources.blobs, engine, answer_s=answer_s)
        ours = partial(read_gauges, store, engine, DeliveryGauges(store))
        yield create_api(store, resources.blobs, pipeline, options, gauges=ours)


@asynccontextmanager
async def open_worker(resources: Resources) -> AsyncIterator[Dependencies]:
    """The dependencies of a worker over their own connections, which close with the block."""
    outbound = Outbound(outbound_options(resources.settings))
    try:
        async with open_store(resources, WORKER_POOL) as store, open_engine(resources) as engine:
            deps = Dependencies(
                store=store,
                blobs=resources.blobs,
                engine=engine,
                outbound=outbound,
                recognizer=recognizer_of(resources.settings),
                stream_links=StreamLinks(resources.cipher.derive(STREAM_LINKS)),
                public_url=public_url(resources.settings),
                options=workflow_options(resources.settings),
                role_store=role_store_of(resources.settings, outbound),
                working_audio=working_audio_bound(resources.settings),
            )
            register(engine, deps)
            yield deps
    finally:
        await outbound.aclose()


def public_url(settings: Settings) -> str:
    """The API's address for who is called back; without a setting the one it listens on."""
    host = settings.host
    listening = f"http://{f'[{host}]' if ':' in host else host}:{settings.port}"
    return settings.public_url or listening


def recognizer_of(settings: Settings) -> Callable[[], Recognizer]:
    """A function that loads the model on its first call and gives the same recogniser ever after."""

    @lru_cache(maxsize=1)
    def recognizer() -> Recognizer:
        return Recognizer(model_of(settings))

    return recognizer


def model_of(settings: Settings) -> Model:
    """The recognition model, found and checked but not loaded; raises Misconfigured when it is absent or wrong."""
    options = EngineOptions(
        device=settings.device,
        compute_type=settings.compute_type,
        threads=settings.speech_threads,
        batch_frames=settings.speech_batch_s * FRAMES_A_SECOND,
        devices=settings.gpus,
        languages=settings.model_languages,
    )
    remote = RemoteOptions(
        model=settings.remote_model,
        key=revealed(settings.remote_key),
        concurrency=settings.remote_concurrency,
        timeout_s=settings.remote_timeout_s,
    )
    return select_model(
        settings.model, settings.data_dir, allow_download=settings.model_download, options=options, remote=remote
    )


def outbound_options(settings: Settings) -> OutboundOptions:
    """Raises Misconfigured for a proxy or a file of authorities that cannot be used."""
    try:
        client_context(settings.ca_file)
    except ValueError as error:
        raise Misconfigured(f"VOXPORT_CA_FILE cannot be used: {error}.") from None
    return OutboundOptions(
        allow_networks=settings.allow_networks,
        allow_http=settings.allow_http,
        proxy=proxy_of(settings),
        ca_file=settings.ca_file,
        connect_timeout_s=settings.delivery_connect_timeout_s,
        answer_timeout_s=settings.delivery_timeout_s,
    )


def proxy_of(settings: Settings) -> Proxy | None:
    """None without one; raises Misconfigured."""
    written = revealed(settings.proxy)
    if written is None:
        idle = [name for name in ("proxy_resolves", "no_proxy") if getattr(settings, name)]
        if idle:
            raise Misconfigured(f"VOXPORT_{idle[0].upper()} has no effect without VOXPORT_PROXY.")
        return None
    try:
        return Proxy.read(written, resolves=settings.proxy_resolves, direct=settings.no_proxy)
    except ValueError as error:
        raise Misconfigured(f"VOXPORT_PROXY cannot be used: {error}.") from None


def role_sessions_of(settings: Settings) -> RoleSessions:
    """Asks nobody until the first role; raises Misconfigured."""
    return RoleSessions(settings.sts_endpoint_url, proxy=proxy_of(settings), ca_file=settings.ca_file)


def role_store_of(settings: Settings, outbound: Outbound) -> RoleStore:
    """Delivery into customers' buckets; asks nobody until the first of them. Raises Misconfigured."""
    if settings.role_kms_key_id and settings.role_encryption not in BY_KMS:
        raise Misconfigured(
            f"VOXPORT_ROLE_KMS_KEY_ID has no effect without VOXPORT_ROLE_ENCRYPTION: set it to {' or '.join(BY_KMS)}."
        )
    options = RoleOptions(
        template=settings.role_key_template,
        server_side_encryption=settings.role_encryption,
        kms_key_id=settings.role_kms_key_id,
        storage_class=settings.role_storage_class,
        hosts=settings.role_hosts,
    )
    return RoleStore(outbound, role_sessions_of(settings), options)


def schedule_of(settings: Settings) -> Schedule:
    return Schedule(
        rounds_s=settings.delivery_rounds, attempts=settings.delivery_tries, jitter=settings.delivery_jitter
    )


def working_audio_bound(settings: Settings) -> WorkingAudioBound:
    total = settings.working_audio_bytes
    return WorkingAudioBound(total, settings.organization_working_audio_bytes or -(-total // 2))


def workflow_options(settings: Settings) -> WorkflowOptions:
    return WorkflowOptions(
        decode=DecodeLimits(max_duration_s=settings.max_duration_s, max_channels=settings.max_channels),
        fetch=FetchLimits(
            max_bytes=settings.max_upload_bytes,
            total_timeout_s=settings.fetch_timeout_s,
            idle_timeout_s=settings.fetch_idle_timeout_s,
        ),
        schedule=schedule_of(settings),
        fetch_tries=settings.fetch_tries,
        stage_timeout_s=settings.stage_timeout_s,
        stalled_after_s=settings.stalled_after_s,
        deliver=DeliverLimits(
            per_endpoint=settings.endpoint_concurrency,
            pause_after=settings.endpoint_pause_after,
            first_probe_s=settings.endpoint_probe_s,
        ),
        check_redaction=settings.redaction_check,
        erase_original=settings.erase_original_after_redaction,
        profanity_words=settings.profanity_words,
        scratch=settings.data_dir,
    )
