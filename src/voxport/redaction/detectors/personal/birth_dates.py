"""The words of a date of birth around its figures, and such a date before the words that ask whether it is one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from itertools import pairwise

from voxport.language.numbers import Group
from voxport.language.numbers.lexicon import lexicon_of
from voxport.redaction.detectors.matches import Match, match_of_words
from voxport.redaction.detectors.personal.answers import Answer
from voxport.redaction.dialogue.lines import Dialogue, Line
from voxport.redaction.dialogue.mentions import Mention
from voxport.redaction.dialogue.questions import naming_words
from voxport.redaction.dialogue.word_lists import word_lists_of

_DAYS, _YEARS, _SHORT_YEARS = range(1, 32), range(1920, 2009), range(30, 100)
"""Days of a month, and years in which who calls was born, whole and with two digits."""
_ASIDE = ("of", "the", "de", "del", "in")
"""Words of a date beside its day, its month and its year."""
_BEFORE_DAY = 3
"""Words before a day in which its month stands: "July the 3rd"."""
_LIKE_A_MONTH = 0.6
"""How much a word is like the month that it was heard for, by `difflib`: "exuno" for "junio". A judgement."""
_SENTENCE_WORDS = 10
"""Words and marks before a date in which something says what else it is the date of. A judgement."""
_DATE_WORDS = 3
"""Words between two sentences with figures that are not one date. A judgement."""
_DATE_BEFORE = 10
"""Words and marks before "as your date of birth" in which the date stands. A judgement."""
_MONTH_WITHIN = 6
"""Words and marks beside the figures of a date in which its month stands. A judgement."""


def date_words(answer: Answer, figures: Sequence[int]) -> list[int]:
    """All words from the month, or the first digits, to the last of either: "May first, nineteen sixty"."""
    months = word_lists_of(answer.line.language).months
    near = range(figures[0] - _MONTH_WITHIN, figures[-1] + _MONTH_WITHIN + 1)
    named = [index for index in answer.words if index in near and answer.line.plain_words[index] in months]
    first, last = min(*figures, *named, figures[0]), max(*figures, *named, figures[-1])
    days = {*lexicon_of(answer.line.language).ordinals, "of", "de", "the", "el"}
    while first > 0 and answer.line.plain_words[first - 1] in days:
        first -= 1
    first = _behind_slash(answer, first)
    return [index for index in range(first, last + 1) if answer.line.plain_words[index]]


def _behind_slash(answer: Answer, first: int) -> int:
    """The first word of a date of which the figure before "slash" was heard as another: "to slash 10 slash 50"."""
    line = answer.line
    heard = {*lexicon_of(line.language).heard_as, *naming_words(line.language, "heard_figures")}
    slash = first > 1 and line.plain_words[first - 1] in naming_words(line.language, "slashes")
    return first - 2 if slash and line.plain_words[first - 2] in heard else first


def together_in(line: Line, figures: Sequence[int]) -> Sequence[int]:
    """The figures up to where other words go on about something else: "May 1st of 71. My policy ends in 8659"."""
    end = next((at for at, pair in enumerate(pairwise(figures), 1) if _goes_on_elsewhere(line, *pair)), len(figures))
    return figures[:end]


def dates_before(dialogue: Dialogue, mentions: Iterable[Mention]) -> Iterator[Match]:
    """A date in the sentence of who asks whether it is one of birth: "I have June 9th, 1981 as your date of birth"."""
    for mention in mentions:
        if mention.kind != "dateOfBirth" or not mention.asks:
            continue
        line = dialogue.lines[mention.channel]
        runs = line.runs_in(max(0, mention.first - _DATE_BEFORE), mention.first - 1)
        same = [run for run in runs if line.sentences[run.words[0]] == line.sentences[mention.first]]
        beside = range(max(0, mention.first - _DATE_BEFORE), mention.first)
        named = [at for at in beside if line.plain_words[at] in word_lists_of(line.language).months]
        named = [at for at in named if line.sentences[at] == line.sentences[mention.first]]
        if same and named:
            last = max(same[-1].words[1], *named)
            yield match_of_words(line, range(min(same[0].words[0], *named), last + 1), "".join(r.value for r in same))


def dates_unasked(dialogue: Dialogue) -> Iterator[Match]:
    """The whole dates, so far back that hardly anything but somebody's birth is dated so, which nobody asked for: "3 de
    julio del 81, por si lo necesita"; their month however it was heard."""
    for line in dialogue.lines.values():
        groups = [group for run in line.runs for group in run.groups] if not line.is_keyed else []
        for day, year in pairwise(groups):
            first, last = day.words[0], year.words[1]
            if day.value not in _DAYS or last - first > _MONTH_WITHIN or not _is_year_of_birth(line, year):
                continue
            between = range(day.words[1] + 1, year.words[0])
            begin = _begin_with_month(line, first, between)
            said = line.plain_words[max(0, first - _SENTENCE_WORDS) : first]
            other = naming_words(line.language, "dated")
            if begin is not None and other.isdisjoint(said):
                words = [index for index in range(begin, last + 1) if line.plain_words[index]]
                yield match_of_words(line, words, day.text + year.text)


def _is_year_of_birth(line: Line, group: Group) -> bool:
    """Whether a group is such a year; of two digits only behind "of", or where its clause ends: not "81 people"."""
    ends = group.words[1] + 1 >= len(line.words) or not line.plain_words[group.words[1] + 1]
    led = line.plain_words[group.words[0] - 1] in _ASIDE if group.words[0] else False
    return group.value in _YEARS or (group.value in _SHORT_YEARS and (ends or led))


def _begin_with_month(line: Line, first: int, between: Sequence[int]) -> int | None:
    """The first word of a date by its month, which stands between its day and its year, "3 de julio del 81", or right
    before its day, "July 3rd, 1981"; None where it has none."""
    lists = word_lists_of(line.language)
    told = [index for index in between if line.plain_words[index] and line.plain_words[index] not in _ASIDE]
    if len(told) == 1 and line.sentences[told[0]] == line.sentences[first]:
        text = line.plain_words[told[0]]
        led = [line.plain_words[at] for at in between if at < told[0]] == ["de"]
        heard = led and text not in lists.everyday and get_close_matches(text, lists.months, 1, _LIKE_A_MONTH)
        return first if text in lists.months or heard else None
    near = range(first - 1, max(-1, first - _BEFORE_DAY), -1)
    before = next((at for at in near if line.plain_words[at] not in {"", *_ASIDE}), first)
    return before if not told and line.plain_words[before] in lists.months else None


def _goes_on_elsewhere(line: Line, one: int, other: int) -> bool:
    return line.sentences[one] != line.sentences[other] and line.spoken_between(one, other) >= _DATE_WORDS
