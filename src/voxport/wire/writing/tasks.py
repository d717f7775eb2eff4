"""The steps of a media as the task graph that both dialects show (docs/contract/v3-results.md section 10)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, NotRequired

from pydantic import Field
from typing_extensions import TypeAliasType, TypedDict

from voxport.core.media import Media, MediaStatus, StepProgress, StepStatus
from voxport.core.stages import STAGE_OF, STAGES, Step
from voxport.wire.writing.shapes import Moment, Share, Uuid, one_of, open_ended
from voxport.wire.writing.times import wire_time

_JOB_STATUS = {
    MediaStatus.ACCEPTED: "accepted",
    MediaStatus.SCHEDULED: "pending",
    MediaStatus.RUNNING: "started",
    MediaStatus.FINISHED: "finished",
    MediaStatus.FAILED: "failed",
}
"""Clients poll until `finished` or `failed`; the others are the nearest words of the task status list."""

StatusName = TypeAliasType("StatusName", Annotated[str, one_of(MediaStatus)])


@open_ended
class RecognitionVocabulary(TypedDict):
    """An addition of this server: what recognition was given to listen for, saved and written terms together."""

    terms: Annotated[int, Field(ge=0)]
    scripts: Annotated[int, Field(ge=0)]


@open_ended
class Task(TypedDict):
    """A step of the job."""

    taskId: Uuid
    display: str
    """In words"""
    phase: Annotated[str, one_of(dict.fromkeys(stage.phase for stage in STAGES))]
    status: Annotated[str, one_of(StepStatus)]
    dependencies: list[Uuid]
    """The task before it"""
    dependents: list[Uuid]
    """The task after it"""
    step: NotRequired[Annotated[str, one_of(Step)]]
    """An addition of this server"""
    fraction: NotRequired[Share]
    """An addition of this server; how much of the step is done, where known"""
    dateStarted: NotRequired[Moment]
    """An addition of this server"""
    dateFinished: NotRequired[Moment]
    """An addition of this server"""
    vocabulary: NotRequired[RecognitionVocabulary]
    """At the step speech; absent where there was no vocabulary"""


@open_ended
class JobHead(TypedDict):
    """How the whole job fares."""

    jobId: Uuid
    status: Annotated[str, one_of(_JOB_STATUS.values())]
    start: NotRequired[Uuid]
    """The first task"""
    finish: NotRequired[Uuid]
    """The last task"""


@open_ended
class JobProgress(JobHead):
    """The task graph; poll until `status` is finished or failed."""

    tasks: list[Task]


def job_progress(media: Media) -> JobProgress:
    """How the job fares: one task for each step, each waiting for the one before."""
    tasks = job_tasks(media)
    return {**job_head(media, tasks), "tasks": tasks}


def job_head(media: Media, tasks: Sequence[Task]) -> JobHead:
    """The part beside the tasks."""
    job_id, status = str(media.job_id), _JOB_STATUS[media.status]
    if not tasks:
        return {"jobId": job_id, "status": status}
    return {"jobId": job_id, "status": status, "start": tasks[0]["taskId"], "finish": tasks[-1]["taskId"]}


def job_tasks(media: Media) -> list[Task]:
    """A task for each step, in order."""
    tasks = step_tasks(media.steps)
    plan = media.plan
    if plan.vocabulary or plan.scripts:
        for step, task in zip(media.steps, tasks, strict=True):
            if step.step is Step.SPEECH:
                # Ours too: results have no place for it, and clients may be strict.
                task["vocabulary"] = {"terms": len(plan.vocabulary), "scripts": len(plan.scripts)}
    return tasks


def step_tasks(steps: tuple[StepProgress, ...]) -> list[Task]:
    """A task for each step, in order, without what only the plan tells."""
    return [_task(steps, index) for index in range(len(steps))]


def _task(steps: tuple[StepProgress, ...], index: int) -> Task:
    step = steps[index]
    task: Task = {
        "taskId": str(step.task_id),
        "display": STAGE_OF[step.step].display,
        "phase": STAGE_OF[step.step].phase,
        "status": step.status.value,
        "dependencies": [str(before.task_id) for before in steps[max(0, index - 1) : index]],
        "dependents": [str(after.task_id) for after in steps[index + 1 : index + 2]],
        # Ours, for progress bars: clients of this wire pass over names they do not know.
        "step": step.step.value,
    }
    if step.fraction is not None:
        task["fraction"] = round(step.fraction, 4)
    if step.started is not None:
        task["dateStarted"] = wire_time(step.started)
    if step.finished is not None:
        task["dateFinished"] = wire_time(step.finished)
    return task
