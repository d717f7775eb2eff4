"""Recognition that goes on in a process of its own while something else is measured, as a busy worker's does."""

from __future__ import annotations

import multiprocessing
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.sharedctypes import Synchronized
from multiprocessing.synchronize import Event
from pathlib import Path

from benchmarks.contestants import Nowhere
from benchmarks.corpus import Recording, load
from benchmarks.gpu import Call
from benchmarks.whole import LANGUAGES
from voxport.core.errors import StageInterrupted
from voxport.speech.engines.faster_whisper import FasterWhisperModel
from voxport.speech.models import locate
from voxport.speech.options import EngineOptions
from voxport.speech.recognizer import Recognizer
from voxport.speech.transcription import TranscriptionRequest, transcribe

AT_ONCE = 4
"""Calls that go through the model together, as of a worker by its defaults."""
_ENDS_S = 60.0
_OF_THE_TESTS = sorted((Path(__file__).parents[1] / "tests" / "audio").glob("*.wav"))


class Recognition:
    """What the process has heard."""

    def __init__(self, heard_s: Synchronized[float]) -> None:
        self._heard_s = heard_s
        self._since = (time.perf_counter(), 0.0)
        self.begin()

    def begin(self) -> None:
        """The rate is that from here on."""
        self._since = (time.perf_counter(), self._heard_s.value)

    @property
    def rate(self) -> float:
        """Seconds of recordings heard in a second."""
        began, before = self._since
        return (self._heard_s.value - before) / (time.perf_counter() - began)


@contextmanager
def recognising(audio: Path) -> Iterator[Recognition]:
    """The model base hears recordings again and again until the block ends: those of a folder, or of the tests.

    It is warm when the block begins.
    """
    context = multiprocessing.get_context("spawn")
    heard_s, stop = context.Value("d", 0.0), context.Event()
    process = context.Process(target=_hear, args=(audio, heard_s, stop), daemon=True)
    process.start()
    try:
        while heard_s.value == 0.0:
            if not process.is_alive():
                raise RuntimeError("The process that recognises has ended.")
            time.sleep(0.1)
        yield Recognition(heard_s)
    finally:
        stop.set()
        process.join(_ENDS_S)
        process.kill()


def _hear(audio: Path, heard_s: Synchronized[float], stop: Event) -> None:
    try:
        recordings = load(audio)
    except FileNotFoundError:
        recordings = [Recording(path, {}) for path in _OF_THE_TESTS]
    calls = [Call.of(recording) for recording in recordings]
    with tempfile.TemporaryDirectory(prefix="voxport-bench-") as folder:
        recognizer = Recognizer(FasterWhisperModel(locate("base", Path(folder)), EngineOptions(device="cpu")))
        threads = [
            threading.Thread(target=_again, args=(recognizer, calls[at:] + calls[:at], heard_s, stop))
            for at in range(AT_ONCE)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        recognizer.close()


def _again(recognizer: Recognizer, calls: list[Call], heard_s: Synchronized[float], stop: Event) -> None:
    while True:
        for call in calls:
            try:
                _once(recognizer, call, heard_s, stop)
            except StageInterrupted:
                return


def _once(recognizer: Recognizer, call: Call, heard_s: Synchronized[float], stop: Event) -> None:
    told = 0.0

    def tell(fraction: float) -> None:
        nonlocal told
        with heard_s.get_lock():
            heard_s.value += max(0.0, fraction - told) * call.seconds
        told = max(told, fraction)

    transcribe(
        recognizer,
        TranscriptionRequest(call.channels, LANGUAGES[call.recording.language]),
        checkpoint=Nowhere(),
        progress=tell,
        interrupted=stop.is_set,
    )
