"""The words between two pieces of a telephone number that belong to it."""

from __future__ import annotations

from collections.abc import Iterator

from voxport.language.numbers import Group, NumberRun
from voxport.language.numbers.lexicon import lexicon_of
from voxport.redaction.detectors.matches import Match, match_of_words
from voxport.redaction.detectors.misheard import is_melted
from voxport.redaction.dialogue.lines import Line
from voxport.redaction.dialogue.questions import joining_words

_BETWEEN = 6
"""Words and marks between two pieces in which one is looked for that may be digits. A judgement."""


def words_between(line: Line, one: NumberRun | Group, other: NumberRun | Group) -> Iterator[Match]:
    """Those that only lead from one to the other in a sentence, "and then", and those that may be digits: "seis,
    quinto, ocho", "cincuenta y quinto", "que ro" for "cero"."""
    table = lexicon_of(line.language)
    misheard_as = {*table.heard_between, *table.heard_as}
    between = range(one.words[1] + 1, min(other.words[0], one.words[1] + 1 + _BETWEEN))
    texts = {index: line.plain_words[index] for index in between}
    spoken = [index for index, text in texts.items() if text]
    joins = joining_words(line.language).issuperset(texts[index] for index in spoken)
    together = line.sentences[one.words[1]] == line.sentences[other.words[0]]
    if spoken and joins and together and between.stop == other.words[0]:
        yield match_of_words(line, spoken, "")
        return
    ordinals = (line.runs_in(between.start, between.stop - 1)) if between else ()
    figures = {index for run in ordinals for index in range(run.words[0], run.words[1] + 1)}
    halves = {
        place
        for index in between
        for place in (index, index + 1)
        if texts[index] + texts.get(index + 1, "") in misheard_as and texts.get(index + 1)
    }
    misheard = [
        index
        for index, text in texts.items()
        if text in misheard_as or index in figures or index in halves or is_melted(text, line.language)
    ]
    if misheard:
        yield match_of_words(line, misheard, "")
