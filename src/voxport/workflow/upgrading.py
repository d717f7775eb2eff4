"""Runs that an older version has accepted: they go the way of this version, from what they have left so far.

The first version had no stage between recognition and the end: what it recognised was its result. Later ones had no
analysis, or no encryption. Steps that a run lacks are put into it before it goes on, so it ends like a new one.
"""

from __future__ import annotations

import asyncio

import structlog

from voxport.core.media import Media, StepStatus
from voxport.core.stages import STAGE_OF, Step, completed_steps
from voxport.storage.objects.blobs import Blobs
from voxport.workflow.dependencies import Dependencies

log = structlog.get_logger(__name__)

_CLOSED = (StepStatus.COMPLETED, StepStatus.SKIPPED)


async def brought_up_to_date(deps: Dependencies, media: Media) -> Media:
    """The media with every step that this version's order has for its plan; itself when none was missing."""
    stored = [one.step for one in media.steps]
    steps = completed_steps(stored, media.plan)
    if len(steps) == len(stored):
        return media
    if Step.TEXT not in stored:
        await asyncio.to_thread(_keep_recognised, deps.blobs, media)
    await deps.store.steps.extend(media.id, steps, run=media.run)
    log.info("a run of an older version was given the steps of this one", media_id=str(media.id))
    return await deps.store.media.get(media.id) or media


def step_left_open(media: Media, step: Step) -> Step | None:
    """The first step that has to be carried out before `step`, since an older version had none there; else None."""
    places = {one.step: place for place, one in enumerate(media.steps)}
    done = [place for place, one in enumerate(media.steps) if one.status in _CLOSED]
    begin, end = (done[-1] + 1 if done else len(places)), places.get(step, 0)
    between = (one.step for one in media.steps[begin:end] if STAGE_OF[one.step].job is not None)
    return next(between, None)


def _keep_recognised(blobs: Blobs, media: Media) -> None:
    """The first version wrote what it recognised where results are; here it is what the text is written from."""
    paths = media.paths
    if blobs.exists(paths.heard) or blobs.exists(paths.findings):
        return
    if (recognised := blobs.get(paths.transcript)) is not None:
        blobs.put(paths.heard, recognised)
