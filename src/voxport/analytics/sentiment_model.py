"""How an English sentence sounds, by a model that was trained on sentences of calls (`benchmarks/train_sentiment.py`).

A multinomial logistic regression: each feature of the sentence has a weight for bad and one for good, both above that
for neither (`lists/sentiment-model-en.json`, in hundredths).
"""

from __future__ import annotations

import json
from functools import cache
from math import exp

from voxport.analytics.sentiment_features import features_of
from voxport.analytics.sentiment_lexicon import english_lexicon
from voxport.analytics.word_lists import list_text

_HUNDREDTHS = 100
_MOST_DOUBT = 0.4
"""Where the opposite is more likely than this share of what is likeliest, nothing is said."""
_LEAST = 0.25
"""The least that a sentence is worth that is not plain."""


def english_sentiment(sentence: str) -> float:
    """From -1 (bad) to 1 (good); 0.0 where it says nothing or too much of both."""
    bad, good = _chances(sentence)
    plain = 1 - bad - good
    if plain >= max(bad, good) or min(bad, good) > _MOST_DOUBT * max(bad, good):
        return 0.0
    size = max(_LEAST, abs(good - bad))
    return round(size if good > bad else -size, 4)


def _chances(sentence: str) -> tuple[float, float]:
    """Of bad and of good, from 0 to 1."""
    weights = _weights()
    found = [known for feature in features_of(sentence, english_lexicon()) if (known := weights.get(feature))]
    # As in training, every feature weighs the same and the sum of their squares is 1.
    share = max(1, len(found)) ** -0.5 / _HUNDREDTHS
    constant = weights[""]
    bad = exp(constant[0] / _HUNDREDTHS + share * sum(weight[0] for weight in found))
    good = exp(constant[1] / _HUNDREDTHS + share * sum(weight[1] for weight in found))
    return bad / (1 + bad + good), good / (1 + bad + good)


@cache
def _weights() -> dict[str, tuple[int, int]]:
    weights: dict[str, tuple[int, int]] = json.loads(list_text("sentiment-model-en"))
    return weights
