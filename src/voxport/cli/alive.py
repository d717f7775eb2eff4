"""A worker's sign of life for probes of the machine that it runs on: a file whose time is that of its last heartbeat.

The event loop touches it: a worker whose loop stands still is silent here too, and can be ended by who watches.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import structlog

from voxport.core.errors import Misconfigured

log = structlog.get_logger(__name__)


@contextlib.asynccontextmanager
async def sign_of_life(path: Path | None, every_s: float) -> AsyncIterator[None]:
    """Touches `path` within the block, and takes it away at its end; None: nothing is touched.

    Raises Misconfigured where there can be no such file.
    """
    if path is None:
        yield
        return
    try:
        _touch(path)
    except OSError as error:
        raise Misconfigured(f"VOXPORT_ALIVE_FILE: {path} cannot be written: {error.strerror}.") from None
    touching = asyncio.create_task(_touch_for_ever(path, every_s))
    try:
        yield
    finally:
        touching.cancel()
        _erase(path)


async def _touch_for_ever(path: Path, every_s: float) -> None:
    while True:
        await asyncio.sleep(every_s)
        try:
            _touch(path)
        except OSError as error:
            # A full disk is no reason to stop working; a probe that ends this worker is told why here.
            log.warning("the sign of life cannot be written", path=str(path), reason=error.strerror)


# On the loop itself, since it is the loop that lives; both take microseconds.
def _touch(path: Path) -> None:
    path.touch()


def _erase(path: Path) -> None:
    path.unlink(missing_ok=True)
