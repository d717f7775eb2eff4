"""`voxport redaction check`: what would be covered in a recording, without a server; nothing of it is kept or sent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from voxport.app.model import model_of
from voxport.audio.limits import DecodeLimits
from voxport.audio.sound import open_sound
from voxport.cli.errors import CommandFailed
from voxport.cli.flags import settings_of
from voxport.cli.terminal import say
from voxport.core.audio import PcmArray, Samples
from voxport.core.detectors import DETECTORS, DetectorDefinition, find_detector, in_language
from voxport.core.errors import MediaFailed, VoxportError
from voxport.core.plan import AudioRedactor, DetectionLevel, DetectorPlan, DiarizationPlan, IngestPlan
from voxport.core.spans import covers, overlaps
from voxport.core.transcript import Span, Transcript
from voxport.ingest.decoding import decode
from voxport.redaction.covering.sound import beeps_of, write_audio
from voxport.redaction.covers import Cover, Detections
from voxport.redaction.other_languages import detect_in_each
from voxport.settings import Settings
from voxport.speech.diarization.diarizer import Diarizer
from voxport.speech.recognizer import Recognizer
from voxport.speech.transcription import SpeechChannel, TranscriptionRequest, transcribe
from voxport.workflow.stages.keypads import keyed_signs

app = typer.Typer(no_args_is_help=True, add_completion=False, help="See what redaction would cover in a recording.")

_TONE = AudioRedactor(tone_hz=270, gain=0.25)
_HIDDEN = "[redacted]"
_KEYS = "(keys)"
"""What is shown for what was keyed."""


@app.callback()
def redaction() -> None:
    """See what redaction would cover in a recording."""


@app.command()
def check(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, readable=True, help="A recording.")
    ],
    detector: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="PCI, PII, IBAN and others; again for several. PCI and SSN."),
    ] = None,
    kinds: Annotated[
        str | None,
        typer.Option(metavar="NAMES", help="Of PII: name, address and others, commas between. All of them."),
    ] = None,
    level: Annotated[DetectionLevel | None, typer.Option(help="How much is covered; left out: the default.")] = None,
    language: Annotated[str, typer.Option(metavar="CODE", help="Language of the recording.")] = "en-US",
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where the redacted sound is written; its form is that of FILE.")
    ] = None,
    show: Annotated[bool, typer.Option("--show", help="Print the words that would be covered, too.")] = False,
    data: Annotated[str | None, typer.Option(metavar="DIR", help="The server's data folder. [VOXPORT_DATA]")] = None,
) -> None:
    """Recognise a recording here and print what would be covered, one span a line: begin and end in s, detector."""
    plans = _plans(detector or ["PCI", "SSN"], kinds, level, language)
    if output is not None and output.exists():
        raise CommandFailed(f"{output} is there already.")
    if output is not None and not output.parent.is_dir():
        raise CommandFailed(f"{output.parent} is no folder, so that {output.name} cannot be written there.")
    try:
        settings = settings_of({"data": data})
        call = _recognise(file, language, settings)
        detections = detect_in_each(call.transcript, plans, call.duration_ms)
        for cover in detections.covers:
            typer.echo(_line(cover, call.transcript, show))
        if output is not None:
            _write(file, detections, output, settings)
    except MediaFailed as failed:
        raise CommandFailed(str(failed)) from failed
    seconds = sum(span.end_ms - span.start_ms for span in detections.audio_spans) / 1000
    say(f"{seconds:.1f} of {call.duration_ms / 1000:.1f} s would be covered, in {len(detections.audio_spans)} places.")


@dataclass(frozen=True, slots=True)
class _Call:
    transcript: Transcript
    duration_ms: int


class _NoCheckpoint:
    """Nothing of the call is kept."""

    def load(self, name: str) -> bytes | None:  # noqa: ARG002
        return None

    def save(self, name: str, data: bytes) -> None:
        """Kept nowhere."""


def _plans(names: list[str], kinds: str | None, level: DetectionLevel | None, language: str) -> list[DetectorPlan]:
    plans: list[DetectorPlan] = []
    for name in names:
        definition = find_detector(name)
        definition = None if definition is None else in_language(definition, language)
        if definition is None or not definition.knows(language):
            known = ", ".join(one.name for one in DETECTORS if one.knows(language))
            raise CommandFailed(f"{name} is no detector for {language}: {known or 'there are none'}.")
        wanted = () if kinds is None or not definition.kinds else _kinds_of(definition, kinds)
        plans.append(DetectorPlan(definition.name, level or definition.default_level, _HIDDEN, _TONE, wanted))
    if kinds is not None and not any(plan.kinds for plan in plans):
        raise CommandFailed("--kinds chooses among what PII finds; give --detector PII.")
    return plans


def _kinds_of(definition: DetectorDefinition, kinds: str) -> tuple[str, ...]:
    try:
        return definition.kinds_named(kinds)
    except ValueError as wanted:
        raise CommandFailed(f"--kinds are {wanted}.") from None


def _recognise(file: Path, language: str, settings: Settings) -> _Call:
    """What the server's model hears and what is keyed on each channel of the file; who says it, on a single one."""
    written: dict[int, list[Samples]] = {}
    with file.open("rb") as reader:
        decoded = decode(reader, IngestPlan(), _limits(settings), lambda index: written.setdefault(index, []).append)
    channels = [
        SpeechChannel(PcmArray(np.concatenate(written[channel.index])), channel) for channel in decoded.channels
    ]
    recognizer = Recognizer(model_of(settings))
    try:
        recognizer.load()
        transcript = transcribe(
            recognizer,
            TranscriptionRequest(channels, language, diarization=DiarizationPlan() if settings.diarization else None),
            checkpoint=_NoCheckpoint(),
            progress=lambda _: None,
            interrupted=lambda: False,
            diarizer=Diarizer(settings.data_dir, settings.speech_threads),
        )
    finally:
        recognizer.close()
    keyed = keyed_signs(channels, lambda: False)
    return _Call(replace(transcript, keyed=keyed), decoded.duration_ms)


def _line(cover: Cover, transcript: Transcript, show: bool) -> str:
    columns = [f"{cover.sound.start_ms / 1000:.2f}", f"{cover.sound.end_ms / 1000:.2f}", cover.detector]
    if show:
        words = [word.text for word in transcript.words if covers(word, [cover.span])]
        keyed = any(overlaps(Span(key.start_ms, key.end_ms), [cover.span]) for key in transcript.keyed or ())
        columns.append(" ".join((*words, *([_KEYS] if keyed else []))))
    return "\t".join(columns)


def _limits(settings: Settings) -> DecodeLimits:
    return DecodeLimits(max_duration_s=settings.max_duration_s, max_channels=settings.max_channels)


def _write(file: Path, detections: Detections, output: Path, settings: Settings) -> None:
    try:
        with file.open("rb") as reader, output.open("x+b") as writer:
            write_audio(open_sound(reader, _limits(settings)), beeps_of(detections), None, writer)
    except OSError as fault:
        output.unlink(missing_ok=True)
        raise CommandFailed(f"{output} cannot be written: {fault.strerror or fault}.") from fault
    except VoxportError:
        output.unlink(missing_ok=True)
        raise
