"""The words of a date of birth around its figures, and such a date before the words that ask whether it is one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from voxport.language.numbers.lexicon import lexicon_of
from voxport.redaction.detectors.matches import Match, match_of_words
from voxport.redaction.detectors.personal.answers import Answer
from voxport.redaction.dialogue.lines import Dialogue, Line
from voxport.redaction.dialogue.mentions import Mention
from voxport.redaction.dialogue.questions import naming_words
from voxport.redaction.dialogue.word_lists import word_lists_of

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


def _goes_on_elsewhere(line: Line, one: int, other: int) -> bool:
    return line.sentences[one] != line.sentences[other] and line.spoken_between(one, other) >= _DATE_WORDS
