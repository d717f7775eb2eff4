"""A call as analysis reads it: turns and sentences with times, what is hidden taken out, parsed once.

Every finding works on one `CallText`, so that the language pipeline runs once however many are asked for, and
not at all when none needs it. Words that stand for something redacted or filtered say nothing to any finding.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from voxport.analytics.casing import with_capitals
from voxport.analytics.english_pipeline import Parsed, parse
from voxport.core.language_code import LanguageCode
from voxport.core.spans import covers
from voxport.core.transcript import Span, Transcript, Turn, Word, WordKind, join_words

HIDDEN = "…"
"""What stands in a text for words that must not be read: it is punctuation to every reader."""
_STANDS_FOR_SOMETHING = re.compile(r"[\[<({*].*[\])>}*]|[.*#…_\-]{2,}|\s*")
_ENDS = ".?!"
_PAUSE_MS = 1500
"""A pause that ends a sentence where no mark does."""
_LEAST_WORDS_BEFORE_PAUSE = 3
"""Fewer words than this before a pause are a beginning, no sentence."""
_MOST_WORDS = 40
"""In a longer stretch without a mark the parser looks for sentences."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a turn."""

    turn: int
    """Index of the turn."""
    channel: int
    speaker: str | None
    """None in mono without a name."""
    first: int
    """Index of its first word in the turn."""
    last: int
    """Index of its last word or mark in the turn."""
    span: Span
    text: str
    """With HIDDEN where something was hidden."""
    question: bool
    """Whether it ends in a question mark."""

    @property
    def word_count(self) -> int:
        return len([part for part in self.text.split() if part != HIDDEN])


@dataclass(frozen=True)
class TurnText:
    """A turn as it is read."""

    index: int
    """Its place among the turns of the call."""
    turn: Turn
    """As the transcript has it."""
    words: tuple[Word, ...]
    """As many as those of `turn`, hidden ones replaced by HIDDEN."""

    @property
    def speaker(self) -> str | None:
        return self.turn.speaker

    @property
    def channel(self) -> int:
        return self.turn.channel

    @cached_property
    def text(self) -> str:
        return join_words(self.words)

    @cached_property
    def offsets(self) -> tuple[int, ...]:
        """The index of each word's first character in `text`."""
        offsets, at = [], 0
        for place, word in enumerate(self.words):
            at += 1 if place and word.kind is not WordKind.PUNCTUATION else 0
            offsets.append(at)
            at += len(word.text)
        return tuple(offsets)

    @cached_property
    def written(self) -> str:
        """`text` with capitals where it was written without any; of the same length."""
        return with_capitals(self.text)

    def capital(self, index: int) -> bool:
        """Whether a writer would begin the word with a capital."""
        return self.written[self.offsets[index]].isupper()

    def hidden(self, index: int) -> bool:
        return self.words[index].text == HIDDEN

    def span(self, first: int, last: int) -> Span:
        """From the start of word `first` to the end of the last word until `last`."""
        words = self.words[first : last + 1]
        return Span(words[0].start_ms, max(word.end_ms for word in words))

    def exact(self, first: int, last: int) -> str:
        return join_words(self.words[first : last + 1])


class CallText:
    """A transcript made ready for all findings. It must be the redacted one.

    `covered` are the spans that redaction covered, `replacements` the texts that stand for what was covered there; both
    only add to what is recognisable by itself (`[redacted]`, `...`, `****`). Not changed once made; parsing is lazy.
    """

    def __init__(
        self, transcript: Transcript, covered: Sequence[Span] = (), replacements: Collection[str] = ()
    ) -> None:
        self.transcript = transcript
        self.language = LanguageCode.parse(transcript.language).language
        """Without a region, `en`."""
        self._covered = covered
        self._replacements = frozenset(replacements)
        self.turns = tuple(
            TurnText(index, turn, tuple(self._readable(turn, word) for word in turn.words))
            for index, turn in enumerate(transcript.turns)
        )

    @property
    def duration_ms(self) -> int:
        """The end of the last word; 0 for a call without words."""
        return max((turn.turn.end_ms for turn in self.turns), default=0)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of each turn, by marks and long pauses; turns in order of their start."""
        return tuple(sentence for turn in self.turns for sentence in _sentences(turn))

    @cached_property
    def parsed(self) -> tuple[Parsed, ...]:
        """Each turn as the English pipeline reads it. Raises Misconfigured when that is not installed."""
        begins: list[set[int] | None] = [set() for _ in self.turns]
        for sentence in self.sentences:
            starts = begins[sentence.turn]
            if sentence.last - sentence.first > _MOST_WORDS:
                begins[sentence.turn] = None
            elif starts is not None:
                starts.add(self.turns[sentence.turn].offsets[sentence.first])
        return parse([(turn.written, starts) for turn, starts in zip(self.turns, begins, strict=True)])

    @cached_property
    def token_words(self) -> tuple[tuple[int, ...], ...]:
        """For each turn the index of the word that each of its tokens belongs to."""
        return tuple(_words_of(parsed, turn) for parsed, turn in zip(self.parsed, self.turns, strict=True))

    def _readable(self, turn: Turn, word: Word) -> Word:
        if word.kind is WordKind.PUNCTUATION:
            return word
        stands_for = word.confidence == 1.0 and word.text in self._replacements
        # The rules of one language make nonsense of the words of another.
        other = self.transcript.language_of(turn.channel, word)
        foreign = other is not None and LanguageCode.parse(other).language != self.language
        if foreign or stands_for or _STANDS_FOR_SOMETHING.fullmatch(word.text) or covers(word, self._covered):
            return replace(word, text=HIDDEN)
        return word


def _words_of(parsed: Parsed, turn: TurnText) -> tuple[int, ...]:
    words, at = [], 0
    for token in parsed.tokens:
        while at + 1 < len(turn.offsets) and turn.offsets[at + 1] <= token.start:
            at += 1
        words.append(at)
    return tuple(words)


def _sentences(turn: TurnText) -> list[Sentence]:
    found: list[Sentence] = []
    first = 0
    for index, word in enumerate(turn.words):
        if index + 1 == len(turn.words) or _ends(turn, first, index):
            if any(w.kind is WordKind.WORD for w in turn.words[first : index + 1]):
                found.append(
                    Sentence(
                        turn=turn.index,
                        channel=turn.channel,
                        speaker=turn.speaker,
                        first=first,
                        last=index,
                        span=turn.span(first, index),
                        text=turn.exact(first, index),
                        question=word.text == "?",
                    )
                )
            first = index + 1
    return found


def _ends(turn: TurnText, first: int, index: int) -> bool:
    word, after = turn.words[index], turn.words[index + 1]
    if word.kind is WordKind.PUNCTUATION and word.text[-1:] in _ENDS and word.text:
        return after.kind is WordKind.WORD
    paused = after.kind is WordKind.WORD and after.start_ms - word.end_ms >= _PAUSE_MS
    return paused and index - first + 1 >= _LEAST_WORDS_BEFORE_PAUSE
