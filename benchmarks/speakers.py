"""`make bench speakers`: who said what on one channel, beside the reference pipeline of the same weights.

Calls of which it is known who speaks when (`speakers_corpus.py`), in the two halves of `halves.py`; settings were
chosen on the first alone. The reference pipeline is sherpa-onnx with its defaults over the same two networks.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from rich.console import Console

from benchmarks import speakers_corpus
from benchmarks.contestants import Nowhere
from benchmarks.corpus import Recording, decoded, load
from benchmarks.halves import Half, half_of
from benchmarks.kept_recognitions import KeptRecognitions
from benchmarks.redaction import DEFAULT_FOLDER as REDACTION_FOLDER
from benchmarks.redaction_stages import Stages
from benchmarks.speakers_measures import ErrorTime, error_time, short_turns, words_by_text, words_by_time
from benchmarks.speakers_reference import reference_pipeline
from benchmarks.speakers_secrets import secret_rows
from benchmarks.table import Row
from voxport.core.audio import DecodedChannel, PcmArray
from voxport.core.plan import DiarizationPlan
from voxport.core.transcript import Transcript
from voxport.redaction.options import DEFAULTS
from voxport.speech.diarization.channels import tell_apart
from voxport.speech.diarization.diarizer import Diarizer
from voxport.speech.engines.faster_whisper import FasterWhisperModel
from voxport.speech.models import locate
from voxport.speech.options import EngineOptions
from voxport.speech.recognizer import Recognizer
from voxport.speech.transcription import SpeechChannel, TranscriptionRequest, transcribe

DEFAULT_FOLDER = Path(tempfile.gettempdir()) / "voxport-bench-speakers"


@dataclass
class Figures:
    """What was measured on some calls."""

    time: ErrorTime = field(default_factory=ErrorTime)
    reference: ErrorTime | None = None
    wrong: int = 0
    words: int = 0
    short_right: int = 0
    short: int = 0
    counted: int = 0
    calls: int = 0
    added: list[float] = field(default_factory=list)


def measure(console: Console, arguments: argparse.Namespace) -> list[Row]:
    """All rows of this bench."""
    recordings = [*load(arguments.calls), *load(arguments.audio)]
    folder = arguments.corpus or DEFAULT_FOLDER
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="voxport-bench-") as data:
        recognizer = Recognizer(FasterWhisperModel(locate("base", Path(data)), EngineOptions(device="cpu")))
        recognizer.load()
        bench = _Bench(console, recognizer, Diarizer(Path(data)), Path(data))
        for half in [Half(arguments.half)] if arguments.half else [*Half]:
            speakers_corpus.make(folder / half, half, recordings)
            made = load(folder / half)
            sides = [one for one in made if "-mixed-" in one.name]
            sides += [one for one in recordings if half_of(one) is half and _is_conversation(one)]
            rows += bench.rows(f"{half}, two-party calls", sides)
            rows += bench.rows(f"{half}, one to four people of one data set", [one for one in made if one not in sides])
        if not arguments.half:
            rows += bench.secret_rows(arguments.corpus or REDACTION_FOLDER, arguments.seed)
        recognizer.close()
    return rows


def _is_conversation(recording: Recording) -> bool:
    """Two people on the one channel of a recording, with their words but without exact times."""
    return not recording.is_stereo and len(recording.truth["speakers"]) == 2


class _Bench:
    """What is loaded once for all calls."""

    def __init__(self, console: Console, recognizer: Recognizer, diarizer: Diarizer, data: Path) -> None:
        self._console, self._recognizer, self._diarizer = console, recognizer, diarizer
        if not diarizer.load():
            raise SystemExit("The weights of diarization are not installed: requirements/speakers.txt.")
        self._reference = reference_pipeline(data)
        if self._reference is None:
            console.print("sherpa-onnx is not installed: no reference pipeline in this run.")

    def secret_rows(self, folder: Path, seed: int) -> list[Row]:
        """What telling people apart is worth to redaction; `folder` has the calls of the bench of redaction."""
        stages = Stages(self._recognizer, DEFAULTS, KeptRecognitions(folder))
        return secret_rows(self._console, stages, self._diarizer, folder, seed)

    def rows(self, name: str, recordings: Sequence[Recording]) -> list[Row]:
        figures = Figures(reference=ErrorTime() if self._reference is not None else None)
        for recording in recordings:
            self._judge(recording, figures)
        reference = "" if figures.reference is None else f" (reference pipeline {figures.reference.percent:.1f})"
        return [
            Row(
                f"{name}: words of the wrong speaker, of {figures.words}", _share(figures.wrong, figures.words), "%", 5
            ),
            Row(f"{name}: diarization error rate, collar 0.25 s{reference}", figures.time.percent, "%", 12),
            Row(f"{name}: calls with the right number", _share(figures.counted, figures.calls), "%", 90, True),
            Row(
                f"{name}: turns under 1 s at the right speaker, of {figures.short}",
                _share(figures.short_right, figures.short),
                "%",
                80,
                True,
            ),
            Row(
                f"{name}: processor time added to recognition, median",
                statistics.median(figures.added or [0.0]),
                "%",
                15,
            ),
        ]

    def _judge(self, recording: Recording, figures: Figures) -> None:
        samples = decoded(recording.path)[0]
        plain, recognised_s, apart, added_s = self._transcribed(samples)
        figures.added.append(100 * added_s / recognised_s)
        people = len({one.channel for one in apart.voice_activity})
        figures.calls += 1
        figures.counted += people == len(recording.truth["speakers"])
        wrong, words = words_by_text(apart, recording.truth) if recording.truth["turns"] else (0, 0)
        if voices := recording.truth.get("voices"):
            spoken = [(one.channel, span.start_ms, span.end_ms) for one in apart.voice_activity for span in one.spans]
            figures.time += error_time(voices, spoken)
            right, short = short_turns(voices, spoken)
            figures.short_right, figures.short = figures.short_right + right, figures.short + short
            wrong, words = (wrong, words) if words else words_by_time(apart, voices)
            if self._reference is not None and figures.reference is not None:
                heard = self._reference(samples.astype(np.float32) / np.float32(32_768))
                figures.reference += error_time(voices, heard)
        figures.wrong, figures.words = figures.wrong + wrong, figures.words + words
        self._console.print(
            f"{recording.name}: {people} people, {wrong} of {words} words wrong, recognition {recognised_s:.1f} s, "
            f"{len(plain.words)} entries"
        )

    def _transcribed(self, samples: np.typing.NDArray[np.int16]) -> tuple[Transcript, float, Transcript, float]:
        """As one speaker, the processor seconds of that; with people apart, and the seconds that adds."""
        source = PcmArray(samples)
        began = time.process_time()
        plain = transcribe(
            self._recognizer,
            TranscriptionRequest([SpeechChannel(source, DecodedChannel(0, None, len(samples)))], "en-US"),
            checkpoint=Nowhere(),
            progress=lambda _: None,
            interrupted=lambda: False,
        )
        recognised = time.process_time()
        apart = tell_apart(plain, {0: source}, DiarizationPlan(), self._diarizer, Nowhere(), lambda _: None)
        return plain, recognised - began, apart, time.process_time() - recognised


def _share(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 0.0
