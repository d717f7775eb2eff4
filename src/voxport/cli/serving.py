"""What `serve` does once its database is there: it answers, and looks after its workers and the embedded database."""

from __future__ import annotations

import asyncio
import socket

import structlog
import uvicorn

from voxport.api.connection_limits import ConnectionLimits
from voxport.api.connections import BoundedConnection, BoundedServer
from voxport.app.api import open_api
from voxport.app.resources import Resources
from voxport.cli.listening import console_address, listen
from voxport.cli.supervision import supervise_database, supervise_worker

log = structlog.get_logger(__name__)


async def serve_until_stopped(
    resources: Resources, address: socket.socket, stop: asyncio.Event, *, workers: int
) -> None:
    """Raises Misconfigured when a worker says that it cannot work as things stand."""
    settings = resources.settings
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
        shown = {"console": console_address(address, settings.public_url)} if settings.console else {}
        log.info("listening", **shown)
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
