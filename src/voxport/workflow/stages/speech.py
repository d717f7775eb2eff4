"""The stage that recognises what is said, and how far it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from voxport.core.artefacts import transcript_from_json, transcript_to_json
from voxport.core.stages import Step
from voxport.core.transcript import Transcript
from voxport.speech.transcription import TranscriptionRequest, transcribe
from voxport.workflow.progress import FractionReporter
from voxport.workflow.stage_run import StageRun
from voxport.workflow.stages.ingest import decoded_channels
from voxport.workflow.stages.keypads import keyed_signs
from voxport.workflow.working_audio import channels_of


async def recognise_speech(run: StageRun) -> None:
    """Recognises all channels, together with whatever else waits for the model in this process.

    What recognition warns of is put among the warnings of the media.
    """
    deps, media = run.deps, run.media
    async with FractionReporter(deps.store.steps, media, Step.SPEECH) as reporter:
        transcript = await run.in_thread(lambda: _recognised(run, reporter.report))
    for warning in transcript.warnings:
        await deps.store.media.add_warning(media.id, warning)


def _recognised(run: StageRun, report: Callable[[float], None]) -> Transcript:
    heard = run.deps.blobs.get(run.media.paths.heard)
    return _recognise(run, report) if heard is None else transcript_from_json(heard)


def _recognise(run: StageRun, report: Callable[[float], None]) -> Transcript:
    blobs, media = run.deps.blobs, run.media
    decoded = decoded_channels(run)
    with channels_of(run, decoded) as channels:
        keyed = keyed_signs(channels, run.interrupted)
        request = TranscriptionRequest(
            channels,
            media.plan.speech.language,
            media.plan.vocabulary,
            media.plan.scripts,
            media.plan.speech.allowed_languages,
            media.plan.ingest.diarization,
        )
        transcript = transcribe(
            run.deps.recognizer(),
            request,
            checkpoint=_Sections(run),
            progress=report,
            interrupted=run.interrupted,
            diarizer=run.deps.diarizer,
        )
        # What is covered in the sound is covered on all of its channels, and as much wider as they lie apart.
        transcript = replace(transcript, echo_ms=max(transcript.echo_ms, decoded.echo_ms), keyed=keyed)
    # Written last: it says that the stage is done.
    blobs.put(media.paths.heard, transcript_to_json(transcript))
    return transcript


class _Sections:
    """Partial transcriptions in the store: what a killed worker had done is not done again."""

    def __init__(self, run: StageRun) -> None:
        self._blobs = run.deps.blobs
        self._paths = run.media.paths

    def load(self, name: str) -> bytes | None:
        return self._blobs.get(self._paths.section(name))

    def save(self, name: str, data: bytes) -> None:
        self._blobs.put(self._paths.section(name), data)
