"""`voxport serve`: the API and its workers in one command.

What can be judged by less is judged before more is loaded: a start that cannot work says so at once.
"""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING, Annotated

import typer

from voxport.cli.listening import bind
from voxport.cli.signals import held_signals, is_asked_to_stop, stop_on_signals
from voxport.core.stages import Queue
from voxport.settings import Settings
from voxport.telemetry import configure_logging

if TYPE_CHECKING:
    from voxport.app.resources import Resources


def serve(
    settings: Settings,
    no_worker: Annotated[bool, typer.Option("--no-worker", help="Only the API; workers run elsewhere.")] = False,
) -> None:
    """Run the API and, beside it, a worker. Everything is kept under the data folder unless settings say otherwise."""
    configure_logging(settings.log_level, settings.log_format == "json")
    with held_signals(), bind(settings.host, settings.port) as address:
        workers = 0 if no_worker else settings.workers
        _run(settings, address, workers)


def _run(settings: Settings, address: socket.socket, workers: int) -> None:
    from voxport.app.resources import open_resources

    if workers and Queue.SPEECH in settings.queues:
        from voxport.app.model import require_model

        require_model(settings)
    if is_asked_to_stop():
        return
    resources = open_resources(settings)
    try:
        asyncio.run(run_server(resources, address, workers=workers))
    finally:
        if resources.embedded is not None:
            resources.embedded.stop()


async def run_server(resources: Resources, address: socket.socket, *, workers: int) -> None:
    """Serves until a signal; raises Misconfigured when a worker says that it cannot work as things stand."""
    from voxport.cli.startup import wait_for_database

    stop = asyncio.Event()
    stop_on_signals(stop)
    await wait_for_database(resources, stop)
    if stop.is_set():
        return
    from voxport.cli.serving import serve_until_stopped

    await serve_until_stopped(resources, address, stop, workers=workers)
