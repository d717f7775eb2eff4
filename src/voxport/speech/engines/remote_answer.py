"""The answer of an OpenAI-compatible endpoint (`verbose_json`) as a hypothesis.

Servers differ: words come with their times, without marks, or not at all; probabilities come for words, for phrases
(`segments`), or not at all. The text decides what was said; each unit of it takes the time of the words whose letters
it has, else its share of its phrase, else none.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from rapidfuzz.distance import Indel

from voxport.core.transcript import Span
from voxport.speech.engine import UNKNOWN_LOGPROB, DecodingRequest, Hypothesis, Token
from voxport.speech.engines.plain_text import text_units, untimed_tokens
from voxport.speech.estimated_times import spread

Letters = Annotated[str, Field(max_length=5_000)]
"""Of one segment: nobody says so much in 30 s."""
Seconds = Annotated[float, Field(ge=-1e6, le=1e6)]
"""On the clock of the segment; servers that count a little before or behind it are forgiven."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", allow_inf_nan=False)


class AnsweredWord(_Part):
    """A word with its time."""

    word: Letters
    start: Seconds
    end: Seconds
    probability: float | None = None
    """0 to 1; only servers on faster-whisper say it."""


class AnsweredSegment(_Part):
    """A phrase, as the model divides its text."""

    text: Letters
    start: Seconds
    end: Seconds
    avg_logprob: float | None = None
    compression_ratio: float | None = None
    no_speech_prob: float | None = None
    words: list[AnsweredWord] | None = None
    """Some servers put them here."""

    @property
    def logprob(self) -> float | None:
        """Mean log-probability of the tokens; vLLM writes -1 for this and for the ratio where it has neither."""
        has_none = self.compression_ratio is not None and self.compression_ratio < 0
        return None if has_none else self.avg_logprob


class Answer(_Part):
    """What is used of the answer."""

    text: Letters = Field(...)
    segments: list[AnsweredSegment] | None = None
    words: list[AnsweredWord] | None = None

    def to_hypothesis(self, request: DecodingRequest, length_ms: int) -> Hypothesis:
        """As the hypothesis for a request whose segment lasts `length_ms`."""
        segments = self.segments or []
        words = self.words or [word for segment in segments for word in segment.words or ()]
        logprob = _weighted(segments, [segment.logprob for segment in segments])
        silent = _weighted(segments, [segment.no_speech_prob for segment in segments])
        average_logprob = min(0.0, UNKNOWN_LOGPROB if logprob is None else logprob)
        text = self.text.strip() or "".join(segment.text for segment in segments).strip()
        if words and text:
            tokens = _from_words(text_units(text, request.language), words, math.exp(average_logprob), length_ms)
        elif segments and text:
            tokens = _from_segments(segments, request.language, length_ms)
        else:
            tokens = untimed_tokens(text, request.language, math.exp(average_logprob))
        return Hypothesis(
            text="".join(token.text for token in tokens).strip(),
            tokens=tokens,
            average_logprob=average_logprob,
            no_speech_probability=min(1.0, max(0.0, silent or 0.0)),
            options=request.options,
        )


def _weighted(segments: Sequence[AnsweredSegment], values: Sequence[float | None]) -> float | None:
    """The mean by letters; None where a phrase has no value."""
    known = [value for value in values if value is not None]
    if not known or len(known) < len(values):
        return None
    weights = [max(1, len(segment.text)) for segment in segments]
    return sum(value * weight for value, weight in zip(known, weights, strict=True)) / sum(weights)


@dataclass(frozen=True, slots=True)
class _Letter:
    """A letter of the words, with its share of their time."""

    start_ms: float
    end_ms: float
    probability: float


def _from_words(
    units: Sequence[str], words: Sequence[AnsweredWord], probability: float, length_ms: int
) -> tuple[Token, ...]:
    """Units with the times of their letters in the words; one that has none of them lies where the last one ended."""
    letters = list(_letters(words, probability, length_ms))
    owners = [index for index, unit in enumerate(units) for _ in _key(unit)]
    found: dict[int, list[_Letter]] = {}
    blocks = Indel.opcodes("".join(map(_key, units)), "".join(_key(word.word) for word in words))
    for block in blocks:
        if block.tag == "equal":
            same = zip(owners[block.src_start : block.src_end], letters[block.dest_start : block.dest_end], strict=True)
            for owner, letter in same:
                found.setdefault(owner, []).append(letter)
    tokens: list[Token] = []
    floor_ms = 0
    for index, unit in enumerate(units):
        own = found.get(index)
        if own is None:
            tokens.append(Token(unit, floor_ms, floor_ms, probability, measured=False))
            continue
        start_ms = max(floor_ms, round(own[0].start_ms))
        floor_ms = max(start_ms, round(own[-1].end_ms))
        tokens.append(Token(unit, start_ms, floor_ms, sum(letter.probability for letter in own) / len(own)))
    return tuple(tokens)


def _letters(words: Sequence[AnsweredWord], probability: float, length_ms: int) -> Iterator[_Letter]:
    for word in words:
        start_ms = min(max(0.0, word.start * 1000), length_ms)
        end_ms = min(max(start_ms, word.end * 1000), length_ms)
        count = len(_key(word.word))
        known = probability if word.probability is None else min(1.0, max(0.0, word.probability))
        for index in range(count):
            yield _Letter(
                start_ms + (end_ms - start_ms) * index / count,
                start_ms + (end_ms - start_ms) * (index + 1) / count,
                known,
            )


def _from_segments(segments: Sequence[AnsweredSegment], language: str, length_ms: int) -> tuple[Token, ...]:
    """Units that share the time of their phrase by their letters: an estimate, and marked as one."""
    tokens: list[Token] = []
    for segment in segments:
        probability = math.exp(min(0.0, UNKNOWN_LOGPROB if segment.logprob is None else segment.logprob))
        start_ms = min(max(0, round(segment.start * 1000)), length_ms)
        end_ms = min(max(start_ms, round(segment.end * 1000)), length_ms)
        # Some servers write phrases without the space before them.
        text = segment.text if not tokens or segment.text[:1].isspace() else f" {segment.text}"
        tokens += spread(untimed_tokens(text, language, probability), [Span(start_ms, end_ms)])
    return tuple(tokens)


def _key(text: str) -> str:
    """The letters and digits that are compared; each sign of the text gives at most one."""
    return "".join(sign.lower()[:1] for sign in text if sign.isalnum())
