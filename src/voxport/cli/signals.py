"""A start may be stopped at any moment without tearing anything: it is asked to by a signal, and looks when it can."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Iterator

ENDING_SIGNALS = (signal.SIGTERM, signal.SIGINT)


@contextlib.contextmanager
def held_signals() -> Iterator[None]:
    """Keeps SIGTERM and SIGINT back until `stop_on_signals`: an embedded database is not left behind half started."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING_SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def is_asked_to_stop() -> bool:
    """Whether one was kept back."""
    return not signal.sigpending().isdisjoint(ENDING_SIGNALS)


def stop_on_signals(stop: asyncio.Event) -> None:
    """From now on, and for what `held_signals` has kept back."""
    loop = asyncio.get_running_loop()
    for number in ENDING_SIGNALS:
        loop.add_signal_handler(number, stop.set)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING_SIGNALS)
