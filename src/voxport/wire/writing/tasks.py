"""The steps of a media as the task graph that both dialects show (docs/contract/v3-results.md section 10)."""

from __future__ import annotations

from typing import Any

from voxport.core.media import Media, MediaStatus, Step, StepProgress
from voxport.wire.writing.times import wire_time

_JOB_STATUS = {
    MediaStatus.ACCEPTED: "accepted",
    MediaStatus.SCHEDULED: "pending",
    MediaStatus.RUNNING: "started",
    MediaStatus.FINISHED: "finished",
    MediaStatus.FAILED: "failed",
}
"""Clients poll until `finished` or `failed`; the others are the nearest words of the task status list."""

_DISPLAY = {
    Step.FETCH: "Receive the recording",
    Step.INGEST: "Read and decode the recording",
    Step.SPEECH: "Recognise speech",
    Step.ALIGN: "Align the corrected transcript",
    Step.TEXT: "Detect, redact and write the text",
    Step.AUDIO: "Write redacted or transcoded audio",
    Step.CHECK: "Listen to the redacted audio once more",
    Step.ANALYTICS: "Analyse the call",
    Step.PUBLISH: "Publish the result",
    Step.DELIVER: "Deliver to callbacks",
}

_PHASE = {
    Step.FETCH: "ingest",
    Step.INGEST: "ingest",
    Step.SPEECH: "transcripts",
    Step.ALIGN: "transcripts",
    Step.TEXT: "predictions",
    Step.AUDIO: "predictions",
    Step.CHECK: "predictions",
    Step.ANALYTICS: "keywords",
    Step.PUBLISH: "publish",
    Step.DELIVER: "publish",
}


def job_progress(media: Media) -> dict[str, Any]:
    """How the job fares: one task for each step, each waiting for the one before."""
    tasks = [_task(media.steps, index) | _vocabulary(media, step) for index, step in enumerate(media.steps)]
    progress: dict[str, Any] = {"jobId": str(media.job_id), "status": _JOB_STATUS[media.status]}
    if tasks:
        progress |= {"start": tasks[0]["taskId"], "finish": tasks[-1]["taskId"]}
    progress["tasks"] = tasks
    return progress


def _vocabulary(media: Media, step: StepProgress) -> dict[str, Any]:
    """What recognition was told to listen for. Ours too: results have no place for it, and clients may be strict."""
    plan = media.plan
    if step.step is not Step.SPEECH or not (plan.vocabulary or plan.scripts):
        return {}
    return {"vocabulary": {"terms": len(plan.vocabulary), "scripts": len(plan.scripts)}}


def _task(steps: tuple[StepProgress, ...], index: int) -> dict[str, Any]:
    step = steps[index]
    task: dict[str, Any] = {
        "taskId": str(step.task_id),
        "display": _DISPLAY[step.step],
        "phase": _PHASE[step.step],
        "status": step.status.value,
        "dependencies": [str(before.task_id) for before in steps[max(0, index - 1) : index]],
        "dependents": [str(after.task_id) for after in steps[index + 1 : index + 2]],
    }
    # Ours, for progress bars: clients of this wire pass over names they do not know.
    task["step"] = step.step.value
    if step.fraction is not None:
        task["fraction"] = round(step.fraction, 4)
    if step.started is not None:
        task["dateStarted"] = wire_time(step.started)
    if step.finished is not None:
        task["dateFinished"] = wire_time(step.finished)
    return task
