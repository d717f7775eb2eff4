"""The last stage of a call: its result is shown, and its deliveries are due."""

from __future__ import annotations

from voxport.core.artefacts import original_key
from voxport.search.call_text import CallText
from voxport.storage.search.index import is_found
from voxport.workflow.call_text import call_text_of
from voxport.workflow.ending import end_media
from voxport.workflow.stage_run import StageRun
from voxport.workflow.stages.peaks import write_peaks


async def publish_result(run: StageRun) -> None:
    """Makes the result visible and its deliveries due; what must not outlive redaction goes first."""
    call = await run.in_thread(lambda: _prepare(run))
    await end_media(run.deps, run.media, call=call)


def _prepare(run: StageRun) -> CallText | None:
    """What has to be done, and undone, in the store before; what can be found of the call, None where nothing can."""
    blobs, media = run.deps.blobs, run.media
    result = media.paths.transcript if media.plan.encryption is None else media.paths.encrypted_result
    if not blobs.exists(result):
        raise FileNotFoundError("the result that was to be published is gone")
    write_peaks(run.deps, media, run.interrupted)
    if media.plan.serves_redacted and (media.plan.erase_original or run.deps.options.erase_original):
        blobs.delete(original_key(media.id))
    return call_text_of(blobs, media) if is_found(media.plan) else None
