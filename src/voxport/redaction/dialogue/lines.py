"""A call as a dialogue about numbers: what each side says, the digits in it, and what they are about.

The flow matters more than the words right beside the digits: one side asks, the other answers, in pieces, while the
first says "okay". In mono both sides stand in one line, and the same rules hold.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from voxport.core.language_code import LanguageCode
from voxport.core.transcript import Span, Transcript, Word, WordKind
from voxport.language.numbers import Group, NumberRun, read_runs
from voxport.language.numbers.lexicon import plain
from voxport.redaction.dialogue.phrases import COUNTED, COUNTERS, Topic, find_phrases, word_set


@dataclass(frozen=True, slots=True)
class Cue:
    """A phrase that says what the next digits are; `first` and `last` are word indices in its line."""

    topic: Topic
    channel: int
    first: int
    last: int
    start_ms: int
    end_ms: int


@dataclass(frozen=True)
class Line:
    """All words of one channel in order of time, sentence marks included, and the digits in them."""

    channel: int
    words: tuple[Word, ...]
    speakers: tuple[str | None, ...]
    language: str
    runs: tuple[NumberRun, ...] = field(default=())

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
    """Lines by channel; cues of all channels in order of time. Raises nothing; times are those of the transcript."""

    language: str
    lines: dict[int, Line]
    cues: tuple[Cue, ...]
    voices: dict[int, tuple[Span, ...]] = field(default_factory=dict)
    """When each channel carries a voice, whether or not words were recognised in it."""

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
        """The cue in "4111 ... is my card number": right behind the digits, joined by a form of "be"."""
        line = self.lines[run.channel]
        last = run.words[1]
        for cue in self.cues:
            if cue.channel != run.channel or not last < cue.first <= last + 6:
                continue
            between = [word for word in line.plain_words[last + 1 : cue.first] if word]
            if not between or between[0] not in _IS or line.sentences[last] != line.sentences[cue.first]:
                continue
            asks = between[1:2] != ["my"] and any(cue.last < other.words[0] <= cue.last + 4 for other in line.runs)
            return None if asks else cue
        return None

    def same_sentence(self, one: Cue, other: Cue) -> bool:
        line = self.lines[one.channel]
        return one.channel == other.channel and line.sentences[one.last] == line.sentences[other.first]


_TALKS = 2
"""So many words of the other side between two groups of digits are a question rather than a nod."""
_TALKED_OVER_MS = 300
_NODS = word_set(
    "okay ok yes yeah yep uh-huh mm-hm mhm right got it sure aja si bueno uh um hm alright all perfect great thanks"
    " muy bien"
)
_IS = frozenset({"is", "was", "are", "that's", "being", "es", "era", "son", "seria"})


def read_dialogue(transcript: Transcript) -> Dialogue:
    """The dialogue of a transcript, in the language of its code."""
    language = LanguageCode.parse(transcript.language).language
    lines = {channel: _line(transcript, channel, language) for channel in sorted({t.channel for t in transcript.turns})}
    lines = {channel: _divided(line, lines) for channel, line in lines.items()}
    cues = sorted((cue for line in lines.values() for cue in _cues(line)), key=lambda cue: (cue.start_ms, cue.first))
    voices = {activity.channel: activity.spans for activity in transcript.voice_activity}
    return Dialogue(language, lines, tuple(cues), voices)


def _line(transcript: Transcript, channel: int, language: str) -> Line:
    words = [(word, turn.speaker) for turn in transcript.turns if turn.channel == channel for word in turn.words]
    line = Line(channel, tuple(word for word, _ in words), tuple(speaker for _, speaker in words), language)
    runs = read_runs(line.words, language, channel)
    trimmed = tuple(run for run in (_without_counts(run, line) for run in runs) if run is not None)
    return Line(line.channel, line.words, line.speakers, language, trimmed)


def _divided(line: Line, lines: dict[int, Line]) -> Line:
    """The line with its runs cut where the other side says more than "okay" between two groups of digits."""
    others = sorted(
        word.start_ms
        for other in lines.values()
        if other.channel != line.channel
        for word, text in zip(other.words, other.plain_words, strict=True)
        if text and text not in _NODS
    )
    runs: list[NumberRun] = []
    for run in line.runs:
        cut = 0
        for place in range(1, len(run.groups)):
            end_ms, start_ms = run.groups[place - 1].span.end_ms, run.groups[place].span.start_ms
            said = bisect_right(others, start_ms - 1) - bisect_right(others, end_ms - _TALKED_OVER_MS)
            if said >= _TALKS and start_ms > end_ms:
                runs.append(_part_of(run, cut, place))
                cut = place
        runs.append(_part_of(run, cut, len(run.groups)))
    return Line(line.channel, line.words, line.speakers, line.language, tuple(runs))


def _part_of(run: NumberRun, first: int, end: int) -> NumberRun:
    groups = run.groups[first:end]
    return NumberRun(run.channel, groups, (groups[0].words[0], groups[-1].words[1]))


def _without_counts(run: NumberRun, line: Line) -> NumberRun | None:
    """The run without what only counts digits: "the last four, 1111" is 1111, "three digit code" is nothing."""
    groups = list(run.groups)
    while groups and _is_small(groups[0]) and _counts(groups[0], line):
        groups.pop(0)
    while groups and _is_small(groups[-1]) and _is_counted(groups[-1], line):
        groups.pop()
    if len(groups) == len(run.groups):
        return run
    return NumberRun(run.channel, tuple(groups), (groups[0].words[0], groups[-1].words[1])) if groups else None


def _is_small(group: Group) -> bool:
    return group.value < 20 and len(group.text) < 3


def _counts(group: Group, line: Line) -> bool:
    before = line.before(group.words[0])
    return (bool(before) and before[0] in COUNTERS.get(line.language, ())) or _is_counted(group, line)


def _is_counted(group: Group, line: Line) -> bool:
    counted = COUNTED.get(line.language, frozenset())
    after = line.after(group.words[1])
    return (bool(after) and after[0].split("-")[0] in counted) or any(
        part in counted for part in line.plain_words[group.words[1]].split("-")
    )


def _cues(line: Line) -> list[Cue]:
    text, starts = _plain_text(line)
    places = [start for start, _ in starts]
    found = []
    for phrase in find_phrases(text, line.language):
        first = starts[bisect_right(places, phrase.start) - 1][1]
        last = starts[bisect_right(places, phrase.end - 1) - 1][1]
        begin, end = line.words[first].start_ms, line.words[last].end_ms
        found.append(Cue(phrase.topic, line.channel, first, last, begin, end))
    return found


def _plain_text(line: Line) -> tuple[str, Sequence[tuple[int, int]]]:
    """The line as plain text, and where each word of it begins: (place in the text, word index)."""
    text = ""
    starts: list[tuple[int, int]] = []
    for index, word in enumerate(line.words):
        if word.kind is WordKind.WORD:
            piece = line.plain_words[index].replace("-", " ") or "_"
        elif word.text == ",":
            continue
        else:
            piece = "."
        starts.append((len(text), index))
        text += piece + " "
    return text, starts
