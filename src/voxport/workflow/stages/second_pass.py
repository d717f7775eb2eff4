"""The second pass of recognition: digits once more, one by one, where a secret may have been written as something else.

In a first run it is a part of recognition, which has the sound decoded; a further run, which recognises nothing, goes
through it as a stage.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from voxport.core.artefacts import transcript_to_json
from voxport.core.language_code import LanguageCode
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
    parts = doubtful_speech(first, media.plan.detectors, media.duration_ms or 0)
    if not parts:
        return
    speech = media.plan.speech
    with channels_in(run, source, media.plan.ingest) as (_, channels):
        request = TranscriptionRequest(channels, speech.language, allowed_languages=speech.allowed_languages)
        keep_second_pass(run, hear_again(run.deps.recognizer(), request, first, parts, run.interrupted))


def keep_second_pass(run: StageRun, second: Transcript | None) -> None:
    """Keeps what was recognised again for the stages that detect."""
    if second is not None:
        run.deps.blobs.put(run.media.paths.heard_again, transcript_to_json(second))


def hear_again(
    recognizer: Recognizer,
    request: TranscriptionRequest,
    first: Transcript,
    parts: Mapping[int, tuple[Span, ...]],
    interrupted: Callable[[], bool],
) -> Transcript | None:
    """The call `first` with its parts (by `Turn.channel`, of `doubtful_speech`) recognised behind digits in words.

    None without parts, and where the engine heeds no prompt. Raises as `transcribe` does.
    """
    if not parts or not recognizer.capabilities.context:
        return None
    by_sound: dict[int, list[Span]] = {}
    for channel, spans in parts.items():
        by_sound.setdefault(sound_channel(channel), []).extend(spans)
    options = replace(_OPTIONS, prompt=PROMPTS[LanguageCode.parse(first.language).language])
    merged = {channel: merge(spans) for channel, spans in by_sound.items()}
    request = replace(request, terms=(), scripts=(), diarization=None)
    return with_second_pass(first, parts, hear_parts(recognizer, request, merged, options, interrupted))
