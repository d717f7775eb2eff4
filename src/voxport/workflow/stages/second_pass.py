"""The second pass of recognition: digits once more, one by one, where a secret may have been written as something else.

In a first run it is a part of recognition, which has the sound decoded; a further run, which recognises nothing, goes
through it as a stage.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import structlog

from voxport.core.artefacts import transcript_to_json
from voxport.core.detectors import hears_again
from voxport.core.errors import MediaFailed
from voxport.core.language_code import LanguageCode
from voxport.core.plan import DetectorPlan
from voxport.core.served_audio import source_audio_key
from voxport.core.spans import merge
from voxport.core.transcript import Span, Transcript, sound_channel
from voxport.redaction.second_pass import PROMPTS, doubtful_speech, with_second_pass
from voxport.speech.options import ContextOptions
from voxport.speech.recognizer import Recognizer
from voxport.speech.transcription import TranscriptionRequest
from voxport.workflow.stage_run import StageRun
from voxport.workflow.stages.excerpts import ONCE, hear_parts
from voxport.workflow.stages.starting_point import read_recognised
from voxport.workflow.working_audio import channels_in

log = structlog.get_logger(__name__)

_OPTIONS = replace(ONCE, context=ContextOptions(max_channels=0))
"""The prompt takes the place of what was said before."""


async def recognise_digits_again(run: StageRun) -> None:
    """Leaves the call as it was recognised the second time; nothing where nothing is in doubt."""
    await run.in_thread(lambda: _recognise_digits_again(run))


def _recognise_digits_again(run: StageRun) -> None:
    blobs, media = run.deps.blobs, run.media
    source = source_audio_key(media)
    if blobs.exists(media.paths.heard_again) or not blobs.exists(source):
        return
    first = read_recognised(blobs, media)
    parts = parts_to_hear(run.deps.recognizer(), first, media.plan.detectors, media.duration_ms or 0)
    if not parts:
        return
    try:
        with channels_in(run, source, media.plan.ingest) as (_, channels):
            request = TranscriptionRequest(channels, media.plan.speech.language)
            keep_second_pass(run, hear_again(run.deps.recognizer(), request, first, parts, run.interrupted))
    except MediaFailed as failed:
        # What was finished does not fail because the server's limits or its model are others by now.
        log.warning("digits are not recognised again", media_id=str(media.id), code=failed.problem.code.value)


def keep_second_pass(run: StageRun, second: Transcript | None) -> None:
    """Keeps what was recognised again for the stages that detect."""
    if second is not None:
        run.deps.blobs.put(run.media.paths.heard_again, transcript_to_json(second))


def parts_to_hear(
    recognizer: Recognizer, first: Transcript, detectors: Sequence[DetectorPlan], duration_ms: int
) -> dict[int, tuple[Span, ...]]:
    """What is worth recognising again, by `Turn.channel`; nothing where the engine heeds no prompt."""
    if not any(map(hears_again, detectors)) or not recognizer.capabilities.context:
        return {}
    return doubtful_speech(first, detectors, duration_ms)


def hear_again(
    recognizer: Recognizer,
    request: TranscriptionRequest,
    first: Transcript,
    parts: Mapping[int, tuple[Span, ...]],
    interrupted: Callable[[], bool],
) -> Transcript | None:
    """The call `first` with its parts (by `Turn.channel`, of `parts_to_hear`) recognised behind digits in words; None
    without parts. Raises as `transcribe` does.
    """
    if not parts:
        return None
    by_sound: dict[int, list[Span]] = {}
    for channel, spans in parts.items():
        by_sound.setdefault(sound_channel(channel), []).extend(spans)
    options = replace(_OPTIONS, prompt=PROMPTS[LanguageCode.parse(first.language).language])
    merged = {channel: merge(spans) for channel, spans in by_sound.items()}
    request = replace(request, terms=(), scripts=(), allowed_languages=(), diarization=None)
    return with_second_pass(first, parts, hear_parts(recognizer, request, merged, options, interrupted))
