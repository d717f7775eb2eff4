"""How work grows with its input: the shape of a function's cost, never the clock of a machine."""

from __future__ import annotations

import time
from collections.abc import Callable

_MOST_GROWTH = 9.0
"""Four times the input: linear work takes 4 times as long, n log n a little more, quadratic 16 times."""
_ATTEMPTS = 3
_LEAST_S = 0.002
"""What is shorter cannot be measured."""


def assert_grows_linearly(prepare: Callable[[int], Callable[[], object]], size: int) -> None:
    """`prepare(n)` gives the work on an input of size n; four times `size` must not take much more than four times."""
    small, large = (_seconds(prepare(n)) for n in (size, 4 * size))
    assert large < _MOST_GROWTH * max(small, _LEAST_S), f"{small * 1000:.1f} ms became {large * 1000:.1f} ms"


def _seconds(work: Callable[[], object]) -> float:
    """Processor time, the shortest of a few attempts."""
    taken: list[float] = []
    for _ in range(_ATTEMPTS):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return min(taken)
