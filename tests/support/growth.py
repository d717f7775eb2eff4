"""How work grows with its input: the shape of a function's cost, never the clock of a machine."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

_MOST_GROWTH = 9.0
"""Four times the input: linear work takes 4 times as long, n log n a little more, quadratic 16 times."""
_ATTEMPTS = 3
_LEAST_S = 0.002
"""What is shorter cannot be measured."""


def assert_grows_linearly(prepare: Callable[[int], Callable[[], object]], size: int) -> None:
    """`prepare(n)` gives the work on an input of size n; four times `size` must not take much more than four times."""
    small_work, large_work = prepare(size), prepare(4 * size)
    small = min(_seconds(small_work) for _ in range(_ATTEMPTS))
    bound = _MOST_GROWTH * max(small, _LEAST_S)
    # Something else may have taken the time of one attempt; what was once done in time need not be done again.
    taken: list[float] = []
    while not taken or (taken[-1] >= bound and len(taken) < _ATTEMPTS):
        taken.append(_seconds(large_work))
    assert taken[-1] < bound, f"{small * 1000:.1f} ms became {min(taken) * 1000:.1f} ms"


def _seconds(work: Callable[[], object]) -> float:
    """Processor time of this thread alone: servers of other tests run beside it, with objects to collect."""
    collects = gc.isenabled()
    gc.disable()
    try:
        began = time.thread_time()
        work()
        return time.thread_time() - began
    finally:
        if collects:
            gc.enable()
