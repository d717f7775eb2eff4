"""The recogniser of a process: its model, loaded once and fed in batches by every call that is being recognised.

Calls hand in requests and get futures; threads that belong to the model (one a core on a small machine) take them in
batches. All heavy work happens in native code that lets other Python threads run.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import Future

from voxport.speech.batching import Batcher
from voxport.speech.engine import Capabilities, DecodingRequest, Engine, Hypothesis, Model
from voxport.speech.languages import model_language, not_spoken
from voxport.speech.levels import Floats


class Recognizer:
    """One model for all calls of the process; safe from several threads. The model is loaded on first use."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._lock = threading.Lock()
        self._engine: Engine | None = None
        self._batcher: Batcher | None = None

    @property
    def engine(self) -> str:
        """Engine, model and arithmetic, as a transcript names them."""
        return self._model.name

    def load(self) -> None:
        """Loads the model now rather than with the first request; raises Misconfigured when it cannot be loaded."""
        self._ready()

    def language(self, code: str) -> str:
        """The model's language for a request's code; raises MediaFailed (10401) when the model does not know it."""
        language = model_language(code)
        if not self._ready()[0].knows(language):
            raise not_spoken(code)
        return language

    def features(self, samples: Floats) -> Floats:
        """What the engine needs of a segment, for `DecodingRequest.features`; samples in [-1, 1) at 16 kHz."""
        return self._ready()[0].features(samples)

    @property
    def capabilities(self) -> Capabilities:
        """What the engine honours of the decoding options."""
        return self._ready()[0].capabilities

    @property
    def identifies_languages(self) -> bool:
        """Whether the engine can tell which language was spoken."""
        return self._ready()[0].identifies_languages

    def prompt(self, terms: Sequence[str], language: str) -> tuple[int, ...]:
        """Tokens that bias decoding towards terms, for `DecodingRequest.prompt`; of many the last ones, which fit."""
        return self._ready()[0].prompt(terms, language)

    def context(self, text: str, language: str) -> tuple[int, ...]:
        """Tokens of what was said right before a segment, for `DecodingRequest.prompt`; of a long text its end."""
        return self._ready()[0].context(text, language)

    def submit(self, call: object, requests: Sequence[DecodingRequest]) -> list[Future[Hypothesis]]:
        """Queues requests of one call. Calls take turns; requests with one key share batches, of whatever call."""
        return self._ready()[1].submit(call, requests)

    def withdraw(self, call: object) -> None:
        """Forgets the requests of a call that no batch has taken yet; their futures are cancelled."""
        if self._batcher is not None:
            self._batcher.withdraw(call)

    @property
    def batches(self) -> tuple[tuple[int, int], ...]:
        """The latest batches as (requests, calls) of each: how well calls share the model."""
        return () if self._batcher is None else self._batcher.recent

    def close(self) -> None:
        """Ends the threads; requests still waiting are cancelled."""
        with self._lock:
            batcher, engine = self._batcher, self._engine
            self._batcher, self._engine = None, None
        if batcher is not None:
            batcher.close()
        if engine is not None:
            engine.close()

    def _ready(self) -> tuple[Engine, Batcher]:
        with self._lock:
            if self._engine is None or self._batcher is None:
                self._engine = self._model.load()
                self._batcher = Batcher(self._engine.decode, self._engine.lanes, self._engine.batch_frames)
            return self._engine, self._batcher
