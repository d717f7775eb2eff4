"""The stage that decodes the recording into one PCM artefact a channel, all on one clock."""

from __future__ import annotations

import asyncio

from voxport.core.artefacts import DecodedMedia, decoded_from_json, decoded_to_json
from voxport.core.served_audio import source_audio_key
from voxport.ingest.channel_files import decode
from voxport.ingest.recording_warnings import recording_warnings
from voxport.workflow.stage_run import StageRun


async def decode_recording(run: StageRun) -> None:
    """Leaves the channels among the working files, and on the media what the recording is."""
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
        raise FileNotFoundError("the decoded channels are gone")
    return decoded_from_json(data)


def _decode(run: StageRun) -> None:
    blobs, media = run.deps.blobs, run.media
    with blobs.open_reader(source_audio_key(media)) as reader:
        decoded = decode(
            reader,
            media.plan.ingest,
            run.deps.options.decode,
            lambda name: blobs.open_writer(media.paths.channel(name)),
            run.interrupted,
        )
    names = tuple(f"channel-{channel.index}.pcm" for channel in decoded.channels)
    value = DecodedMedia(
        decoded.content_type,
        decoded.duration_ms,
        decoded.channels,
        names,
        warnings=recording_warnings(decoded),
        echo_ms=decoded.likeness.delay_ms,
    )
    blobs.put(media.paths.decoded, decoded_to_json(value))
