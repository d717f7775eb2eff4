"""Given names that many people have, wherever they are said, with the family name behind: "I talked to Deepa Rao".

The list says nothing of towns, months, brands and words that are written as such a name is; a name that is a word as
well ("Grace") counts only with a family name behind it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from voxport.language.numbers.lexicon import plain
from voxport.redaction.detectors.personal.names import is_name
from voxport.redaction.detectors.personal.repeats import bare
from voxport.redaction.dialogue.lines import Line
from voxport.redaction.dialogue.questions import lead_words, naming_words, street_words
from voxport.redaction.dialogue.word_lists import given_names

_FAMILY = 2
"""Parts of a name behind the given one. A judgement."""
_LEAST_LETTERS = 5
"""Letters of such a name without a capital: shorter ones are words of all kinds. A judgement."""
_LEAST_FAMILY = 4
"""Letters of a family name that is an everyday word as well. A judgement."""
_BEHIND_COMMA = 2
"""Words and marks from a given name to the family name behind a comma."""
_AHEAD = 3
"""Words behind a given name in which "Street" makes it that of a street. A judgement."""


def names_known(line: Line) -> Iterator[list[int]]:
    """The words of each such name on a line, in order."""
    index = 0
    while index < len(line.words):
        named = [] if line.is_keyed else _name_at(line, index)
        if named:
            yield named
        index = named[-1] + 1 if named else index + 1


def _name_at(line: Line, index: int) -> list[int]:
    if not line.plain_words[index] or not (_is_given(line, index) or _is_word(line, index)):
        return []
    behind = range(index + 1, min(len(line.words), index + 1 + _AHEAD))
    capitals = list(takewhile(lambda at: line.words[at].text[:1].isupper(), behind))
    if any(line.plain_words[at] in _of_things(line) for at in capitals):
        return []
    family = list(takewhile(lambda at: is_name(line, at), capitals[:_FAMILY])) or _behind_comma(line, index)
    if not family and _is_given(line, index) and _ends_in_word(line, index + 1):
        family = [index + 1]
    if index > 0 and line.plain_words[index - 1] in naming_words(line.language, "before_things"):
        # "The Craig Donnelly account" is somebody's.
        goes_on = line.after(family[-1]) if family else ()
        return [index, *family] if goes_on and goes_on[0] in naming_words(line.language, "owned") else []
    return [index, *family] if family or _is_given(line, index) else []


def _behind_comma(line: Line, index: int) -> list[int]:
    """The family name that is all that is said behind a given one and a comma: "Latoya, Thornton."."""
    begins = index == 0 or line.sentences[index] != line.sentences[index - 1]
    family, end = index + _BEHIND_COMMA, index + _BEHIND_COMMA + 1
    alone = family < len(line.words) and line.words[index + 1].text == "," and is_name(line, family)
    ends = end >= len(line.words) or line.words[end].text == "."
    return [family] if begins and alone and ends and _is_given(line, index) else []


def _ends_in_word(line: Line, index: int) -> bool:
    """Whether an everyday word is written as a family name is and ends what is said: "Teresa Peña,"."""
    if index + 1 >= len(line.words) or line.sentences[index] != line.sentences[index - 1]:
        return False
    text = line.words[index].text
    written = text.isalpha() and text.istitle() and len(text) >= _LEAST_FAMILY
    return written and not line.plain_words[index + 1] and line.plain_words[index] not in lead_words(line.language)


def _of_things(line: Line) -> frozenset[str]:
    """What is called by the name of somebody: "Douglas Street", "Anthony Hospital", "Sam's Club"."""
    named = naming_words(line.language, "things") | naming_words(line.language, "institutions")
    return street_words(line.language) | named


def _is_given(line: Line, index: int) -> bool:
    """Whether a word, or one of those that a hyphen joins, is a given name and nothing else."""
    if line.plain_words[index] in naming_words(line.language, "brands"):
        return False
    known = given_names()
    for part in line.words[index].text.split("-"):
        name = bare(plain(part))
        if part.isupper() or not (name in known.names or name in known.written_alike):
            continue
        if part[:1].isupper() or (name in known.names and len(name) >= _LEAST_LETTERS):
            return True
    return False


def _is_word(line: Line, index: int) -> bool:
    """Whether a word is written as a given name is, and is another word as well."""
    return is_name(line, index) and bare(line.plain_words[index]) in given_names().words
