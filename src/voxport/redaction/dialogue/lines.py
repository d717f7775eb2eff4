"""A call as a dialogue about numbers: what each side says, the digits in it, and what they are about.

The flow matters more than the words right beside the digits: one side asks, the other answers, in pieces, while the
first says "okay". In mono both sides stand in one line, and the same rules hold.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from heapq import merge
from itertools import accumulate, takewhile

from voxport.core.transcript import Span, Word, WordKind
from voxport.language.numbers import NumberRun
from voxport.language.numbers.atoms import Shape
from voxport.language.numbers.lexicon import plain
from voxport.redaction.dialogue.word_lists import Topic, common_words, word_lists_of

_ASKED_WITHIN = 4
"""Words and marks before digits in which a question begins: "is 333 ... still the best number?"."""
_BREATH_MS = 5_000
"""ms from one thing that is asked for to the other in the same breath. A judgement."""
TELEPHONE_DIGITS = (10, 11)
"""Digits of a telephone number in North America, with or without its country."""


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
    lone_counts: tuple[int, ...] = (3, 4)
    """Counts of digits that are said by themselves, "the three on the back": those of a code, and of a part."""
    longest_cue_ms: int = 180_000
    """ms before digits in which what they are about is looked for: longer than any cue lives (`CueLifetimes`)."""
    keyed_gap_ms: int = 10_000
    """ms between two keys of one number: people look at their card between groups. A judgement."""
    keyed_apart_ms: int = 2_000
    """ms between two keys in which nothing that is said ends a number: people talk while they type. A judgement."""


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
    def speaks_from_ms(self) -> int:
        """When its first word that is no nod begins; later than any recording without one."""
        nods = common_words().nods
        pairs = zip(self.words, self.plain_words, strict=True)
        return next((word.start_ms for word, text in pairs if text and text not in nods), 1 << 62)

    def speaks_within(self, begin_ms: int, end_ms: int) -> bool:
        """Whether a word that is no nod begins in [begin_ms, end_ms)."""
        first = bisect_left(self.words, begin_ms, key=lambda word: word.start_ms)
        place = bisect_left(self._spoken, first)
        return place < len(self._spoken) and self.words[self._spoken[place]].start_ms < end_ms

    @cached_property
    def _spoken(self) -> Sequence[int]:
        """The indices of the words that are no nods."""
        nods = common_words().nods
        return [index for index, text in enumerate(self.plain_words) if text and text not in nods]

    @cached_property
    def sentences(self) -> tuple[int, ...]:
        """The number of the sentence that each word stands in."""
        numbers, current = [], 0
        for word in self.words:
            numbers.append(current)
            current += word.kind is WordKind.PUNCTUATION and word.text != ","
        return tuple(numbers)

    @cached_property
    def _wordy(self) -> Sequence[int]:
        """How many words without figures stand before each index: a sentence without a mark may be all of a call."""
        wordy = (bool(text) and not any(sign.isdecimal() for sign in text) for text in self.plain_words)
        return tuple(accumulate(wordy, initial=0))

    def words_beside(self, index: int) -> int:
        """How many words without figures stand in the sentence of a word."""
        sentence = self.sentences[index]
        first, end = bisect_left(self.sentences, sentence), bisect_right(self.sentences, sentence)
        return self._wordy[end] - self._wordy[first]

    def before(self, index: int, count: int = 1) -> tuple[str, ...]:
        """Up to `count` plain words before the word at `index`, nearest first."""
        return tuple(self._walk(range(index - 1, -1, -1), count))

    def after(self, index: int, count: int = 1) -> tuple[str, ...]:
        """Up to `count` plain words after the word at `index`, nearest first, within its sentence."""
        sentence = self.sentences[index]
        following = takewhile(lambda place: self.sentences[place] == sentence, range(index + 1, len(self.words)))
        return tuple(self._walk(following, count))

    def _walk(self, places: Iterable[int], count: int) -> Iterable[str]:
        for place in places:
            if count == 0:
                return
            if self.plain_words[place]:
                count -= 1
                yield self.plain_words[place]

    def runs_in(self, first: int, last: int) -> Sequence[NumberRun]:
        """The digits that begin in the words of the indices [first, last]."""
        begin = bisect_left(self.runs, first, key=lambda run: run.words[0])
        return self.runs[begin : bisect_right(self.runs, last, lo=begin, key=lambda run: run.words[0])]

    def run_at(self, index: int) -> NumberRun | None:
        """The digits that a word is a part of."""
        place = bisect_right(self.runs, index, key=lambda run: run.words[0]) - 1
        return self.runs[place] if place >= 0 and index <= self.runs[place].words[1] else None

    def words_in(self, first: int, end: int | None = None) -> Iterator[Word]:
        """The words, marks aside, of the indices [first, end)."""
        places = range(first, len(self.words) if end is None else end)
        return (self.words[place] for place in places if self.words[place].kind is WordKind.WORD)

    def spoken_between(self, first: int, last: int) -> int:
        """How many words stand strictly between two indices."""
        return sum(1 for place in range(first + 1, last) if self.plain_words[place])


def are_several(lines: Iterable[Line]) -> bool:
    """Whether people are heard on more than one of these lines."""
    return sum(not line.is_keyed for line in lines) > 1


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

    @cached_property
    def is_of_several(self) -> bool:
        """Whether people are heard on more than one channel."""
        return are_several(self.lines.values())

    def runs(self) -> list[NumberRun]:
        """The digits of all channels in order of time."""
        return sorted((run for line in self.lines.values() for run in line.runs), key=lambda run: run.span.start_ms)

    def cues_before(self, run: NumberRun) -> Iterator[Cue]:
        """The cues that stand before the digits and may still be about them, the latest first: in their own line, or
        begun by the other side before them."""
        begin_ms = run.span.start_ms
        since_ms = begin_ms - self.options.longest_cue_ms
        cues, firsts = self._cues_by_channel.get(run.channel, ([], []))
        # One in the word of the digits stands before them: `CVV-309`.
        before = (cues[place] for place in range(bisect_right(firsts, run.words[0]) - 1, -1, -1))
        own = takewhile(lambda cue: cue.start_ms >= since_ms, (cue for cue in before if cue.last <= run.words[0]))
        theirs = (cue for cue in reversed(self.cues_within(since_ms, begin_ms)) if cue.channel != run.channel)
        return merge(own, theirs, key=lambda cue: (cue.start_ms, cue.first), reverse=True)

    def cues_within(self, begin_ms: int, end_ms: int) -> Sequence[Cue]:
        """The cues that begin in [begin_ms, end_ms), in order."""
        return self.cues[bisect_left(self._starts_ms, begin_ms) : bisect_left(self._starts_ms, end_ms)]

    @cached_property
    def _starts_ms(self) -> list[int]:
        return [cue.start_ms for cue in self.cues]

    def last_before(self, at_ms: int) -> Cue | None:
        """The last cue that begins before a time."""
        place = bisect_left(self._starts_ms, at_ms) - 1
        return self.cues[place] if place >= 0 else None

    def named_before(self, at_ms: int) -> Cue | None:
        """The last cue that begins before a time and names something: "go ahead" does not."""
        cues, starts_ms = self._naming
        place = bisect_left(starts_ms, at_ms) - 1
        return cues[place] if place >= 0 else None

    @cached_property
    def _naming(self) -> tuple[list[Cue], list[int]]:
        cues = [cue for cue in self.cues if cue.topic is not Topic.READY]
        return cues, [cue.start_ms for cue in cues]

    @cached_property
    def _cues_by_channel(self) -> dict[int, tuple[list[Cue], list[int]]]:
        """The cues of each line in order of their words, and the indices of their first words."""
        found: dict[int, list[Cue]] = {}
        for cue in self.cues:
            found.setdefault(cue.channel, []).append(cue)
        ordered = {channel: sorted(cues, key=lambda one: one.first) for channel, cues in found.items()}
        return {channel: (cues, [cue.first for cue in cues]) for channel, cues in ordered.items()}

    @cached_property
    def sentences_by_topic(self) -> dict[Topic, frozenset[tuple[int, int]]]:
        """The sentences in which a cue of each topic begins, as (line, number)."""
        found: dict[Topic, set[tuple[int, int]]] = {}
        for cue in self.cues:
            place = (cue.channel, self.lines[cue.channel].sentences[cue.first])
            found.setdefault(cue.topic, set()).add(place)
        return {topic: frozenset(places) for topic, places in found.items()}

    def named_after(self, run: NumberRun) -> Cue | None:
        """The cue in "4111 ... is my card number": right behind the digits, joined by a form of "be"; None without, and
        for an amount behind which the other side spoke."""
        line = self.lines[run.channel]
        last = run.words[1]
        cues, firsts = self._cues_by_channel.get(run.channel, ([], []))
        for cue in cues[bisect_right(firsts, last) : bisect_right(firsts, last + self.options.named_within)]:
            between = [word for word in line.plain_words[last + 1 : cue.first] if word]
            joined = between[:1] and between[0] in common_words().forms_of_be
            joined = joined or self._is_asked_whether(run, between)
            if not (joined or self._is_called(run, cue, between)) or line.sentences[last] != line.sentences[cue.first]:
                continue
            money = all(group.shape is Shape.MONEY for group in run.groups)
            if money and self.is_talked_into(run.channel, run.span.end_ms, cue.start_ms):
                # "The payment of $395 was returned ..." "I'll use a card." "... expiration?"
                return None
            return None if between[1:2] != ["my"] and self._asks(cue) else cue
        return None

    def _is_asked_whether(self, run: NumberRun, between: Sequence[str]) -> bool:
        """Whether somebody asks if digits are what is named behind them: "is 333 352 7631 still the best number?"."""
        line = self.lines[run.channel]
        first = run.words[0]
        begin = max(bisect_left(line.sentences, line.sentences[first]), first - _ASKED_WITHIN)
        own = [word for word in line.plain_words[begin:first] if word]
        whole = begin == 0 or line.sentences[begin - 1] != line.sentences[first]
        asked = whole and len(own) == 1 and own[0] in common_words().forms_of_be
        return asked and set(between) <= word_lists_of(line.language).everyday

    def _is_called(self, run: NumberRun, cue: Cue, between: Sequence[str]) -> bool:
        """Whether a telephone number is named right behind, up to a mark: "and a 732 779 0966, the best number?"."""
        line = self.lines[run.channel]
        ends = cue.last + 1 >= len(line.words) or line.sentences[cue.last + 1] != line.sentences[cue.last]
        ends = ends or not line.plain_words[cue.last + 1]
        long = len(run.value) in TELEPHONE_DIGITS and cue.topic is Topic.ORDINARY
        return long and ends and len(between) <= 1 and line.plain_words[cue.last].startswith("number")

    def _asks(self, cue: Cue) -> bool:
        """Whether digits follow the cue so closely that it is about those."""
        runs, within = self.lines[cue.channel].runs, self.options.next_digits_within
        following = bisect_right(runs, cue.last, key=lambda run: run.words[0])
        return following < len(runs) and runs[following].words[0] <= cue.last + within

    def same_sentence(self, one: Cue, other: Cue) -> bool:
        """Whether two cues stand in one sentence, the other side saying no more than a nod within it: recognisers leave
        out full stops."""
        line = self.lines[one.channel]
        if one.channel != other.channel or line.sentences[one.last] != line.sentences[other.first]:
            return False
        begin_ms, end_ms = min(one.end_ms, other.end_ms), max(one.start_ms, other.start_ms)
        return not self.is_talked_into(one.channel, begin_ms, end_ms)

    def asked_with(self, cue: Cue, topics: Collection[Topic]) -> bool:
        """Whether something of these topics is asked for in the same breath: "its date and the code on the back"."""
        near = self.cues_within(cue.start_ms - _BREATH_MS, cue.end_ms + _BREATH_MS)
        return any(
            one.topic in topics and self.same_sentence(*sorted((one, cue), key=lambda other: other.start_ms))
            for one in near
            if one.channel == cue.channel
        )

    def is_talked_into(self, channel: int, begin_ms: int, end_ms: int) -> bool:
        """Whether the other side says more than a nod in that time."""
        return any(
            place != channel and not answer.is_keyed and answer.speaks_within(begin_ms, end_ms)
            for place, answer in self.lines.items()
        )
