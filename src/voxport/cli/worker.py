"""`voxport worker`: serves the queues it names until it is asked to stop."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from typing import TYPE_CHECKING, Annotated

import structlog
import typer
import uvloop

from voxport.cli.leaving import ends_at_once
from voxport.cli.signals import held_signals, is_asked_to_stop, stop_on_signals
from voxport.core.stages import Queue
from voxport.settings import Settings
from voxport.telemetry import configure_logging

if TYPE_CHECKING:
    from voxport.app.resources import Resources
    from voxport.workflow.dependencies import Dependencies

log = structlog.get_logger(__name__)

NICENESS = 5
"""A worker beside an API on the same machine lets the API go first."""


def worker(
    settings: Settings,
    until_stdin_closes: Annotated[
        bool, typer.Option("--until-stdin-closes", hidden=True, help="Stop when the process that started this ends.")
    ] = False,
) -> None:
    """Run a worker: it fetches, decodes, recognises, publishes and delivers what the API has accepted."""
    configure_logging(settings.log_level, settings.log_format == "json")
    if until_stdin_closes:
        os.nice(NICENESS)
    with ends_at_once(), held_signals():
        from voxport.app.resources import open_resources

        if Queue.SPEECH in settings.queues:
            from voxport.app.model import require_model

            require_model(settings)
        if is_asked_to_stop():
            return
        resources = open_resources(settings)
        try:
            with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
                runner.run(run_worker(resources, until_stdin_closes=until_stdin_closes))
        finally:
            if resources.embedded is not None:
                resources.embedded.stop()


async def run_worker(resources: Resources, *, until_stdin_closes: bool) -> None:
    """Serves until SIGTERM, SIGINT or the end of standard input; raises Misconfigured before it takes any job."""
    settings = resources.settings
    stop = asyncio.Event()
    stop_on_signals(stop)
    if until_stdin_closes:
        _follow_stdin(asyncio.get_running_loop(), stop)
    from voxport.cli.startup import wait_for_database

    await wait_for_database(resources, stop)
    if stop.is_set():
        return
    from voxport.app.worker import open_worker
    from voxport.cli.alive import sign_of_life
    from voxport.workflow.worker import serve_queues

    async with open_worker(resources) as deps:
        if Queue.SPEECH in settings.queues:
            await asyncio.to_thread(lambda: deps.recognizer().load())
            if settings.diarization:
                await asyncio.to_thread(_look_for_speakers, deps)
        log.info("worker ready", queues=list(settings.queues))
        async with sign_of_life(settings.alive_file, settings.heartbeat_s):
            await serve_queues(
                deps,
                concurrency_of(settings),
                heartbeat_s=settings.heartbeat_s,
                drain_s=settings.drain_s,
                stop=stop,
            )
    log.info("worker stopped")


def _look_for_speakers(deps: Dependencies) -> None:
    """Loads what tells the speakers on one channel apart, or says how it comes onto this machine."""
    from voxport.speech.diarization.weights import INSTALL

    if deps.diarizer is None or not deps.diarizer.load():
        log.warning("speakers on one channel are not told apart: the weights are not installed", install=INSTALL)


def _follow_stdin(loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> None:
    """The server that started us holds the other end; when it dies, however it dies, the end closes."""

    standard_input = sys.stdin.fileno()

    def follow() -> None:
        # Not through `sys.stdin`: a thread that waits in it holds its lock, and Python then aborts at its end.
        while os.read(standard_input, 4096):
            pass
        loop.call_soon_threadsafe(stop.set)

    threading.Thread(target=follow, name="follow-stdin", daemon=True).start()


def concurrency_of(settings: Settings) -> dict[Queue, int]:
    """How many jobs of each queue this worker runs at once."""
    at_once = {
        Queue.FETCH: 8,
        Queue.INGEST: 4,
        Queue.SPEECH: settings.speech_concurrency,
        Queue.ANALYSIS: 4,
        Queue.DELIVER: settings.deliver_concurrency,
        Queue.HOUSEKEEPING: 2,
    }
    return {Queue(name): at_once[Queue(name)] for name in settings.queues}
