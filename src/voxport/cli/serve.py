"""`voxport serve`: the API and its workers in one command."""

from __future__ import annotations

import asyncio
import socket
from typing import Annotated

import typer
import uvicorn

from voxport.api.connection_limits import ConnectionLimits
from voxport.api.connections import BoundedConnection, BoundedServer
from voxport.app.api import open_api
from voxport.app.resources import Resources, open_resources
from voxport.cli.startup import held_signals, stop_on_signals, wait_for_database
from voxport.cli.supervision import supervise_database, supervise_worker
from voxport.core.errors import Misconfigured
from voxport.settings import Settings
from voxport.telemetry import configure_logging

BACKLOG = 2048
"""Connections that may wait to be taken, as many as uvicorn lets wait."""


def serve(
    settings: Settings,
    no_worker: Annotated[bool, typer.Option("--no-worker", help="Only the API; workers run elsewhere.")] = False,
) -> None:
    """Run the API and, beside it, a worker. Everything is kept under the data folder unless settings say otherwise."""
    configure_logging(settings.log_level, settings.log_format == "json")
    with held_signals(), bind(settings.host, settings.port) as address:
        resources = open_resources(settings)
        try:
            asyncio.run(run_server(resources, address, workers=0 if no_worker else settings.workers))
        finally:
            if resources.embedded is not None:
                resources.embedded.stop()


def bind(host: str, port: int) -> socket.socket:
    """Takes the address before anything else is started, so that a taken one is reported at once and touches no data.

    Nothing listens on it yet: who asks is turned away until there is somebody to answer. Raises Misconfigured.
    """
    address = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    try:
        address.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if address.family == socket.AF_INET6:
            address.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        address.bind((host, port))
    except OSError as error:
        address.close()
        raise _taken(host, port, error) from error
    return address


def listen(address: socket.socket) -> None:
    """Raises Misconfigured where another process was quicker."""
    try:
        address.listen(BACKLOG)
    except OSError as error:
        host, port = address.getsockname()[:2]
        raise _taken(host, port, error) from error


def _taken(host: str, port: int, error: OSError) -> Misconfigured:
    return Misconfigured(
        f"{host}:{port} cannot be listened on: {error.strerror}. VOXPORT_HOST and VOXPORT_PORT choose another."
    )


async def run_server(resources: Resources, address: socket.socket, *, workers: int) -> None:
    """Serves until a signal; raises Misconfigured when a worker says that it cannot work as things stand."""
    settings = resources.settings
    stop = asyncio.Event()
    stop_on_signals(stop)
    await wait_for_database(resources, stop)
    if stop.is_set():
        return
    async with open_api(resources) as api:
        server = BoundedServer(
            uvicorn.Config(
                api,
                http=BoundedConnection,
                ws="none",
                log_config=None,
                access_log=False,
                server_header=False,
                date_header=True,
                timeout_graceful_shutdown=int(settings.drain_s),
                lifespan="off",
            ),
            ConnectionLimits.of(settings.connections, settings.address_connections),
        )
        listen(address)
        beside = [asyncio.create_task(supervise_worker(settings, number)) for number in range(workers)]
        if resources.embedded is not None:
            beside.append(asyncio.create_task(supervise_database(resources.embedded)))
        # uvicorn takes the signals while it serves, and raises them once more when it has ended.
        stopping = asyncio.create_task(stop.wait())
        serving = asyncio.create_task(server.serve(sockets=[address]))
        await asyncio.wait([serving, stopping, *beside], return_when=asyncio.FIRST_COMPLETED)
        server.should_exit = True
        await serving
        for task in (stopping, *beside):
            task.cancel()
        for error in await asyncio.gather(*beside, return_exceptions=True):
            if isinstance(error, Exception):
                raise error
