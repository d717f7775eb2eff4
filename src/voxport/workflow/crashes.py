"""Who is to blame when a worker dies: never a neighbour, and nobody who has made progress since.

A stage that is begun is held by its process. Who begins it next sees whether that process has died with it, rather than
lost its database for a while. After a few deaths in a row the call is worked on alone in its process, and it is given
up when that has died with it alone, again and again, at the same place.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import structlog

from voxport.core.artefacts import media_prefix
from voxport.core.codes import Code
from voxport.core.errors import MediaFailed, Problem
from voxport.core.media import Media
from voxport.core.stages import STAGE_OF, Queue, Step
from voxport.storage.steps import Hold
from voxport.workflow.dependencies import Dependencies

log = structlog.get_logger(__name__)

SUSPECTED_AFTER = 2
"""Deaths of its workers in a row, without progress, after which a call is worked on alone."""
GIVEN_UP_AFTER = 3
"""Deaths of its workers in a row, without progress, with nobody else at work."""

_SILENT_SHARE = 2 / 3
"""A process says twice in that share of `stalled_after_s` that it lives; a dead one's jobs are free after it."""


@asynccontextmanager
async def held(
    deps: Dependencies, media: Media, step: Step, stop: threading.Event, completes: Step | None = None
) -> AsyncIterator[None]:
    """The stage is begun, and in the hands of this process until the end of the block; `completes` is completed by it.

    `stop` is set when it has to make room for a call that is worked on alone. Raises MediaFailed when it is given up.
    """
    if STAGE_OF[step].queue is Queue.FETCH:
        # It computes nothing, and may wait for hours: nobody waits for it, and it takes no process down.
        await deps.store.steps.start(media.id, step, run=media.run, completes=completes)
        yield
        return
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(deps.isolation.beside_others(stop))
        if await _begin(deps, media, step, completes, alone=False) >= SUSPECTED_AFTER:
            await stack.aclose()
            await stack.enter_async_context(deps.isolation.alone())
            await _begin(deps, media, step, completes, alone=True)
        yield


async def _begin(deps: Dependencies, media: Media, step: Step, completes: Step | None, *, alone: bool) -> int:
    """How many workers have died with it in a row; raises MediaFailed when that is enough."""
    before = await deps.store.steps.start(
        media.id, step, run=media.run, holder=deps.process, alone=alone, completes=completes
    )
    if not await _has_died(deps, before.holder):
        return before.crashes
    artefacts = await asyncio.to_thread(lambda: sum(1 for _ in deps.blobs.sizes(media_prefix(media.id))))
    counted = _counted(before, artefacts)
    log.warning(
        "a worker died with a stage in hand",
        media_id=str(media.id),
        step=step.value,
        times=counted.crashes,
        alone=counted.crashes_alone,
    )
    await deps.store.steps.count_crash(media.id, step, counted, run=media.run)
    if counted.crashes_alone >= GIVEN_UP_AFTER:
        raise MediaFailed(_given_up(step, counted.crashes))
    return counted.crashes


async def _has_died(deps: Dependencies, process: UUID | None) -> bool:
    if process is None or process == deps.process:
        return False
    silence = timedelta(seconds=deps.options.stalled_after_s * _SILENT_SHARE)
    return not await deps.store.worker_processes.is_alive(process, silence)


def _counted(before: Hold, artefacts: int) -> Hold:
    """Progress is what it has left in the store since the death before; it makes this one the first again."""
    if before.artefacts is not None and artefacts > before.artefacts:
        return replace(before, crashes=1, crashes_alone=0, artefacts=artefacts)
    return replace(
        before,
        crashes=before.crashes + 1,
        crashes_alone=before.crashes_alone + int(before.alone),
        artefacts=artefacts,
    )


def _given_up(step: Step, times: int) -> Problem:
    return Problem(
        Code.SERVER_FAILED,
        f"Processing stopped {times} times without a result in step {step.value}, also with nothing beside it; it was "
        "given up. The media can be processed again from its recording.",
    )
