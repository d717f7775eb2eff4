"""A secret that a finder found: which words of which channel carry it. What is covered is not decided here."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, takewhile

from voxport.core.transcript import Span
from voxport.language.numbers import Group
from voxport.redaction.dialogue.lines import Line

_LEAST_ANSWER = 3
"""Digits of an answer that lacks none: a code has three."""
_REPEATED = 4
"""Digits in a row by which one side says again what the other gave, or all of a shorter number."""
_MOST_GIVEN = 12
"""Digits of a card of which the last group may have been misheard."""
_LATEST = 12
"""Secrets that are looked back at: one may be given digit by digit."""


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


@dataclass(frozen=True)
class Found:
    """Secrets in order of time, looked up by where they are."""

    matches: tuple[Match, ...]
    places: frozenset[tuple[int, int]]
    """Line and first word of each, but for a lone digit, which may be a word: "and the code too"."""
    longest_ms: int

    @classmethod
    def of(cls, matches: Iterable[Match]) -> Found:
        ordered = tuple(sorted(matches, key=lambda one: one.span.start_ms))
        places = frozenset((one.channel, one.words[0]) for one in ordered if len(one.digits) != 1)
        return cls(ordered, places, max((one.span.end_ms - one.span.start_ms for one in ordered), default=0))

    def during(self, span: Span) -> Iterator[Match]:
        """Those that are said, even in part, within a span."""
        begin = bisect_left(self.matches, span.start_ms - self.longest_ms, key=lambda one: one.span.start_ms)
        end = bisect_left(self.matches, span.end_ms, key=lambda one: one.span.start_ms)
        return (one for one in islice(self.matches, begin, end) if span.start_ms < one.span.end_ms)

    def begins_behind(self, channel: int, last: int, within: int) -> bool:
        """Whether one begins on a line in the word at `last`, or up to `within` words and marks behind it."""
        return any((channel, last + behind) in self.places for behind in range(within + 1))


@dataclass
class Given:
    """Secrets as a finder finds them, in order of time, and what is asked of those before each further one."""

    whole_digits: int
    """From so many digits on one is whole."""
    matches: list[Match] = field(default_factory=list)
    whole: Match | None = None
    """The last that is whole."""
    giver: int | None = None
    """The line of who gave most of one first when he was asked; the other side says it again."""
    said: Counter[int] = field(default_factory=Counter)
    """Digits on each line that answered the other side."""
    places: set[tuple[int, int]] = field(default_factory=set)
    """Line and first word of each."""
    most_digits: int = 0
    """Of the longest, whole or not."""

    def extend(self, matches: Iterable[Match]) -> None:
        for match in matches:
            self.matches.append(match)
            self.places.add((match.channel, match.words[0]))
            self.most_digits = max(self.most_digits, len(match.digits))
            if len(match.digits) >= self.whole_digits:
                self.whole = match

    def give(self, channel: int, digits: int) -> None:
        """Counts digits by which a side answers the other one."""
        self.said[channel] += digits
        if self.giver is None and self.said[channel] >= _MOST_GIVEN:
            self.giver = channel

    def is_answered(self, since_ms: int) -> bool:
        """Whether something was given since a question ended."""
        return bool(self.matches) and self.matches[-1].span.end_ms > since_ms

    def digits_since(self, since_ms: int) -> str:
        """All that was given since a time by either side, the latest of it."""
        since = list(islice(self._since(since_ms), _LATEST))
        return "".join(match.digits for match in reversed(since))

    def is_aside(self, channel: int, since_ms: int) -> bool:
        """Whether the other side has answered a question since it ended, and this one has only said it again: what it
        says now is something else, or says again what was given."""
        if len(self._theirs(channel, since_ms)) < _LEAST_ANSWER:
            return False
        since = list(islice(self._since(since_ms), _LATEST))
        # Before the question, too: the date is said back with the code.
        return since[-1].channel != channel and all(
            self.has_theirs(channel, 0, one.digits) for one in since if one.channel == channel
        )

    def has_theirs(self, channel: int, since_ms: int, digits: str) -> bool:
        """Whether digits of this side say again what the other one has given since a time."""
        return longest_shared(digits, self._theirs(channel, since_ms)) >= min(len(digits), _REPEATED)

    def _theirs(self, channel: int, since_ms: int) -> str:
        """What the other side has given since a time, the latest."""
        since = islice(self._since(since_ms), _LATEST)
        return "".join(reversed([match.digits for match in since if match.channel != channel]))

    def first_since(self, since_ms: int) -> Match | None:
        """The first that was given since a question ended."""
        first = None
        for match in self._since(since_ms):
            first = match
        return first

    def _since(self, since_ms: int) -> Iterator[Match]:
        return takewhile(lambda match: match.span.end_ms > since_ms, reversed(self.matches))


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


def longest_shared(one: str, other: str) -> int:
    """The length of the longest string of digits that stands in both."""
    best = 0
    for start in range(len(one)):
        while start + best < len(one) and one[start : start + best + 1] in other:
            best += 1
    return best
