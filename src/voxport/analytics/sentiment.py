"""Sentiment of sentences and turns, from -1 (bad) to 1 (good), for English and Spanish.

English: a model that was trained on sentences of calls (`sentiment_model.py`). Spanish: a lexicon of our own, counted
with negation and degree.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from voxport.analytics.call_text import HIDDEN, CallText, Sentence
from voxport.analytics.sentiment_lexicon import SentimentLexicon, read_lexicon
from voxport.analytics.sentiment_model import english_sentiment
from voxport.core.findings import SentimentValue, SpeakerSentiments
from voxport.language.numbers.lexicon import plain

LANGUAGES = frozenset({"en", "es"})
_EVEN = 15.0
"""A sum of valences s becomes s / sqrt(s^2 + 15), as in VADER."""
_NEUTRAL = 0.05
"""A value nearer to 0 says nothing."""
_NEGATED = -0.74
"""The factor for what is negated, as in VADER."""
_REACH_WORDS = 3
"""How many words before a word negate or strengthen it, as in VADER."""
_LONGEST_MS = 20_000
"""A longer turn has a value for each stretch of sentences of about this length: a mono call is often one turn."""


@dataclass(frozen=True, slots=True)
class SentenceScore:
    """How a sentence sounds."""

    sentence: Sentence
    value: float
    """From -1 to 1; 0.0 where it says nothing."""


def sentence_scores(call: CallText) -> tuple[SentenceScore, ...]:
    """Every sentence with words in it, in the order of the transcript; none in a language without a lexicon."""
    if call.language not in LANGUAGES:
        return ()
    return tuple(
        SentenceScore(sentence, _score(sentence, call.language)) for sentence in call.sentences if sentence.word_count
    )


def find_sentiments(call: CallText) -> tuple[SpeakerSentiments, ...]:
    """For each speaker, in order of first speech, a value for each turn, for each stretch of a long one.

    A turn is worth the mean of its sentences that say something, by their words; 0.0 when none does.
    """
    values: dict[tuple[int, str | None], list[SentimentValue]] = defaultdict(list)
    for index, scores in groupby(sentence_scores(call), key=lambda score: score.sentence.turn):
        turn = call.turns[index]
        stretches = list(_stretches(list(scores)))
        last = len(turn.words) - 1
        begins = [0, *(stretch[0].sentence.first for stretch in stretches[1:])]
        for stretch, first, end in zip(stretches, begins, [*(at - 1 for at in begins[1:]), last], strict=True):
            values[turn.channel, turn.speaker].append(SentimentValue(turn.span(first, end), _mean(stretch)))
    return tuple(SpeakerSentiments(speaker, tuple(found)) for (_, speaker), found in values.items())


def _stretches(scores: list[SentenceScore]) -> Iterator[list[SentenceScore]]:
    """The sentences of a turn, together as long as they last no longer than a value may stand for."""
    stretch: list[SentenceScore] = []
    for score in scores:
        if stretch and score.sentence.span.end_ms - stretch[0].sentence.span.start_ms > _LONGEST_MS:
            yield stretch
            stretch = []
        stretch.append(score)
    if stretch:
        yield stretch


def _mean(scores: list[SentenceScore]) -> float:
    telling = [(one.value, one.sentence.word_count) for one in scores if abs(one.value) >= _NEUTRAL]
    weight = sum(words for _, words in telling)
    return round(sum(value * words for value, words in telling) / weight, 4) if weight else 0.0


def _score(sentence: Sentence, language: str) -> float:
    text = sentence.text.replace(HIDDEN, " ")
    return english_sentiment(text) if language == "en" else _spanish(text)


def _spanish(text: str) -> float:
    own = read_lexicon("es")
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
    # "No tengo ninguna queja": two negations are one in Spanish.
    weight = _NEGATED if own.negations.intersection(before) else 1.0
    for word in before:
        weight *= own.degrees.get(word, 1.0)
    return weight
