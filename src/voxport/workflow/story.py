"""The way of a call, top to bottom.

    POST ──► fetch ──► ingest ──► speech ──► text ──► audio ──► check ──► publish ──► deliver
                                             `redacting.py`, as far as asked for      `deliveries.py`, round by round

A further run over the same media begins at `text`, or at `align` where a person has corrected the transcript
(`aligning.py`; `starting.py` says from what).

Each task is a few lines: load, call the stage, store its artefact, let the next one be queued. A stage whose artefact
exists returns at once, so a crash costs one stage and a second run is harmless.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from uuid import UUID

import structlog
from procrastinate import JobContext

from voxport.core.artefacts import (
    DecodedMedia,
    decoded_from_json,
    decoded_to_json,
    original_key,
    transcript_to_json,
)
from voxport.core.codes import Code
from voxport.core.errors import MediaFailed, Problem
from voxport.core.media import Step
from voxport.core.served_audio import source_audio_key
from voxport.ingest.channel_files import decode
from voxport.ingest.download import FetchFault, fetch
from voxport.speech.transcription import SpeechChannel, TranscriptionRequest, transcribe
from voxport.storage.objects.pcm import PcmBlob
from voxport.workflow.dependencies import Dependencies
from voxport.workflow.ending import end_media, erase
from voxport.workflow.engine import Engine, TaskName
from voxport.workflow.progress import FractionReporter
from voxport.workflow.stage_run import Stage, StageJob, StageRun, run_stage
from voxport.workflow.stages.align import make_aligned
from voxport.workflow.stages.analytics import make_findings
from voxport.workflow.stages.text import check_audio, make_audio, make_text

log = structlog.get_logger(__name__)

FETCH = Stage(Step.FETCH, TaskName.FETCH)
INGEST = Stage(Step.INGEST, TaskName.INGEST)
SPEECH = Stage(Step.SPEECH, TaskName.SPEECH)
ALIGN = Stage(Step.ALIGN, TaskName.ALIGN)
TEXT = Stage(Step.TEXT, TaskName.TEXT)
AUDIO = Stage(Step.AUDIO, TaskName.AUDIO)
CHECK = Stage(Step.CHECK, TaskName.CHECK)
ANALYTICS = Stage(Step.ANALYTICS, TaskName.ANALYTICS)
PUBLISH = Stage(Step.PUBLISH, TaskName.PUBLISH)


def register(engine: Engine, deps: Dependencies) -> None:
    """Makes every task of the story known to the engine; only a worker needs to."""
    bodies = (
        (FETCH, _fetch),
        (INGEST, _ingest),
        (SPEECH, _speech),
        (ALIGN, make_aligned),
        (TEXT, make_text),
        (AUDIO, make_audio),
        (CHECK, check_audio),
        (ANALYTICS, make_findings),
        (PUBLISH, _publish),
    )
    for stage, body in bodies:
        _register_stage(engine, deps, stage, body)

    @engine.app.task(name=TaskName.ERASE.value)
    async def erase_deleted(*, subject: str) -> None:
        await erase(deps, UUID(subject))


def _register_stage(
    engine: Engine, deps: Dependencies, stage: Stage, body: Callable[[StageRun], Awaitable[None]]
) -> None:
    @engine.app.task(name=stage.task.value, pass_context=True)
    async def work(context: JobContext, *, subject: str, faults: int = 0, run: int = 1) -> None:
        job = StageJob(UUID(subject), context.job.priority, context.job.attempts, faults, run)
        await run_stage(deps, stage, body, job)


async def _fetch(run: StageRun) -> None:
    """Brings the recording of a `mediaUrl` into the store; at once, since such links may live minutes."""
    deps, media = run.deps, run.media
    key = original_key(media.id)
    if media.source_url is None or await asyncio.to_thread(deps.blobs.exists, key):
        return
    try:
        size = await deps.blobs.write_stream(key, fetch(deps.outbound, media.source_url, deps.options.fetch))
    except FetchFault as fault:
        if run.job.faults + 1 >= deps.options.fetch_tries:
            raise MediaFailed(fault.problem) from fault
        raise
    await deps.store.media.set_probe(media.id, size_bytes=size)


async def _ingest(run: StageRun) -> None:
    """Decodes the recording into one PCM artefact a channel, all on one clock."""
    deps, media = run.deps, run.media
    if await asyncio.to_thread(deps.blobs.get, media.paths.decoded) is None:
        await run.in_thread(lambda: _decode(run))
    decoded = await _decoded(run)
    if media.plan.before is not None:
        # What the recording is was found out in the first run; this may be what redaction has made of it.
        return
    await deps.store.media.set_probe(media.id, content_type=decoded.content_type, duration_ms=decoded.duration_ms)
    if decoded.unheard_streams:
        await deps.store.media.add_warning(media.id, _left_out(decoded.unheard_streams))


def _left_out(tracks: int) -> Problem:
    what = (
        "1 more audio track, which was left out" if tracks == 1 else f"{tracks} more audio tracks, which were left out"
    )
    return Problem(Code.MEDIA_UNREADABLE, f"The recording has {what}.")


def _decode(run: StageRun) -> None:
    blobs, media = run.deps.blobs, run.media
    with blobs.open_reader(source_audio_key(media)) as reader:
        decoded = decode(
            reader,
            media.plan.ingest,
            run.deps.options.decode,
            lambda name: blobs.open_writer(media.paths.channel(name)),
            run.interrupted,
        )
    names = tuple(f"channel-{channel.index}.pcm" for channel in decoded.channels)
    value = DecodedMedia(decoded.content_type, decoded.duration_ms, decoded.channels, names, decoded.unheard_streams)
    blobs.put(media.paths.decoded, decoded_to_json(value))


async def _decoded(run: StageRun) -> DecodedMedia:
    data = await asyncio.to_thread(run.deps.blobs.get, run.media.paths.decoded)
    if data is None:
        raise FileNotFoundError("the decoded channels are gone")
    return decoded_from_json(data)


async def _speech(run: StageRun) -> None:
    """Recognises all channels, together with whatever else waits for the model in this process."""
    deps, media = run.deps, run.media
    if await asyncio.to_thread(deps.blobs.exists, media.paths.heard):
        return
    decoded = await _decoded(run)
    async with FractionReporter(deps.store.steps, media, Step.SPEECH) as reporter:
        await run.in_thread(lambda: _recognise(run, decoded, reporter.report))


def _recognise(run: StageRun, decoded: DecodedMedia, report: Callable[[float], None]) -> None:
    blobs, media = run.deps.blobs, run.media
    channels = [
        SpeechChannel(PcmBlob(blobs, media.paths.channel(name)), channel)
        for channel, name in zip(decoded.channels, decoded.names, strict=True)
    ]
    transcript = transcribe(
        run.deps.recognizer(),
        TranscriptionRequest(channels, media.plan.speech.language, media.plan.vocabulary, media.plan.scripts),
        checkpoint=_Sections(run),
        progress=report,
        interrupted=run.interrupted,
    )
    blobs.put(media.paths.heard, transcript_to_json(transcript))


class _Sections:
    """Partial transcriptions in the store: what a killed worker had done is not done again."""

    def __init__(self, run: StageRun) -> None:
        self._blobs = run.deps.blobs
        self._paths = run.media.paths

    def load(self, name: str) -> bytes | None:
        return self._blobs.get(self._paths.section(name))

    def save(self, name: str, data: bytes) -> None:
        self._blobs.put(self._paths.section(name), data)


async def _publish(run: StageRun) -> None:
    """Makes the result visible and its deliveries due; what must not outlive redaction goes first."""
    deps, media = run.deps, run.media
    if media.plan.serves_redacted and (media.plan.erase_original or deps.options.erase_original):
        await asyncio.to_thread(deps.blobs.delete, original_key(media.id))
    await deps.store.steps.complete(media.id, Step.PUBLISH, run=media.run)
    await end_media(deps, media)
