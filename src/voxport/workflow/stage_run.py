"""How a stage of a media is run: once at a time, within its time, with every way it can end written down.

A stage ends well (its step is completed, and the next one follows), fails for good (MediaFailed: the media fails with
the reason), meets a fault of the surroundings (tried again later, with backoff), is asked to stop (the media was
deleted, or the worker drains: its job is queued again), is put off for want of room, or takes its worker down with it
(`crashes.py`).
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar
from uuid import UUID

import structlog

from voxport.core.artefacts import RunPaths, media_prefix
from voxport.core.codes import Code
from voxport.core.errors import MediaFailed, Problem, PutOff, RequestRefused, StageInterrupted, TransientFault
from voxport.core.media import Media
from voxport.core.stages import Step, job_of, next_step, shares_job
from voxport.storage.cipher import SealedOtherwise
from voxport.telemetry.traces import Span
from voxport.workflow.crashes import held
from voxport.workflow.dependencies import Dependencies
from voxport.workflow.ending import end_media, tidy_up
from voxport.workflow.spans import stage_span
from voxport.workflow.threads import in_own_thread
from voxport.workflow.upgrading import brought_up_to_date, step_left_open

log = structlog.get_logger(__name__)

T = TypeVar("T")

STOP_WITHIN_S = 60.0
"""So long a stage's thread is waited for once it was asked to stop."""
_SEALED = "What was sent with the recording was stored encrypted with a secret key that the server no longer has."
MAX_ABSENCES = 6
"""With `backoff_s` about two minutes in which the store does not have what an earlier stage has left."""
PUT_OFF_S = 10.0
"""Until a stage comes again for which there was no room."""
MAX_FAULTS = 200
"""With `backoff_s` about 16 hours of faults that may be ours; database, store and disk may be away longer."""


@dataclass(frozen=True, slots=True)
class StageJob:
    """A job of the engine, at the stage that it has come to."""

    media_id: UUID
    step: Step
    run: int
    """The run of the media that it belongs to."""
    priority: int
    """As the engine counts it, greatest first."""
    faults: int
    """Attempts at this stage that the surroundings made fail."""
    id: int | None = None
    """Of the job in the queue; None: there is none."""
    completes: Step | None = None
    """The stage that was carried out just before in the same job: it is completed with the beginning of this one."""


@dataclass(slots=True)
class StageRun:
    """One run of a stage: what it works on, and how it hears that it should stop."""

    deps: Dependencies
    media: Media
    """As it stood when the stage began."""
    job: StageJob
    stopped: threading.Event
    """Set when the stage is to stop: the worker drains, or the media is gone."""
    span: Span = field(default_factory=Span)
    """Of its trace."""

    def interrupted(self) -> bool:
        """Whether the stage should look up from its work and raise StageInterrupted."""
        return self.stopped.is_set()

    async def in_thread(self, work: Callable[[], T]) -> T:
        """Runs `work` beside the event loop, so that the heartbeat keeps beating.

        When this task is cancelled the thread is asked to stop, and is waited for: nobody writes after the job ended.
        """
        running = in_own_thread(work, name=f"stage-{self.media.id}")
        try:
            return await asyncio.shield(running)
        except asyncio.CancelledError:
            self.stopped.set()
            ended, _ = await asyncio.wait([running], timeout=STOP_WITHIN_S)
            if not ended:
                log.error("a stage did not stop when asked to", media_id=str(self.media.id))
            running.add_done_callback(lambda done: done.exception())
            raise


Body = Callable[[StageRun], Awaitable[None]]
"""What a stage does. It may be called again after it has ended, and then finds that nothing is left to do."""


def backoff_s(faults: int) -> float:
    """Seconds until the next try after so many faults: 2, 4, 8 ... at most five minutes."""
    return float(min(2 ** min(faults, 9), 300))


async def run_job(deps: Dependencies, bodies: Mapping[Step, Body], job: StageJob) -> None:
    """Carries out the stage that the job begins at, then those that share it (decision 0009)."""
    run = await _begin(deps, job)
    while run is not None:
        run = await _run_stage(run, bodies[run.job.step])


async def _begin(deps: Dependencies, job: StageJob) -> StageRun | None:
    """The run of the stage that the job begins at; None when it is not to be carried out, or not yet."""
    media = await deps.store.media.get(job.media_id)
    if media is None:
        # Deleted. A run that was taken for dead may have written after the erasing; no row would ever find that again.
        await asyncio.to_thread(deps.blobs.delete_prefix, media_prefix(job.media_id))
        return None
    if media.run != job.run:
        # Left over from a run that another has followed: what it had begun is nobody's.
        await asyncio.to_thread(deps.blobs.delete_prefix, RunPaths(media.id, job.run).working)
        return None
    if media.status.ended:
        await _end(StageRun(deps, media, job, threading.Event()), tidy_up(deps, media))
        return None
    media = await brought_up_to_date(deps, media)
    if (before := step_left_open(media, job.step)) is not None:
        await deps.engine.defer(job_of(before), media.id, priority=job.priority, run=job.run)
        return None
    return StageRun(deps, media, job, threading.Event())


async def _run_stage(run: StageRun, body: Body) -> StageRun | None:
    """One stage, however it ends; the run of the stage that shares its job and comes next, None when there is none."""
    with stage_span(run.deps.traces, run.media, run.job.step, run.job.faults) as run.span:
        done = await _carry_out(run, body)
        run.span.say(voxport__completed=done)
        return await _complete(run) if done else None


async def _carry_out(run: StageRun, body: Body) -> bool:
    """Whether the body ended well; what else can happen is settled here."""
    deps, media, step = run.deps, run.media, run.job.step
    limit = asyncio.timeout(deps.options.stage_timeout_s)
    try:
        async with held(deps, media, step, run.stopped, run.job.completes), limit:
            await body(run)
    except (MediaFailed, RequestRefused) as error:
        problem = error.problem if isinstance(error, MediaFailed) else error.problems[0]
        log.info("stage failed", media_id=str(media.id), step=step.value, code=problem.code)
        run.span.fail(str(int(problem.code)))
        await _end(run, end_media(deps, media, *_problems(media, problem)))
    except StageInterrupted:
        await _queue_again(run)
    except PutOff as reason:
        log.info("stage put off", media_id=str(media.id), step=step.value, reason=str(reason))
        await _queue_again(run, delay_s=PUT_OFF_S)
    except FileNotFoundError as error:
        await _without_artefact(run, error)
    except SealedOtherwise:
        await _end(run, end_media(deps, media, Problem(Code.SERVER_FAILED, _SEALED)))
    except asyncio.CancelledError:
        run.stopped.set()
        await _queue_again(run)
        raise
    except Exception as error:  # noqa: BLE001 - whatever went wrong, the media must not be left without a job
        if limit.expired():
            await _end(run, end_media(deps, media, _too_long(step, deps.options.stage_timeout_s)))
        else:
            await _try_later(run, error)
    else:
        return True
    return False


async def _complete(run: StageRun) -> StageRun | None:
    """Writes that the step is done, with what comes next: a job of its own, or the run of one that shares this one.

    The last is completed with the end of the media (`end_media`).
    """
    deps, media, job = run.deps, run.media, run.job
    way = [one.step for one in media.steps]
    following = next_step(way, job.step)
    if following is Step.CHECK and not deps.options.check_redaction:
        await deps.store.steps.skip(media.id, following, run=media.run)
        following = next_step(way, following)
    if following is None:
        return None
    if shares_job(job.step, following):
        next_job = replace(job, step=following, faults=0, completes=job.step)
        return StageRun(deps, media, next_job, threading.Event())
    await deps.engine.hand_over(
        job.id,
        job_of(following),
        media.id,
        priority=job.priority,
        run=media.run,
        change=deps.store.steps.completion(media.id, job.step, run=media.run),
    )
    return None


async def _end(run: StageRun, ending: Awaitable[None]) -> None:
    """What processing leaves behind may hold what was to be redacted: a fault here is no reason to leave it."""
    try:
        await ending
    except Exception as error:  # noqa: BLE001 - whatever went wrong, the job comes again and tidies up
        await _try_later(run, error)


async def _queue_again(run: StageRun, delay_s: float = 0.0) -> None:
    """The worker drains, there is no room, or the media was deleted; if not, somebody goes on from what is there.

    Its job is a new one and has the turn that it had (`Engine.place`).
    """
    if await run.deps.store.media.is_active(run.media.id):
        await _defer_again(run, faults=run.job.faults, delay_s=delay_s)


async def _defer_again(run: StageRun, *, faults: int, delay_s: float) -> None:
    deps, job = run.deps, run.job
    if job.completes is not None:
        # It may not have come to that.
        await deps.store.steps.complete(job.media_id, job.completes, run=job.run)
    await deps.store.steps.give_back(job.media_id, job.step, run=job.run, holder=deps.process)
    await deps.engine.defer(
        job_of(job.step), job.media_id, priority=job.priority, delay_s=delay_s, faults=faults, run=job.run
    )


async def _without_artefact(run: StageRun, error: FileNotFoundError) -> None:
    """A store may be late, or come back from a fault of its own; what stays away will not come by itself."""
    if run.job.faults + 1 < MAX_ABSENCES:
        await _try_later(run, error)
        return
    media, step = run.media, run.job.step
    log.error("what a stage works on is gone", media_id=str(media.id), step=step.value, exc_info=error)
    await _end(run, end_media(run.deps, media, _gone(step)))


async def _try_later(run: StageRun, error: Exception) -> None:
    deps, media, job = run.deps, run.media, run.job
    run.span.fail(type(error).__name__)
    faults = job.faults + 1
    fields = {"media_id": str(media.id), "step": job.step.value, "faults": faults}
    is_outage = isinstance(error, TransientFault | OSError)
    if faults >= MAX_FAULTS and not is_outage:
        log.error("stage given up", **fields, exc_info=error)
        try:
            await end_media(deps, media, _faulty(job.step, faults))
        except Exception as fault:  # noqa: BLE001 - as in `_end`
            error = fault
        else:
            return
    log.warning("stage met a fault, trying again", **fields, exc_info=error)
    await _defer_again(run, faults=faults, delay_s=backoff_s(faults))


def _problems(media: Media, problem: Problem) -> tuple[Problem, ...]:
    """A recording that cannot be read has no audio to redact either, which has a code of its own."""
    if problem.code != Code.MEDIA_UNREADABLE or not media.plan.redacts_audio:
        return (problem,)
    return problem, Problem.of(Code.MEDIA_REDACTION_UNSUPPORTED, content_type=media.content_type or "unknown")


def _gone(step: Step) -> Problem:
    return Problem(
        Code.SERVER_FAILED,
        f"What step {step.value} works on is no longer in the store; the media can be processed again from its "
        "recording.",
    )


def _too_long(step: Step, limit_s: float) -> Problem:
    return Problem(Code.SERVER_FAILED, f"Step {step.value} did not end within its limit of {limit_s:g} seconds.")


def _faulty(step: Step, times: int) -> Problem:
    return Problem(
        Code.SERVER_FAILED, f"Step {step.value} failed {times} times by faults of the server; it was given up."
    )
