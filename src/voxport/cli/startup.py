"""The start of `serve` and `worker`: the wait for the database, which may be stopped at any moment."""

from __future__ import annotations

import asyncio
import contextlib

import structlog

from voxport.app.resources import Resources, prepare_database
from voxport.core.errors import TransientFault

log = structlog.get_logger(__name__)

_AGAIN_AFTER_S = 1.0


async def wait_for_database(resources: Resources, stop: asyncio.Event) -> None:
    """Returns when our tables are there, or when `stop` is set; says what it waits for.

    Raises Misconfigured for what no waiting mends.
    """
    if stop.is_set():
        return
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
