"""What is spelled: letters, their names ("eme, ele") and the words that tell them again ("B as in Bravo")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from voxport.core.transcript import WordKind
from voxport.language.numbers.lexicon import lexicon_of
from voxport.redaction.detectors.national.signs import Sign, letter_at
from voxport.redaction.dialogue.letters import letter_names
from voxport.redaction.dialogue.lines import Line

_LEAST_EXAMPLES = 2
"""Names with "for" before them that are examples of letters: one alone is somebody, "it's for Sam". A judgement."""
_EXAMPLE_WORDS = 2
"""Words before such a name that are its letter: "and for Nancy"."""
_LEAST_LETTERS = 3
"""Names of letters in a row that spell: fewer are words, "are you", "se te". A judgement."""


@dataclass(frozen=True)
class Spelled:
    """What is spelled in an answer."""

    words: frozenset[int]
    """Indices of the words that spell, with those between and behind that belong to letters."""
    text: str = field(repr=False)
    """The letters put together, in plain text."""


def spelled_in(line: Line, words: Sequence[int]) -> Spelled:
    """What is spelled in the words at these indices, which are in order."""
    told: set[int] = set()
    letters: dict[int, str] = {}
    for index in words:
        if _is_spelled(line, index):
            told.add(index)
            letters[index] = re.sub(r"[-.]", "", line.plain_words[index])
    for signs, between in _stretches(line, words):
        told.update(sign.word for sign in signs)
        told.update(between)
        for sign in signs:
            letters[sign.word] = letters.get(sign.word) or sign.text.lower()
    examples = dict(_examples(line, words))
    if len(examples) >= _LEAST_EXAMPLES:
        for place, letter in examples.items():
            near = range(max(words[0], place - _EXAMPLE_WORDS), place + 1)
            told.update(index for index in near if line.plain_words[index])
            letters.setdefault(place, letter.lower())
    return Spelled(frozenset(told), "".join(letters[index] for index in sorted(letters)))


def _stretches(line: Line, words: Sequence[int]) -> Iterator[tuple[list[Sign], list[int]]]:
    """Letters in a row, and the words between them that belong to spelling."""
    signs: list[Sign] = []
    between: list[int] = []
    end = words[-1] + 1 if words else 0
    index = words[0] if words else 0
    while index < end:
        told, following = letter_at(line, index)
        if not told and not _goes_on(line, index):
            if sum(bool(sign.text) for sign in signs) >= _LEAST_LETTERS:
                yield signs, between
            signs, between = [], []
        elif not told and signs and line.plain_words[index] in letter_names(line.language).between:
            between.append(index)
        signs += told
        index = following
    if sum(bool(sign.text) for sign in signs) >= _LEAST_LETTERS:
        yield signs, between


def _examples(line: Line, words: Sequence[int]) -> Iterator[tuple[int, str]]:
    """The names of letters that a written example names, however its letter was heard: "and for Nancy", "Esfor Sam"."""
    names = letter_names(line.language)
    for index in words:
        letter = names.letters.get(line.plain_words[index])
        before = line.plain_words[index - 1] if index > words[0] else ""
        led = before.endswith(tuple(one for one in names.examples if len(one) > 2)) or before in names.examples
        if letter and led and len(line.plain_words[index]) > 1 and line.words[index].text[:1].isupper():
            yield index, letter


def _goes_on(line: Line, index: int) -> bool:
    if line.words[index].kind is not WordKind.WORD:
        return line.words[index].text != "?"
    text = line.plain_words[index]
    return text in letter_names(line.language).between or text in lexicon_of(line.language).fillers


def _is_spelled(line: Line, index: int) -> bool:
    """A letter, or letters with hyphens or dots between (`M-I-L-L-E-R`); "I" and "a" only beside another."""
    parts = [part for part in re.split(r"[-.]", line.words[index].text) if part]
    if len(parts) != 1:
        return len(parts) > 1 and all(len(part) == 1 for part in parts)
    if len(parts[0]) != 1 or not parts[0].isalpha():
        return False
    word = line.plain_words[index] in letter_names(line.language).words - {"o"}
    beside = (line.plain_words[place] for place in (index - 1, index + 1) if 0 <= place < len(line.words))
    return not word or any(len(text) == 1 for text in beside)
