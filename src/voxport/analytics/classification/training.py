"""Learns a classifier from labelled calls, and how well it does with calls that it has not seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from voxport.analytics.classification.features import Features
from voxport.analytics.classification.model import TextClassifier
from voxport.core.classifiers import HeldOutScore

FOLDS = 5
MAX_CALLS = 5_000
MIN_CALLS_A_CLASS = 10
"""Fewer say nothing: each fold must hold two at least."""
_LEAST_CALLS_WITH_A_WORD = 2
_PENALTY = 1e-3
"""Of the squares of all weights."""
_STEPS = 100
_RATE = 0.3
_DECAY_1, _DECAY_2 = 0.9, 0.99

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class LabelledCall:
    """A call whose class a person has said."""

    features: Features
    label: int
    """Index of its class."""
    order: str
    """Decides which fold it falls into, the same at every training: something that is of this call alone."""


@dataclass(frozen=True, slots=True)
class Trained:
    """What training gives."""

    model: TextClassifier
    """Of all calls."""
    score: HeldOutScore
    """Of models that were trained with four fifths of them, about the fifth that each had not seen."""
    confusion: Whole
    """How often a call of class (row) was given class (column), by those models."""


def train(calls: Sequence[LabelledCall], classes: int, progress: Callable[[int], None] = lambda _: None) -> Trained:
    """The same calls give the same model. `progress` is told how many of `FOLDS` + 1 models there are."""
    folds = _folds(calls)
    confusion = np.zeros((classes, classes), np.int64)
    for fold in range(FOLDS):
        model = _fit([call for call, at in zip(calls, folds, strict=True) if at != fold], classes)
        for call, at in zip(calls, folds, strict=True):
            if at == fold:
                confusion[call.label, int(model.probabilities(call.features).argmax())] += 1
        progress(fold + 1)
    model = _fit(calls, classes)
    progress(FOLDS + 1)
    return Trained(model, _score(confusion), confusion)


def class_scores(confusion: Whole) -> list[tuple[float, float]]:
    """Precision and recall of each class, 0 to 1."""
    right = np.diag(confusion)
    precision = right / np.maximum(confusion.sum(axis=0), 1)
    recall = right / np.maximum(confusion.sum(axis=1), 1)
    return list(zip(precision.tolist(), recall.tolist(), strict=True))


def _folds(calls: Sequence[LabelledCall]) -> list[int]:
    """The calls of each class dealt out in turn."""
    folds = [0] * len(calls)
    dealt: dict[int, int] = {}
    for place in sorted(range(len(calls)), key=lambda at: calls[at].order):
        label = calls[place].label
        folds[place] = dealt.get(label, 0) % FOLDS
        dealt[label] = dealt.get(label, 0) + 1
    return folds


def _score(confusion: Whole) -> HeldOutScore:
    total = confusion.sum()
    f1 = [2 * p * r / (p + r) if p + r else 0.0 for p, r in class_scores(confusion)]
    return HeldOutScore(
        accuracy=float(np.trace(confusion) / total),
        macro_f1=float(np.mean(f1)),
        baseline=float(confusion.sum(axis=1).max() / total),
    )


def _fit(calls: Sequence[LabelledCall], classes: int) -> TextClassifier:
    """Full-batch Adam on the cross-entropy, in which every class weighs alike."""
    rows, columns, said, buckets = _matrix(calls)
    # What few calls have says more of them; the factor goes into the weights in the end.
    rarity = 1 + np.log(len(calls) / np.maximum(np.bincount(columns, minlength=len(buckets)), 1))
    values = said * rarity[columns]
    labels = np.array([call.label for call in calls], np.int64)
    target = np.eye(classes)[labels]
    share = len(calls) / (classes * np.maximum(np.bincount(labels, minlength=classes), 1))
    importance = (share[labels] / len(calls))[:, None]
    weights, bias = np.zeros((len(buckets), classes)), np.zeros(classes)
    optimiser = _Adam([weights, bias])
    for _ in range(_STEPS):
        scores = _times(rows, values, weights[columns], len(calls)) + bias
        grown = np.exp(scores - scores.max(axis=1, keepdims=True))
        error = (grown / grown.sum(axis=1, keepdims=True) - target) * importance
        slopes = _times(columns, values, error[rows], len(buckets)) + _PENALTY * weights
        optimiser.step([slopes, error.sum(axis=0)])
    return TextClassifier(buckets, (weights * rarity[:, None]).astype(np.float32), bias.astype(np.float32))


def _matrix(calls: Sequence[LabelledCall]) -> tuple[Whole, Whole, Floats, Whole]:
    """Row, column and value of each feature, and the bucket of each column; what one call alone has is left out."""
    rows = np.repeat(np.arange(len(calls)), [len(call.features.buckets) for call in calls])
    found = np.concatenate([call.features.buckets for call in calls]) if calls else np.empty(0, np.int64)
    values = np.concatenate([call.features.values for call in calls]) if calls else np.empty(0)
    buckets, columns, times = np.unique(found, return_inverse=True, return_counts=True)
    common = times >= _LEAST_CALLS_WITH_A_WORD
    kept = common[columns]
    renumbered = np.cumsum(common) - 1
    return rows[kept], renumbered[columns[kept]], values[kept], buckets[common]


def _times(into: Whole, values: Floats, factors: Floats, length: int) -> Floats:
    """Sums of `values` times `factors`, row by row, gathered at `into`."""
    columns = [np.bincount(into, values * factors[:, one], minlength=length) for one in range(factors.shape[1])]
    return np.stack(columns, axis=1)


class _Adam:
    """Changes the arrays it is given in place (Kingma and Ba, 2015)."""

    def __init__(self, arrays: list[Floats]) -> None:
        self._arrays, self._taken = arrays, 0
        self._means = [np.zeros_like(one) for one in arrays]
        self._squares = [np.zeros_like(one) for one in arrays]

    def step(self, slopes: list[Floats]) -> None:
        self._taken += 1
        for array, mean, square, slope in zip(self._arrays, self._means, self._squares, slopes, strict=True):
            mean += (1 - _DECAY_1) * (slope - mean)
            square += (1 - _DECAY_2) * (slope * slope - square)
            steady = np.sqrt(square / (1 - _DECAY_2**self._taken)) + 1e-9
            array -= _RATE * (mean / (1 - _DECAY_1**self._taken)) / steady
