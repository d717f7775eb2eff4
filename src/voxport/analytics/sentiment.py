"""Sentiment of sentences and turns, from -1 (bad) to 1 (good), for English and Spanish.

English: VADER (Hutto and Gilbert 2014), whose lexicon comes from reviews and tweets, with words and phrases of calls
put right: courtesy ("how can I help") is not delight, "no charge" is not a refusal, "been on hold" is not neutral.
Spanish: a lexicon of our own, counted with negation and degree the same way.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from voxport.analytics.call_text import HIDDEN, CallText, Sentence
from voxport.analytics.casing import known_names
from voxport.analytics.word_lists import list_text
from voxport.core.findings import SentimentValue, SpeakerSentiments
from voxport.language.numbers.lexicon import plain

LANGUAGES = frozenset({"en", "es"})
_EVEN = 15.0
"""VADER's constant: a sum of valences s becomes s / sqrt(s^2 + 15)."""
_NEUTRAL = 0.05
"""VADER's border of what says nothing."""
_NEGATED = -0.74
"""VADER's factor for what is negated."""
_REACH_WORDS = 3
"""How many words before a word negate or strengthen it, as in VADER."""
_MIN_LETTERS = 2
"""Entries of VADER with fewer are emoticons."""
_COMPANY = re.compile(
    r"(?i)\b((?:thank you|thanks) for (?:calling|choosing|contacting))"
    r"(?: (?!(?:my|this|how|i'm|you're|it's|today|and)\b)[^\s,.?!]+){1,5}"
)
"""A company is thanked for: its name ends at a mark or where the next phrase of a greeting begins."""


@dataclass(frozen=True, slots=True)
class SentenceScore:
    """How a sentence sounds."""

    sentence: Sentence
    value: float
    """From -1 to 1; 0.0 where it says nothing."""


@dataclass(frozen=True, slots=True)
class SentimentLexicon:
    """The words of a language that say how somebody feels, `lists/sentiment-*.json`; plain lower case."""

    words: dict[str, float]
    """Valence of each word, -4 to 4."""
    phrases: dict[str, float]
    """Valence of phrases, which count as a whole."""
    negations: frozenset[str]
    """Words that turn what follows; empty for English, where VADER has its own."""
    degrees: dict[str, float]
    """By which factor a word strengthens what follows; empty for English, where VADER has its own."""


def sentence_scores(call: CallText) -> tuple[SentenceScore, ...]:
    """Every sentence with words in it, in the order of the transcript; none in a language without a lexicon."""
    if call.language not in LANGUAGES:
        return ()
    return tuple(
        SentenceScore(sentence, _score(sentence, call.language)) for sentence in call.sentences if sentence.word_count
    )


def find_sentiments(call: CallText) -> tuple[SpeakerSentiments, ...]:
    """For each speaker, in order of first speech, a value for each turn.

    A turn is worth the mean of its sentences that say something, by their words; 0.0 when none does.
    """
    by_turn: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for one in sentence_scores(call):
        by_turn[one.sentence.turn].append((one.value, one.sentence.word_count))
    values: dict[tuple[int, str | None], list[SentimentValue]] = defaultdict(list)
    for index, scores in by_turn.items():
        turn = call.turns[index]
        span = turn.span(0, len(turn.words) - 1)
        values[turn.channel, turn.speaker].append(SentimentValue(span, _mean(scores)))
    return tuple(SpeakerSentiments(speaker, tuple(found)) for (_, speaker), found in values.items())


def _mean(scores: list[tuple[float, int]]) -> float:
    telling = [(value, words) for value, words in scores if abs(value) >= _NEUTRAL]
    weight = sum(words for _, words in telling)
    return round(sum(value * words for value, words in telling) / weight, 4) if weight else 0.0


def _score(sentence: Sentence, language: str) -> float:
    text = sentence.text.replace(HIDDEN, " ")
    return _english(text) if language == "en" else _spanish(text)


@lru_cache(maxsize=1)
def _vader() -> tuple[Any, re.Pattern[str], dict[str, str]]:
    """The analyser, a pattern of our phrases, and the word that stands for each of them."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    own = _lexicon("en")
    analyser = SentimentIntensityAnalyzer()
    for entry in [entry for entry in analyser.lexicon if sum(map(str.isalpha, entry)) < _MIN_LETTERS]:
        del analyser.lexicon[entry]  # emoticons, and "86" and the like: slang in writing, letters and numbers in speech
    analyser.lexicon.update(own.words)
    stands = {phrase: f"phrase{number}" for number, phrase in enumerate(own.phrases)}
    analyser.lexicon.update({stands[phrase]: value for phrase, value in own.phrases.items()})
    longest_first = sorted(stands, key=len, reverse=True)
    pattern = re.compile(rf"\b(?:{'|'.join(re.escape(phrase) for phrase in longest_first)})\b")
    return analyser, pattern, stands


def _english(text: str) -> float:
    analyser, pattern, stands = _vader()
    lowered = _without_names(text.replace("’", "'")).lower()
    return float(analyser.polarity_scores(pattern.sub(lambda match: stands[match.group()], lowered))["compound"])


def _without_names(text: str) -> str:
    """Without what a company or a person is called: neither "Green Energy" nor "This is Grace" is praise."""
    written, spoken = _names()
    return spoken.sub(r"\1 ", written.sub("", _COMPANY.sub(r"\1", text)))


@lru_cache(maxsize=1)
def _names() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Given names that VADER takes for feelings: with a capital inside a sentence, and announced."""
    analyser, _, _ = _vader()
    lists = known_names()
    names = sorted(name for name in lists["given"] | lists["doubtful"] if name in analyser.lexicon)
    written = rf"(?<=[\w,] )(?:{'|'.join(name.capitalize() for name in names)})\b"
    announced = r"this is|name is|name's|hello|hi|hey|mister|missus|miss|mr\.?|mrs\.?|ms\.?"
    return re.compile(written), re.compile(rf"(?i)\b({announced}),? (?:{'|'.join(names)})\b")


@lru_cache(maxsize=2)
def _lexicon(language: str) -> SentimentLexicon:
    data = json.loads(list_text(f"sentiment-{language}"))
    negations = frozenset(data.get("negations", ()))
    return SentimentLexicon(data["words"], data["phrases"], negations, data.get("degrees", {}))


def _spanish(text: str) -> float:
    own = _lexicon("es")
    words = [plain(word) for word in text.split()]
    joined = " ".join(word for word in words if word)
    total = 0.0
    for phrase, value in own.phrases.items():
        count = len(re.findall(rf"\b{re.escape(phrase)}\b", joined))
        total += count * value
        joined = re.sub(rf"\b{re.escape(phrase)}\b", "-", joined) if count else joined
    tokens = joined.split()
    for index, token in enumerate(tokens):
        value = own.words.get(token) or own.words.get(token.removesuffix("s")) or _by_gender(own.words, token)
        if value:
            total += value * _weight(tokens[max(0, index - _REACH_WORDS) : index], own)
    return round(total / (total * total + _EVEN) ** 0.5, 4) if total else 0.0


def _by_gender(words: dict[str, float], token: str) -> float:
    """The lexicon has adjectives in the masculine."""
    return words.get(re.sub(r"as?$", "o", token), 0.0)


def _weight(before: list[str], own: SentimentLexicon) -> float:
    weight = 1.0
    for word in before:
        if word in own.negations:
            weight *= _NEGATED
        weight *= own.degrees.get(word, 1.0)
    return weight
