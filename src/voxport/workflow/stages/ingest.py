"""The stage that decodes the recording once, whole, and says what it is; its sound is kept nowhere."""

from __future__ import annotations

from voxport.core.artefacts import DecodedMedia, decoded_from_json, decoded_to_json
from voxport.core.audio import Samples
from voxport.core.media import Media
from voxport.core.served_audio import clear_audio_of, source_audio_key
from voxport.ingest.decoding import decode
from voxport.ingest.recording_warnings import recording_warnings
from voxport.storage.objects.blobs import Blobs
from voxport.wire.v3.peaks import peaks_to_json
from voxport.workflow.stage_run import StageRun


async def decode_recording(run: StageRun) -> None:
    """Leaves among the working files what its channels are, and on the media what the recording is.

    Where the recording is what is served, it leaves its peaks too: it is not decoded once more for them.
    """
    deps, media = run.deps, run.media
    decoded = await run.in_thread(lambda: stored_decoding(deps.blobs, media) or _decode(run))
    if media.plan.before is not None:
        # What the recording is was found out in the first run; this may be what redaction has made of it.
        return
    await deps.store.media.set_probe(media.id, content_type=decoded.content_type, duration_ms=decoded.duration_ms)
    for warning in decoded.warnings:
        await deps.store.media.add_warning(media.id, warning)


def decoded_channels(run: StageRun) -> DecodedMedia:
    """What this stage has left; raises FileNotFoundError when it is gone."""
    decoded = stored_decoding(run.deps.blobs, run.media)
    if decoded is None:
        raise FileNotFoundError("what decoding found is gone")
    return decoded


def stored_decoding(blobs: Blobs, media: Media) -> DecodedMedia | None:
    """What this stage has left; None before it, and when it is gone."""
    data = blobs.get(media.paths.decoded)
    return None if data is None else decoded_from_json(data)


def _decode(run: StageRun) -> DecodedMedia:
    blobs, media = run.deps.blobs, run.media
    source = source_audio_key(media)
    with blobs.open_reader(source) as reader:
        decoded = decode(
            reader,
            media.plan.ingest,
            run.deps.options.decode,
            lambda _: _heard,
            run.interrupted,
            measures_peaks=media.plan.encryption is None and clear_audio_of(media).key == source,
        )
    value = DecodedMedia(
        decoded.content_type,
        decoded.duration_ms,
        decoded.channels,
        warnings=recording_warnings(decoded),
        echo_ms=decoded.likeness.delay_ms,
    )
    if decoded.peaks is not None:
        blobs.put(media.paths.peaks, peaks_to_json(decoded.peaks.tolist()))
    # Last: where this stands, so do they.
    blobs.put(media.paths.decoded, decoded_to_json(value))
    return value


def _heard(samples: Samples) -> None:
    """Lets them go: those who work on the sound decode it for themselves (`workflow/working_audio.py`)."""
