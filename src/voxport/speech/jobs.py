"""What is asked of the model for one piece, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass

from voxport.speech.levels import Floats


@dataclass(frozen=True, slots=True)
class Mode:
    """How a piece is decoded; only pieces of the same mode, language and length of prompt share a batch.

    `time_tokens`: the model also writes when a phrase begins and ends, which keeps it from losing count.
    """

    window_ms: int
    beam: int = 5
    temperature: float = 0.0
    time_tokens: bool = True


@dataclass(frozen=True, slots=True)
class Job:
    """Mel features of one piece, shape (mels, frames of 10 ms), not yet padded to the window.

    `prompt` are tokens of text that the model takes for what was said before: names that it may hear next.
    """

    features: Floats
    language: str
    mode: Mode
    prompt: tuple[int, ...] = ()

    @property
    def kind(self) -> tuple[Mode, str, int]:
        """What jobs of one batch share; the library wants prompts of one length, but not the same prompts."""
        return self.mode, self.language, len(self.prompt)


@dataclass(frozen=True, slots=True)
class Token:
    """A decoded unit of text (a part of a word, with its leading space); times in ms from the start of the piece."""

    text: str
    start_ms: int
    end_ms: int
    probability: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model heard in one piece. `average_logprob` is per token; `no_speech` the model's doubt that anybody
    speaks at all."""

    text: str
    tokens: tuple[Token, ...]
    average_logprob: float
    no_speech: float
    mode: Mode
