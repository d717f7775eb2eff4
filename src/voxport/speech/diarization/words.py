"""Which words are whose: by the stretches that they lie in, and by where somebody else may begin to speak.

Times of words and of stretches both lean by a tenth of a second. So the whole run of words is decided at once (the best
path over all speakers): to change the speaker costs, most of all inside a clause, hardly anything at a pause.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from voxport.core.transcript import Word, WordKind
from voxport.speech.diarization.clustering import Vectors
from voxport.speech.diarization.diarizer import SpokenStretch
from voxport.speech.diarization.options import WordOptions

_ENDS = frozenset(".?!")
_LEAST_CHANGE = 0.1
"""What of its cost a change keeps at a long pause."""
_BESIDE = 0.3
"""What a word at the edge of a stretch, outside of it, counts for its speaker."""
_UNSURE = 0.5
"""How sure it is who says a word outside of all stretches of a speaker."""
_SHORT = 0.5
"""What a word counts that lies in a very short stretch."""


@dataclass(frozen=True, slots=True)
class GivenWord:
    """A word or mark, and who said it."""

    word: Word
    speaker: int
    confidence: float
    """How probably it was that speaker, 0 to 1."""


def give_words(words: Sequence[Word], stretches: Sequence[SpokenStretch], options: WordOptions) -> list[GivenWord]:
    """Each word to one of the speakers of the stretches (at least one); marks go with the word before them."""
    spoken = [word for word in words if word.kind is WordKind.WORD]
    if not spoken:
        return [GivenWord(word, 0, 0.0) for word in words]
    count = max(one.speaker for one in stretches) + 1
    support, sure = _support(spoken, stretches, count, options)
    speakers = _best_path(support, _costs(words, options))
    shares = (support + 1e-3) / (support + 1e-3).sum(axis=1, keepdims=True)
    given: list[GivenWord] = []
    place = -1
    for word in words:
        place += word.kind is WordKind.WORD
        at = max(place, 0)
        chosen = speakers[at]
        given.append(GivenWord(word, chosen, round(float(shares[at, chosen] * sure[at, chosen]), 3)))
    return given


def _support(
    words: Sequence[Word], stretches: Sequence[SpokenStretch], count: int, options: WordOptions
) -> tuple[Vectors, Vectors]:
    """For each word (rows) and speaker (columns) how much the one speaks for the other, and how sure his stretch is.

    1 is a word that is wholly in a long stretch of nobody else.
    """
    starts = np.array([one.start_ms for one in stretches], np.float64)
    ends = np.array([one.end_ms for one in stretches], np.float64)
    speakers = np.array([one.speaker for one in stretches])
    certain = np.array([one.confidence for one in stretches])
    weights = certain * (_SHORT + (1 - _SHORT) * np.minimum(1.0, (ends - starts) / options.sure_ms))
    furthest = float((ends - starts).max()) + options.reach_ms
    support = np.zeros((len(words), count))
    sure = np.full((len(words), count), _UNSURE)
    for row, word in enumerate(words):
        begin, end = float(word.start_ms), float(max(word.end_ms, word.start_ms + 1))
        near = slice(np.searchsorted(starts, begin - furthest), np.searchsorted(starts, end + options.reach_ms))
        shared = np.minimum(ends[near], end) - np.maximum(starts[near], begin)
        if shared.size == 0:
            continue
        if shared.max() > 0:
            inside = np.maximum(shared, 0.0) / (end - begin)
            np.add.at(support[row], speakers[near], inside * weights[near])
            np.maximum.at(sure[row], speakers[near], np.where(shared > 0, certain[near], _UNSURE))
        else:
            closest = int(shared.argmax())
            nearness = max(0.0, 1 + shared[closest] / options.reach_ms)
            support[row, speakers[near][closest]] += _BESIDE * nearness
    return support, sure


def _costs(words: Sequence[Word], options: WordOptions) -> list[float]:
    """What it costs to change the speaker behind each spoken word but the last."""
    costs: list[float] = []
    before: Word | None = None
    mark = ""
    for word in words:
        if word.kind is not WordKind.WORD:
            mark = word.text
            continue
        if before is not None:
            cost = options.within_cost
            if mark:
                cost = options.sentence_cost if mark in _ENDS else options.comma_cost
            pause = max(0, word.start_ms - before.end_ms) / options.pause_ms
            costs.append(cost * max(_LEAST_CHANGE, 1 - pause))
        before, mark = word, ""
    return costs


def _best_path(support: Vectors, costs: Sequence[float]) -> list[int]:
    best = support[0].copy()
    steps: list[list[int]] = []
    for row, cost in zip(support[1:], costs, strict=True):
        leader = int(best.argmax())
        changed = float(best[leader]) - cost
        steps.append([speaker if best[speaker] >= changed else leader for speaker in range(best.shape[0])])
        best = np.maximum(best, changed) + row
    path = [int(best.argmax())]
    for step in reversed(steps):
        path.append(step[path[-1]])
    return path[::-1]
