"""The stage that listens to the redacted sound once more, before anybody else does."""

from __future__ import annotations

import structlog

from voxport.core.codes import Code
from voxport.core.errors import MediaFailed, Problem
from voxport.redaction.audibility import audible_secrets
from voxport.redaction.covering.sound import beeps_of
from voxport.workflow.stage_run import StageRun
from voxport.workflow.stages.excerpts import hear_around
from voxport.workflow.stages.starting_point import detections_in, read_start

log = structlog.get_logger(__name__)


async def listen_to_redacted(run: StageRun) -> None:
    """Listens to the redacted audio around what was covered; fails the media when a secret can still be heard."""
    if run.deps.options.check_redaction:
        await run.in_thread(lambda: _listen_to_redacted(run))


def _listen_to_redacted(run: StageRun) -> None:
    blobs, media = run.deps.blobs, run.media
    detections = detections_in(read_start(blobs, media), media)
    if not detections.audio_spans:
        return
    heard = hear_around(run, media.paths.written_audio, beeps_of(detections))
    again = audible_secrets(heard, detections)
    if again:
        log.error("a secret can still be heard", media_id=str(media.id), places=len(again), detector=again[0].detector)
        seconds = ", ".join(f"{one.span.start_ms / 1000:.1f}" for one in again[:5])
        raise MediaFailed(
            Problem(
                Code.MEDIA_REDACTION_UNSUPPORTED,
                f"The redacted audio was listened to once more, and what was redacted could still be heard "
                f"at {seconds} s; nothing is published.",
            )
        )
