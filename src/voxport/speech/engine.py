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
| context | what was said before a segment | `condition_on_previous_text` |
| language identification | which languages a stretch of a segment sounds like | `detect_language()` |

An engine is one file in `engines/`: a `Model` that can be loaded, and the `Engine` that loading gives. Everything else
of the room (voice activity, segments, batches, fallback, biasing, times) is the same for all engines.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from voxport.core.transcript import Span
from voxport.speech.levels import Floats

UNKNOWN_PROBABILITY = 0.5
"""Of text whose engine gives no probability: enough to be kept, too little to be believed over a weak voice."""
UNKNOWN_LOGPROB = math.log(UNKNOWN_PROBABILITY)
"""Its logarithm: neither doubtful nor certain by `FallbackOptions`."""


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


@dataclass(frozen=True, slots=True)
class AlignmentLead:
    """How early an engine's alignment begins a word inside fluent speech: all of this together, in ms."""

    base_ms: int = 0
    """This,"""
    length_share: float = 0.0
    """and this part of the aligned length of the word's first token,"""
    letter_ms: int = 0
    """but this less for each letter of it: what is long for its letters took of the word or the pause before."""


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What an engine honours of the decoding options (the rest changes nothing of what it hears), and how it times."""

    window: bool = False
    """Whether the length of the window changes what is heard."""
    beam_size: bool = False
    """Whether it searches with a beam of the size that is asked for."""
    temperature: bool = False
    """Whether it samples at a temperature; without it one segment is heard in one way only."""
    timestamp_tokens: bool = False
    """Whether it can be made to write when phrases begin and end."""
    context: bool = False
    """Whether what was said before a segment changes what is heard in it (`Engine.context`)."""
    lead: AlignmentLead = AlignmentLead()
    """How early it begins words; none where it is not known."""

    def tells_apart(self, one: DecodingOptions, other: DecodingOptions) -> bool:
        """Whether two attempts with these options can give different hypotheses; the second is needless else."""
        return any(
            getattr(self, name) and getattr(one, name) != getattr(other, name)
            for name in ("beam_size", "temperature", "timestamp_tokens")
        ) or (self.window and one.window_ms != other.window_ms)


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
    """Tokens that the engine takes for what was said before, from `Engine.prompt` or `Engine.context`; or none."""
    is_asked_again: bool = False
    """Whether more will be asked of the same features: what the engine made of them may be kept as long as they are."""
    stretches: tuple[Span, ...] = ()
    """Stretches whose language is wanted, ms from the start of the segment; they make no difference to batches."""

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
    """0 to 1; `UNKNOWN_PROBABILITY` from an engine that gives none."""
    measured: bool = True
    """Whether the times come from the sound. Tokens of a segment that all have none are spread over its voice."""


@dataclass(frozen=True, slots=True)
class LanguageProbability:
    """How probable it is that a stretch is spoken in a language."""

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
    """Mean natural log-probability of the tokens, with that of the end token where the engine gives it: 0.0 is
    certain. `UNKNOWN_LOGPROB` from an engine that gives none."""
    no_speech_probability: float
    """How probable it is that nobody speaks at all, 0 to 1; 0 from an engine that does not say."""
    options: DecodingOptions
    """Those of the request."""
    languages: tuple[tuple[LanguageProbability, ...], ...] = ()
    """For each of the request's stretches all languages that the engine knows, the most probable first, whatever
    language it was decoded in. Empty from an engine that cannot tell."""


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
    def capabilities(self) -> Capabilities:
        """What it honours of the decoding options: attempts that differ in nothing else are made once."""
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

    def context(self, text: str, language: str) -> tuple[int, ...]:
        """Tokens of what was said right before a segment, of a long text its end; empty where none are taken."""
        ...

    def decode(self, requests: Sequence[DecodingRequest]) -> list[Hypothesis]:
        """A hypothesis for each request, in order; all have the same `batch_key`. What it raises reaches the calls.

        TransientFault says that the surroundings failed; like any fault but MediaFailed it lets the calls wait and try
        again later, and what is finished of them stays.
        """
        ...

    def close(self) -> None:
        """Lets go of threads and connections; nothing is decoded afterwards."""
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
