"""Who is measured beside whom: each contestant in a process of its own, so that neither memory nor threads mix.

The processor time of a contestant is that of its process. A contestant starts when it is first asked for something;
loading its model counts for nobody.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Protocol

from benchmarks.corpus import Recording, decoded
from benchmarks.named_options import with_settings
from benchmarks.peers import BATCHED, PLAIN, PLAIN_WITHOUT_VAD, Passage, Stopwatch, Taken, peer
from benchmarks.scoring import Heard
from benchmarks.whole import LANGUAGES
from voxport.core.audio import DecodedChannel, PcmArray
from voxport.core.transcript import WordKind
from voxport.speech.engines.faster_whisper import FasterWhisperModel
from voxport.speech.options import EngineOptions, SpeechOptions
from voxport.speech.recognizer import Recognizer
from voxport.speech.transcription import SpeechChannel, TranscriptionRequest, transcribe

OURS = "ours"
"""Recognition alone, from samples to transcript."""
ONCE = "ours-once"
"""The same without a decoding fallback: what hearing again costs is the difference."""
VOXPORT = "voxport"
"""The whole of it, from POST to the object in the bucket; it runs already, see `Contestants.add`."""
PEERS = (PLAIN, PLAIN_WITHOUT_VAD, BATCHED)


class Contestant(Protocol):
    """Somebody who hears a recording."""

    def take(self, recording: Recording) -> Taken: ...


class ContestantFailed(Exception):
    """A contestant did not come to an end with a recording; says which and why."""


class Recognition:
    """Voxport's recognition alone, from samples to transcript."""

    def __init__(self, model: Path, options: SpeechOptions) -> None:
        self._recognizer = Recognizer(FasterWhisperModel(model, EngineOptions(device="cpu")))
        self._recognizer.load()
        self._options = options

    def take(self, recording: Recording) -> Taken:
        channels = [
            SpeechChannel(PcmArray(samples), DecodedChannel(index, str(index), len(samples)))
            for index, samples in enumerate(decoded(recording.path))
        ]
        with Stopwatch() as watch:
            transcript = transcribe(
                self._recognizer,
                TranscriptionRequest(channels, LANGUAGES[recording.language]),
                checkpoint=Nowhere(),
                progress=lambda _: None,
                interrupted=lambda: False,
                options=self._options,
            )
        words = [
            Heard(word.text, word.start_ms, word.end_ms, str(turn.channel))
            for turn in transcript.turns
            for word in turn.words
            if word.kind is WordKind.WORD
        ]
        passages = tuple(
            Passage(one.channel, one.span.start_ms, one.span.end_ms, one.language) for one in transcript.passages
        )
        return Taken(words, watch.seconds, watch.processor_s, passages)


class Nowhere:
    """Checkpoints of recognition that are not kept."""

    def load(self, name: str) -> bytes | None:  # noqa: ARG002
        return None

    def save(self, name: str, data: bytes) -> None:
        """Nothing is kept."""


@dataclass(frozen=True)
class Line:
    """What starts a contestant: its name, the model's folder, and other values of Voxport's options."""

    name: str
    model: Path
    settings: Sequence[str] = ()

    def ready(self) -> Contestant:
        """With the model loaded."""
        options = with_settings(SpeechOptions(), self.settings)
        if self.name == ONCE:
            options = replace(options, fallback=replace(options.fallback, ladder=()))
        if self.name in (OURS, ONCE):
            return Recognition(self.model, options)
        return peer(self.name, self.model)


class ContestantProcess:
    """A contestant that is spoken to through a pipe."""

    def __init__(self, line: Line) -> None:
        context = multiprocessing.get_context("spawn")
        self._line = line
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_answer, args=(line, theirs), daemon=True)
        self._process.start()
        theirs.close()

    def take(self, recording: Recording) -> Taken:
        """Raises ContestantFailed."""
        self._pipe.send(recording)
        try:
            answer = self._pipe.recv()
        except EOFError as error:
            raise ContestantFailed(f"{self._line.name} ended at {recording.name}") from error
        if not isinstance(answer, Taken):
            raise ContestantFailed(f"{self._line.name} at {recording.name}: {answer}")
        return answer

    def stop(self) -> None:
        self._pipe.close()
        self._process.join()


class Contestants:
    """Contestants by name; see `running_contestants`."""

    def __init__(self, stack: ExitStack, model: Path, settings: Sequence[str]) -> None:
        self._stack, self._model, self._settings = stack, model, settings
        self._running: dict[str, Contestant] = {}

    def add(self, name: str, contestant: Contestant) -> None:
        """One that runs already."""
        self._running[name] = contestant

    def take(self, name: str, recording: Recording) -> Taken:
        """What the contestant of that name makes of the recording. Raises ContestantFailed."""
        if name not in self._running:
            started = ContestantProcess(Line(name, self._model, self._settings))
            self._stack.callback(started.stop)
            self.add(name, started)
        return self._running[name].take(recording)


@contextmanager
def running_contestants(model: Path, settings: Sequence[str] = ()) -> Iterator[Contestants]:
    """Contestants with this model; `settings` are other values of Voxport's options. All end with the `with`."""
    with ExitStack() as stack:
        yield Contestants(stack, model, settings)


def _answer(line: Line, pipe: Connection) -> None:
    contestant = line.ready()
    while True:
        try:
            recording = pipe.recv()
        except EOFError:
            return
        try:
            pipe.send(contestant.take(recording))
        except Exception as error:  # noqa: BLE001 - told to who asked, who ends the bench with it
            pipe.send(f"{type(error).__name__}: {error}")
