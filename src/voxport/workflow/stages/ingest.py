"""The stage that decodes the recording into one PCM artefact a channel, all on one clock."""

from __future__ import annotations

import asyncio

from voxport.core.artefacts import DecodedMedia, decoded_from_json, decoded_to_json
from voxport.core.codes import Code
from voxport.core.errors import Problem
from voxport.core.served_audio import source_audio_key
from voxport.ingest.channel_files import decode
from voxport.workflow.stage_run import StageRun

_INVERTED = (
    "The channels of the recording are inverted against each other; one was turned over before they were mixed into "
    "one, since they would have cancelled out."
)


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
    if decoded.unheard_streams:
        await deps.store.media.add_warning(media.id, _left_out(decoded.unheard_streams))
    if decoded.inverted:
        await deps.store.media.add_warning(media.id, Problem(Code.MEDIA_UNREADABLE, _INVERTED))


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
        unheard_streams=decoded.unheard_streams,
        inverted=decoded.inverted,
    )
    blobs.put(media.paths.decoded, decoded_to_json(value))


def _left_out(tracks: int) -> Problem:
    what = (
        "1 more audio track, which was left out" if tracks == 1 else f"{tracks} more audio tracks, which were left out"
    )
    return Problem(Code.MEDIA_UNREADABLE, f"The recording has {what}.")
