"""What a worker does every few seconds besides its jobs; each piece is harmless when several workers do it at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

import structlog

from voxport.core.artefacts import media_prefix
from voxport.core.errors import TransientFault
from voxport.core.media import Media, StepStatus
from voxport.core.stages import ERASE, Step, job_of
from voxport.core.submission import MAX_UPLOAD_S
from voxport.workflow.applications import resume_applications
from voxport.workflow.dependencies import Dependencies
from voxport.workflow.ending import erase
from voxport.workflow.index_backfill import index_earlier_calls
from voxport.workflow.worker_figures import SelfObservation

log = structlog.get_logger(__name__)

ORPHAN_AFTER = timedelta(seconds=15)
"""A media with no job for this long, or deleted for so long and not erased, has lost whoever was to go on."""
ABANDONED_AFTER = timedelta(seconds=2 * MAX_UPLOAD_S)
"""An upload without a media for this long (24 h) has died with its process: the API ends a living one in half of it."""
KEEP_ENDED_JOBS_H = 24 * 7
KEEP_PROCESSES = timedelta(days=1)
KEEP_PLACES = timedelta(days=30)
"""So long a cursor that names a deleted media goes on from its place."""
KEEP_APPLICATIONS = timedelta(days=90)
"""So long it is shown how a category was looked for in past calls."""
KEEP_ENDED_TOKENS = timedelta(days=7)
"""So long `voxport token list` still shows that there was one; short-lived keys are made by the thousand."""


async def keep_house(deps: Dependencies, queues: Sequence[str]) -> None:
    """Runs until cancelled; `queues` are those that the worker serves, as it tells whoever watches."""
    every_s = max(1.0, deps.options.stalled_after_s / 3)
    observed = SelfObservation(queues, every_s, deps.options.model, deps.diarizer)

    async def rescue(deps: Dependencies) -> None:
        await rescue_stalled(deps, observed)

    async with asyncio.TaskGroup() as group:
        group.create_task(_every(every_s, deps, rescue))
        group.create_task(_every(5.0, deps, requeue_orphans))
        group.create_task(_every(5.0, deps, erase_deleted))
        group.create_task(_every(5.0, deps, expire))
        group.create_task(_every(30.0, deps, resume_applications))
        group.create_task(_every(60.0, deps, index_earlier_calls))
        group.create_task(_every(600.0, deps, erase_abandoned_uploads))
        group.create_task(_every(3600.0, deps, forget_old_jobs))
        group.create_task(_every(3600.0, deps, forget_old_processes))
        group.create_task(_every(3600.0, deps, forget_old_tokens))
        group.create_task(_every(3600.0, deps, forget_old_places))
        group.create_task(_every(3600.0, deps, forget_old_applications))


async def _every(interval_s: float, deps: Dependencies, chore: Callable[[Dependencies], Awaitable[None]]) -> None:
    while True:
        try:
            await chore(deps)
        except TransientFault as error:
            log.warning("housekeeping met a fault", chore=chore.__name__, reason=str(error))
        except Exception:
            # One row that nobody expected must not end the worker, and with it every worker that looks at that row.
            log.exception("housekeeping failed", chore=chore.__name__)
        await asyncio.sleep(interval_s)


async def rescue_stalled(deps: Dependencies, observed: SelfObservation | None = None) -> None:
    """Says that this worker is alive, and hands the jobs of dead ones to living ones."""
    silence = timedelta(seconds=deps.options.stalled_after_s)
    figures = None if observed is None else observed.figures()
    beat = await deps.store.worker_processes.beat(deps.process, silence, figures)
    if observed is not None:
        observed.note_clock(beat.clock_ahead_s)
    if not beat.steady:
        return  # the others may not have said so yet either
    rescued = await deps.engine.rescue_stalled(deps.options.stalled_after_s)
    if rescued:
        log.warning("jobs of silent workers were queued again", jobs=rescued)


async def requeue_orphans(deps: Dependencies) -> None:
    """Queues accepted media that have no job: the process that should have queued it died between two transactions."""
    unended = [media.id for media in await deps.store.media.unended(ORPHAN_AFTER)]
    for media_id in await deps.engine.orphans(unended):
        media = await deps.store.media.get(media_id)
        if media is None or media.status.ended:
            continue
        first = _first_open_step(media)
        log.warning("a media without a job was queued again", media_id=str(media_id), step=first.value)
        priority = await deps.engine.place(media.plan.priority, 0)
        await deps.engine.defer(job_of(first), media_id, priority=priority, run=media.run, once=True)


def _first_open_step(media: Media) -> Step:
    """With every step done it is the end of the media itself that is missing, which is publishing's."""
    done = (StepStatus.COMPLETED, StepStatus.SKIPPED)
    undone = (one.step for one in media.steps if one.status not in done and one.step is not Step.DELIVER)
    return next(undone, Step.PUBLISH)


async def erase_deleted(deps: Dependencies) -> None:
    """Finishes deletions that a crash or a fault interrupted; what was deleted just now is being erased."""
    deleted = await deps.store.media.deleted(ORPHAN_AFTER)
    for media_id in await deps.engine.orphans(deleted):
        await deps.engine.defer(ERASE, media_id, once=True)


async def expire(deps: Dependencies, at_once: int = 100) -> None:
    """Erases all media whose time to live is over, so many after another: as many end as were accepted."""
    while over := await deps.store.expiry.mark_deleted(at_once):
        for media_id in over:
            log.info("media expired", media_id=str(media_id))
        await erase(deps, over)


async def erase_abandoned_uploads(deps: Dependencies) -> None:
    """Removes what uploads left in the store whose process was killed; bytes first, so that a crash is made good."""
    uploads = deps.store.uploads
    while abandoned := await uploads.abandoned(ABANDONED_AFTER, limit=100):
        for media_id in abandoned:
            await asyncio.to_thread(deps.blobs.delete_prefix, media_prefix(media_id))
            await uploads.end(media_id)
        log.info("left-overs of broken uploads were erased", uploads=len(abandoned))


async def forget_old_jobs(deps: Dependencies) -> None:
    """Keeps the queue's table small."""
    await deps.engine.delete_ended(KEEP_ENDED_JOBS_H)


async def forget_old_processes(deps: Dependencies) -> None:
    """Keeps the table of worker processes small."""
    await deps.store.worker_processes.forget(KEEP_PROCESSES)


async def forget_old_tokens(deps: Dependencies) -> None:
    """Keeps the table of tokens small."""
    await deps.store.tokens.forget_ended(KEEP_ENDED_TOKENS)


async def forget_old_places(deps: Dependencies) -> None:
    """Keeps the table of deleted media small."""
    await deps.store.media.forget_deleted(KEEP_PLACES)


async def forget_old_applications(deps: Dependencies) -> None:
    """Keeps the table of categories that were looked for in past calls small."""
    await deps.store.applications.forget(KEEP_APPLICATIONS)
