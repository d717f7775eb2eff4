"""Contextual biasing: puts terms of a vocabulary where they were said.

A segment is decoded twice: unbiased, and biased by the terms that may have been said in it. The unbiased words stay,
but for those whose place a term takes. A term has to come out of the biased decoding, to sound like what the unbiased
one wrote there, and that must not have been ordinary words that were heard clearly.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from math import prod

import numpy as np

from voxport.core.plan import VocabularyTerm
from voxport.speech.options import BiasingOptions
from voxport.speech.ordinary_terms import Sense, sense_of
from voxport.speech.sounds_alike import letters, ordinary
from voxport.speech.vocabulary import Region, Vocabulary, regions_of
from voxport.speech.word_splitting import DecodedWord

_EXTRA_WORDS = 3
"""So many words more than its own may give way to a term."""
_TIME_WEIGHT = 0.5
"""What shared time weighs beside likeness of sound when the place of a term is chosen."""
_POSSESSIVES = ("'s", "’s")


@dataclass(frozen=True, slots=True)
class TermMatch:
    """A term in the place of words."""

    term: int
    """Its number in the vocabulary."""
    first: int
    last: int
    """Excluded."""
    ending: str = ""
    """The possessive behind it (`'s`); empty without one."""


@dataclass(frozen=True, slots=True)
class _Decodings:
    """Both decodings of a segment, and what in one stands for what in the other."""

    unbiased: Sequence[DecodedWord]
    biased: Sequence[DecodedWord]
    opcodes: Sequence[tuple[str, int, int, int, int]]
    """As `SequenceMatcher` gives them: (tag, unbiased from, to, biased from, to)."""

    @classmethod
    def of(cls, unbiased: Sequence[DecodedWord], biased: Sequence[DecodedWord]) -> _Decodings:
        keys = [_key(word) for word in unbiased], [_key(word) for word in biased]
        return cls(unbiased, biased, SequenceMatcher(None, *keys, autojunk=False).get_opcodes())

    def opposite(self, match: TermMatch) -> tuple[int, int]:
        """Unbiased words that stand opposite to a term of the biased ones; (0, 0) where there are none."""
        begin, end = [], []
        for tag, i1, i2, j1, j2 in self.opcodes:
            if j2 <= match.first or j1 >= match.last:
                continue
            same = tag == "equal"
            begin.append(i1 + max(0, match.first - j1) if same else i1)
            end.append(i2 - max(0, j2 - match.last) if same else i2)
        return (min(begin), max(end)) if begin else (0, 0)


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What speaks for a term, and against it."""

    likeness: float
    """Of its sound to that of `unbiased`, 0 to 1."""
    unbiased: Sequence[DecodedWord]
    """The words that it would replace."""
    biased: Sequence[DecodedWord]
    """The words of the biased decoding that are the term."""
    lost: Sequence[DecodedWord]
    """Words beside the place that only the unbiased decoding has: the term would swallow them too."""


def spell_terms(words: Sequence[DecodedWord], vocabulary: Vocabulary, options: BiasingOptions) -> list[DecodedWord]:
    """Words that are a term but for case, accents, hyphens and spaces, or one of its sounds-like forms, as the term."""
    found = [
        match
        for match in _spelled(vocabulary.regions(words), vocabulary)
        if _gives_way(words, match, vocabulary, options)
    ]
    return _written(words, found, vocabulary)


def place_terms(
    unbiased: Sequence[DecodedWord], biased: Sequence[DecodedWord], vocabulary: Vocabulary, options: BiasingOptions
) -> list[DecodedWord]:
    """The unbiased words of a segment with the terms that its biased words have."""
    decodings = _Decodings.of(unbiased, biased)
    found = [
        place
        for match in _terms_in(biased, vocabulary, options)
        if (place := _placed(match, decodings, vocabulary, options)) is not None
    ]
    return _written(unbiased, found, vocabulary)


def _spelled(regions: Sequence[Region], vocabulary: Vocabulary) -> Iterator[TermMatch]:
    """Regions that are spelled as a form of a term, a possessive ending aside."""
    for region in regions:
        ending = next((ending for ending in _POSSESSIVES if region.text.endswith(ending)), "")
        for text, kept in ((region.text, ""), (region.text.removesuffix(ending), ending)):
            if (number := vocabulary.by_letters.get(letters(text))) is not None:
                yield TermMatch(number, region.first, region.last, kept)
                break


def _gives_way(words: Sequence[DecodedWord], match: TermMatch, vocabulary: Vocabulary, options: BiasingOptions) -> bool:
    """Whether words spelled as a form of a term are the term: figures only of one with figures."""
    term, spelled = vocabulary.terms[match.term], words[match.first : match.last]
    if _loses_figures(spelled, term):
        return False
    is_whole = list(map(_key, spelled)) == [letters(text) for text in term.term.split()]
    if is_whole and len(spelled) > 1:
        return True
    if not all(ordinary(word.text, vocabulary.language) for word in spelled):
        return True
    if len(spelled) > 1:
        return min(word.probability for word in spelled) < options.unclear_word
    # "it", "will" and "apple" are words too: what stands around them tells which was meant.
    return is_whole and sense_of(words, match.first, match.last, vocabulary.language) is Sense.TERM


def _terms_in(words: Sequence[DecodedWord], vocabulary: Vocabulary, options: BiasingOptions) -> list[TermMatch]:
    """Terms as the biased decoding wrote them: exactly, or in other letters of the same sound and of no dictionary."""
    regions = vocabulary.regions(words)
    found = _disjoint(match for match in _spelled(regions, vocabulary) if not _is_plain_word(match, words, vocabulary))
    taken = {at for match in found for at in range(match.first, match.last)}
    odd = [
        region
        for region in regions
        if not any(
            at in taken or ordinary(words[at].text, vocabulary.language) for at in range(region.first, region.last)
        )
    ]
    alike = vocabulary.alike([region.text for region in odd])
    likely = sorted(range(len(odd)), key=lambda place: -float(alike[place].max()))
    sounding = (
        TermMatch(int(alike[place].argmax()), odd[place].first, odd[place].last)
        for place in likely
        if float(alike[place].max()) >= options.same_sound
    )
    return _disjoint([*found, *sounding], by_length=False)


def _is_plain_word(match: TermMatch, words: Sequence[DecodedWord], vocabulary: Vocabulary) -> bool:
    """Whether an ordinary word was written as one by an engine that knew a term in the same letters ("it", "IT")."""
    term, text = vocabulary.terms[match.term].term, words[match.first].text.removesuffix(match.ending)
    return match.last - match.first == 1 and text != term and ordinary(text, vocabulary.language)


def _disjoint(found: Iterable[TermMatch], by_length: bool = True) -> list[TermMatch]:
    """Those that share no word with one before them; the longest go first where `by_length`."""
    taken: set[int] = set()
    kept: list[TermMatch] = []
    for match in sorted(found, key=lambda one: one.first - one.last) if by_length else found:
        inside = range(match.first, match.last)
        if taken.isdisjoint(inside):
            taken.update(inside)
            kept.append(match)
    return kept


def _placed(
    match: TermMatch, decodings: _Decodings, vocabulary: Vocabulary, options: BiasingOptions
) -> TermMatch | None:
    """Where among the unbiased words a term of the biased ones belongs, or None where nothing may give way to it."""
    unbiased, said = decodings.unbiased, decodings.biased[match.first : match.last]
    term = vocabulary.terms[match.term]
    begin, end = decodings.opposite(match)
    regions = regions_of(unbiased, begin, end, vocabulary.words_of(term.term) + _EXTRA_WORDS)
    if not regions:
        return None
    alike = vocabulary.alike([region.text for region in regions])[:, match.term]
    shared = np.array([_shared(unbiased[region.first : region.last], said) for region in regions], np.float32)
    best = int(np.argmax(alike + _TIME_WEIGHT * shared))
    chosen = regions[best]
    biased_keys = {_key(word) for word in decodings.biased}
    beside = [*unbiased[begin : chosen.first], *unbiased[chosen.last : end]]
    lost = [word for word in beside if _key(word) not in biased_keys]
    evidence = _Evidence(float(alike[best]), unbiased[chosen.first : chosen.last], said, lost)
    if not _convincing(evidence, term, vocabulary.language, options):
        return None
    if _is_meant_otherwise(unbiased, chosen, term, decodings, vocabulary.language):
        return None
    return replace(match, first=chosen.first, last=chosen.last)


def _is_meant_otherwise(
    unbiased: Sequence[DecodedWord], place: Region, term: VocabularyTerm, decodings: _Decodings, language: str
) -> bool:
    """Whether a term that is a word of the dictionary too stands where nobody meant it.

    An engine that was told of the term writes it for the word as well, unless it writes both in one segment.
    """
    if len(term.term.split()) > 1 or not ordinary(term.term, language):
        return False
    sense = sense_of(unbiased, place.first, place.last, language)
    was_heard_so = letters(place.text.removesuffix("'s")) == letters(term.term)
    if sense is not Sense.OPEN or not was_heard_so:
        return sense is Sense.WORD
    spellings = {word.text for word in decodings.biased if _key(word) == letters(term.term)}
    return len(spellings) < 2


def _shared(words: Sequence[DecodedWord], said: Sequence[DecodedWord]) -> float:
    """The share of time that two stretches have in common of all that they take."""
    common = min(words[-1].end_ms, said[-1].end_ms) - max(words[0].start_ms, said[0].start_ms)
    whole = max(words[-1].end_ms, said[-1].end_ms) - min(words[0].start_ms, said[0].start_ms)
    return max(0.0, common / whole) if whole > 0 else 0.0


def _convincing(evidence: _Evidence, term: VocabularyTerm, language: str, options: BiasingOptions) -> bool:
    """Whether a term may take the place of words; those that both decodings have in common say nothing."""
    if _loses_figures(evidence.unbiased, term):
        return False
    common = {_key(word) for word in evidence.unbiased} & {_key(word) for word in evidence.biased}
    given = [word for word in evidence.unbiased if _key(word) not in common]
    if not given:
        return True
    less = options.weight_step * term.weight
    certain = prod(word.probability for word in evidence.biased if _key(word) not in common)
    if evidence.likeness < options.min_likeness - less:
        return False
    if not all(ordinary(word.text, language) for word in given):
        return evidence.likeness + certain / 2 >= options.min_evidence - less
    clear = max(word.probability for word in (*given, *evidence.lost)) >= options.clear_word
    return not clear and certain >= (options.min_odds - less) * prod(word.probability for word in given)


def _loses_figures(words: Sequence[DecodedWord], term: VocabularyTerm) -> bool:
    """Whether words hold figures and the term holds none: numbers never turn into names, redaction looks for them."""
    figures = any(character.isdigit() for word in words for character in word.text)
    return figures and not any(map(str.isdigit, term.term))


def _written(words: Sequence[DecodedWord], found: Sequence[TermMatch], vocabulary: Vocabulary) -> list[DecodedWord]:
    """Words with terms in the places found; of places that share a word the longest counts."""
    kept = {match.first: match for match in _disjoint(found)}
    inside = {at for match in kept.values() for at in range(match.first, match.last)}
    written: list[DecodedWord] = []
    for at, word in enumerate(words):
        if match := kept.get(at):
            written += _as_term(vocabulary.terms[match.term].term + match.ending, words[at : match.last])
        elif at not in inside:
            written.append(word)
    return written


def _as_term(term: str, words: Sequence[DecodedWord]) -> list[DecodedWord]:
    """The words of a term from the start of the first to the end of the last of `words`; the mark behind them stays.

    Where their number differs, each has its share of the time by its letters.
    """
    texts = term.split()
    if len(texts) == len(words):
        written = [replace(word, text=text, mark="") for text, word in zip(texts, words, strict=True)]
    else:
        start_ms, length_ms = words[0].start_ms, words[-1].end_ms - words[0].start_ms
        probability = sum(word.probability for word in words) / len(words)
        measured = all(word.measured for word in words)
        ends = np.cumsum([len(text) for text in texts])
        bounds = [start_ms + int(length_ms * end // ends[-1]) for end in (0, *ends)]
        written = [
            DecodedWord(text, begin, end, probability, measured=measured)
            for text, begin, end in zip(texts, bounds, bounds[1:], strict=False)
        ]
    return [*written[:-1], replace(written[-1], mark=words[-1].mark)]


def _key(word: DecodedWord) -> str:
    return letters(word.text) or word.text
