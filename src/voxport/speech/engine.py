"""The seam to a recognition engine: what is asked of it for one segment of speech, and what it answers.

The words of this room, and what faster-whisper calls them:

| here | what it is | faster-whisper |
|---|---|---|
| segment | a stretch of one channel, cut at pauses, that is decoded at once | a chunk of speech |
| window | the fixed length that a segment is padded to | `chunk_length` |
| decoding options | beam, temperature and timestamp tokens of one attempt | arguments of `transcribe()` |
| hypothesis | the text of one attempt with its tokens and scores | `Segment` |
| decoding fallback | another attempt where a hypothesis is doubtful | temperature fallback |
| contextual biasing | terms that decoding is made to expect | `hotwords`, `initial_prompt` |
| language identification | which languages a segment sounds like | `detect_language()` |

An engine is one file in `engines/`: a `Model` that can be loaded, and the `Engine` that loading gives. Everything else
of the room (voice activity, segments, batches, fallback, biasing, times) is the same for all engines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from voxport.speech.levels import Floats


@dataclass(frozen=True, slots=True)
class DecodingOptions:
    """How one segment is decoded. Segments share a batch only when their options are equal."""

    window_ms: int
    """Length of the window that the segment is padded to; the segment is not longer."""
    beam_size: int
    """Hypotheses that the search keeps side by side; 1 is greedy. Not used at a temperature above 0."""
    temperature: float
    """0.0 takes the most probable tokens; above it tokens are sampled, which breaks loops."""
    timestamp_tokens: bool
    """Whether the model also writes when a phrase begins and ends, which keeps it from losing count."""


BatchKey = tuple[DecodingOptions, str, int]
"""Options, language and length of the prompt: what the requests of one batch have in common."""


@dataclass(frozen=True, slots=True)
class DecodingRequest:
    """One attempt at one segment."""

    features: Floats
    """What `Engine.features` made of the segment, not yet padded to the window; frames are the last axis."""
    language: str
    """The engine's own code (`en`), from `model_language`."""
    options: DecodingOptions
    prompt: tuple[int, ...] = ()
    """Tokens that the engine takes for what was said before, from `Engine.prompt`; empty without biasing."""
    identifies_language: bool = False
    """Whether `Hypothesis.languages` is wanted. Requests that differ in nothing else share a batch."""

    @property
    def batch_key(self) -> BatchKey:
        """Prompts of one batch have one length; they need not be the same prompt."""
        return self.options, self.language, len(self.prompt)


@dataclass(frozen=True, slots=True)
class Token:
    """A decoded unit of text: a word or a part of one, with its leading space."""

    text: str
    start_ms: int
    """From the start of the segment."""
    end_ms: int
    """From the start of the segment; equal to `start_ms` where the engine gives the unit no time."""
    probability: float
    """0 to 1."""


@dataclass(frozen=True, slots=True)
class LanguageProbability:
    """How probable it is that a segment is spoken in a language."""

    language: str
    """The engine's own code (`en`)."""
    probability: float
    """0 to 1."""


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """What the engine heard in one segment in one attempt."""

    text: str
    """Stripped; empty where nothing was heard."""
    tokens: tuple[Token, ...]
    """In order; their texts joined are `text`, up to spaces at its ends."""
    average_logprob: float
    """Mean natural log-probability of the tokens, end token included: 0.0 is certain."""
    no_speech_probability: float
    """How probable it is that nobody speaks at all, 0 to 1."""
    options: DecodingOptions
    """Those of the request."""
    languages: tuple[LanguageProbability, ...] = ()
    """All that the engine knows, the most probable first; they do not depend on the language of the request. Empty
    where the request did not ask, and from an engine that cannot tell."""


class Engine(Protocol):
    """A loaded model. `decode` may be called by `lanes` threads at once, all else by any number."""

    @property
    def lanes(self) -> int:
        """How many batches it decodes at once; at least 1."""
        ...

    @property
    def batch_frames(self) -> int:
        """The most frames (10 ms) that the windows of one batch have together: what memory allows."""
        ...

    @property
    def identifies_languages(self) -> bool:
        """Whether `decode` can tell which language was spoken; False for models of one language."""
        ...

    def knows(self, language: str) -> bool:
        """Whether the model transcribes a language, given by its primary code (`en`)."""
        ...

    def features(self, samples: Floats) -> Floats:
        """What `decode` needs of a segment: of mono samples in [-1, 1) at 16 kHz, shape (samples,).

        Whisper models give mel features of shape (mels, frames of 10 ms). An engine that takes sound gives it back.
        """
        ...

    def prompt(self, terms: Sequence[str], language: str) -> tuple[int, ...]:
        """Tokens that bias decoding towards terms, the most important last; empty where it cannot be biased."""
        ...

    def decode(self, requests: Sequence[DecodingRequest]) -> list[Hypothesis]:
        """A hypothesis for each request, in order; all have the same `batch_key`. What it raises reaches the calls."""
        ...


class Model(Protocol):
    """A model that is on this machine and not loaded yet."""

    @property
    def name(self) -> str:
        """Engine, model and arithmetic as a transcript names them: `faster-whisper base int8`."""
        ...

    def load(self) -> Engine:
        """Loads it; takes seconds. Raises Misconfigured, with a sentence, when it cannot be loaded."""
        ...
