"""Parts of a name that were heard as other words, known by what stands beside them: its letters, or the family name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import takewhile

from voxport.redaction.detectors.personal.telling import tells
from voxport.redaction.dialogue.lines import Line
from voxport.redaction.dialogue.questions import naming_words

_ALIKE = 0.7
"""Share of letters in common of a name and what is spelled of it. A judgement."""
_LEAST_LETTERS = 4
"""Letters of a name that is known so: shorter ones are like words of all kinds."""
_BEFORE = 2
"""Everyday words that a given name is heard as, with which an answer begins: "and it" for "Annette". A judgement."""


def said_before_letters(line: Line, words: Sequence[int], spelled: str) -> Iterator[int]:
    """Of the words at these indices those that are written nearly as what is spelled: "underhill." "UNDRHILL"."""
    letters = [index for index in words if _is_capitals(line, index)]
    forms = [spelled, *(line.plain_words[index] for index in letters)]
    for index in words:
        text = line.plain_words[index]
        if index not in letters and len(text) >= _LEAST_LETTERS and tells(line, index):
            known = [form for form in forms if len(form) >= _LEAST_LETTERS and form[0] == text[0]]
            if any(SequenceMatcher(None, text, form).ratio() >= _ALIKE for form in known):
                yield index


def given_before(line: Line, named: int) -> list[int]:
    """The everyday words with which a sentence begins right before a family name that was asked for, which say nothing
    together: "and it Keller"."""
    sentence = line.sentences[named]
    before = list(
        takewhile(
            lambda at: line.sentences[at] == sentence and bool(line.plain_words[at]),
            range(named - 1, max(-1, named - 2 - _BEFORE), -1),
        )
    )
    never = naming_words(line.language, "heard_leading")
    return sorted(before) if len(before) == _BEFORE and all(line.plain_words[at] in never for at in before) else []


def _is_capitals(line: Line, index: int) -> bool:
    """Whether a word is the letters of a name, as recognisers write what is spelled fast."""
    text = line.words[index].text
    return len(text) >= _LEAST_LETTERS and text.isalpha() and text.isupper()
