"""The peaks of the sound that is served: measured once, when the result is published, and a part of it."""

from __future__ import annotations

import structlog

from voxport.audio.peaks import measure_peaks
from voxport.audio.sound import open_sound
from voxport.core.errors import MediaFailed
from voxport.core.served_audio import clear_audio_of
from voxport.wire.v3.peaks import peaks_to_json
from voxport.workflow.stage_run import StageRun

log = structlog.get_logger(__name__)


async def write_peaks(run: StageRun) -> None:
    """Leaves the peaks beside the result; of what is encrypted nothing clear is left, not even those."""
    if run.media.plan.encryption is None:
        await run.in_thread(lambda: _write_peaks(run))


def _write_peaks(run: StageRun) -> None:
    blobs, media = run.deps.blobs, run.media
    if blobs.exists(media.paths.peaks):
        return
    try:
        with blobs.open_reader(clear_audio_of(media).key) as reader:
            sound = open_sound(reader, run.deps.options.decode, run.interrupted)
            with sound as opened:
                measured = measure_peaks(opened)
    except (MediaFailed, FileNotFoundError) as error:
        # A picture is no reason to fail a call whose words are there: it is shown without.
        log.warning("no waveform could be measured", media_id=str(media.id), reason=str(error))
        return
    blobs.put(media.paths.peaks, peaks_to_json(measured.tolist()))
