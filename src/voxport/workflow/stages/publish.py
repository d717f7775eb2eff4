"""The last stage of a call: its result is shown, and its deliveries are due."""

from __future__ import annotations

import asyncio

from voxport.core.artefacts import original_key
from voxport.core.stages import Step
from voxport.storage.search.index import is_found
from voxport.workflow.call_text import call_text_of
from voxport.workflow.ending import end_media
from voxport.workflow.stage_run import StageRun
from voxport.workflow.stages.peaks import write_peaks


async def publish_result(run: StageRun) -> None:
    """Makes the result visible and its deliveries due; what must not outlive redaction goes first."""
    deps, media = run.deps, run.media
    result = media.paths.transcript if media.plan.encryption is None else media.paths.encrypted_result
    if not await asyncio.to_thread(deps.blobs.exists, result):
        raise FileNotFoundError("the result that was to be published is gone")
    await write_peaks(run)
    if media.plan.serves_redacted and (media.plan.erase_original or deps.options.erase_original):
        await asyncio.to_thread(deps.blobs.delete, original_key(media.id))
    call = await asyncio.to_thread(call_text_of, deps.blobs, media) if is_found(media.plan) else None
    # Before the media ends: the steps of an ended run stay as they are.
    await deps.store.steps.complete(media.id, Step.PUBLISH, run=media.run)
    await end_media(deps, media, call=call)
