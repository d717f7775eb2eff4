"""An answer within a time, or a fault: for what hangs, and may hang again when it is asked to stop."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from voxport.core.errors import TransientFault

T = TypeVar("T")


async def answer_within(limit_s: float | None, work: Coroutine[Any, Any, T], called: str) -> T:
    """What `work` returns; raises TransientFault when `limit_s` is over. None: it may take any time.

    The driver of a database that hangs waits for it even when it is cancelled, so what is late is asked to stop and
    left to itself: `asyncio.timeout` would wait with it.
    """
    if limit_s is None:
        return await work
    running = asyncio.ensure_future(work)
    try:
        done, _ = await asyncio.wait([running], timeout=limit_s)
    except asyncio.CancelledError:
        _leave(running)
        raise
    if not done:
        _leave(running)
        raise TransientFault(f"{called} does not answer (not within {limit_s:g} s).")
    return running.result()


def _leave(running: asyncio.Future[Any]) -> None:
    running.cancel()
    running.add_done_callback(lambda ended: ended.cancelled() or ended.exception())
