"""A piece of a secret that is said back right behind it, to hear whether it was understood: "seven five or six five?",
"the three of which month?", and what confirms it: "yes, two one".

Such a piece has too few digits to be known again anywhere. It is known by its place and by its sentence, which says
hardly anything else.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from voxport.core.transcript import Span, Word
from voxport.language.numbers import NumberRun
from voxport.language.numbers.atoms import Shape
from voxport.language.numbers.lexicon import lexicon_of
from voxport.redaction.detectors.card_months import MonthOptions, months_beside
from voxport.redaction.detectors.matches import Found, Match, match_of, match_of_words
from voxport.redaction.dialogue.lines import Dialogue, Line
from voxport.redaction.dialogue.mentions import find_mentions
from voxport.redaction.dialogue.word_lists import ORDINARY_TOPICS, Topic, common_words, word_lists_of

_AGAIN = "again"
"""The list of phrases by which somebody asks to hear something again, and its only kind."""
_ELSE = frozenset({*ORDINARY_TOPICS, Topic.ORDINARY_NAMED, Topic.AMOUNT})
"""Cues behind which digits are about something else."""
_PLAIN = (Shape.PLAIN, Shape.MIXED)


@dataclass(frozen=True, slots=True)
class AskedBackOptions:
    """What is a piece of a secret that is said back. All values are judgements."""

    behind_ms: int = 12_000
    """ms behind a secret in which pieces of it are said back."""
    least_digits: int = 2
    """Digits of such a piece;"""
    short_digits: int = 6
    """one is enough of a date or a code, which have so many at most."""
    slip_from: int = 4
    """From so many digits of a piece on one may have been misheard."""
    alike: int = 2
    """By how many digits what is asked beside it is longer or shorter: "thirteen or three?"."""
    words: int = 10
    """Words without figures in its sentence at most: recognisers leave out full stops."""
    leading: int = 3
    """Words before a piece that is no question: "yes", "ah, March of"."""
    beside: MonthOptions = field(default_factory=MonthOptions)
    """How far from its digits the month of one may stand."""


def asked_back(dialogue: Dialogue, secrets: Sequence[Match], options: AskedBackOptions) -> list[Match]:
    """The pieces of secrets that are said back and are no part of one yet."""
    if not secrets:
        return []
    back = _AskedBack(dialogue, Found.of(secrets), options)
    lines = [line for line in dialogue.lines.values() if not line.is_keyed]
    return [piece for line in lines for piece in (*back.digits(line), *back.months(line))]


@dataclass
class _AskedBack:
    """The secrets of a call, and what is said right behind them."""

    dialogue: Dialogue
    found: Found
    options: AskedBackOptions

    @cached_property
    def _again(self) -> frozenset[tuple[int, int]]:
        """Sentences in which somebody asks to hear something again, as (line, number)."""
        asking = find_mentions(self.dialogue, _AGAIN, [_AGAIN])
        return frozenset((one.channel, self.dialogue.lines[one.channel].sentences[one.first]) for one in asking)

    @cached_property
    def _taken(self) -> frozenset[tuple[int, int]]:
        """Line and index of the words of secrets."""
        return frozenset((one.channel, index) for one in self.found.matches for index in one.words)

    def digits(self, line: Line) -> Iterator[Match]:
        """The digits of a line that say a piece of a secret back, each with its month."""
        for run in line.runs:
            if (line.channel, run.words[0]) not in self._taken and _is_plain(line, run):
                secrets = self._just_before(line, run.words[0])
                if secrets and self._is_said_back(line, run, secrets):
                    beside = months_beside(run.groups, line, self.options.beside, dated=False)
                    yield match_of(line, run.groups, (*beside, *self._months_beside(line, run.words[0], secrets)))

    def months(self, line: Line) -> Iterator[Match]:
        """The months of dates that are said back alone: "November of what?"."""
        for secret in self.found.matches:
            begin_ms = secret.span.end_ms
            first, end = (
                bisect_left(line.words, ms, key=_start_ms) for ms in (begin_ms, begin_ms + self.options.behind_ms)
            )
            for index in range(first, end) if self._months_of(secret) else ():
                known = (line.channel, index) in self._taken
                if not known and line.plain_words[index] in self._months_of(secret) and self._says_no_more(line, index):
                    yield match_of_words(line, [index], "")

    def _is_said_back(self, line: Line, run: NumberRun, secrets: Sequence[Match]) -> bool:
        """Whether digits are a piece of what was given just before, stand beside one in a question, "thirteen or
        three?", or are its year beside its month."""
        ends = any(secret.digits.endswith(run.value) for secret in secrets)
        if ends and self._months_beside(line, run.words[0], secrets):
            return True
        if self._is_question(line, run.words[0]):
            beside = (one for one in line.runs_in(*_bounds(line, run.words[0])) if _is_plain(line, one))
            alike = (one for one in beside if abs(len(one.value) - len(run.value)) <= self.options.alike)
            return any(self._is_piece(one.value, secrets) for one in alike)
        return ends and len(run.value) >= self.options.least_digits and self._is_led_to(line, run)

    def _is_piece(self, value: str, secrets: Sequence[Match]) -> bool:
        forms = [value, value[1:], value[:-1]] if len(value) >= self.options.slip_from else [value]
        for secret in secrets:
            short = len(secret.digits) <= self.options.short_digits
            least = 1 if short else self.options.least_digits
            if any(len(form) >= least and form in secret.digits for form in forms):
                return True
        return False

    def _just_before(self, line: Line, index: int) -> Sequence[Match]:
        """The secrets that were said, even in part, in the last seconds before a word, behind which nothing else was
        spoken of."""
        begin_ms = line.words[index].start_ms
        recent = [one for one in self.found.during(Span(begin_ms - self.options.behind_ms, begin_ms)) if one.digits]
        since_ms = max((self._said_until_ms(one, begin_ms) for one in recent), default=begin_ms)
        is_else = any(cue.topic in _ELSE for cue in self.dialogue.cues_within(since_ms, begin_ms))
        return () if is_else else recent

    def _said_until_ms(self, secret: Match, before_ms: int) -> int:
        """When the last word of a secret that begins before a time ends."""
        words = self.dialogue.lines[secret.channel].words
        last = bisect_left(secret.words, before_ms, key=lambda index: words[index].start_ms) - 1
        return words[secret.words[max(0, last)]].end_ms

    def _months_of(self, secret: Match) -> frozenset[str]:
        line = self.dialogue.lines[secret.channel]
        return frozenset(line.plain_words[index] for index in secret.words) & word_lists_of(line.language).months

    def _months_beside(self, line: Line, index: int, secrets: Sequence[Match]) -> tuple[int, ...]:
        """The months of secrets in the sentence of a word."""
        months = frozenset[str]().union(*(self._months_of(secret) for secret in secrets))
        first, last = _bounds(line, index)
        near = range(max(first, index - self.options.words), min(last, index + self.options.words) + 1)
        return tuple(at for at in near if line.plain_words[at] in months)

    def _is_question(self, line: Line, index: int) -> bool:
        """Whether a sentence asks and says no more, asks to hear something again, or consists of digits."""
        if (line.channel, line.sentences[index]) in self._again and line.words_beside(index) <= self.options.words:
            return True
        asks = line.words[_bounds(line, index)[1]].text == "?"
        return self._says_no_more(line, index) and (asks or not _words_beside_digits(line, index))

    def _says_no_more(self, line: Line, index: int) -> bool:
        """Whether nothing but digits, months and words that everybody says stands in a sentence."""
        lists = word_lists_of(line.language)
        known = lists.everyday | lists.months | lists.date_words | lists.counted | common_words().nods
        return line.words_beside(index) <= self.options.words and _words_beside_digits(line, index) <= known

    def _is_led_to(self, line: Line, run: NumberRun) -> bool:
        """Whether hardly more than "yes" or its month stands before digits in their sentence."""
        before = [word for word in line.plain_words[_bounds(line, run.words[0])[0] : run.words[0]] if word]
        table, months = lexicon_of(line.language), word_lists_of(line.language).months
        leading = months | common_words().nods | common_words().between_month_and_year
        return len(before) <= self.options.leading and set(before) <= leading | table.fillers | table.corrections


def _is_plain(line: Line, run: NumberRun) -> bool:
    """Whether digits are no amount and no time of day."""
    after, before = line.after(run.words[1]), line.before(run.words[0])
    counted = bool(after) and after[0] in word_lists_of(line.language).units - common_words().weak_units
    timed = bool(before) and before[0] in common_words().time_words
    return not counted and not timed and all(group.shape in _PLAIN for group in run.groups)


def _bounds(line: Line, index: int) -> tuple[int, int]:
    """The first and the last word or mark of the sentence of a word."""
    sentence = line.sentences[index]
    return bisect_left(line.sentences, sentence), bisect_right(line.sentences, sentence) - 1


def _words_beside_digits(line: Line, index: int) -> frozenset[str]:
    """The words of a sentence that are no digits."""
    first, last = _bounds(line, index)
    numeric = {at for run in line.runs_in(first, last) for at in range(run.words[0], run.words[1] + 1)}
    return frozenset(line.plain_words[at] for at in range(first, last + 1) if at not in numeric) - {""}


def _start_ms(word: Word) -> int:
    return word.start_ms
