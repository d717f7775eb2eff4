"""Plain faster-whisper on the same model, machine and run: what Voxport has to beat."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from faster_whisper import BatchedInferencePipeline, WhisperModel

from benchmarks.corpus import Recording
from benchmarks.scoring import Heard


@dataclass(frozen=True)
class Taken:
    """What a peer heard, and the seconds from samples to words; the model is loaded before."""

    words: list[Heard]
    seconds: float


class PlainWhisper:
    """`WhisperModel.transcribe` with beam 5, word times and voice activity filter, the channels in turn."""

    name = "faster-whisper, channels in turn"

    def __init__(self, model: Path) -> None:
        self._model = WhisperModel(str(model), device="cpu", compute_type="int8")

    def take(self, recording: Recording) -> Taken:
        channels = recording.channels()
        began = time.perf_counter()
        words: list[Heard] = []
        for index, samples in enumerate(channels):
            segments, _ = self._model.transcribe(
                samples, beam_size=5, word_timestamps=True, vad_filter=True, language=recording.language
            )
            words += _heard(segments, index)
        return Taken(words, time.perf_counter() - began)


class BatchedWhisper:
    """`BatchedInferencePipeline` with batches of 8, beam 5 and word times, the channels in turn."""

    name = "faster-whisper batched, channels in turn"

    def __init__(self, model: Path) -> None:
        self._pipeline = BatchedInferencePipeline(WhisperModel(str(model), device="cpu", compute_type="int8"))

    def take(self, recording: Recording) -> Taken:
        channels = recording.channels()
        began = time.perf_counter()
        words: list[Heard] = []
        for index, samples in enumerate(channels):
            segments, _ = self._pipeline.transcribe(
                samples, beam_size=5, batch_size=8, word_timestamps=True, language=recording.language
            )
            words += _heard(segments, index)
        return Taken(words, time.perf_counter() - began)


def _heard(segments, channel: int) -> list[Heard]:  # type: ignore[no-untyped-def]
    return [
        Heard(word.word.strip(), word.start * 1000, word.end * 1000, str(channel))
        for segment in segments
        for word in segment.words or []
    ]
