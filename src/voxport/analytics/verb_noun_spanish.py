"""Verb-noun pairs of Spanish by a shallow grammar: there is no parser of Spanish that an Apache-2.0 product can ship.

A clause is walked from left to right: a verb takes the first noun phrase after it, a passive the noun before it. What a
parser would know and this does not: an object that stands before its verb ("la tarjeta la perdí") gives no pair, and a
noun without an article is seen only right behind its verb ("tengo problemas").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from voxport.analytics.inflection import lemmas
from voxport.analytics.word_lists import read_word_lists
from voxport.language.numbers.lexicon import SPANISH, plain

_LISTS = read_word_lists("verb-noun-es")
"""`determiners` and `before_nouns`: a noun comes next. `helping_verbs`: what denies one of these denies the infinitive
behind it. `passed_over`: words that neither a verb nor a noun is made of. `clause_ends`: a new clause begins."""
_DENIES_NOUN = {"ningún": "ninguno", "ninguna": "ninguno"}
_PARTICIPLE = re.compile(r"..+(?:[aií]d|ech|ert|est|rit|elt)[oa]s?")
_INFINITIVE = re.compile(r"..*[aeiíáé]r")
_ENCLITICS = re.compile(r"(?<=[rdaeo])(?:me|te|se|lo|la|los|las|le|les|nos)$")
_ACCENTS = str.maketrans("áéíóú", "aeiou")


@dataclass(frozen=True, slots=True)
class SpanishPair:
    """A pair by the places of its words in the sentence."""

    verb_at: int
    noun_at: int
    verb: str
    """Its infinitive."""
    noun: str
    """Its lemma."""
    verb_negation: str | None
    """The word that negates the verb as it is said (`no`, `nunca`); None without one."""
    noun_negation: str | None
    """`ninguno`; None without one."""


def spanish_pairs(words: Sequence[str | None]) -> list[SpanishPair]:
    """The pairs of one sentence, in order; `words` are lower case, None where a mark or something hidden stands."""
    clause = _Clause(words)
    for at, word in enumerate(words):
        clause.take(at, word)
    return clause.found


@dataclass(frozen=True, slots=True)
class _Verb:
    at: int
    lemma: str
    negation: str | None


class _Clause:
    """What has been heard of the clause so far, and the pairs of those before it."""

    def __init__(self, words: Sequence[str | None]) -> None:
        self.found: list[SpanishPair] = []
        self._words = words
        self._verb: _Verb | None = None
        self._fed: _Verb | None = None
        """It has its noun; another may follow with `y`."""
        self._noun: int | None = None
        """One that no verb has taken, for a passive."""
        self._negation: str | None = None

    def take(self, at: int, word: str | None) -> None:
        """The next word."""
        if word is None or word in _LISTS["clause_ends"]:
            self._begin()
        elif word in _LISTS["deny_verb"]:
            self._negation, self._verb, self._fed = word, None, None
        elif word in _LISTS["and_words"]:
            self._verb = None
        elif word in _LISTS["determiners"] or word in _LISTS["before_nouns"] or word in _LISTS["passed_over"]:
            return
        elif self._noun is not None and (lemma := self._passive(at, word)):
            self._add(_Verb(at, lemma, self._negation), self._noun)
            self._begin()
        elif not self._determined(at) and not self._adjective(at, word) and (lemma := _verb_lemma(word)):
            self._take_verb(at, lemma)
        else:
            self._take_noun(at)

    def _begin(self) -> None:
        self._verb = self._fed = self._noun = self._negation = None

    def _take_verb(self, at: int, lemma: str) -> None:
        if lemma in _LISTS["empty_verbs"]:
            return
        self._verb, self._fed = _Verb(at, lemma, self._negation), None
        if lemma not in _LISTS["helping_verbs"]:
            self._negation = None

    def _take_noun(self, at: int) -> None:
        bare = self._verb is not None and self._verb.at == at - 1
        if not (self._determined(at) or bare) or _says_nothing(self._words[at]):
            return
        verb = self._verb or (self._fed if self._joined(at) else None)
        if verb is not None:
            self._add(verb, at)
            self._verb, self._fed, self._negation = None, verb, None
        elif self._noun is None:
            self._noun = at

    def _add(self, verb: _Verb, noun_at: int) -> None:
        denied = next((_DENIES_NOUN[word] for word in self._before(noun_at) if word in _DENIES_NOUN), None)
        noun = _noun_lemma(self._words[noun_at])
        pair = SpanishPair(
            verb_at=verb.at,
            noun_at=noun_at,
            verb=verb.lemma,
            noun=noun,
            verb_negation=verb.negation,
            noun_negation=denied,
        )
        self.found.append(pair)

    def _before(self, at: int) -> list[str]:
        """The determiners and adjectives that lead to the noun at that place, from the noun backwards."""
        leading: list[str] = []
        for word in reversed(self._words[:at]):
            if word is None or not (word in _LISTS["determiners"] or word in _LISTS["before_nouns"]):
                break
            leading.append(word)
        return leading

    def _determined(self, at: int) -> bool:
        # "los perdí": a pronoun that looks like an article stands before a verb that can be nothing else.
        leading = self._before(at)
        pronoun = len(leading) == 1 and leading[0] in ("la", "los", "las")
        return bool(leading) and not (pronoun and _surely_verb(self._words[at]))

    def _joined(self, at: int) -> bool:
        place = at - len(self._before(at)) - 1
        return place >= 0 and self._words[place] in _LISTS["and_words"]

    def _adjective(self, at: int, word: str) -> bool:
        """A participle that no `haber` stands before: "estoy enojado"."""
        return bool(_PARTICIPLE.fullmatch(word)) and (at == 0 or self._words[at - 1] not in _LISTS["perfects"])

    def _passive(self, at: int, word: str) -> str | None:
        served = at > 0 and self._words[at - 1] in _LISTS["passives"] and _PARTICIPLE.fullmatch(word)
        return _infinitive(word) if served else None


def _noun_lemma(word: str | None) -> str:
    lemma = lemmas(word or "", "es")[-1]
    return word or "" if _INFINITIVE.fullmatch(lemma) else lemma


def _says_nothing(word: str | None) -> bool:
    """Times, sums and numbers."""
    said = plain(word or "")
    numbers = (SPANISH.digits, SPANISH.teens, SPANISH.tens, SPANISH.hundreds, SPANISH.scales)
    return _noun_lemma(word) in _LISTS["empty_nouns"] or any(said in words for words in numbers)


def _verb_lemma(word: str) -> str | None:
    """The infinitive of a word that is a form of a verb, also with pronouns behind it; None for other words."""
    if found := _infinitive(word):
        return found
    bare = word
    while (shorter := _ENCLITICS.sub("", bare)) != bare:
        bare = shorter
        if found := _infinitive(bare) or _infinitive(bare.translate(_ACCENTS)):
            return found
    return None


def _infinitive(word: str) -> str | None:
    if _PARTICIPLE.fullmatch(word) and lemmas(word, "es")[-1] == word:
        word = re.sub(r"([ai])d[oa]s?$", r"\1r", word)
    lemma = lemmas(word, "es")[-1]
    return lemma if _INFINITIVE.fullmatch(lemma) else None


def _surely_verb(word: str | None) -> bool:
    """By its accent or ending: `perdí`, `recibieron`."""
    return word is not None and bool(re.search(r"(?:[éíó]|ron|mos)$", word)) and _infinitive(word) is not None
