"""The model: loaded once a process, fed in batches by every call that is being recognised.

Calls hand in jobs and get futures; threads that belong to the model (one a core on a small machine) take them in
batches. All heavy work happens in native code that lets other Python threads run.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from voxport.core.errors import Misconfigured
from voxport.speech.batching import Batcher
from voxport.speech.decoding import Decoder
from voxport.speech.jobs import Answer, Job
from voxport.speech.languages import model_language, not_spoken
from voxport.speech.levels import Floats

_MOST_SINGLE = 4


@dataclass(frozen=True, slots=True)
class RecognizerOptions:
    """`threads` 0 takes every core this process may use; `compute_type` auto is int8 on a CPU, float16 on a GPU.

    `batch_frames` bounds a batch: the frames (10 ms) of all its windows together.
    """

    device: str = "auto"
    compute_type: str = "auto"
    threads: int = 0
    batch_frames: int = 12_000


class Recognizer:
    """One model for all calls of the process; safe from several threads. The model is loaded on first use."""

    def __init__(self, folder: Path, options: RecognizerOptions | None = None) -> None:
        self._folder = folder
        self._options = options or RecognizerOptions()
        self._device, self._compute_type = _arithmetic(self._options)
        self._lock = threading.Lock()
        self._decoder: Decoder | None = None
        self._batcher: Batcher | None = None

    @property
    def engine(self) -> str:
        """Recogniser, model and arithmetic, as a transcript names them."""
        return f"faster-whisper {self._folder.name} {self._compute_type}"

    def load(self) -> None:
        """Loads the model now rather than with the first job; raises Misconfigured when it cannot be loaded."""
        self._ready()

    def language(self, code: str) -> str:
        """The model's language for a request's code; raises MediaFailed (10401) when the model does not know it."""
        language = model_language(code)
        if not self._ready()[0].speaks(language):
            raise not_spoken(code)
        return language

    def features(self, samples: Floats) -> Floats:
        """Mel features of samples in [-1, 1] at 16 kHz: shape (mels, frames of 10 ms)."""
        return self._ready()[0].features(samples)

    def prompt(self, terms: Sequence[str], language: str) -> tuple[int, ...]:
        """Tokens that tell the model of terms it may hear, for `Job.prompt`; of many terms the last ones, which fit."""
        return self._ready()[0].prompt(terms, language)

    def submit(self, call: object, jobs: Sequence[Job]) -> list[Future[Answer]]:
        """Queues jobs of one call; calls take turns, jobs of a kind share batches whatever call they are of."""
        return self._ready()[1].submit(call, jobs)

    def withdraw(self, call: object) -> None:
        """Forgets the jobs of a call that no batch has taken yet; their futures are cancelled."""
        if self._batcher is not None:
            self._batcher.withdraw(call)

    @property
    def batches(self) -> tuple[tuple[int, int], ...]:
        """The latest batches as (jobs, calls) of each: how well calls share the model."""
        return () if self._batcher is None else self._batcher.recent

    def close(self) -> None:
        """Ends the threads; jobs still waiting are cancelled."""
        with self._lock:
            batcher, self._batcher, self._decoder = self._batcher, None, None
        if batcher is not None:
            batcher.close()

    def _ready(self) -> tuple[Decoder, Batcher]:
        with self._lock:
            if self._decoder is None or self._batcher is None:
                lanes, threads = self._lanes()
                self._decoder = Decoder(_load(self._folder, self._device, self._compute_type, lanes, threads))
                self._batcher = Batcher(self._decoder.decode, lanes, self._options.batch_frames)
            return self._decoder, self._batcher

    def _lanes(self) -> tuple[int, int]:
        """Batches at once and threads of each: a step of decoding is too short to be shared well among threads."""
        if self._device == "cuda":
            return 1, 1
        threads = self._options.threads or len(os.sched_getaffinity(0))
        return (threads, 1) if threads <= _MOST_SINGLE else (threads // 2, 2)


def _arithmetic(options: RecognizerOptions) -> tuple[str, str]:
    import ctranslate2

    device = options.device
    if device == "auto":
        device = "cuda" if ctranslate2.get_cuda_device_count() > 0 else "cpu"
    compute_type = options.compute_type
    if compute_type == "auto":
        compute_type = "float16" if device == "cuda" else "int8"
    return device, compute_type


def _load(folder: Path, device: str, compute_type: str, lanes: int, threads: int) -> Any:
    from faster_whisper import WhisperModel

    try:
        return WhisperModel(
            str(folder), device=device, compute_type=compute_type, cpu_threads=threads, num_workers=lanes
        )
    except (RuntimeError, ValueError, OSError) as error:
        raise Misconfigured(f"The model in {folder} cannot be loaded on {device} as {compute_type}: {error}") from error


def to_floats(samples: np.ndarray[Any, np.dtype[np.int16]]) -> Floats:
    """16-bit samples as floats in [-1, 1)."""
    return np.asarray(samples, np.float32) / np.float32(32768.0)
