"""`progress` of v2-beta in all the shapes its clients read at once (docs/contract/v2-beta.md section 4)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from typing_extensions import TypeAliasType, TypedDict

from voxport.core.media import ListedMedia, Media, MediaStatus
from voxport.wire.v2beta.links import media_href
from voxport.wire.writing.links import Links, self_link
from voxport.wire.writing.shapes import Uuid, closed, one_of
from voxport.wire.writing.tasks import JobHead, StatusName, Task, job_head, job_tasks, step_tasks

_PHASES = ("ingest", "transcripts", "keywords", "topics", "predictions", "publish")
_AS_KEYWORDS = "topics"
"""Both come out of one step."""
_ENDED = ("completed", "skipped")

PhaseName = TypeAliasType("PhaseName", Annotated[str, one_of(_PHASES)])
PhaseStatus = TypeAliasType(
    "PhaseStatus", Annotated[str, one_of(("pending", "started", "completed", "finished", "failed"))]
)


@closed
class Phase(TypedDict):
    name: PhaseName
    status: PhaseStatus


@closed
class Job(JobHead):
    phases: list[Phase]
    tasks: dict[str, Task]
    """By their taskId"""


@closed
class JobAnswer(TypedDict):
    progress: Job


@closed
class Progress(TypedDict):
    _links: Links
    mediaId: Uuid
    status: StatusName
    job: JobAnswer


def progress_body(media: Media) -> Progress:
    """The answer to GET progress: `status` at the top, phases as a list, tasks by their id."""
    return {
        "_links": self_link(media_href(media.id, "progress")),
        "mediaId": str(media.id),
        "status": media.status.value,
        "job": {"progress": job_body(media)},
    }


def job_body(media: Media) -> Job:
    """`job.progress`: when the media has not ended, and in the answer to GET progress always."""
    tasks = job_tasks(media)
    return {
        **job_head(media, tasks),
        "phases": [{"name": name, "status": status} for name, status in _phases(media, tasks).items()],
        "tasks": {task["taskId"]: task for task in tasks},
    }


def phase_statuses(media: ListedMedia) -> dict[str, str]:
    """`progress` of an element of a list: the status of each phase."""
    return _phases(media, step_tasks(media.steps))


def _phases(media: ListedMedia, tasks: Sequence[Task]) -> dict[str, str]:
    """Only those that this media goes through; all `finished` once it is."""
    statuses: dict[str, list[str]] = {}
    for task in tasks:
        statuses.setdefault(task["phase"], []).append(task["status"])
    if "keywords" in statuses:
        statuses[_AS_KEYWORDS] = statuses["keywords"]
    finished = media.status is MediaStatus.FINISHED
    return {name: "finished" if finished else _phase(statuses[name]) for name in _PHASES if name in statuses}


def _phase(statuses: list[str]) -> str:
    if "failed" in statuses:
        return "failed"
    if all(status in _ENDED for status in statuses):
        return "completed"
    return "pending" if all(status == "pending" for status in statuses) else "started"
