"""The stage that decodes the recording once, whole, and says what it is; its sound is kept nowhere."""

from __future__ import annotations

import asyncio

from voxport.core.artefacts import DecodedMedia, decoded_from_json, decoded_to_json
from voxport.core.audio import Samples
from voxport.core.served_audio import source_audio_key
from voxport.ingest.decoding import decode
from voxport.ingest.recording_warnings import recording_warnings
from voxport.workflow.stage_run import StageRun


async def decode_recording(run: StageRun) -> None:
    """Leaves among the working files what its channels are, and on the media what the recording is."""
    deps, media = run.deps, run.media
    if await asyncio.to_thread(deps.blobs.get, media.paths.decoded) is None:
        await run.in_thread(lambda: _decode(run))
    decoded = await decoded_channels(run)
    if media.plan.before is not None:
        # What the recording is was found out in the first run; this may be what redaction has made of it.
        return
    await deps.store.media.set_probe(media.id, content_type=decoded.content_type, duration_ms=decoded.duration_ms)
    for warning in decoded.warnings:
        await deps.store.media.add_warning(media.id, warning)


async def decoded_channels(run: StageRun) -> DecodedMedia:
    """What this stage has left; raises FileNotFoundError when it is gone."""
    data = await asyncio.to_thread(run.deps.blobs.get, run.media.paths.decoded)
    if data is None:
        raise FileNotFoundError("what decoding found is gone")
    return decoded_from_json(data)


def _decode(run: StageRun) -> None:
    blobs, media = run.deps.blobs, run.media
    with blobs.open_reader(source_audio_key(media)) as reader:
        decoded = decode(
            reader,
            media.plan.ingest,
            run.deps.options.decode,
            lambda _: _heard,
            run.interrupted,
        )
    value = DecodedMedia(
        decoded.content_type,
        decoded.duration_ms,
        decoded.channels,
        warnings=recording_warnings(decoded),
        echo_ms=decoded.likeness.delay_ms,
    )
    blobs.put(media.paths.decoded, decoded_to_json(value))


def _heard(samples: Samples) -> None:
    """Lets them go: those who work on the sound decode it for themselves (`workflow/working_audio.py`)."""
