"""Metrics of this server for Prometheus: requests are counted here, gauges of others are read when asked for."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from voxport.core.deadlines import answer_within
from voxport.core.gauge import Gauge

_BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60)

_LIMIT_S = 8.0
"""Prometheus waits for 10 s unless it is told otherwise."""
_KEPT_S = 1.0

ReadGauges = Callable[[], Awaitable[Sequence[Gauge]]]
"""Reads the gauges of others as they stand; raises TransientFault when the database is away."""


class ServerMetrics:
    """One registry for each API, so that several APIs in a process do not mix."""

    def __init__(self, gauges: ReadGauges | None) -> None:
        self._gauges = gauges
        self._reading: asyncio.Task[bytes] | None = None
        self._read_last, self._until = b"", 0.0
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._requests = Counter(
            "voxport_http_requests", "Requests answered.", ("method", "route", "status"), registry=self._registry
        )
        self._seconds = Histogram(
            "voxport_http_request_seconds",
            "Time to the end of an answer.",
            ("method", "route"),
            buckets=_BUCKETS_S,
            registry=self._registry,
        )

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        """Counts one request that has been answered."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(method, route).observe(seconds)

    async def exposition(self) -> bytes:
        """The text format of Prometheus; raises what reading the gauges raises, and TransientFault after some seconds.

        Who asks while the gauges are read waits for the same answer: they are a question to the whole database.
        """
        read = b"" if self._gauges is None else await self._gauges_of_others(self._gauges)
        return generate_latest(self._registry) + read

    async def _gauges_of_others(self, gauges: ReadGauges) -> bytes:
        if time.monotonic() >= self._until:
            if self._reading is None:
                self._reading = asyncio.create_task(self._read(gauges))
            self._read_last = await asyncio.shield(self._reading)
        return self._read_last

    async def _read(self, gauges: ReadGauges) -> bytes:
        try:
            snapshot = CollectorRegistry()
            snapshot.register(_Snapshot(await answer_within(_LIMIT_S, _awaited(gauges), "The database")))
            self._until = time.monotonic() + _KEPT_S
            return generate_latest(snapshot)
        finally:
            self._reading = None


async def _awaited(gauges: ReadGauges) -> Sequence[Gauge]:
    return await gauges()


class _Snapshot(Collector):
    def __init__(self, gauges: Sequence[Gauge]) -> None:
        self._gauges = gauges

    def collect(self) -> Iterable[GaugeMetricFamily]:
        families: dict[str, GaugeMetricFamily] = {}
        for gauge in self._gauges:
            names = tuple(gauge.labels)
            family = families.setdefault(gauge.name, GaugeMetricFamily(gauge.name, gauge.help, labels=names))
            family.add_metric([gauge.labels[name] for name in names], gauge.value)
        return families.values()
