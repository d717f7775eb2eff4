"""The stage that writes the sound that is served instead of the recording: redacted, in another form, or both."""

from __future__ import annotations

import asyncio
import shutil
import tempfile

from voxport.audio.sound import open_sound
from voxport.core.artefacts import AudioForm, audio_form_to_json
from voxport.core.served_audio import source_audio_key
from voxport.redaction.covering.sound import beeps_of, write_audio
from voxport.workflow.stage_run import StageRun
from voxport.workflow.stages.starting_point import detections_in, read_start

_COPY_BYTES = 1 << 20


async def write_served_audio(run: StageRun) -> None:
    """The file that is served instead of the recording."""
    deps, media = run.deps, run.media
    if not await asyncio.to_thread(deps.blobs.exists, media.paths.written_audio_form):
        await run.in_thread(lambda: _write_served_audio(run))


def _write_served_audio(run: StageRun) -> None:
    blobs, media = run.deps.blobs, run.media
    beeps = beeps_of(detections_in(read_start(blobs, media), media))
    # What was not to be processed was not searched for secrets either.
    ignored = {at for at, channel in enumerate(media.plan.ingest.channels) if channel.ignored}
    muted = ignored if media.plan.redacts_audio else set()
    # Containers are finished by writing into their beginning, which no object store allows.
    with (
        blobs.open_reader(source_audio_key(media)) as reader,
        tempfile.TemporaryFile(dir=run.deps.options.scratch) as file,
    ):
        opened = open_sound(reader, run.deps.options.decode, run.interrupted)
        written = write_audio(opened, beeps, media.plan.transcode, file, muted)
        file.seek(0)
        with blobs.open_writer(media.paths.written_audio) as stored:
            shutil.copyfileobj(file, stored, _COPY_BYTES)
    form = AudioForm(written.content_type, written.extension)
    blobs.put(media.paths.written_audio_form, audio_form_to_json(form))
