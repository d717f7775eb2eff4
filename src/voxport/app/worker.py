"""The dependencies of a worker, built from the settings over what every process stands on."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from voxport import __version__
from voxport.app.deliveries import role_store_of, schedule_of
from voxport.app.model import model_of
from voxport.app.network import outbound_options, public_url
from voxport.app.resources import STREAM_LINKS, Resources, open_engine, open_store
from voxport.audio.limits import DecodeLimits
from voxport.ingest.download import FetchLimits
from voxport.outbound import Outbound
from voxport.settings import Settings
from voxport.speech.diarization.diarizer import Diarizer
from voxport.speech.recognizer import Recognizer
from voxport.storage.postgres.connecting import Connections
from voxport.telemetry.traces import open_traces
from voxport.wire.v3.stream_links import StreamLinks
from voxport.workflow.dependencies import DeliverLimits, Dependencies, WorkflowOptions
from voxport.workflow.story import register
from voxport.workflow.working_audio_bound import WorkingAudioBound


@asynccontextmanager
async def open_worker(resources: Resources) -> AsyncIterator[Dependencies]:
    """The dependencies of a worker over their own connections, which close with the block."""
    settings = resources.settings
    connections = Connections.of_worker(settings.database_connections)
    outbound = Outbound(outbound_options(settings))
    try:
        async with (
            open_store(resources, connections) as store,
            open_engine(resources, connections) as engine,
            open_traces(settings.traces_url, "worker", __version__) as traces,
        ):
            deps = Dependencies(
                store=store,
                blobs=resources.blobs,
                engine=engine,
                outbound=outbound,
                recognizer=recognizer_of(settings),
                stream_links=StreamLinks(resources.cipher.derive(STREAM_LINKS)),
                public_url=public_url(settings),
                options=workflow_options(settings),
                role_store=role_store_of(settings, outbound),
                working_audio=working_audio_bound(settings),
                traces=traces,
                diarizer=Diarizer(settings.data_dir, settings.speech_threads),
            )
            register(engine, deps)
            yield deps
    finally:
        await outbound.aclose()


def model_name(written: str) -> str:
    """What is shown of a model: of an endpoint its host, without what opens it; of a folder its own name."""
    return urlsplit(written).hostname or "" if "://" in written else Path(written).name or written


def recognizer_of(settings: Settings) -> Callable[[], Recognizer]:
    """A function that loads the model on its first call and gives the same recogniser ever after."""

    @lru_cache(maxsize=1)
    def recognizer() -> Recognizer:
        return Recognizer(model_of(settings))

    return recognizer


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
        model=model_name(settings.model),
        check_redaction=settings.redaction_check,
        category_timeout_s=settings.category_timeout_s,
        erase_original=settings.erase_original_after_redaction,
        profanity_words=settings.profanity_words,
        scratch=settings.data_dir,
    )
