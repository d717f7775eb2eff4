"""Puts terms of a vocabulary where they were said: a piece as it was heard, and as it was heard knowing the terms.

The first hearing stays, but for the words whose place a term takes. A term has to come out of the second hearing, to
sound like what the first one wrote there, and that must not have been ordinary words that were heard clearly.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from math import prod

import numpy as np

from voxport.core.plan import VocabularyTerm
from voxport.speech.formatting import Spoken
from voxport.speech.sounds_alike import letters, ordinary
from voxport.speech.vocabulary import Region, Vocabulary, regions_of

_MORE_WORDS = 3
_TIME_COUNTS = 0.5
_POSSESSIVES = ("'s", "’s")


@dataclass(frozen=True, slots=True)
class NamingOptions:
    """What is asked of a term; likeness and probability go from 0 to 1 (measured in decision 0008).

    `alike`: the least likeness of sound. `convincing`: the least of likeness and half the probability together, in
    place of words that no dictionary has. Ordinary words give way only where none was heard as surely as `clearly`,
    and the term is at least `odds` times as probable as they were; to a form that is spelled like them only where one
    is less probable than `badly`. `same_sound`: likeness from which other letters are the term. Each step of a
    weight takes `weight_counts` off what is asked.
    """

    alike: float = 0.45
    convincing: float = 0.62
    clearly: float = 0.95
    badly: float = 0.6
    odds: float = 0.25
    same_sound: float = 0.8
    weight_counts: float = 0.03


@dataclass(frozen=True, slots=True)
class Named:
    """A term (by its number) in place of words `first` to `last` (excluded); `ending` is a possessive after it."""

    term: int
    first: int
    last: int
    ending: str = ""


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What speaks for a term: how alike it is to what was heard first, and both hearings of the place.

    `lost` are words beside the place that only the first hearing has: the term would swallow them too.
    """

    alike: float
    heard: Sequence[Spoken]
    said: Sequence[Spoken]
    lost: Sequence[Spoken]


def write_exactly(words: Sequence[Spoken], vocabulary: Vocabulary, options: NamingOptions) -> list[Spoken]:
    """Words that are a term but for case, accents, hyphens and spaces, or one of its sounds-like forms, as the term."""
    found = [
        named
        for named in _spelled(vocabulary.regions(words), vocabulary)
        if _may_go(words[named.first : named.last], vocabulary.terms[named.term], vocabulary.language, options)
    ]
    return _written(words, found, vocabulary)


def name(
    heard: Sequence[Spoken], again: Sequence[Spoken], vocabulary: Vocabulary, options: NamingOptions
) -> list[Spoken]:
    """`heard` with the terms of `again`, the hearing of the same piece that knew them."""
    matcher = SequenceMatcher(None, [_key(word) for word in heard], [_key(word) for word in again], autojunk=False)
    opcodes = matcher.get_opcodes()
    found = [
        place
        for named in _terms_in(again, vocabulary, options)
        if (place := _place(named, heard, again, _block(named, opcodes), vocabulary, options)) is not None
    ]
    return _written(heard, found, vocabulary)


def _spelled(regions: Sequence[Region], vocabulary: Vocabulary) -> Iterator[Named]:
    """Regions that are spelled as a form of a term, a possessive ending aside."""
    for region in regions:
        ending = next((ending for ending in _POSSESSIVES if region.text.endswith(ending)), "")
        for text, kept in ((region.text, ""), (region.text.removesuffix(ending), ending)):
            if (number := vocabulary.by_letters.get(letters(text))) is not None:
                yield Named(number, region.first, region.last, kept)
                break


def _may_go(words: Sequence[Spoken], term: VocabularyTerm, language: str, options: NamingOptions) -> bool:
    """Whether words spelled as a form of a term are the term: figures only of one with figures."""
    if _only_for_figures(words, term):
        return False
    if list(map(_key, words)) == [letters(text) for text in term.term.split()] and len(words) > 1:
        return True
    if not all(ordinary(word.text, language) for word in words):
        return True
    # "it", "will" and "apple" are words too: only a hearing that knows IT, Will and Apple tells which was meant.
    return len(words) > 1 and min(word.probability for word in words) < options.badly


def _terms_in(words: Sequence[Spoken], vocabulary: Vocabulary, options: NamingOptions) -> list[Named]:
    """Terms as the second hearing wrote them: exactly, or in other letters of the same sound and of no dictionary."""
    regions = vocabulary.regions(words)
    found = _apart(named for named in _spelled(regions, vocabulary) if not _only_a_word(named, words, vocabulary))
    taken = {at for named in found for at in range(named.first, named.last)}
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
        Named(int(alike[place].argmax()), odd[place].first, odd[place].last)
        for place in likely
        if float(alike[place].max()) >= options.same_sound
    )
    return _apart([*found, *sounding], by_length=False)


def _only_a_word(named: Named, words: Sequence[Spoken], vocabulary: Vocabulary) -> bool:
    """Whether an ordinary word was written as one, though it knew of a term in the same letters ("it" and "IT")."""
    term, text = vocabulary.terms[named.term].term, words[named.first].text.removesuffix(named.ending)
    return named.last - named.first == 1 and text != term and ordinary(text, vocabulary.language)


def _apart(found: Iterable[Named], by_length: bool = True) -> list[Named]:
    """Those that share no word with one before them; the longest go first where `by_length`."""
    taken: set[int] = set()
    kept: list[Named] = []
    for named in sorted(found, key=lambda one: one.first - one.last) if by_length else found:
        inside = range(named.first, named.last)
        if taken.isdisjoint(inside):
            taken.update(inside)
            kept.append(named)
    return kept


def _block(named: Named, opcodes: Sequence[tuple[str, int, int, int, int]]) -> tuple[int, int]:
    """Words of the first hearing that stand opposite to a term of the second; (0, 0) where there are none."""
    begin, end = [], []
    for tag, i1, i2, j1, j2 in opcodes:
        if j2 <= named.first or j1 >= named.last:
            continue
        same = tag == "equal"
        begin.append(i1 + max(0, named.first - j1) if same else i1)
        end.append(i2 - max(0, j2 - named.last) if same else i2)
    return (min(begin), max(end)) if begin else (0, 0)


def _place(
    named: Named,
    heard: Sequence[Spoken],
    again: Sequence[Spoken],
    block: tuple[int, int],
    vocabulary: Vocabulary,
    options: NamingOptions,
) -> Named | None:
    """Where in `block` of the first hearing a term belongs, or None where nothing may give way to it."""
    said, term = again[named.first : named.last], vocabulary.terms[named.term]
    regions = regions_of(heard, *block, vocabulary.words_of(term.term) + _MORE_WORDS)
    if not regions:
        return None
    alike = vocabulary.alike([region.text for region in regions])[:, named.term]
    shared = np.array([_shared(heard[region.first : region.last], said) for region in regions], np.float32)
    best = int(np.argmax(alike + _TIME_COUNTS * shared))
    chosen = regions[best]
    again_has = {_key(word) for word in again}
    beside = [*heard[block[0] : chosen.first], *heard[chosen.last : block[1]]]
    lost = [word for word in beside if _key(word) not in again_has]
    evidence = _Evidence(float(alike[best]), heard[chosen.first : chosen.last], said, lost)
    if not _convincing(evidence, term, vocabulary.language, options):
        return None
    return replace(named, first=chosen.first, last=chosen.last)


def _shared(words: Sequence[Spoken], said: Sequence[Spoken]) -> float:
    """The share of time that two stretches have in common of all that they take."""
    common = min(words[-1].end_ms, said[-1].end_ms) - max(words[0].start_ms, said[0].start_ms)
    whole = max(words[-1].end_ms, said[-1].end_ms) - min(words[0].start_ms, said[0].start_ms)
    return max(0.0, common / whole) if whole > 0 else 0.0


def _convincing(evidence: _Evidence, term: VocabularyTerm, language: str, options: NamingOptions) -> bool:
    """Whether a term may take the place of what was heard; words that both hearings have in common say nothing."""
    if _only_for_figures(evidence.heard, term):
        return False
    common = {_key(word) for word in evidence.heard} & {_key(word) for word in evidence.said}
    given = [word for word in evidence.heard if _key(word) not in common]
    if not given:
        return True
    less = options.weight_counts * term.weight
    certain = prod(word.probability for word in evidence.said if _key(word) not in common)
    if evidence.alike < options.alike - less:
        return False
    if not all(ordinary(word.text, language) for word in given):
        return evidence.alike + certain / 2 >= options.convincing - less
    clear = max(word.probability for word in (*given, *evidence.lost)) >= options.clearly
    return not clear and certain >= (options.odds - less) * prod(word.probability for word in given)


def _only_for_figures(words: Sequence[Spoken], term: VocabularyTerm) -> bool:
    """Whether words hold figures and the term holds none: numbers never turn into names, redaction looks for them."""
    figures = any(character.isdigit() for word in words for character in word.text)
    return figures and not any(map(str.isdigit, term.term))


def _written(words: Sequence[Spoken], found: Sequence[Named], vocabulary: Vocabulary) -> list[Spoken]:
    """Words with terms in the places found; of places that share a word the longest counts."""
    kept = {named.first: named for named in _apart(found)}
    inside = {at for named in kept.values() for at in range(named.first, named.last)}
    written: list[Spoken] = []
    for at, word in enumerate(words):
        if named := kept.get(at):
            written += _as_term(vocabulary.terms[named.term].term + named.ending, words[at : named.last])
        elif at not in inside:
            written.append(word)
    return written


def _as_term(term: str, words: Sequence[Spoken]) -> list[Spoken]:
    """The words of a term from the start of the first to the end of the last of `words`; the mark behind them stays.

    Where their number differs, each has its share of the time by its letters.
    """
    texts = term.split()
    if len(texts) == len(words):
        written = [replace(word, text=text, mark="") for text, word in zip(texts, words, strict=True)]
    else:
        start_ms, length_ms = words[0].start_ms, words[-1].end_ms - words[0].start_ms
        probability = sum(word.probability for word in words) / len(words)
        ends = np.cumsum([len(text) for text in texts])
        bounds = [start_ms + int(length_ms * end // ends[-1]) for end in (0, *ends)]
        written = [
            Spoken(text, begin, end, probability) for text, begin, end in zip(texts, bounds, bounds[1:], strict=False)
        ]
    return [*written[:-1], replace(written[-1], mark=words[-1].mark)]


def _key(word: Spoken) -> str:
    return letters(word.text) or word.text
