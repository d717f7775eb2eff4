"""The end of processing: the media's final status, and its deliveries, in one transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from uuid import UUID

from voxport.core.artefacts import RunPaths, media_prefix, original_key
from voxport.core.delivery_rules import skipped_after_failure, skipped_after_finish
from voxport.core.errors import Problem
from voxport.core.media import Media, MediaStatus
from voxport.core.stages import ERASE
from voxport.search.call_text import CallText
from voxport.storage.objects.blobs import Blobs
from voxport.workflow.dependencies import Dependencies
from voxport.workflow.threads import in_own_thread


async def end_media(deps: Dependencies, media: Media, *problems: Problem, call: CallText | None = None) -> None:
    """Finishes the media, or fails it with `problems`; its deliveries commit with it and are due at once.

    So does what can be found of it: `call`, what was said, where it is finished.

    Twice is harmless: a run that has ended gets no second set of deliveries.
    """
    if problems:
        await deps.store.media.fail(media.id, problems, run=media.run, skips=skipped_after_failure)
    else:
        skips = partial(skipped_after_finish, media.plan)
        pending = await deps.store.media.finish(media.id, run=media.run, skips=skips, call=call)
        if pending and _leaves_only_working_files(media):
            # Its time to live begins with the end of the last of them.
            await asyncio.to_thread(deps.blobs.delete_prefix, media.paths.working)
            return
    await tidy_up(deps, media)


async def tidy_up(deps: Dependencies, media: Media) -> None:
    """What follows the end of a media's run; done again by the job's second try when the first was killed here."""
    await asyncio.to_thread(deps.blobs.delete_prefix, media.paths.working)
    ended = await deps.store.media.get(media.id)
    # Asks how it has really ended: another try may have finished it before this one failed it.
    if ended is not None and ended.run == media.run and ended.status.ended:
        await asyncio.to_thread(_erase_unused, deps.blobs, ended)
    await settle_expiry(deps, media)


def erase_clear(blobs: Blobs, media: Media) -> None:
    """Takes away all that is not encrypted of a media that the customer wants encrypted; twice is harmless."""
    paths = media.paths
    for key in (original_key(media.id), paths.written_audio, paths.transcript, paths.findings, paths.peaks):
        blobs.delete(key)
    blobs.delete_prefix(paths.working)


def _erase_unused(blobs: Blobs, media: Media) -> None:
    """Takes away what no later run can start from: the results of earlier ones, or those of this one if it failed.

    Redacted audio of a run that failed is served to nobody, and may be that in which a secret can still be heard.
    """
    failed, before = media.status is MediaStatus.FAILED, media.plan.before
    if media.plan.encryption is not None:
        erase_clear(blobs, media)
        if failed:
            blobs.delete_prefix(media.paths.encrypted)
    if failed:
        for key in (media.paths.written_audio_form, media.paths.written_audio):
            blobs.delete(key)
    if failed and media.run > 1:
        blobs.delete_prefix(media.paths.prefix)
    text_run, audio_run = (None, None) if before is None else (before.run, before.audio_run)
    for run in range(1, media.run):
        if not failed or run != text_run:
            blobs.delete(RunPaths(media.id, run).transcript)
            blobs.delete(RunPaths(media.id, run).findings)
            blobs.delete(RunPaths(media.id, run).peaks)
        if run != audio_run or (not failed and media.plan.writes_audio):
            blobs.delete(RunPaths(media.id, run).written_audio_form)
            blobs.delete(RunPaths(media.id, run).written_audio)


def _leaves_only_working_files(media: Media) -> bool:
    """Whether a run that has finished has left nothing else that no later run can start from."""
    return media.run == 1 and media.plan.encryption is None


async def settle_expiry(deps: Dependencies, media: Media) -> None:
    """The time to live begins when the last delivery has ended, again after a replay.

    Source: docs/contract/open-questions.md 5.
    """
    if media.expires is not None:
        return
    await deps.store.expiry.begin(media.id)


async def erase(deps: Dependencies, media_ids: Sequence[UUID]) -> None:
    """Removes bytes first, then rows: a crash between leaves rows that the sweep finds again.

    Waits for stages that are still running, which could write once more.
    """
    worked_on = await deps.engine.worked_on(media_ids)
    for media_id in worked_on:
        await deps.engine.defer(ERASE, media_id, delay_s=1.0)
    erased = [media_id for media_id in media_ids if media_id not in worked_on]
    await in_own_thread(lambda: _erase_bytes(deps.blobs, erased), name="erase")
    await deps.store.media.erase(*erased)


def _erase_bytes(blobs: Blobs, media_ids: Sequence[UUID]) -> None:
    for media_id in media_ids:
        blobs.delete_prefix(media_prefix(media_id))
