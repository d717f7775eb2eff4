"""The stages of redaction as the server puts them together, called as functions, with the time that each takes."""

from __future__ import annotations

import re
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.contestants import Nowhere
from benchmarks.corpus import decoded
from benchmarks.kept_recognitions import KeptRecognitions
from benchmarks.redaction_measures import HeardDigit
from benchmarks.spoken_forms import DECENAS, DIECES, ONES, TEENS, TENS, UNOS, VEINTES
from benchmarks.telephone import write
from voxport.audio.keyed_tones import find_keyed_tones
from voxport.audio.limits import DecodeLimits
from voxport.audio.sound import open_sound
from voxport.core.audio import SPEECH_RATE_HZ, DecodedChannel, PcmArray, PcmSource
from voxport.core.plan import AudioRedactor, DetectionLevel, DetectorPlan
from voxport.core.transcript import KeyedSign, Transcript, WordKind
from voxport.redaction.audibility import AudibleSecret, audible_secrets
from voxport.redaction.covering.sound import beeps_of, write_audio
from voxport.redaction.covering.tone_removal import WithoutTones
from voxport.redaction.covering.words import cover_words
from voxport.redaction.covers import Detections
from voxport.redaction.detection import detect
from voxport.redaction.options import RedactionOptions
from voxport.speech.engines.faster_whisper import FasterWhisperModel
from voxport.speech.models import locate
from voxport.speech.options import EngineOptions, SpeechOptions
from voxport.speech.recognizer import Recognizer
from voxport.speech.transcription import SpeechChannel, TranscriptionRequest, transcribe
from voxport.workflow.stages.excerpts import ONCE, Excerpts, parts_to_hear

LANGUAGES = {"en": "en-US", "es": "es-US"}
REPLACEMENT = "[redacted]"
TONE = AudioRedactor(170, 0.5)
NUMBER_WORDS = {
    **{word: str(value) for value, word in enumerate((*ONES, *TEENS))},
    **{word: str(10 * value) for value, word in enumerate(TENS) if word},
    **{word: str(value) for value, word in enumerate((*UNOS, *DIECES, *VEINTES))},
    **{word: str(10 * value) for value, word in enumerate(DECENAS) if word},
    "oh": "0",
}


@dataclass(frozen=True)
class Heard:
    """What was recognised in a file, in how many seconds from samples to words."""

    transcript: Transcript
    duration_ms: int
    seconds: float

    @property
    def digits(self) -> tuple[HeardDigit, ...]:
        return digits_of(self.transcript)


@dataclass(frozen=True)
class Read:
    """A text that is shown."""

    transcript: Transcript

    @property
    def digits(self) -> tuple[HeardDigit, ...]:
        return digits_of(self.transcript)


@dataclass(frozen=True)
class Spent:
    """Seconds of wall time for detection and words, for the file, and for listening to it again."""

    words_s: float
    sound_s: float
    check_s: float

    @property
    def seconds(self) -> float:
        return self.words_s + self.sound_s + self.check_s


def digits_of(transcript: Transcript) -> tuple[HeardDigit, ...]:
    """Every digit in figures or in plain words, each with the time of its share of the word."""
    return tuple(
        HeardDigit(digit, turn.channel, round(begin), round(begin + step))
        for turn in transcript.turns
        for word in turn.words
        if word.kind is WordKind.WORD
        for digits in [NUMBER_WORDS.get(word.text.lower().strip(".,"), re.sub(r"\D", "", word.text))]
        for index, digit in enumerate(digits)
        for step in [(word.end_ms - word.start_ms) / len(digits)]
        for begin in [word.start_ms + index * step]
    )


def redactor(level: DetectionLevel, *names: str) -> tuple[DetectorPlan, ...]:
    """Detectors of these names that cover words and sound."""
    return tuple(DetectorPlan(name, level, REPLACEMENT, TONE) for name in names)


def spans_of(detections: Detections) -> list[tuple[int, int]]:
    return [(span.start_ms, span.end_ms) for span in detections.covered]


class Stages:
    """Recognition with model base, detection and redaction, on files."""

    def __init__(self, recognizer: Recognizer, options: RedactionOptions, kept: KeptRecognitions | None = None) -> None:
        self._recognizer, self._options, self._kept = recognizer, options, kept

    @classmethod
    @contextmanager
    def ready(cls, folder: Path, options: RedactionOptions, kept: KeptRecognitions | None = None) -> Iterator[Stages]:
        """With the model loaded; what is in `kept` is not recognised again."""
        recognizer = Recognizer(FasterWhisperModel(locate("base", folder), EngineOptions(device="cpu")))
        recognizer.load()
        try:
            yield cls(recognizer, options, kept)
        finally:
            recognizer.close()

    def recognise(self, path: Path, language: str) -> Heard:
        """Takes no time where it is kept; `seconds` is 0 then."""
        found = self._kept.find(path, language) if self._kept is not None else None
        if found is not None:
            return Heard(*found, 0.0)
        heard = self.recognise_sound(decoded(path), language)
        if self._kept is not None:
            self._kept.keep(path, language, heard.transcript, heard.duration_ms)
        return heard

    def recognise_sound(self, channels: Sequence[npt.NDArray[np.int16]], language: str) -> Heard:
        """Of int16 samples at 16 kHz, one array a channel."""
        began = time.perf_counter()
        sources = [PcmArray(samples) for samples in channels]
        keyed = tuple(
            KeyedSign(index, key.sign, key.span.start_ms, key.span.end_ms)
            for index, source in enumerate(sources)
            for key in find_keyed_tones(source)
        )
        transcript = replace(self._transcribe(sources, language), keyed=keyed)
        return Heard(transcript, len(channels[0]) * 1000 // SPEECH_RATE_HZ, time.perf_counter() - began)

    def _transcribe(
        self, sources: Sequence[PcmSource], language: str, options: SpeechOptions | None = None
    ) -> Transcript:
        names = ("agent", "caller") if len(sources) > 1 else (None,)
        channels = [
            SpeechChannel(source, DecodedChannel(index, names[index], source.samples))
            for index, source in enumerate(sources)
        ]
        return transcribe(
            self._recognizer,
            TranscriptionRequest(channels, LANGUAGES[language]),
            checkpoint=Nowhere(),
            progress=lambda _: None,
            interrupted=lambda: False,
            options=options,
        )

    def detect(self, heard: Heard, detectors: Sequence[DetectorPlan]) -> Detections:
        spanish = heard.transcript.language.startswith("es")
        named = [
            replace(one, name=f"{one.name}-Spanish") if spanish and one.name in ("PCI", "SSN") else one
            for one in detectors
        ]
        return detect(heard.transcript, named, heard.duration_ms, self._options)

    def cover_words(self, heard: Heard, detections: Detections) -> Read:
        return Read(cover_words(heard.transcript, detections, self._options))

    def audible_secrets(self, heard: Heard, detections: Detections) -> tuple[AudibleSecret, ...]:
        return audible_secrets(heard.transcript, detections, self._options)

    @contextmanager
    def redacted(self, path: Path, detections: Detections) -> Iterator[Path]:
        """The file that would be served instead of `path`."""
        with tempfile.NamedTemporaryFile(suffix=path.suffix) as file, path.open("rb") as reader:
            write_audio(
                open_sound(reader, DecodeLimits()),
                beeps_of(detections),
                None,
                file,  # type: ignore[arg-type]
                options=self._options,
            )
            file.flush()
            yield Path(file.name)

    def time_redaction(self, path: Path, heard: Heard, detectors: Sequence[DetectorPlan]) -> Spent:
        """What redaction adds, step by step; the check listens around what was covered, as the server does."""
        began = time.perf_counter()
        detections = self.detect(heard, detectors)
        self.cover_words(heard, detections)
        worded = time.perf_counter()
        with self.redacted(path, detections) as file:
            written = time.perf_counter()
            beeps = beeps_of(detections)
            served = [WithoutTones(PcmArray(samples), beeps) for samples in decoded(file)]
            parts = parts_to_hear(beeps, served, heard.duration_ms)
            self._transcribe([Excerpts(source, parts) for source in served], "en", ONCE)
            return Spent(worded - began, written - worded, time.perf_counter() - written)

    @contextmanager
    def joined(self, paths: Sequence[Path]) -> Iterator[Path]:
        """One file of several calls, one after another, at 8 kHz."""
        sounds = [np.stack(decoded(path), axis=1)[::2] for path in paths]
        with tempfile.TemporaryDirectory(prefix="voxport-bench-") as folder:
            path = Path(folder) / "joined.flac"
            write(path, np.concatenate(sounds))
            yield path
