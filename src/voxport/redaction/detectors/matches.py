"""A secret that a finder found: which words of which channel carry it. What is covered is not decided here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from voxport.core.transcript import Span
from voxport.language.numbers import Group
from voxport.redaction.dialogue.lines import Line


@dataclass(frozen=True, slots=True)
class Match:
    """Digits that are a secret."""

    channel: int
    words: tuple[int, ...]
    """Indices of its number-like words in the line of the channel, in order; never empty."""
    span: Span
    """From its first word to the end of its last; never empty."""
    digits: str = field(repr=False)
    """In the order in which they were said; empty for what is said in words."""
    tokens: frozenset[str] = field(default=frozenset(), repr=False)
    """Words by which a name is known again, in plain text."""


def match_of_words(line: Line, words: Sequence[int], digits: str, tokens: frozenset[str] = frozenset()) -> Match:
    """The secret that these words make; `words` are indices in the line, not empty."""
    ordered = tuple(sorted(words))
    start_ms = min(line.words[index].start_ms for index in ordered)
    end_ms = max(line.words[index].end_ms for index in ordered)
    return Match(line.channel, ordered, Span(start_ms, max(end_ms, start_ms + 1)), digits, tokens)


def match_of(line: Line, groups: tuple[Group, ...], extra_words: tuple[int, ...] = ()) -> Match:
    """The secret that these groups make, with further words of it (the name of a month).

    Its span is never empty: what has no length would lie in no cover, not even in its own.
    """
    words = {index for group in groups for index in range(group.words[0], group.words[1] + 1)} | set(extra_words)
    return match_of_words(line, sorted(words), "".join(group.text for group in groups))
