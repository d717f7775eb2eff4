"""Cuts the voice of a channel into the pieces that go through the model, each in a window of its own size.

Cuts lie in pauses; pieces are never joined. Which pauses are cut is a weighing: long windows cost time, a cut inside a
sentence costs words, and what two people say in answer to each other belongs in pieces of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from voxport.core.transcript import Span
from voxport.speech.levels import FRAME_MS, Levels


@dataclass(frozen=True, slots=True)
class PieceOptions:
    """`window_costs` are (window in ms, cost in tenths of a second of two cores, measured for the model base)."""

    window_costs: tuple[tuple[int, float], ...] = (
        (10000, 1.3),
        (15000, 2.0),
        (20000, 3.2),
        (30000, 6.0),
    )
    longest_ms: int = 28000
    pad_ms: int = 350
    room_ms: int = 1000
    short_pause_ms: int = 250
    long_pause_ms: int = 1000
    cut_cost: float = 10.0
    join_cost: float = 1.5
    answer_cost: float = 6.0

    def window_ms(self, length_ms: int) -> int:
        """The smallest window that holds a piece and leaves some room behind it."""
        for window_ms, _ in self.window_costs:
            if length_ms + self.room_ms <= window_ms:
                return window_ms
        return self.window_costs[-1][0]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one channel for one window. Voice lies in [voice_start_ms, voice_end_ms); the rest is padding."""

    channel: int
    start_ms: int
    end_ms: int
    voice_start_ms: int
    voice_end_ms: int

    @property
    def length_ms(self) -> int:
        return self.end_ms - self.start_ms


def cut(
    channel: int,
    spans: Sequence[Span],
    others: Sequence[Span],
    levels: Levels,
    length_ms: int,
    options: PieceOptions,
) -> list[Piece]:
    """Pieces of a channel in order, each at most `longest_ms` and its padding.

    `others` are the voices of all other channels, in order of start: where they answer inside a pause, it is cut.
    """
    parts = [part for span in spans for part in _shorten(span, levels, options.longest_ms)]
    groups = _group(parts, others, options)
    pieces: list[Piece] = []
    for number, (first, last) in enumerate(groups):
        start_ms, end_ms = parts[first].start_ms, parts[last].end_ms
        before = parts[groups[number - 1][1]].end_ms if number else 0
        after = parts[groups[number + 1][0]].start_ms if number + 1 < len(groups) else length_ms
        pieces.append(
            Piece(
                channel,
                max(start_ms - options.pad_ms, (before + start_ms) // 2 if number else 0, 0),
                min(end_ms + options.pad_ms, (end_ms + after) // 2 if number + 1 < len(groups) else length_ms),
                start_ms,
                end_ms,
            )
        )
    return pieces


def _shorten(span: Span, levels: Levels, longest_ms: int) -> list[Span]:
    """A span without pauses that is too long is halved at its quietest place near the middle."""
    length_ms = span.end_ms - span.start_ms
    if length_ms <= longest_ms:
        return [span]
    from_ms, to_ms = span.start_ms + length_ms * 3 // 10, span.start_ms + length_ms * 7 // 10
    energy = levels.between(from_ms, to_ms)
    if energy.size < 20:
        middle_ms = (from_ms + to_ms) // 2
    else:
        smooth = np.convolve(energy, np.full(15, 1 / 15, np.float32), mode="same")
        smooth[:8] = smooth[-8:] = np.inf
        middle_ms = from_ms + int(np.argmin(smooth)) * FRAME_MS
    return [
        *_shorten(Span(span.start_ms, middle_ms), levels, longest_ms),
        *_shorten(Span(middle_ms, span.end_ms), levels, longest_ms),
    ]


def _group(parts: Sequence[Span], others: Sequence[Span], options: PieceOptions) -> list[tuple[int, int]]:
    """Cheapest grouping of consecutive parts, by dynamic programming: (first, last) of each piece."""
    cuts = [_cut_cost(parts[i].start_ms - parts[i - 1].end_ms, options) if i else 0.0 for i in range(len(parts))]
    joins = _join_costs(parts, others, options)
    best: list[float] = [0.0]
    chosen: list[int] = [0]
    for last in range(len(parts)):
        cheapest, start, joined = float("inf"), last, 0.0
        for first in range(last, -1, -1):
            length_ms = parts[last].end_ms - parts[first].start_ms
            if first < last:
                joined += joins[first + 1]
                if length_ms > options.longest_ms:
                    break
            cost = best[first] + cuts[first] + joined + _window_cost(length_ms + 2 * options.pad_ms, options)
            if cost < cheapest:
                cheapest, start = cost, first
        best.append(cheapest)
        chosen.append(start)
    groups: list[tuple[int, int]] = []
    last = len(parts) - 1
    while last >= 0:
        groups.append((chosen[last + 1], last))
        last = chosen[last + 1] - 1
    return groups[::-1]


def _window_cost(length_ms: int, options: PieceOptions) -> float:
    window_ms = options.window_ms(length_ms)
    return next(cost for size_ms, cost in options.window_costs if size_ms == window_ms)


def _cut_cost(pause_ms: int, options: PieceOptions) -> float:
    """Nothing in a long pause; the whole price in a short one, where a sentence is likely torn."""
    reach = options.long_pause_ms - options.short_pause_ms
    share = (options.long_pause_ms - pause_ms) / reach
    return options.cut_cost * min(1.0, max(0.0, share))


def _join_costs(parts: Sequence[Span], others: Sequence[Span], options: PieceOptions) -> list[float]:
    """`costs[i]`: price of keeping the pause before part i inside a piece."""
    costs = [0.0] * len(parts)
    first_other = 0
    for i in range(1, len(parts)):
        pause = Span(parts[i - 1].end_ms, parts[i].start_ms)
        pause_ms = pause.end_ms - pause.start_ms
        while first_other < len(others) and others[first_other].end_ms <= pause.start_ms - 30_000:
            first_other += 1
        heard_ms = _shared_ms(pause, others, first_other)
        costs[i] = options.join_cost * max(0, pause_ms - options.long_pause_ms) / 1000
        if heard_ms > 300 and heard_ms > 0.3 * pause_ms:
            costs[i] += options.answer_cost
    return costs


def _shared_ms(pause: Span, others: Sequence[Span], first: int) -> int:
    total_ms = 0
    for other in others[first:]:
        if other.start_ms >= pause.end_ms:
            break
        total_ms += max(0, min(other.end_ms, pause.end_ms) - max(other.start_ms, pause.start_ms))
    return total_ms
