"""Threads for stages: minutes or hours long, so never out of the pool that everybody's short calls share."""

from __future__ import annotations

import asyncio
import contextvars
import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def in_own_thread(work: Callable[[], T], *, name: str) -> asyncio.Future[T]:
    """Runs `work` in a thread of its own; the future has what it returns or raises.

    The pool behind `asyncio.to_thread` has six threads on a machine with two cores: four calls being recognised and two
    being decoded would hold them all, and deliveries would wait for hours. A daemon thread, besides, cannot keep a
    worker from ending when it has hung.
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()

    def settle(result: T | None, error: BaseException | None) -> None:
        if future.cancelled():
            return
        if error is None:
            future.set_result(result)  # type: ignore[arg-type]
        elif isinstance(error, StopIteration):
            future.set_exception(RuntimeError("a stage raised StopIteration"))
        else:
            future.set_exception(error)

    def run() -> None:
        result: T | None = None
        failure: BaseException | None = None
        try:
            result = work()
        except BaseException as error:  # noqa: BLE001 - whatever it is, it is the future's
            failure = error
        if not loop.is_closed():
            loop.call_soon_threadsafe(settle, result, failure)

    context = contextvars.copy_context()
    threading.Thread(target=context.run, args=(run,), name=name, daemon=True).start()
    return future
