"""Which stretch of voice each word of a segment was said in.

The alignment follows the order of the words, but leans: a word begins at the end of the one before, over the pause in
between, and where the text does not fit the sound, words lie in silence beside a voice without words. Here words are
assigned to stretches in order, at the least cost, by dynamic programming.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from voxport.core.transcript import Span
from voxport.speech.options import WordTimingOptions

Costs = npt.NDArray[np.float64]


def assign_words(
    words: Sequence[Span], whole: Sequence[bool], stretches: Sequence[Span], options: WordTimingOptions
) -> list[int]:
    """For each word the index of its stretch, never falling.

    `words` are the times of the alignment, on one clock with `stretches`, which are in order and at least one.
    `whole[i]` says that word i is the rest of the word before it: parting them costs.
    """
    if len(stretches) == 1 or not words:
        return [0] * len(words)
    costs = _costs(words, stretches, options)
    unsaid = np.concatenate([[0.0], np.cumsum([_unsaid_cost(stretch, options) for stretch in stretches])])
    best = costs[0] + unsaid[:-1]
    chosen: list[npt.NDArray[np.int64]] = []
    for index in range(1, len(words)):
        before, came_from = _cheapest_before(best, unsaid, options.parting_ms if whole[index] else 0)
        chosen.append(came_from)
        best = costs[index] + before
    last = int(np.argmin(best - unsaid[1:]))
    path = [last]
    for came_from in reversed(chosen):
        path.append(int(came_from[path[-1]]))
    return path[::-1]


def _costs(words: Sequence[Span], stretches: Sequence[Span], options: WordTimingOptions) -> Costs:
    """Cost of each word (rows) in each stretch (columns), in ms of voice that its aligned time would be moved over."""
    begin = np.array([word.start_ms for word in words], np.float64)[:, None]
    finish = np.array([max(word.start_ms, word.end_ms) for word in words], np.float64)[:, None]
    first = np.array([stretch.start_ms - options.late_voice_ms for stretch in stretches], np.float64)[None, :]
    last = np.array([stretch.end_ms for stretch in stretches], np.float64)[None, :]
    edges = [edge for stretch in stretches for edge in (stretch.start_ms, stretch.end_ms)]
    lengths = [length for stretch in stretches for length in (stretch.end_ms - stretch.start_ms, 0)]
    heard = np.concatenate([[0.0], np.cumsum(lengths)[:-1]])

    def voiced(from_ms: Costs, to_ms: Costs) -> Costs:
        return np.asarray(np.interp(to_ms, edges, heard) - np.interp(from_ms, edges, heard), np.float64)

    earlier = voiced(np.minimum(begin, first), np.minimum(finish, first))
    later = voiced(np.maximum(begin, last), np.maximum(finish, last))
    apart = np.maximum(0.0, first - finish) + np.maximum(0.0, begin - last)
    # A word of no length was put somewhere: its place says little.
    apart_costs = np.where(finish > begin, options.apart_cost, options.lengthless_apart_cost)
    return np.asarray(options.lean_cost * earlier + later + apart_costs * apart, np.float64)


def _unsaid_cost(stretch: Span, options: WordTimingOptions) -> float:
    """A stretch of voice in which no word was said; short ones may be breaths."""
    return options.unsaid_cost * min(stretch.end_ms - stretch.start_ms, options.max_unsaid_ms)


def _cheapest_before(best: Costs, unsaid: Costs, parting: int) -> tuple[Costs, npt.NDArray[np.int64]]:
    """For each stretch, the least cost of the word before in it or an earlier one, and which that was."""
    relative = best - unsaid[1:]
    lowest = np.minimum.accumulate(relative)
    places = np.arange(best.shape[0])
    at = np.maximum.accumulate(np.where(relative <= lowest, places, 0))
    cost = np.full(best.shape[0], np.inf)
    cost[1:] = lowest[:-1] + unsaid[1:-1] + parting
    stays = best <= cost
    came_from = np.where(stays, places, np.concatenate([[0], at[:-1]]))
    return np.minimum(best, cost), came_from.astype(np.int64)
