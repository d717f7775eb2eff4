"""The vocabulary of one call: the terms it may name, and which of them a stretch of speech could be.

Made once a call from what was asked for; knows texts only, neither sound nor model.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from voxport.core.plan import VocabularyTerm
from voxport.speech.ordinary_terms import Sense, sense_of
from voxport.speech.script_terms import terms_of
from voxport.speech.sounds_alike import Likenesses, letters, likenesses, ordinary
from voxport.speech.word_splitting import SPACELESS, DecodedWord

MAX_SHORTLISTED = 48
"""Terms of a prompt; more do not fit into it in practice."""
MIN_LIKENESS = 0.45
"""Terms less alike to all that was heard were not said (0 to 1)."""
_SURE_WORD = 0.85
"""Dictionary words heard with this probability are what was said."""
_EXTRA_WORDS = 2
"""So many words more than its own a term may have been heard as."""
_WEIGHT_LIKENESS = 0.02
"""What each step of a term's weight adds to its likeness in the shortlist."""
_COMPARED_AT_ONCE = 2_000_000
"""Pairs of texts; bounds the memory of a comparison."""


@dataclass(frozen=True, slots=True)
class Region:
    """Neighbouring words of a segment."""

    first: int
    last: int
    """Excluded."""
    text: str
    """The words joined by spaces."""


@dataclass(frozen=True)
class Vocabulary:
    """The terms that one call may name."""

    terms: tuple[VocabularyTerm, ...]
    """In the order given, those of scripts last."""
    language: str
    """The engine's code (`en`)."""

    @classmethod
    def of(cls, terms: Sequence[VocabularyTerm], scripts: Sequence[str], language: str) -> Vocabulary:
        """Terms as they are written, and what stands out in the scripts; a term of both is the written one."""
        written = {term.term.casefold() for term in terms}
        found = [text for text in terms_of(scripts, language) if text.casefold() not in written]
        return cls((*terms, *map(VocabularyTerm, found)), language)

    @cached_property
    def forms(self) -> tuple[tuple[int, str], ...]:
        """(number of the term, text): the terms themselves and their sounds-like forms."""
        return tuple(
            (number, form)
            for number, term in enumerate(self.terms)
            for form in dict.fromkeys((term.term, *sounds(term)))
        )

    @cached_property
    def by_letters(self) -> dict[str, int]:
        """The term of each form, by its letters; a term goes before a sounds-like form of another."""
        spelled = {letters(form): number for number, form in reversed(self.forms)}
        return spelled | {letters(term.term): number for number, term in enumerate(self.terms)}

    @cached_property
    def longest_words(self) -> int:
        return max((self.words_of(form) for _, form in self.forms), default=0)

    def words_of(self, text: str) -> int:
        """How many words the recogniser makes of a text: each sign is one in languages without spaces."""
        return len(letters(text)) if self.language in SPACELESS else len(text.split())

    def alike(self, texts: Sequence[str]) -> Likenesses:
        """How alike each text and each term sound, by the best form of the term: shape (texts, terms)."""
        best = np.zeros((len(texts), len(self.terms)), np.float32)
        forms = [form for _, form in self.forms]
        firsts = np.unique([number for number, _ in self.forms], return_index=True)[1]
        step = max(1, _COMPARED_AT_ONCE // max(1, len(forms)))
        for begin in range(0, len(texts), step):
            each = likenesses(texts[begin : begin + step], forms, self.language)
            best[begin : begin + step] = np.maximum.reduceat(each, firsts, axis=1)
        return best

    def shortlist(self, words: Sequence[DecodedWord]) -> tuple[VocabularyTerm, ...]:
        """Terms that may have been said where these words were heard, the likeliest last; empty: none was."""
        is_doubtful = [self._is_doubtful(words, at) for at in range(len(words))]
        regions = [region for region in self.regions(words) if any(is_doubtful[region.first : region.last])]
        if not regions or not self.terms:
            return ()
        alike = self.alike([region.text for region in regions]).max(axis=0)
        alike += _WEIGHT_LIKENESS * np.array([term.weight for term in self.terms], np.float32)
        order = [int(number) for number in np.argsort(-alike, kind="stable")[:MAX_SHORTLISTED]]
        return tuple(self.terms[number] for number in reversed(order) if alike[number] >= MIN_LIKENESS)

    def regions(self, words: Sequence[DecodedWord]) -> list[Region]:
        """Every stretch of words that is not longer than a term may have been heard as."""
        return regions_of(words, 0, len(words), self.longest_words + _EXTRA_WORDS)

    def _is_doubtful(self, words: Sequence[DecodedWord], at: int) -> bool:
        """Whether something else may have been said: a word that is doubtful, of no dictionary, or may be a term."""
        word = words[at]
        is_ordinary = ordinary(word.text, self.language)
        number = self.by_letters.get(letters(word.text))
        if number is not None and word.text != self.terms[number].term:
            return not is_ordinary or sense_of(words, at, at + 1, self.language) is not Sense.WORD
        return number is None and (word.probability < _SURE_WORD or not is_ordinary)


def regions_of(words: Sequence[DecodedWord], begin: int, end: int, most: int) -> list[Region]:
    """Every stretch of at most `most` words between two places."""
    return [
        Region(first, last, " ".join(word.text for word in words[first:last]))
        for first in range(begin, end)
        for last in range(first + 1, min(end, first + most) + 1)
    ]


def sounds(term: VocabularyTerm) -> tuple[str, ...]:
    """The sounds-like forms that count: of single words only (docs/contract/v3-configuration.md section 4)."""
    return term.sounds_like if len(term.term.split()) == 1 else ()
