"""Times for the text of engines that give none: each token takes its share of the segment's voice, by its letters."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from voxport.core.transcript import Span
from voxport.speech.engine import Hypothesis, Token


def estimate_times(hypothesis: Hypothesis, voice: Sequence[Span]) -> Hypothesis:
    """The hypothesis with its tokens spread over `voice`, where no token has a time of its own; else as it is.

    `voice` is in ms from the start of the segment. The tokens stay marked as not measured.
    """
    tokens = hypothesis.tokens
    if not tokens or not voice or any(token.measured or token.end_ms > token.start_ms for token in tokens):
        return hypothesis
    return replace(hypothesis, tokens=spread(tokens, voice))


def spread(tokens: Sequence[Token], voice: Sequence[Span]) -> tuple[Token, ...]:
    """Tokens one after another through the spans of `voice`, each for as long as its letters take."""
    edges = list(accumulate((_letters(token) for token in tokens), initial=0))
    ends = list(accumulate(span.end_ms - span.start_ms for span in voice))
    voiced = [round(edge * ends[-1] / max(1, edges[-1])) for edge in edges]
    # At a pause what begins there begins behind it, and what ends there ends before it.
    starts = [_at(before, voice, ends, bisect_right(ends, before)) for before in voiced[:-1]]
    stops = [_at(after, voice, ends, bisect_left(ends, after)) for after in voiced[1:]]
    return tuple(
        replace(token, start_ms=start, end_ms=max(start, stop), measured=False)
        for token, start, stop in zip(tokens, starts, stops, strict=True)
    )


def _letters(token: Token) -> int:
    """Marks and spaces take no time."""
    return sum(character.isalnum() for character in token.text)


def _at(voiced_ms: int, voice: Sequence[Span], ends: Sequence[int], index: int) -> int:
    """When so much voice has been heard, which is in the span at `index`, or at the end of the last one."""
    span = voice[min(index, len(voice) - 1)]
    remaining_ms = max(0, ends[min(index, len(voice) - 1)] - voiced_ms)
    return span.end_ms - remaining_ms
