"""`voxport serve`: the API and its workers in one command."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import sys
from types import FrameType
from typing import Annotated

import structlog
import typer
import uvicorn
from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_attempt, wait_fixed

from voxport.api.connections import BoundedConnection, BoundedServer, ConnectionLimits
from voxport.app import Resources, open_api, open_resources, prepare_database
from voxport.cli.flags import environment_of
from voxport.core.errors import Misconfigured, TransientFault
from voxport.settings import Settings
from voxport.telemetry import configure_logging

log = structlog.get_logger(__name__)

EXIT_MISCONFIGURED = 78
"""The exit status of a process that a person must set right first (`EX_CONFIG` of sysexits)."""
RESTART_AFTER_S = 1.0
BACKLOG = 2048
"""Connections that may wait to be taken, as many as uvicorn lets wait."""


def serve(
    settings: Settings,
    no_worker: Annotated[bool, typer.Option("--no-worker", help="Only the API; workers run elsewhere.")] = False,
) -> None:
    """Run the API and, beside it, a worker. Everything is kept under the data folder unless settings say otherwise."""
    configure_logging(settings.log_level, settings.log_format == "json")
    with listen(settings.host, settings.port) as listener:
        resources = open_resources(settings)
        try:
            asyncio.run(run_server(resources, listener, workers=0 if no_worker else settings.workers))
        finally:
            if resources.embedded is not None:
                resources.embedded.stop()


def listen(host: str, port: int) -> socket.socket:
    """Takes the address before anything else is started.

    A taken port is reported at once and touches no data, and a client that comes while the database starts waits
    instead of being turned away. Raises Misconfigured.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        raise Misconfigured(
            f"{host}:{port} cannot be listened on: {error.strerror}. VOXPORT_HOST and VOXPORT_PORT choose another."
        ) from error


async def run_server(resources: Resources, listener: socket.socket, *, workers: int) -> None:
    """Serves until a signal; raises Misconfigured when a worker says that it cannot work as things stand."""
    settings = resources.settings
    await _wait_for_database(resources)
    async with open_api(resources) as api:
        server = BoundedServer(
            uvicorn.Config(
                api,
                http=BoundedConnection,
                log_config=None,
                access_log=False,
                server_header=False,
                date_header=True,
                timeout_graceful_shutdown=int(settings.drain_s),
                lifespan="off",
            ),
            ConnectionLimits.of(settings.connections, settings.address_connections),
        )
        _end_on_signals(server)
        supervisors = [asyncio.create_task(_supervise_worker(resources, number)) for number in range(workers)]
        supervisors.append(asyncio.create_task(_supervise_database(resources)))
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        await asyncio.wait([serving, *supervisors], return_when=asyncio.FIRST_COMPLETED)
        server.should_exit = True
        await serving
        for supervisor in supervisors:
            supervisor.cancel()
        ended = await asyncio.gather(*supervisors, return_exceptions=True)
        for error in ended:
            if isinstance(error, Exception):
                raise error


def _end_on_signals(server: uvicorn.Server) -> None:
    """uvicorn raises the signal that ended it once more, for the handler it found: the default one would end this
    process before its workers have drained and the database has stopped."""

    def end(_number: int, _frame: FrameType | None) -> None:
        server.should_exit = True

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)


async def _wait_for_database(resources: Resources) -> None:
    """It may still be recovering, or start after us. Raises Misconfigured after a minute."""
    retrying = AsyncRetrying(
        stop=stop_after_attempt(60), wait=wait_fixed(1), retry=retry_if_exception_type(TransientFault), reraise=True
    )
    try:
        await retrying(prepare_database, resources)
    except TransientFault as error:
        raise Misconfigured("The database cannot be reached; is VOXPORT_DATABASE_URL right?") from error


async def _supervise_database(resources: Resources) -> None:
    """Brings the embedded server back when somebody killed it."""
    while True:
        await asyncio.sleep(1)
        try:
            if resources.embedded is not None and await asyncio.to_thread(resources.embedded.ensure_running):
                log.warning("the embedded database had ended and was started again")
        except OSError as error:
            # Out of descriptors or memory: no reason to end what runs.
            log.warning("the embedded database could not be looked after", reason=error.strerror)


async def _supervise_worker(resources: Resources, number: int) -> None:
    """Runs a worker process, and another one when it dies; ends with this process, however that ends."""
    while True:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "voxport",
            "worker",
            "--until-stdin-closes",
            stdin=asyncio.subprocess.PIPE,
            env=environment_of(resources.settings),
        )
        try:
            status = await process.wait()
        except asyncio.CancelledError:
            await _end(process, resources.settings.drain_s)
            raise
        if status == EXIT_MISCONFIGURED:
            raise Misconfigured("The worker cannot start; its own message is above.")
        log.warning("a worker ended and is started again", worker=number, status=status)
        await asyncio.sleep(RESTART_AFTER_S)


async def _end(process: asyncio.subprocess.Process, drain_s: float) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.terminate()
    try:
        await asyncio.wait_for(process.wait(), timeout=drain_s + 5)
    except TimeoutError:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
