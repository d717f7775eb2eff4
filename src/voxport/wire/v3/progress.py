"""`progress`: how the job of a media fares (docs/contract/v3-results.md section 10)."""

from __future__ import annotations

from typing import NotRequired

from typing_extensions import TypedDict

from voxport.core.media import Media
from voxport.wire.v3.links import media_href
from voxport.wire.writing.links import Links, self_link
from voxport.wire.writing.shapes import Uuid, open_ended
from voxport.wire.writing.tasks import JobProgress, StatusName, job_progress


@open_ended
class VbJob(TypedDict):
    _links: NotRequired[Links]
    mediaId: Uuid
    status: StatusName
    jobId: Uuid
    progress: JobProgress


def progress_body(media: Media) -> VbJob:
    """The answer to GET progress."""
    return {
        "_links": self_link(media_href(media.id, "progress")),
        "mediaId": str(media.id),
        "status": media.status.value,
        "jobId": str(media.job_id),
        "progress": job_progress(media),
    }
