"""The start of `serve` and `worker`: stopped at any moment without tearing anything, and the wait for the database."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Iterator

import structlog

from voxport.app.resources import Resources, prepare_database
from voxport.core.errors import TransientFault

log = structlog.get_logger(__name__)

ENDING_SIGNALS = (signal.SIGTERM, signal.SIGINT)
_AGAIN_AFTER_S = 1.0


@contextlib.contextmanager
def held_signals() -> Iterator[None]:
    """Keeps SIGTERM and SIGINT back until `stop_on_signals`: an embedded database is not left behind half started."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING_SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def stop_on_signals(stop: asyncio.Event) -> None:
    """From now on, and for what `held_signals` has kept back."""
    loop = asyncio.get_running_loop()
    for number in ENDING_SIGNALS:
        loop.add_signal_handler(number, stop.set)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING_SIGNALS)


async def wait_for_database(resources: Resources, stop: asyncio.Event) -> None:
    """Returns when our tables are there, or when `stop` is set; says what it waits for.

    Raises Misconfigured for what no waiting mends.
    """
    stopping = asyncio.create_task(stop.wait())
    preparing = asyncio.create_task(_prepare(resources))
    await asyncio.wait([stopping, preparing], return_when=asyncio.FIRST_COMPLETED)
    for task in (stopping, preparing):
        task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await preparing


async def _prepare(resources: Resources) -> None:
    while True:
        try:
            await prepare_database(resources)
        except TransientFault as error:
            log.warning("waiting for the database", reason=str(error))
            await asyncio.sleep(_AGAIN_AFTER_S)
        else:
            return
