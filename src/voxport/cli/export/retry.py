"""Trying again: pauses that grow, each a little different, and longer where the server asks for it."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import TypeVar

from voxport.cli.export.platform import TryLater

PAUSES_S = (0.5, 1, 2, 4, 8, 15, 30, 60)
"""Two minutes in all: a server that is started again is back by then."""
_JITTER = 0.25

T = TypeVar("T")


async def pause(seconds: float, fault: TryLater) -> None:
    """Before the next try; never shorter than the server asks."""
    spread_s = seconds * (1 + random.uniform(-_JITTER, _JITTER))  # noqa: S311 - spreads load, guards nothing
    await asyncio.sleep(max(spread_s, fault.retry_after_s or 0))


async def patiently(ask: Callable[[], Awaitable[T]], pauses_s: tuple[float, ...] = PAUSES_S) -> T:
    """For questions, which can be asked twice. Raises what `ask` raises, TryLater after the last pause only."""
    for seconds in pauses_s:
        try:
            return await ask()
        except TryLater as fault:
            await pause(seconds, fault)
    return await ask()
