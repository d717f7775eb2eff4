"""Trains the sentiment of English sentences and writes `analytics/lists/sentiment-model-en.json`.

python -m benchmarks.train_sentiment            # writes the model
python -m benchmarks.train_sentiment --only-try # five parts of the sentences, each judged by a model of the others

A multinomial logistic regression over the features of `analytics.sentiment_features`, on sentences written for it by
hand (`meaning/training`); none of them is a case of `meaning/sentiment.tsv`. The same sentences give the same file.
"""

from __future__ import annotations

import argparse
import itertools
import json
import re
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

import voxport.analytics
from benchmarks.meaning_cases import FOLDER, cases
from voxport.analytics.sentiment_features import features_of
from voxport.analytics.sentiment_lexicon import english_lexicon

CLASSES = ("negative", "neutral", "positive")
MODEL = Path(voxport.analytics.__file__).parent / "lists" / "sentiment-model-en.json"
_LEAST = 3
"""A feature of fewer sentences says nothing of others."""
_DECAY = 0.2
_ROUNDS = 300
_RATE = 0.1
_SMALLEST = 0.03
"""A weight below it is left out."""
_PARTS = 5
_MOST_OF_PATTERN = 14
"""A pattern says one thing, however many sentences it stands for."""

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Rows:
    """Sentences as sparse rows: the features of row i are `index[begin[i]:begin[i + 1]]`, each of weight `share`."""

    index: npt.NDArray[np.int64]
    begin: npt.NDArray[np.int64]
    share: Floats

    def times(self, weights: Floats) -> Floats:
        return np.add.reduceat(weights[self.index] * self.share[:, None], self.begin[:-1], axis=0)

    def turned(self, errors: Floats, width: int) -> Floats:
        """The product of the transposed rows with `errors`."""
        spread = np.repeat(errors, np.diff(self.begin), axis=0) * self.share[:, None]
        columns = [np.bincount(self.index, spread[:, column], width) for column in range(spread.shape[1])]
        return np.stack(columns, axis=1).astype(np.float32)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--only-try", action="store_true")
    sentences, classes = read_sentences()
    features = [features_of(sentence, english_lexicon()) for sentence in sentences]
    if parser.parse_args().only_try:
        print(f"right in {_PARTS} parts: {tried(sentences, features, classes):.3f}")
        return
    names, weights = train(features, classes)
    write(names, weights)
    print(f"{len(sentences)} sentences, {len(names)} features, {MODEL.stat().st_size} bytes")


def read_sentences() -> tuple[list[str], npt.NDArray[np.int64]]:
    """The sentences and their classes, without those that are cases."""
    held = {_key(case.fields[1]) for case in cases("sentiment")}
    folder = FOLDER / "training"
    written = [(name, line) for name in CLASSES for line in (folder / f"{name}.txt").read_text("utf-8").splitlines()]
    for line in (folder / "patterns.tsv").read_text("utf-8").splitlines():
        name, pattern = line.split("\t")
        written += [(name, sentence) for sentence in _expanded(pattern)]
    rows = [(sentence, CLASSES.index(name)) for name, sentence in written if sentence and _key(sentence) not in held]
    return [sentence for sentence, _ in rows], np.array([number for _, number in rows])


def _expanded(pattern: str) -> list[str]:
    """Some of the sentences that a pattern stands for, `{one|other}` either; which, its text decides."""
    parts = [part.split("|") for part in re.split(r"[{}]", pattern)]
    sentences = ["".join(chosen) for chosen in itertools.product(*parts)]
    return sorted(sentences, key=lambda sentence: zlib.crc32(sentence.encode()))[:_MOST_OF_PATTERN]


def _key(sentence: str) -> str:
    return sentence.lower().strip(" .?!")


def tried(sentences: Sequence[str], features: Sequence[set[str]], classes: npt.NDArray[np.int64]) -> float:
    """The share of sentences that a model of the others puts right."""
    part = np.array([zlib.crc32(sentence.encode()) % _PARTS for sentence in sentences])
    right = 0
    for number in range(_PARTS):
        others, own = np.flatnonzero(part != number).tolist(), np.flatnonzero(part == number).tolist()
        names, weights = train([features[at] for at in others], classes[others])
        rows = _rows([features[at] for at in own], {name: at for at, name in enumerate(names)})
        right += int((rows.times(weights).argmax(axis=1) == classes[own]).sum())
    return right / len(sentences)


def train(features: Sequence[set[str]], classes: npt.NDArray[np.int64]) -> tuple[list[str], Floats]:
    """The features that count, the last of them the constant, and their weights by class (Adam, weight decay)."""
    counts = Counter(feature for row in features for feature in row)
    names = [*sorted(feature for feature, count in counts.items() if count >= _LEAST), ""]
    rows = _rows(features, {name: at for at, name in enumerate(names)})
    truth = np.eye(len(CLASSES), dtype=np.float32)[classes]
    weights = np.zeros((len(names), len(CLASSES)), np.float32)
    mean: Floats = np.zeros_like(weights)
    spread: Floats = np.zeros_like(weights)
    decay = np.full((len(names), 1), _DECAY, np.float32)
    decay[-1] = 0
    for step in range(1, _ROUNDS + 1):
        gradient = (rows.turned(_chances(rows.times(weights)) - truth, len(names)) + decay * weights) / len(features)
        mean = np.asarray(0.9 * mean + 0.1 * gradient, np.float32)
        spread = np.asarray(0.999 * spread + 0.001 * gradient**2, np.float32)
        rate = _RATE if step < _ROUNDS * 2 // 3 else _RATE / 3
        weights -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.999**step)) + 1e-8)
    return names, weights


def _rows(features: Sequence[set[str]], places: dict[str, int]) -> Rows:
    known = [sorted(places[feature] for feature in row if feature in places) for row in features]
    index = [at for row in known for at in [*row, len(places) - 1]]
    share = [one for row in known for one in [*([max(1, len(row)) ** -0.5] * len(row)), 1.0]]
    begin = np.cumsum([0, *(len(row) + 1 for row in known)])
    return Rows(np.array(index), begin, np.array(share, np.float32))


def _chances(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)


def write(names: Sequence[str], weights: Floats) -> None:
    """Each feature with its weight for negative and for positive, both above that for neutral, in hundredths."""
    above = weights[:, [0, 2]] - weights[:, [1]]
    kept = {
        name: [round(100 * float(one)) for one in row]
        for name, row in zip(names, above, strict=True)
        if np.abs(row).max() >= _SMALLEST or not name
    }
    lines = ",\n".join(f"{json.dumps(name)}:{json.dumps(row, separators=(',', ':'))}" for name, row in kept.items())
    MODEL.write_text(f"{{\n{lines}\n}}\n", "utf-8")


if __name__ == "__main__":
    main()
