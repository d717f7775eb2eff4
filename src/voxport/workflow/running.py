"""How a stage of a media is run: once at a time, within its time, with every way it can end written down.

A stage ends well (its step is completed and the next one is queued), fails for good (MediaFailed: the media fails with
the reason), meets a fault of the surroundings (tried again later, with backoff), is told to stop (the media was
deleted, or the worker drains: given back), or takes its worker down with it (counted by the engine as attempts).
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

import structlog
from procrastinate import JobContext

from voxport.core.errors import MediaFailed, Problem, RequestRefused, StageInterrupted
from voxport.core.media import Media, MediaStatus, Step
from voxport.workflow.engine import TaskName
from voxport.workflow.parts import Parts
from voxport.workflow.publishing import end_media, tidy_up

log = structlog.get_logger(__name__)

T = TypeVar("T")

MAX_CRASHES = 3
"""A job that has taken its worker down this often is failed rather than tried for ever."""
MAX_FAULTS = 200
"""With `backoff_s` about 16 hours of a database or store that does not come back."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of a call's way: the step it shows as, its job, and the job after it."""

    step: Step
    task: TaskName
    after: TaskName | None


@dataclass(slots=True)
class Run:
    """One run of a stage: what it works on, and how it hears that it should stop."""

    parts: Parts
    media: Media
    context: JobContext
    stopped: threading.Event

    def interrupted(self) -> bool:
        """Whether the stage should look up from its work and raise StageInterrupted."""
        return self.stopped.is_set()

    async def in_thread(self, work: Callable[[], T]) -> T:
        """Runs `work` beside the event loop, so that the heartbeat keeps beating.

        When this task is cancelled the thread is told to stop, and is waited for: nobody writes after the job ended.
        """
        running = asyncio.ensure_future(asyncio.to_thread(work))
        try:
            return await asyncio.shield(running)
        except asyncio.CancelledError:
            self.stopped.set()
            await asyncio.wait([running])
            if not running.cancelled():
                running.exception()
            raise


def backoff_s(faults: int) -> float:
    """Seconds until the next try after so many faults: 2, 4, 8 ... at most five minutes."""
    return float(min(2 ** min(faults, 9), 300))


async def run_stage(
    parts: Parts, context: JobContext, stage: Stage, body: Callable[[Run], Awaitable[None]], faults: int
) -> None:
    """Runs `body` for the media of this job and settles how it ended."""
    media_id = parts.subject(context)
    media = await parts.store.work.media(media_id)
    if media is None:
        return
    if media.status.ended:
        await tidy_up(parts, media)
        return
    if context.job.attempts >= MAX_CRASHES:
        await end_media(parts, media, _crashed(stage.step, context.job.attempts))
        return
    run = Run(parts, media, context, threading.Event())
    try:
        await _begin(run, stage)
        async with asyncio.timeout(parts.options.stage_timeout_s):
            await body(run)
    except (MediaFailed, RequestRefused) as error:
        problem = error.problem if isinstance(error, MediaFailed) else error.problems[0]
        log.info("stage failed", media_id=str(media.id), step=stage.step.value, code=problem.code)
        await end_media(parts, media, problem)
    except TimeoutError:
        await end_media(parts, media, _too_long(stage.step, parts.options.stage_timeout_s))
    except StageInterrupted:
        await _give_back(parts, context, stage, faults)
    except asyncio.CancelledError:
        run.stopped.set()
        await _give_back(parts, context, stage, faults)
        raise
    except Exception as error:
        await _try_again(run, stage, faults, error)
    else:
        await _complete(run, stage)


async def _begin(run: Run, stage: Stage) -> None:
    work = run.parts.store.work
    if run.media.status is not MediaStatus.RUNNING:
        await work.set_status(run.media.id, MediaStatus.RUNNING)
    await work.start_step(run.media.id, stage.step)


async def _complete(run: Run, stage: Stage) -> None:
    await run.parts.store.work.complete_step(run.media.id, stage.step)
    if stage.after is not None:
        await run.parts.engine.defer(stage.after, run.media.id, priority=run.context.job.priority)


async def _give_back(parts: Parts, context: JobContext, stage: Stage, faults: int) -> None:
    """The worker drains, or the media was deleted: in the first case somebody else goes on from the artefacts."""
    media_id = parts.subject(context)
    if await parts.store.work.is_active(media_id):
        await parts.engine.defer(stage.task, media_id, priority=context.job.priority, faults=faults)


async def _try_again(run: Run, stage: Stage, faults: int, error: Exception) -> None:
    fields = {"media_id": str(run.media.id), "step": stage.step.value, "faults": faults + 1}
    if faults + 1 >= MAX_FAULTS:
        log.error("stage given up", **fields, exc_info=error)
        await end_media(run.parts, run.media, _faulty(stage.step, faults + 1))
        return
    log.warning("stage met a fault, trying again", **fields, exc_info=error)
    await run.parts.engine.defer(
        stage.task,
        run.media.id,
        priority=run.context.job.priority,
        delay_s=backoff_s(faults + 1),
        faults=faults + 1,
    )


def _crashed(step: Step, times: int) -> Problem:
    return Problem(90003, f"Processing stopped {times} times without a result in step {step.value}; it was given up.")


def _too_long(step: Step, limit_s: float) -> Problem:
    return Problem(90003, f"Step {step.value} did not end within its limit of {limit_s:g} seconds.")


def _faulty(step: Step, times: int) -> Problem:
    return Problem(90003, f"Step {step.value} failed {times} times by faults of the server; it was given up.")
