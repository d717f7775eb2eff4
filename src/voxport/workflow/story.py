"""Who carries out each stage of a call's way; `core/stages.py` says which stages there are, in order, and all else.

A body is a few lines: load, call the room that does the work, store its artefact. A body whose artefact exists returns
at once, so a crash costs one stage and a second run is harmless. `stage_run.py` says what happens around a body.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from procrastinate import JobContext, RetryStrategy

from voxport.core.errors import TransientFault
from voxport.core.stages import APPLY, ERASE, PEAKS, STAGES, Job, Step
from voxport.workflow.applications import apply_categories
from voxport.workflow.dependencies import Dependencies
from voxport.workflow.ending import erase
from voxport.workflow.engine import Engine
from voxport.workflow.stage_run import Body, StageJob, run_job
from voxport.workflow.stages.align import align_correction
from voxport.workflow.stages.analytics import analyse_call
from voxport.workflow.stages.audio import write_served_audio
from voxport.workflow.stages.check import listen_to_redacted
from voxport.workflow.stages.encrypt import encrypt_result
from voxport.workflow.stages.fetch import fetch_recording
from voxport.workflow.stages.ingest import decode_recording
from voxport.workflow.stages.peaks import measure_later
from voxport.workflow.stages.publish import publish_result
from voxport.workflow.stages.speech import recognise_speech
from voxport.workflow.stages.text import write_text

BODIES: Mapping[Step, Body] = MappingProxyType(
    {
        Step.FETCH: fetch_recording,
        Step.INGEST: decode_recording,
        Step.SPEECH: recognise_speech,
        Step.ALIGN: align_correction,
        Step.TEXT: write_text,
        Step.AUDIO: write_served_audio,
        Step.CHECK: listen_to_redacted,
        Step.ANALYTICS: analyse_call,
        Step.ENCRYPT: encrypt_result,
        Step.PUBLISH: publish_result,
    }
)
"""Every stage that has a job; deliveries are made by `dispatch/dispatcher.py`."""


def register(engine: Engine, deps: Dependencies) -> None:
    """Makes every kind of job known to the engine; only a worker needs to."""
    for stage in STAGES:
        if stage.job is not None:
            _register_stage(engine, deps, stage.step, stage.job)

    @engine.app.task(name=ERASE.name)
    async def erase_media(*, subject: str) -> None:
        await erase(deps, [UUID(subject)])

    @engine.app.task(name=APPLY.name)
    async def apply(*, subject: str) -> None:
        await apply_categories(deps, UUID(subject))

    @engine.app.task(name=PEAKS.name)
    async def peaks(*, subject: str) -> None:
        await measure_later(deps, UUID(subject))


def _register_stage(engine: Engine, deps: Dependencies, step: Step, kind: Job) -> None:
    # The names of the arguments are stored in the queue; one that is left out says nothing new (`Engine.defer`).
    # Only what could not even be put off fails so, when the database is away: the job keeps its turn.
    @engine.app.task(name=kind.name, pass_context=True, retry=RetryStrategy(wait=5, retry_exceptions=(TransientFault,)))
    async def work(context: JobContext, *, subject: str, faults: int = 0, run: int = 1) -> None:
        job = StageJob(
            media_id=UUID(subject),
            step=step,
            run=run,
            priority=context.job.priority,
            faults=faults,
            id=context.job.id,
        )
        await run_job(deps, BODIES, job)
