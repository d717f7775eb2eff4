"""Plain faster-whisper on the same model, machine and run: what Voxport has to beat."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from faster_whisper import BatchedInferencePipeline, WhisperModel
from faster_whisper.transcribe import Segment

from benchmarks.corpus import Recording
from benchmarks.scoring import Heard

PLAIN, PLAIN_WITHOUT_VAD, BATCHED = "plain", "plain-without-vad", "batched"
_BEAM, _BATCH = 5, 8


@dataclass(frozen=True)
class Passage:
    """A stretch of a channel that a contestant took for another language than the one that was asked for."""

    channel: int
    start_ms: float
    end_ms: float
    language: str


@dataclass(frozen=True)
class Taken:
    """What a contestant heard, and what it took from samples to words; the model is loaded before."""

    words: list[Heard]
    seconds: float
    """Of wall time."""
    processor_s: float = 0.0
    """User and system time of the contestant's process."""
    passages: tuple[Passage, ...] = ()
    """What it took for other languages; empty from one that does not say."""


@dataclass
class Stopwatch:
    """Wall and processor seconds of this process, from beginning to end of a `with`."""

    seconds: float = 0.0
    processor_s: float = 0.0
    _began: tuple[float, float] = field(default=(0.0, 0.0))

    def __enter__(self) -> Stopwatch:
        self._began = (time.perf_counter(), processor_seconds())
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds = time.perf_counter() - self._began[0]
        self.processor_s = processor_seconds() - self._began[1]


def processor_seconds() -> float:
    """User and system time of this process with all its threads so far."""
    times = os.times()
    return times.user + times.system


class PlainWhisper:
    """`WhisperModel.transcribe` with beam 5 and word times, the channels in turn."""

    def __init__(self, model: Path, *, vad_filter: bool = True) -> None:
        self._model = WhisperModel(str(model), device="cpu", compute_type="int8")
        self._vad_filter = vad_filter

    def take(self, recording: Recording) -> Taken:
        channels = recording.channels()
        words: list[Heard] = []
        with Stopwatch() as watch:
            for index, samples in enumerate(channels):
                segments, _ = self._model.transcribe(
                    samples,
                    beam_size=_BEAM,
                    word_timestamps=True,
                    vad_filter=self._vad_filter,
                    language=recording.language,
                )
                words += _heard(segments, index)
        return Taken(words, watch.seconds, watch.processor_s)


class BatchedWhisper:
    """`BatchedInferencePipeline` with beam 5 and word times, the channels in turn."""

    def __init__(self, model: Path, *, device: str = "cpu", compute_type: str = "int8", batch: int = _BATCH) -> None:
        self._pipeline = BatchedInferencePipeline(WhisperModel(str(model), device=device, compute_type=compute_type))
        self._batch = batch

    def take(self, recording: Recording) -> Taken:
        channels = recording.channels()
        words: list[Heard] = []
        with Stopwatch() as watch:
            for index, samples in enumerate(channels):
                segments, _ = self._pipeline.transcribe(
                    samples, beam_size=_BEAM, batch_size=self._batch, word_timestamps=True, language=recording.language
                )
                words += _heard(segments, index)
        return Taken(words, watch.seconds, watch.processor_s)


def peer(name: str, model: Path) -> PlainWhisper | BatchedWhisper:
    """The peer of that name with its model loaded."""
    if name == BATCHED:
        return BatchedWhisper(model)
    return PlainWhisper(model, vad_filter=name == PLAIN)


def peer_version(name: str) -> str:
    """What its results depend on besides the recording."""
    packages = " ".join(f"{package} {version(package)}" for package in ("faster-whisper", "ctranslate2"))
    return f"{name} {packages} base int8 beam {_BEAM} batch {_BATCH if name == BATCHED else 1}"


def _heard(segments: Iterable[Segment], channel: int) -> Iterator[Heard]:
    for segment in segments:
        for word in segment.words or ():
            yield Heard(word.word.strip(), word.start * 1000, word.end * 1000, str(channel))
