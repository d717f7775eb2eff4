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
from uuid import UUID

import structlog

from voxport.core.artefacts import RunPaths, media_prefix
from voxport.core.codes import Code
from voxport.core.errors import MediaFailed, Problem, RequestRefused, StageInterrupted
from voxport.core.media import Media, MediaStatus, Step
from voxport.workflow.dependencies import Dependencies
from voxport.workflow.ending import end_media, tidy_up
from voxport.workflow.engine import TaskName
from voxport.workflow.threads import in_own_thread

log = structlog.get_logger(__name__)

T = TypeVar("T")

MAX_CRASHES = 3
"""A job that has taken its worker down this often is failed rather than tried for ever."""
STOP_WITHIN_S = 60.0
_UNREADABLE = Code.MEDIA_UNREADABLE
MAX_FAULTS = 200
"""With `backoff_s` about 16 hours of a database or store that does not come back."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of a call's way: the step it shows as, and its job. The next is that of the media's next open step."""

    step: Step
    task: TaskName


@dataclass(frozen=True, slots=True)
class StageJob:
    """The job of a stage: `crashes` counts the workers it has taken down, `faults` the surroundings' failures.

    `run` is the run of the media that the job belongs to.
    """

    media_id: UUID
    priority: int
    crashes: int
    faults: int
    run: int = 1


@dataclass(slots=True)
class StageRun:
    """One run of a stage: what it works on, and how it hears that it should stop."""

    deps: Dependencies
    media: Media
    job: StageJob
    stopped: threading.Event

    def interrupted(self) -> bool:
        """Whether the stage should look up from its work and raise StageInterrupted."""
        return self.stopped.is_set()

    async def in_thread(self, work: Callable[[], T]) -> T:
        """Runs `work` beside the event loop, so that the heartbeat keeps beating.

        When this task is cancelled the thread is told to stop, and is waited for: nobody writes after the job ended.
        """
        running = in_own_thread(work, name=f"stage-{self.media.id}")
        try:
            return await asyncio.shield(running)
        except asyncio.CancelledError:
            self.stopped.set()
            ended, _ = await asyncio.wait([running], timeout=STOP_WITHIN_S)
            if not ended:
                log.error("a stage did not stop when told to", media_id=str(self.media.id))
            running.add_done_callback(lambda done: done.exception())
            raise


TASK_OF_STEP = {
    Step.FETCH: TaskName.FETCH,
    Step.INGEST: TaskName.INGEST,
    Step.SPEECH: TaskName.SPEECH,
    Step.ALIGN: TaskName.ALIGN,
    Step.TEXT: TaskName.TEXT,
    Step.AUDIO: TaskName.AUDIO,
    Step.CHECK: TaskName.CHECK,
    Step.ANALYTICS: TaskName.ANALYTICS,
    Step.PUBLISH: TaskName.PUBLISH,
}


def next_step(media: Media, after: Step) -> Step | None:
    """The step that follows in this media's way and has a job; None after the last."""
    steps = [step.step for step in media.steps]
    following = steps[steps.index(after) + 1 :] if after in steps else []
    return next((step for step in following if step in TASK_OF_STEP), None)


def backoff_s(faults: int) -> float:
    """Seconds until the next try after so many faults: 2, 4, 8 ... at most five minutes."""
    return float(min(2 ** min(faults, 9), 300))


async def run_stage(
    deps: Dependencies, stage: Stage, body: Callable[[StageRun], Awaitable[None]], job: StageJob
) -> None:
    """Runs `body` for the media of this job and settles how it ended."""
    media = await deps.store.media.get(job.media_id)
    if media is None:
        # Deleted. A run that was taken for dead may have written after the erasing; no row would ever find that again.
        await asyncio.to_thread(deps.blobs.delete_prefix, media_prefix(job.media_id))
        return
    if media.run != job.run:
        # Left over from a run that another has followed: what it had begun is nobody's.
        await asyncio.to_thread(deps.blobs.delete_prefix, RunPaths(media.id, job.run).working)
        return
    run = StageRun(deps, media, job, threading.Event())
    if media.status.ended:
        await _end(run, stage, tidy_up(deps, media))
        return
    if job.crashes >= MAX_CRASHES:
        await _end(run, stage, end_media(deps, media, _crashed(stage.step, job.crashes)))
        return
    limit = asyncio.timeout(deps.options.stage_timeout_s)
    try:
        await _begin(run, stage)
        async with limit:
            await body(run)
    except (MediaFailed, RequestRefused) as error:
        problem = error.problem if isinstance(error, MediaFailed) else error.problems[0]
        log.info("stage failed", media_id=str(media.id), step=stage.step.value, code=problem.code)
        await _end(run, stage, end_media(deps, media, *_told(media, problem)))
    except StageInterrupted:
        await _give_back(run, stage)
    except asyncio.CancelledError:
        run.stopped.set()
        await _give_back(run, stage)
        raise
    except Exception as error:  # noqa: BLE001 - whatever went wrong, the media must not be left without a job
        if limit.expired():
            await _end(run, stage, end_media(deps, media, _too_long(stage.step, deps.options.stage_timeout_s)))
        else:
            await _try_again(run, stage, error)
    else:
        await _complete(run, stage)


async def _begin(run: StageRun, stage: Stage) -> None:
    store = run.deps.store
    if run.media.status is not MediaStatus.RUNNING:
        await store.media.set_running(run.media.id, run=run.media.run)
    await store.steps.start(run.media.id, stage.step, run=run.media.run)


async def _complete(run: StageRun, stage: Stage) -> None:
    steps = run.deps.store.steps
    await steps.complete(run.media.id, stage.step, run=run.media.run)
    following = next_step(run.media, stage.step)
    if following is Step.CHECK and not run.deps.options.check_redaction:
        await steps.skip(run.media.id, following, run=run.media.run)
        following = next_step(run.media, following)
    if following is not None:
        task, priority = TASK_OF_STEP[following], run.job.priority
        await run.deps.engine.defer(task, run.media.id, priority=priority, run=run.media.run)


async def _end(run: StageRun, stage: Stage, ending: Awaitable[None]) -> None:
    """What processing leaves behind may hold what was to be redacted: a fault here is no reason to leave it."""
    try:
        await ending
    except Exception as error:  # noqa: BLE001 - whatever went wrong, the job comes again and tidies up
        await _try_again(run, stage, error)


async def _give_back(run: StageRun, stage: Stage) -> None:
    """The worker drains, or the media was deleted: in the first case somebody else goes on from the artefacts."""
    deps, job = run.deps, run.job
    if await deps.store.media.is_active(job.media_id):
        await deps.engine.defer(stage.task, job.media_id, priority=job.priority, faults=job.faults, run=job.run)


async def _try_again(run: StageRun, stage: Stage, error: Exception) -> None:
    faults = run.job.faults
    fields = {"media_id": str(run.media.id), "step": stage.step.value, "faults": faults + 1}
    if faults + 1 >= MAX_FAULTS:
        log.error("stage given up", **fields, exc_info=error)
        await end_media(run.deps, run.media, _faulty(stage.step, faults + 1))
        return
    log.warning("stage met a fault, trying again", **fields, exc_info=error)
    await run.deps.engine.defer(
        stage.task,
        run.media.id,
        priority=run.job.priority,
        delay_s=backoff_s(faults + 1),
        faults=faults + 1,
        run=run.job.run,
    )


def _told(media: Media, problem: Problem) -> tuple[Problem, ...]:
    """A recording that cannot be read has no audio to redact either, which has a code of its own."""
    if problem.code != _UNREADABLE or not media.plan.redacts_audio:
        return (problem,)
    return problem, Problem.of(Code.MEDIA_REDACTION_UNSUPPORTED, content_type=media.content_type or "unknown")


def _crashed(step: Step, times: int) -> Problem:
    return Problem(
        Code.SERVER_FAILED, f"Processing stopped {times} times without a result in step {step.value}; it was given up."
    )


def _too_long(step: Step, limit_s: float) -> Problem:
    return Problem(Code.SERVER_FAILED, f"Step {step.value} did not end within its limit of {limit_s:g} seconds.")


def _faulty(step: Step, times: int) -> Problem:
    return Problem(
        Code.SERVER_FAILED, f"Step {step.value} failed {times} times by faults of the server; it was given up."
    )
