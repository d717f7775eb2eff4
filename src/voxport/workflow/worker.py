"""A worker: serves its queues until it is asked to stop, then drains.

One engine loop a queue, so that a queue's slow jobs never hold up another's; deliveries and housekeeping beside them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import structlog
from procrastinate import exceptions

from voxport.core.errors import TransientFault
from voxport.core.stages import Queue
from voxport.workflow.dependencies import Dependencies
from voxport.workflow.dispatch.dispatcher import Dispatcher
from voxport.workflow.housekeeping import keep_house

log = structlog.get_logger(__name__)

RESTART_AFTER_S = 1.0


async def serve_queues(
    deps: Dependencies,
    concurrency: Mapping[Queue, int],
    *,
    heartbeat_s: float,
    drain_s: float,
    stop: asyncio.Event,
) -> None:
    """Serves each queue with so many jobs at once, until `stop` is set.

    When the database goes away the loops end; they are started again until it is back, with the model kept in memory.
    """
    while not stop.is_set():
        try:
            await _serve_until_stopped(deps, concurrency, heartbeat_s=heartbeat_s, drain_s=drain_s, stop=stop)
        except* (TransientFault, exceptions.ConnectorException, OSError) as faults:
            log.warning("the worker lost its database, starting again", reason=str(faults.exceptions[0]))
            await asyncio.sleep(RESTART_AFTER_S)
        except* Exception as faults:
            # A fault of ours in one loop: jobs and leases are given back or found again, the model stays in memory.
            log.error("a loop of the worker ended by a fault of ours, starting again", exc_info=faults)
            await asyncio.sleep(RESTART_AFTER_S)


async def _serve_until_stopped(
    deps: Dependencies,
    concurrency: Mapping[Queue, int],
    *,
    heartbeat_s: float,
    drain_s: float,
    stop: asyncio.Event,
) -> None:
    stopping = asyncio.create_task(stop.wait())
    loops = [
        asyncio.create_task(
            deps.engine.app.run_worker_async(
                queues=[queue.value],
                name=queue.value,
                concurrency=at_once,
                install_signal_handlers=False,
                update_heartbeat_interval=heartbeat_s,
                stalled_worker_timeout=deps.options.stalled_after_s * 10,
                shutdown_graceful_timeout=drain_s,
                abort_job_polling_interval=1.0,
                delete_jobs="successful",
            )
        )
        for queue, at_once in concurrency.items()
        if queue is not Queue.DELIVER
    ]
    if at_once := concurrency.get(Queue.DELIVER):
        deliveries = Dispatcher(deps, at_once, heartbeat_s=heartbeat_s, drain_s=drain_s)
        loops.append(asyncio.create_task(deliveries.serve()))
    loops.append(asyncio.create_task(keep_house(deps, [queue.value for queue in concurrency])))
    await asyncio.wait([stopping, *loops], return_when=asyncio.FIRST_COMPLETED)
    for task in (stopping, *loops):
        task.cancel()
    ended = await asyncio.gather(stopping, *loops, return_exceptions=True)
    faults = [error for error in ended if isinstance(error, Exception)]
    if faults and not stop.is_set():
        raise ExceptionGroup("the worker's loops ended", faults)
