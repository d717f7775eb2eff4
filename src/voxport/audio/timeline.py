"""One clock for the whole recording: where each decoded frame belongs, and how much silence stands before it."""

from __future__ import annotations

from fractions import Fraction

FORWARD_TOLERANCE_S = Fraction(50, 1000)
"""Containers round their timestamps; less than this is no gap."""
BACKWARD_JUMP_S = Fraction(1)
"""Timestamps that lag by less are jitter and will be caught up with; by more, the clock was set back."""
_END_SLACK_S = Fraction(1)


class Timeline:
    """Follows the timestamps of the frames and what has been written so far, in exact fractions of a second.

    `start_s` is the timestamp at which the recording begins, in all of its streams: sound that starts after the
    picture keeps its delay. A hole up to `max_gap_s` that ends within the length that the container claims is silence
    (a recorder that saves nothing while nobody talks); any other jump is a clock that was set again, and is closed.
    """

    def __init__(self, start_s: Fraction, claimed_s: Fraction | None, max_gap_s: float) -> None:
        self._offset_s = start_s
        self._claimed_s = claimed_s
        self._max_gap_s = Fraction(max_gap_s)
        self._position_s = Fraction(0)

    @property
    def position_s(self) -> Fraction:
        """The end of what has been placed."""
        return self._position_s

    def place(self, time_s: Fraction | None, samples: int, rate_hz: int) -> int:
        """Takes `samples` that carry the timestamp `time_s`; returns the samples of silence before them."""
        gap = 0 if time_s is None else round(self._gap_s(time_s) * rate_hz)
        self._position_s += Fraction(gap + samples, rate_hz)
        return gap

    def _gap_s(self, time_s: Fraction) -> Fraction:
        gap_s = time_s - self._offset_s - self._position_s
        if -BACKWARD_JUMP_S <= gap_s <= FORWARD_TOLERANCE_S:
            return Fraction(0)
        if gap_s < 0 or gap_s > self._max_gap_s or self._ends_past_claim(gap_s):
            self._offset_s += gap_s
            return Fraction(0)
        return gap_s

    def _ends_past_claim(self, gap_s: Fraction) -> bool:
        return self._claimed_s is not None and self._position_s + gap_s > self._claimed_s + _END_SLACK_S
