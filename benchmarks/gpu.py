"""`make bench gpu`: how much sound a GPU recognises in a second, beside faster-whisper's batched pipeline on it.

Takes minutes. Needs a GPU that CTranslate2 can use: CUDA 12, cuBLAS and cuDNN 9 (the system's own, or `pip install
nvidia-cublas-cu12 nvidia-cudnn-cu12` with their `lib` folders in LD_LIBRARY_PATH). Without one it says so and ends
with status 1. Every variant has the GPU to itself; models are loaded, and one call is heard, before the clock runs.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import ctranslate2
from rich.console import Console

from benchmarks.contestants import Nowhere
from benchmarks.corpus import SAMPLE_RATE_HZ, Recording, decoded, load
from benchmarks.peers import BatchedWhisper
from benchmarks.scoring import Errors, Heard, word_errors
from benchmarks.table import Row, show
from benchmarks.whole import LANGUAGES
from voxport.core.audio import DecodedChannel, PcmArray
from voxport.core.transcript import Transcript, WordKind
from voxport.speech.engines.faster_whisper import FasterWhisperModel
from voxport.speech.levels import FRAME_MS
from voxport.speech.models import locate
from voxport.speech.options import EngineOptions
from voxport.speech.recognizer import Recognizer
from voxport.speech.transcription import SpeechChannel, TranscriptionRequest, transcribe

BATCHES_S = (120, 240, 480, 960)
"""Seconds of windows in a batch of Voxport: what `VOXPORT_SPEECH_BATCH_S` is chosen from."""
PIPELINE_BATCHES = (8, 16, 32)
"""Windows of 30 s in a batch of the pipeline; 8 is its default."""
NO_GPU = "There is no GPU here that CTranslate2 can use (CUDA 12, cuBLAS, cuDNN 9); nothing was measured."


@dataclass(frozen=True)
class Call:
    """A recording that is decoded already."""

    recording: Recording
    channels: tuple[SpeechChannel, ...]

    @property
    def seconds(self) -> float:
        return max(channel.source.samples for channel in self.channels) / SAMPLE_RATE_HZ

    @classmethod
    def of(cls, recording: Recording) -> Call:
        channels = tuple(
            SpeechChannel(PcmArray(samples), DecodedChannel(index, str(index), len(samples)))
            for index, samples in enumerate(decoded(recording.path))
        )
        return cls(recording, channels)


@dataclass(frozen=True)
class Throughput:
    """What one pass over all calls came to."""

    seconds: float
    """Of wall time."""
    sound_s: float
    """Of all calls, each once however many channels it has."""
    errors: Errors
    requests_a_batch: float = 0.0

    @property
    def rate(self) -> float:
        """Seconds of calls in a second."""
        return self.sound_s / self.seconds


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options that only this bench has."""
    group = parser.add_argument_group("gpu")
    group.add_argument("--model", default="base", help="a bundled model, or a folder (large-v3)")
    group.add_argument("--calls-at-once", type=int, default=16, help="calls that a worker has in hand")
    group.add_argument("--copies", type=int, default=4, help="how often each recording is heard in a pass")


def measure(console: Console, arguments: argparse.Namespace) -> list[Row]:
    """Prints a table of its own, under the name of the GPU; ends the bench where there is none."""
    if ctranslate2.get_cuda_device_count() == 0:
        sys.exit(NO_GPU)
    with tempfile.TemporaryDirectory(prefix="voxport-bench-") as folder:
        model = locate(arguments.model, Path(folder))
        calls = [Call.of(recording) for recording in load(arguments.audio)] * arguments.copies
        options = EngineOptions(device="cuda", compute_type="float16")
        rows = rows_of(console, model, calls, options, at_once=arguments.calls_at_once, rounds=arguments.rounds)
    show(console, rows, model=f"{arguments.model} float16 on {_gpu_name()}")
    return []


def rows_of(
    console: Console, model: Path, calls: Sequence[Call], options: EngineOptions, *, at_once: int, rounds: int
) -> list[Row]:
    """Throughput of Voxport in batches of each size and of the pipeline in its own, on the device of `options`."""
    rows: list[Row] = []
    best = {"voxport": 0.0, "batched": 0.0}
    for batch_s in BATCHES_S:
        sized = replace(options, batch_frames=batch_s * 1000 // FRAME_MS)
        taken = _median(voxport(model, sized, calls, at_once, rounds))
        best["voxport"] = max(best["voxport"], taken.rate)
        rows += _rows(console, f"voxport, batches of {batch_s} s, {at_once} calls at once", taken)
        rows.append(Row("requests in a batch", taken.requests_a_batch, ""))
    rows += _rows(console, "voxport, one call at a time", _median(voxport(model, options, calls, 1, rounds)))
    for batch in PIPELINE_BATCHES:
        taken = _median(pipeline(model, options, calls, batch, rounds))
        best["batched"] = max(best["batched"], taken.rate)
        rows += _rows(console, f"faster-whisper batched by {batch}", taken)
    return [*rows, Row("voxport / batched, the best of each", best["voxport"] / best["batched"], "", None)]


def voxport(model: Path, options: EngineOptions, calls: Sequence[Call], at_once: int, rounds: int) -> list[Throughput]:
    """A pass for each round, so many calls at once through one recogniser."""
    recognizer = Recognizer(FasterWhisperModel(model, options))
    try:
        _transcript(recognizer, calls[0])
        return [_pass(recognizer, calls, at_once) for _ in range(rounds)]
    finally:
        recognizer.close()


def pipeline(model: Path, options: EngineOptions, calls: Sequence[Call], batch: int, rounds: int) -> list[Throughput]:
    """A pass for each round, call after call and channel after channel, as the pipeline takes them."""
    batched = BatchedWhisper(model, device=options.device, compute_type=options.compute_type, batch=batch)
    batched.take(calls[0].recording)
    passes = []
    for _ in range(rounds):
        heard = [(call, batched.take(call.recording)) for call in calls]
        errors = sum((_errors(call, taken.words) for call, taken in heard), Errors(0, 0))
        passes.append(Throughput(sum(taken.seconds for _, taken in heard), _sound_s(calls), errors))
    return passes


def _pass(recognizer: Recognizer, calls: Sequence[Call], at_once: int) -> Throughput:
    began = time.perf_counter()
    with ThreadPoolExecutor(at_once) as pool:
        transcripts = list(pool.map(lambda call: _transcript(recognizer, call), calls))
    seconds = time.perf_counter() - began
    errors = sum(
        (_errors(call, _words(transcript)) for call, transcript in zip(calls, transcripts, strict=True)), Errors(0, 0)
    )
    requests = [count for count, _ in recognizer.batches]
    return Throughput(seconds, _sound_s(calls), errors, statistics.mean(requests) if requests else 0.0)


def _transcript(recognizer: Recognizer, call: Call) -> Transcript:
    return transcribe(
        recognizer,
        TranscriptionRequest(call.channels, LANGUAGES[call.recording.language]),
        checkpoint=Nowhere(),
        progress=lambda _: None,
        interrupted=lambda: False,
    )


def _words(transcript: Transcript) -> list[Heard]:
    return [
        Heard(word.text, word.start_ms, word.end_ms, str(turn.channel))
        for turn in transcript.turns
        for word in turn.words
        if word.kind is WordKind.WORD
    ]


def _errors(call: Call, words: list[Heard]) -> Errors:
    return word_errors(words, call.recording.truth)


def _sound_s(calls: Sequence[Call]) -> float:
    return sum(call.seconds for call in calls)


def _median(passes: Sequence[Throughput]) -> Throughput:
    """The pass of the median rate (of an even number the slower one in the middle)."""
    by_rate = sorted(passes, key=lambda one: one.rate)
    return by_rate[(len(by_rate) - 1) // 2]


def _rows(console: Console, name: str, taken: Throughput) -> list[Row]:
    console.print(f"{name}: {taken.rate:.0f} s of calls in a second")
    return [Row(name, taken.rate, "s/s"), Row("word error rate", 100 * taken.errors.rate, "%")]


def _gpu_name() -> str:
    command = shutil.which("nvidia-smi")
    if command is None:
        return "a GPU"
    listed = subprocess.run(
        [command, "--query-gpu=name", "--format=csv,noheader"], capture_output=True, text=True, check=False
    )
    return listed.stdout.strip().replace("\n", ", ") or "a GPU"
