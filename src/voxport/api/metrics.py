"""Figures about this server for Prometheus: requests counted here, and figures that others are asked for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from voxport.core.figure import Figure

_BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60)


Figures = Callable[[], Awaitable[Sequence[Figure]]]


class Metrics:
    """One registry an API, so that several APIs in a process do not mix."""

    def __init__(self, figures: Figures | None) -> None:
        self._figures = figures
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
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(method, route).observe(seconds)

    async def exposition(self) -> bytes:
        """The text format; raises what asking for the figures raises."""
        figures = () if self._figures is None else await self._figures()
        snapshot = CollectorRegistry()
        snapshot.register(_Snapshot(figures))
        return generate_latest(self._registry) + generate_latest(snapshot)


class _Snapshot(Collector):
    def __init__(self, figures: Sequence[Figure]) -> None:
        self._figures = figures

    def collect(self) -> Iterable[GaugeMetricFamily]:
        families: dict[str, GaugeMetricFamily] = {}
        for figure in self._figures:
            names = tuple(figure.labels)
            family = families.setdefault(figure.name, GaugeMetricFamily(figure.name, figure.help, labels=names))
            family.add_metric([figure.labels[name] for name in names], figure.value)
        return families.values()
