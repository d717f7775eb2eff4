"""Valences of words, -4 to 4: VADER for English (Hutto and Gilbert 2014), put right for calls, and our own Spanish."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from voxport.analytics.word_lists import list_text

_MIN_LETTERS = 2
"""Entries of VADER with fewer are emoticons."""


@dataclass(frozen=True, slots=True)
class SentimentLexicon:
    """The words of a language that say how somebody feels, `lists/sentiment-*.json`; plain lower case."""

    words: dict[str, float]
    """Valence of each word, -4 to 4."""
    phrases: dict[str, float]
    """Valence of phrases, which count as a whole."""
    negations: frozenset[str]
    """Words that turn what follows; empty for English, where they are learned."""
    degrees: dict[str, float]
    """By which factor a word strengthens what follows; empty for English, where they are learned."""


@cache
def read_lexicon(language: str) -> SentimentLexicon:
    """That of a language without region, `es`. FileNotFoundError where there is none."""
    data = json.loads(list_text(f"sentiment-{language}"))
    negations = frozenset(data.get("negations", ()))
    return SentimentLexicon(data["words"], data.get("phrases", {}), negations, data.get("degrees", {}))


@cache
def english_lexicon() -> Mapping[str, float]:
    """VADER's words with those of calls put right."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    # Emoticons, and "86" and the like: slang in writing, letters and numbers in speech.
    entries = SentimentIntensityAnalyzer().lexicon.items()
    known = {word: float(value) for word, value in entries if sum(map(str.isalpha, word)) >= _MIN_LETTERS}
    return known | read_lexicon("en").words
