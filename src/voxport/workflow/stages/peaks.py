"""The peaks of the sound that is served, where decoding has not measured them (`ingest.py`).

When the result is published, or later for a call that has none.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from uuid import UUID

import structlog

from voxport.audio.peaks import measure_peaks
from voxport.audio.sound import open_sound
from voxport.core.errors import MediaFailed
from voxport.core.media import Media, MediaStatus
from voxport.core.served_audio import clear_audio_of
from voxport.core.stages import PEAKS
from voxport.wire.v3.peaks import peaks_to_json
from voxport.workflow.dependencies import Dependencies
from voxport.workflow.threads import in_own_thread

log = structlog.get_logger(__name__)

BEHIND = -1
"""Priority of the job: calls that come in are worked on first."""
_NOT_MEASURED = peaks_to_json([])
"""Kept while somebody measures, and where nothing could be: a recording that takes its worker down does so once."""


async def measure_later(deps: Dependencies, media_id: UUID) -> None:
    """Measures the served sound of a call that an earlier version has finished, unless that was tried before."""
    media = await deps.store.media.get(media_id)
    if media is None or media.status is not MediaStatus.FINISHED or media.plan.encryption is not None:
        return
    if await asyncio.to_thread(deps.blobs.exists, media.paths.peaks):
        return
    await asyncio.to_thread(deps.blobs.put, media.paths.peaks, _NOT_MEASURED)
    stopped = threading.Event()
    measuring = in_own_thread(lambda: _measure(deps, media, stopped.is_set), name=f"peaks-{media_id}")
    try:
        async with asyncio.timeout(deps.options.stage_timeout_s):
            await asyncio.shield(measuring)
    except TimeoutError:
        stopped.set()
        measuring.add_done_callback(lambda done: done.exception())
        log.warning("a waveform takes too long to measure", media_id=str(media_id))
    except asyncio.CancelledError:
        # The worker drains: another measures it, which finds nothing that says otherwise.
        stopped.set()
        await asyncio.wait([measuring])
        await asyncio.to_thread(deps.blobs.delete_prefix, media.paths.peaks)
        await deps.engine.defer(PEAKS, media_id, priority=BEHIND)
        raise


def write_peaks(deps: Dependencies, media: Media, interrupted: Callable[[], bool]) -> None:
    """Leaves the peaks beside the result, unless they are there.

    Of what is encrypted nothing clear is left, not even those.
    """
    if media.plan.encryption is None and not deps.blobs.exists(media.paths.peaks):
        _measure(deps, media, interrupted)


def _measure(deps: Dependencies, media: Media, interrupted: Callable[[], bool]) -> None:
    try:
        with deps.blobs.open_reader(clear_audio_of(media).key) as reader:
            sound = open_sound(reader, deps.options.decode, interrupted)
            with sound as opened:
                measured = measure_peaks(opened)
    except (MediaFailed, FileNotFoundError) as error:
        # A picture is no reason to fail a call whose words are there: it is shown without.
        log.warning("no waveform could be measured", media_id=str(media.id), reason=str(error))
        return
    deps.blobs.put(media.paths.peaks, peaks_to_json(measured.tolist()))
