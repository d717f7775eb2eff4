"""The three stages between speech and publishing: what becomes of the words, of the sound, and whether that holds.

Secrets are never stored: each stage finds them again in the transcript that the run starts from (`starting`).
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from dataclasses import replace

import structlog

from voxport.audio.sound import open_sound
from voxport.core.artefacts import (
    AudioForm,
    audio_form_to_json,
    transcript_to_json,
)
from voxport.core.codes import Code
from voxport.core.errors import MediaFailed, Problem
from voxport.core.findings import Findings, findings_to_json
from voxport.core.media import Media
from voxport.core.plan import TextPlan
from voxport.core.served_audio import source_audio_key
from voxport.core.transcript import Transcript
from voxport.language.number_formatting import format_numbers, spell_numbers
from voxport.language.profanity import filter_profanity
from voxport.redaction.audibility import audible_secrets
from voxport.redaction.carry_over import with_earlier
from voxport.redaction.covering.sound import beeps_of, write_audio
from voxport.redaction.covering.words import cover_words
from voxport.redaction.covers import Detections
from voxport.storage.objects.blobs import Blobs
from voxport.workflow.stage_run import StageRun
from voxport.workflow.stages.excerpts import hear_around
from voxport.workflow.stages.starting_point import detections_in, read_start

log = structlog.get_logger(__name__)

_COPY_BYTES = 1 << 20


async def make_text(run: StageRun) -> None:
    """The words that are shown: redacted, then numbers written as asked, then profanity; and what was detected."""
    deps, media = run.deps, run.media
    if not await asyncio.to_thread(deps.blobs.exists, media.paths.findings):
        await run.in_thread(lambda: _make_text(run))


def _make_text(run: StageRun) -> None:
    blobs, media = run.deps.blobs, run.media
    start = read_start(blobs, media)
    detections = detections_in(start, media)
    shown = _written(cover_words(start.transcript, detections), media.plan.text, run.deps.options.profanity_words)
    blobs.put(media.paths.transcript, transcript_to_json(shown))
    asked = bool(media.plan.detectors)
    findings = Findings(detections.detections if asked else None, covered=detections.covered)
    if start.earlier is not None:
        findings = with_earlier(findings, start.earlier)
    blobs.put(media.paths.findings, findings_to_json(findings))


def _written(transcript: Transcript, plan: TextPlan, profanity_words: tuple[str, ...]) -> Transcript:
    written = transcript
    if plan.number_formatting is not None:
        write = format_numbers if plan.number_formatting else spell_numbers
        turns = (replace(turn, words=write(turn.words, transcript.language)) for turn in transcript.turns)
        written = replace(transcript, turns=tuple(turns))
    return filter_profanity(written, profanity_words) if plan.profanity_filter else written


async def make_audio(run: StageRun) -> None:
    """The file that is served instead of the recording."""
    deps, media = run.deps, run.media
    if not await asyncio.to_thread(deps.blobs.exists, media.paths.written_audio_form):
        await run.in_thread(lambda: _make_audio(run))


def _make_audio(run: StageRun) -> None:
    blobs, media = run.deps.blobs, run.media
    beeps = beeps_of(_detections(blobs, media))
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


async def check_audio(run: StageRun) -> None:
    """Listens to the redacted audio around what was covered; fails the media when a secret can still be heard."""
    if run.deps.options.check_redaction:
        await run.in_thread(lambda: _check_audio(run))


def _check_audio(run: StageRun) -> None:
    blobs, media = run.deps.blobs, run.media
    detections = _detections(blobs, media)
    if not detections.audio_spans:
        return
    heard = hear_around(run, media.paths.written_audio, detections.audio_spans)
    again = audible_secrets(heard, detections)
    if again:
        log.error("a secret can still be heard", media_id=str(media.id), places=len(again), detector=again[0].detector)
        seconds = ", ".join(f"{one.span.start_ms / 1000:.1f}" for one in again[:5])
        raise MediaFailed(
            Problem(
                Code.MEDIA_REDACTION_UNSUPPORTED,
                f"The redacted audio was listened to once more, and digits could still be heard at {seconds} s; "
                "nothing is published.",
            )
        )


def _detections(blobs: Blobs, media: Media) -> Detections:
    return detections_in(read_start(blobs, media), media)
