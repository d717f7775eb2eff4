"""Where a detail that was told once is said again: a name, a part of an address, by whoever speaks.

Recognisers write a name in another way each time, so one that begins alike and has the same consonants is it, too.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from voxport.redaction.detectors.matches import Match, match_of_words
from voxport.redaction.detectors.personal.names import is_name
from voxport.redaction.detectors.personal.spelling import spelled_in
from voxport.redaction.detectors.personal.telling import is_everyday, may_be_digit
from voxport.redaction.dialogue.letters import letter_names
from voxport.redaction.dialogue.lines import Dialogue, Line
from voxport.redaction.dialogue.questions import email_words, month_numbers, street_words
from voxport.redaction.dialogue.word_lists import word_lists_of

_KNOWN_AGAIN = ("name", "email", "address")
"""Kinds that are told in words."""
_LEAST_TOKEN = 3
"""Letters of a part of a name that is known again: shorter ones are words of all kinds. A judgement."""
_LEAST_LETTERS = 5
"""Letters of a word without a capital that is known again. A judgement: shorter ones are words of all kinds."""
_DIGITS = 5
"""Digits beside a word of an address: a house number, the year in a mailbox. A judgement."""
_DATE_MS = 15_000
"""ms after a date in which it may be said again, as a telephone number."""
_BESIDE = 2
"""Words and marks between digits and a month. A judgement."""
_LEAST_DATE = 2
"""Digits that are a day or a month; more are the date without a word beside."""
_YEAR_BEHIND = re.compile(r"(?:19|20)\d\d$")
"""The year at the end of a date."""
_TOGETHER = 5
"""Words on either side of a part that is said again. A judgement."""
_LEAST_CONSONANTS = 3
"""Consonants by which a name is known again however its vowels were heard. A judgement."""
_ALIKE = str.maketrans(
    {"c": "k", "q": "k", "z": "s", "v": "b", "y": None, "h": None, "w": None} | dict.fromkeys("aeiou")
)
"""Letters that are heard for one another, and those that are hardly heard."""
_LEAST_SPELT = 4
"""Letters of a name that is known again by its spelling alone."""
_SPELT_ALIKE = str.maketrans({"c": "k", "q": "k", "z": "s", "v": "b", "y": "i", "h": None})
"""Letters that are heard for one another, vowels kept."""


def tokens_of(line: Line, words: Sequence[int], kind: str) -> frozenset[str]:
    """The parts of a detail by which it is known again, what was spelled put together."""
    if kind not in _KNOWN_AGAIN:
        return frozenset()
    parts = {bare(line.plain_words[index]) for index in words if is_name(line, index)}
    parts.add(spelled_in(line, words).text)
    if kind == "email":
        written = (part for index in words for part in re.split(r"[\W_]+", line.plain_words[index]))
        parts.update(part for part in written if len(part) >= _LEAST_LETTERS and not part.isdecimal())
        parts -= email_words(line.language).providers | letter_names(line.language).letters.keys()
    lists = word_lists_of(line.language)
    return frozenset(part for part in parts - lists.streets - lists.everyday if len(part) >= _LEAST_TOKEN)


@dataclass
class _Told:
    """Parts of details that were told."""

    whole: set[str] = field(default_factory=set)
    """By their words in plain text."""
    alike: set[str] = field(default_factory=set)
    """By their first letter and their consonants, and by how they are spelt, letters that are alike made one."""
    beside: dict[str, set[str]] = field(default_factory=dict)
    """The words that were told with each part."""

    def add(self, match: Match, words: Iterable[str]) -> None:
        told = frozenset(words)
        for token in match.tokens:
            self.whole.add(token)
            self.alike.update(_sounds_of(token))
            self.beside.setdefault(token, set()).update(told)

    def holds(self, line: Line, index: int) -> bool:
        """Whether a word says one of them again."""
        word = bare(line.plain_words[index])
        named = is_name(line, index)
        if word in self.whole and (named or (len(word) >= _LEAST_LETTERS and not is_everyday(line, index))):
            return True
        return named and not self.alike.isdisjoint(_sounds_of(word))


def said_again(dialogue: Dialogue, told: Iterable[Match]) -> Iterator[Match]:
    """Every place where a part of a detail is said, by whoever says it."""
    known = _Told()
    for match in told:
        line = dialogue.lines[match.channel]
        known.add(match, (line.plain_words[index] for index in match.words))
    for line in dialogue.lines.values():
        for index in range(len(line.words)):
            if known.holds(line, index):
                again = frozenset({bare(line.plain_words[index])})
                words = {*_with_digits(line, index), *_with_told(line, index, known), *_given_before(line, index)}
                yield match_of_words(line, sorted(words), "", again)


def _given_before(line: Line, index: int) -> Iterator[int]:
    """The name right before one that is said again, which nobody told before: "under Moss." "Yes, Duncan Moss"."""
    before = index - 1
    beside = before >= 0 and line.sentences[before] == line.sentences[index] and is_name(line, index)
    if beside and is_name(line, before) and line.plain_words[before] not in street_words(line.language):
        yield before


def _with_told(line: Line, index: int, known: _Told) -> Iterator[int]:
    """The words right beside one that were told together with it: "the real Emmett" of an address of mail."""
    told = known.beside.get(bare(line.plain_words[index]), ())
    for places in (range(index - 1, index - 1 - _TOGETHER, -1), range(index + 1, index + 1 + _TOGETHER)):
        same = (at for at in places if 0 <= at < len(line.words) and line.sentences[at] == line.sentences[index])
        yield from takewhile(lambda at: bool(line.plain_words[at]) and line.plain_words[at] in told, same)


def _with_digits(line: Line, index: int) -> list[int]:
    """A word with what stands right beside it in an address of either kind: digits, "street" behind."""
    before = range(index - 1, max(-1, index - 1 - _DIGITS), -1)
    behind = range(index + 1, min(len(line.words), index + 1 + _DIGITS))
    first = index - _digits_among(line, before)
    end = index + 1 + _digits_among(line, behind)
    if end < len(line.words) and line.plain_words[end] in word_lists_of(line.language).streets:
        end += 1
    return list(range(first, end))


def _digits_among(line: Line, places: Iterable[int]) -> int:
    """How many of the words at these places, the nearest first, are digits or may be: none where none surely is."""
    digits = list(takewhile(lambda place: may_be_digit(line, place), places))
    return len(digits) if any(line.runs_in(place, place) for place in digits) else 0


def dates_again(dialogue: Dialogue, dates: Sequence[Match]) -> Iterator[Match]:
    """The digits of a date that are said again right after it, with the month beside them."""
    given = sorted(dates, key=lambda one: one.span.end_ms)
    for run in dialogue.runs():
        line, begin_ms = dialogue.lines[run.channel], run.span.start_ms
        place = bisect_left(given, begin_ms, key=lambda one: one.span.end_ms) - 1
        if place < 0 or line.is_keyed or begin_ms - given[place].span.end_ms > _DATE_MS:
            continue
        if run.value in given[place].digits or given[place].digits in run.value:
            months = word_lists_of(line.language).months
            beside = range(max(0, run.words[0] - _BESIDE), min(len(line.words), run.words[1] + 1 + _BESIDE))
            named = [at for at in beside if line.plain_words[at] in months]
            told = {dialogue.lines[given[place].channel].plain_words[at] for at in given[place].words} & months
            other = bool(told and named) and told.isdisjoint(line.plain_words[at] for at in named)
            if named and len(run.value) <= _LEAST_DATE:
                month = "" if told else line.plain_words[named[0]]
                other = other or not _has_day(given[place].digits, run.value, month, line.language)
            if (named or len(run.value) > _LEAST_DATE) and not other:
                first, last = min([*named, run.words[0]]), max([*named, run.words[1]])
                yield match_of_words(line, range(first, last + 1), run.value)


def _has_day(date: str, day: str, month: str, language: str) -> bool:
    """Whether the digits of a date have a day at either end, or, where its month is none of its words, together with
    the number of that month: "April 9" of 4/9/81."""
    if not month:
        return any(one.startswith(day) or one.endswith(day) for one in (date, _YEAR_BEHIND.sub("", date)))
    number = month_numbers(language).get(month, 0)
    days, numbers = ({str(int(one)), f"{int(one):02}"} for one in (day, number))
    written = {pair for one in days for two in numbers for pair in (one + two, two + one)}
    return any(date.startswith(one) or date.endswith(one) for one in written)


def _sounds_of(word: str) -> Iterator[str]:
    """What a name is known again by where it is written in another way; nothing of a short one."""
    consonants, spelt = _sound_of(word), _spelling_of(word)
    if consonants:
        yield consonants
    if spelt:
        yield spelt


def _spelling_of(word: str) -> str:
    """A name with letters that are heard for one another made one, each once in a row, no vowel at its end: "Rene" for
    "Renee"; empty for one that is too short."""
    if len(word) < _LEAST_SPELT or not word.isalpha():
        return ""
    alike = word.translate(_SPELT_ALIKE)
    once = "".join(sign for place, sign in enumerate(alike) if sign != alike[place - 1 : place])
    return "=" + once.removesuffix("e")


def _sound_of(word: str) -> str:
    """A name as it sounds; empty for one with too few consonants."""
    if len(word) < _LEAST_LETTERS:
        return ""
    consonants = word[1:].translate(_ALIKE)
    once = "".join(sign for place, sign in enumerate(consonants) if sign != consonants[place - 1 : place])
    return (word[0].translate(_ALIKE) or word[0]) + once if len(once) >= _LEAST_CONSONANTS else ""


def bare(word: str) -> str:
    """A word without the ending of its genitive."""
    return word.removesuffix("'s").strip("'")
