"""Trying again: pauses that grow, each a little different, and longer where the server asks for it."""

from __future__ import annotations

import random
from collections.abc import Sequence

from tenacity import AsyncRetrying, retry_if_exception_type

from voxport.cli.export.platform import TryLater
from voxport.cli.retry import retrying

PAUSES_S = (0.5, 1, 2, 4, 8, 15, 30, 60)
"""Two minutes in all: a server that is started again is back by then."""
_JITTER = 0.25


def while_unavailable(pauses_s: Sequence[float]) -> AsyncRetrying:
    """Calls again what raises TryLater. Raises what the call raises, TryLater after the last pause only."""
    return retrying(pauses_s, retry_if_exception_type(TryLater), _lengthened)


def _lengthened(pause_s: float, fault: BaseException) -> float:
    """Never shorter than the server asks."""
    spread_s = pause_s * (1 + random.uniform(-_JITTER, _JITTER))  # noqa: S311 - spreads load, guards nothing
    asked_s = fault.retry_after_s if isinstance(fault, TryLater) else None
    return max(spread_s, asked_s or 0.0)
