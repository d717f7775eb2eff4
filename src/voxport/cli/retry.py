"""The one way in which commands try again: an attempt, and one more after each of a list of pauses."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tenacity import AsyncRetrying, RetryCallState, stop_after_attempt
from tenacity.retry import retry_base


def retrying(
    pauses_s: Sequence[float],
    again: retry_base,
    lengthen: Callable[[float, BaseException], float] = lambda pause_s, _: pause_s,
) -> AsyncRetrying:
    """Calls a coroutine function until it succeeds, fails with what `again` does not take, or the pauses are used up.

    What the last attempt raises is raised. `lengthen` makes the pause that is kept of the planned one and the fault.
    """

    def wait_s(state: RetryCallState) -> float:
        fault = state.outcome.exception() if state.outcome is not None else None
        if fault is None or state.attempt_number > len(pauses_s):
            return 0.0
        return lengthen(pauses_s[state.attempt_number - 1], fault)

    return AsyncRetrying(stop=stop_after_attempt(len(pauses_s) + 1), wait=wait_s, retry=again, reraise=True)
