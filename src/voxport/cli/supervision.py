"""What `serve` looks after beside the API: its worker processes and the embedded database."""

from __future__ import annotations

import asyncio
import contextlib
import sys
import time

import structlog

from voxport.cli.errors import CommandFailed
from voxport.cli.flags import environment_of
from voxport.cli.main import EXIT_MISCONFIGURED, EXIT_PASSING
from voxport.core.errors import Misconfigured, TransientFault
from voxport.settings import Settings
from voxport.storage.postgres.embedded import Embedded

log = structlog.get_logger(__name__)

_RESTART_AFTER_S, _LONGEST_RESTART_S = 1.0, 60.0
"""The pause before another worker is started; twice as long each time one ends soon."""
_SOON_S = 60.0
"""A worker that ends before so long has not got to work."""
_STARTS = 5
"""How often in a row a worker may fail at its start, by itself, before that ends the server."""


async def supervise_worker(settings: Settings, number: int) -> None:
    """Runs a worker process, and another one when it dies; ends with this process, however that ends.

    Raises Misconfigured when a worker says that it cannot work as things stand, CommandFailed when one after another
    fails at its start: calls that are accepted would wait for ever.
    """
    failed, pause_s = 0, _RESTART_AFTER_S
    while True:
        began = time.monotonic()
        status = await _run_worker(settings)
        if status == EXIT_MISCONFIGURED:
            raise Misconfigured("The worker cannot start; its own message is above.")
        soon = time.monotonic() - began < _SOON_S
        # Who was killed, or waits for what will come back, may work the next time.
        failed = failed + 1 if soon and status > 0 and status != EXIT_PASSING else 0
        if failed == _STARTS:
            raise CommandFailed(f"The worker failed {_STARTS} times in a row at its start; its own messages are above.")
        pause_s = min(pause_s * 2, _LONGEST_RESTART_S) if soon else _RESTART_AFTER_S
        log.warning("a worker ended and is started again", worker=number, status=status, again_in_s=pause_s)
        await asyncio.sleep(pause_s)


async def _run_worker(settings: Settings) -> int:
    """Its exit status, negative for the signal that killed it; cancelled, it lets the worker drain."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "voxport",
        "worker",
        "--until-stdin-closes",
        stdin=asyncio.subprocess.PIPE,
        env=environment_of(settings),
    )
    try:
        return await process.wait()
    except asyncio.CancelledError:
        await _end(process, settings.drain_s)
        raise


async def _end(process: asyncio.subprocess.Process, drain_s: float) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.terminate()
    try:
        await asyncio.wait_for(process.wait(), timeout=drain_s + 5)
    except TimeoutError:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def supervise_database(embedded: Embedded) -> None:
    """Brings the embedded server back when somebody killed it; as long as it cannot be, says why."""
    pause_s = 1.0
    while True:
        await asyncio.sleep(pause_s)
        try:
            if await asyncio.to_thread(embedded.ensure_running):
                log.warning("the embedded database had ended and was started again")
            pause_s = 1.0
        except (OSError, Misconfigured, TransientFault) as error:
            # A full disk, out of descriptors or memory: no reason to end what runs, and may pass.
            log.error("the embedded database cannot be started", reason=str(error))
            pause_s = min(pause_s * 2, _LONGEST_RESTART_S)
