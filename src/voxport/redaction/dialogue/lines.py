"""A call as a dialogue about numbers: what each side says, the digits in it, and what they are about.

The flow matters more than the words right beside the digits: one side asks, the other answers, in pieces, while the
first says "okay". In mono both sides stand in one line, and the same rules hold.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from voxport.core.transcript import Span, Word, WordKind
from voxport.language.numbers import NumberRun
from voxport.language.numbers.lexicon import plain
from voxport.redaction.dialogue.word_lists import Topic, common_words


@dataclass(frozen=True, slots=True)
class DialogueOptions:
    """How digits are read out of what both sides say."""

    question_words: int = 2
    """Words of the other side between two groups of digits that make a question; fewer are a nod. A judgement."""
    talked_over_ms: int = 300
    """ms before a group ends from which the other side counts as speaking after it: people interrupt. A judgement."""
    named_within: int = 6
    """Words and marks after digits in which "is my card number" may name them. A judgement."""
    next_digits_within: int = 4
    """Words and marks after such a phrase in which digits make it a question for those instead. A judgement."""
    count_below: int = 20
    """Counts of digits are smaller than this ("sixteen digits"): no number of a card or account has so many."""
    count_digits: int = 2
    """Digits in which a count is written at most; `003` is no count."""
    keyed_gap_ms: int = 10_000
    """ms between two keys of one number: people look at their card between groups. A judgement."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A phrase that says what the next digits are."""

    topic: Topic
    channel: int
    first: int
    """Index in its line of the first word."""
    last: int
    """Index in its line of the last word."""
    start_ms: int
    end_ms: int


def keypad_of(channel: int) -> int:
    """The number of the line that holds the keys pressed on a channel, and the channel of that line."""
    return -1 - channel


@dataclass(frozen=True)
class Line:
    """All words of one channel in order of time, sentence marks included, and the digits in them; or all keys that were
    pressed on one, each a word."""

    channel: int
    """What tells lines apart: the index of the channel, or `keypad_of` it."""
    words: tuple[Word, ...]
    speakers: tuple[str | None, ...]
    """Who says each word; None in mono."""
    language: str
    """The first part of the language code, `en`."""
    runs: tuple[NumberRun, ...] = ()

    @property
    def is_keyed(self) -> bool:
        """Whether it holds the keys that were pressed on a channel rather than what was said there."""
        return self.channel < 0

    @property
    def heard_on(self) -> int:
        """Index of the channel in the file, 0 left."""
        return keypad_of(self.channel) if self.is_keyed else self.channel

    @cached_property
    def plain_words(self) -> tuple[str, ...]:
        return tuple(plain(word.text) if word.kind is WordKind.WORD else "" for word in self.words)

    @cached_property
    def sentences(self) -> tuple[int, ...]:
        """The number of the sentence that each word stands in."""
        numbers, current = [], 0
        for word in self.words:
            numbers.append(current)
            current += word.kind is WordKind.PUNCTUATION and word.text != ","
        return tuple(numbers)

    def before(self, index: int, count: int = 1) -> tuple[str, ...]:
        """Up to `count` plain words before the word at `index`, nearest first."""
        return tuple(self._walk(range(index - 1, -1, -1), count))

    def after(self, index: int, count: int = 1) -> tuple[str, ...]:
        """Up to `count` plain words after the word at `index`, nearest first, within its sentence."""
        sentence = self.sentences[index]
        following = (place for place in range(index + 1, len(self.words)) if self.sentences[place] == sentence)
        return tuple(self._walk(following, count))

    def _walk(self, places: Iterable[int], count: int) -> Iterable[str]:
        for place in places:
            if count == 0:
                return
            if self.plain_words[place]:
                count -= 1
                yield self.plain_words[place]

    def spoken_between(self, first: int, last: int) -> int:
        """How many words stand strictly between two indices."""
        return sum(1 for place in range(first + 1, last) if self.plain_words[place])


@dataclass(frozen=True)
class Dialogue:
    """Lines by their `channel`; cues of all channels in order of time. Times are those of the transcript."""

    language: str
    """The first part of the language code, `en`."""
    lines: dict[int, Line]
    cues: tuple[Cue, ...]
    options: DialogueOptions
    voices: dict[int, tuple[Span, ...]] = field(default_factory=dict)
    """When each channel carries a voice, whether or not words were recognised in it."""
    unclaimed: tuple[Span, ...] = ()
    """When a voice is heard that is of none of the people told apart on a channel."""

    def runs(self) -> list[NumberRun]:
        """The digits of all channels in order of time."""
        return sorted((run for line in self.lines.values() for run in line.runs), key=lambda run: run.span.start_ms)

    def cues_until(self, run: NumberRun) -> list[Cue]:
        """The cues that stand before the digits: in their own line, or begun by the other side before them."""
        begin = run.span.start_ms
        return [
            cue
            for cue in self.cues
            if (cue.last < run.words[0] if cue.channel == run.channel else cue.start_ms < begin)
        ]

    def named_after(self, run: NumberRun) -> Cue | None:
        """The cue in "4111 ... is my card number": right behind the digits, joined by a form of "be"; None without."""
        line = self.lines[run.channel]
        last = run.words[1]
        for cue in self.cues:
            if cue.channel != run.channel or not last < cue.first <= last + self.options.named_within:
                continue
            between = [word for word in line.plain_words[last + 1 : cue.first] if word]
            if (
                not between
                or between[0] not in common_words().forms_of_be
                or line.sentences[last] != line.sentences[cue.first]
            ):
                continue
            return None if between[1:2] != ["my"] and self._asks(cue) else cue
        return None

    def _asks(self, cue: Cue) -> bool:
        """Whether digits follow the cue so closely that it is about those."""
        within = self.options.next_digits_within
        return any(cue.last < run.words[0] <= cue.last + within for run in self.lines[cue.channel].runs)

    def same_sentence(self, one: Cue, other: Cue) -> bool:
        line = self.lines[one.channel]
        return one.channel == other.channel and line.sentences[one.last] == line.sentences[other.first]
