"""What the workflow can say about itself at this moment, for whoever watches the server."""

from __future__ import annotations

import asyncio
import shutil
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from voxport.core.categories import ApplicationFigures
from voxport.core.gauge import Gauge
from voxport.core.media import MediaStatus
from voxport.core.stages import Queue
from voxport.core.worker_figures import WorkerFigures
from voxport.storage.index_backfill import IndexProgress
from voxport.storage.records import ServerFigures
from voxport.storage.store import Store
from voxport.workflow.dispatch.gauges import DeliveryGauges
from voxport.workflow.engine import Engine, QueueDepth

MOST_WORKERS = 200
"""Workers with figures of their own."""
_SPEAKERS = "Whether a worker can tell the people on one channel apart; 0 without the weights."
_AHEAD = "How far the clock of this {} is ahead of the database's; negative: behind."


async def read_gauges(
    store: Store, engine: Engine, deliveries: DeliveryGauges, data: Path | None = None
) -> list[Gauge]:
    """What waits by queue, workers, connections, media under way and failed lately, deliveries by organisation.

    `data` is the folder whose disk is looked at; None: none is.
    """
    found = []
    due, oldest_s = await store.metrics.due_deliveries()
    for depth in [*await engine.depths(), QueueDepth(Queue.DELIVER.value, due, oldest_s)]:
        labels = {"queue": depth.queue}
        found.append(Gauge("voxport_queue_jobs", "Jobs that wait and could run now.", depth.waiting, labels))
        found.append(Gauge("voxport_queue_oldest_seconds", "Age of the oldest waiting job.", depth.oldest_s, labels))
    under_way = dict.fromkeys((MediaStatus.ACCEPTED.value, MediaStatus.RUNNING.value), 0)
    for status, count in (under_way | await store.metrics.unended_media()).items():
        found.append(Gauge("voxport_media_under_way", "Media that have not ended.", count, {"status": status}))
    for code, count in (await store.metrics.failed_media()).items():
        found.append(Gauge("voxport_media_failed_day", "Media that have failed within a day.", count, {"code": code}))
    found += _of_applications(await store.applications.figures())
    workers = await store.worker_processes.alive(MOST_WORKERS)
    if data is not None:
        free = await asyncio.to_thread(free_bytes, data)
        found.append(Gauge("voxport_data_free_bytes", "Room on the disk of the data folder of this API.", free))
    found += _of_index(await store.index_backfill.progress())
    return [*found, *_of_workers(workers), *_of_server(await store.metrics.server()), *await deliveries.read()]


def free_bytes(folder: Path) -> int:
    """Room on its disk; that of the nearest folder above where it is not made yet."""
    return shutil.disk_usage(next(one for one in (folder, *folder.parents) if one.exists())).free


def _of_index(progress: IndexProgress | None) -> list[Gauge]:
    waiting = 0 if progress is None or progress.ended else max(0, progress.calls - progress.done)
    return [Gauge("voxport_index_waiting", "Recordings of earlier versions that searches do not find yet.", waiting)]


def _of_applications(figures: ApplicationFigures) -> list[Gauge]:
    stalled = "How long an organisation's categories wait for the next look at past calls, of the longest."
    failed = "Categories whose search of past calls has failed within a day."
    unended = "Categories that are looked for in past calls, or wait to be."
    return [
        Gauge("voxport_category_applications", unended, figures.unended),
        Gauge("voxport_category_calls", "Past calls that those that have begun still look at.", figures.calls),
        Gauge("voxport_category_stalled_seconds", stalled, figures.stalled_s),
        Gauge("voxport_category_failed_day", failed, figures.failed_day),
    ]


def _of_workers(workers: Sequence[WorkerFigures]) -> list[Gauge]:
    serving = Counter(queue for worker in workers for queue in worker.queues)
    found = [
        Gauge("voxport_queue_workers", "Workers that serve it.", serving[queue.value], {"queue": queue.value})
        for queue in Queue
    ]
    for worker in workers:
        labels = {"worker": f"{worker.host}:{worker.process}"}
        versions = {"release": worker.release, "model": worker.model}
        found += [
            Gauge("voxport_worker_resident_memory_bytes", "Memory of a worker.", worker.resident_bytes, labels),
            Gauge("voxport_worker_cpu_seconds", "Time of processors since a worker began.", worker.cpu_seconds, labels),
            Gauge("voxport_worker_info", "Versions of a worker.", 1, labels | versions),
            Gauge("voxport_worker_clock_ahead_seconds", _AHEAD.format("worker"), worker.clock_ahead_s, labels),
        ]
        if worker.tells_speakers is not None:
            found.append(Gauge("voxport_worker_tells_speakers", _SPEAKERS, int(worker.tells_speakers), labels))
    return found


def _of_server(figures: ServerFigures) -> list[Gauge]:
    most = figures.most_connections
    return [
        Gauge("voxport_clock_ahead_seconds", _AHEAD.format("API"), figures.clock_ahead_s),
        Gauge("voxport_database_connections", "Connections of all processes to the database.", figures.connections),
        Gauge("voxport_database_info", "Version of PostgreSQL.", 1, {"version": figures.version}),
        Gauge("voxport_database_connections_most", "Connections that the database takes, of whomever.", most),
    ]
