"""What the workflow can say about itself at this moment, for whoever watches the server."""

from __future__ import annotations

from voxport.core.gauge import Gauge
from voxport.storage.store import Store
from voxport.workflow.dispatch.gauges import DeliveryGauges
from voxport.workflow.engine import Engine


async def read_gauges(store: Store, engine: Engine, deliveries: DeliveryGauges) -> list[Gauge]:
    """Waiting jobs and the age of the oldest by queue, media under way by status, deliveries by organisation."""
    found = []
    for depth in await engine.depths():
        labels = {"queue": depth.queue}
        found.append(Gauge("voxport_queue_jobs", "Jobs that wait and could run now.", depth.waiting, labels))
        found.append(Gauge("voxport_queue_oldest_seconds", "Age of the oldest waiting job.", depth.oldest_s, labels))
    for status, count in (await store.metrics.unended_media()).items():
        found.append(Gauge("voxport_media_under_way", "Media that have not ended.", count, {"status": status}))
    return [*found, *await deliveries.read()]
