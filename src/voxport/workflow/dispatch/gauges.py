"""Gauges of deliveries by organisation: what is on its way, what waits, what was given up, what arrived.

An organisation is its id, which says nothing to those who do not run the server. What has not arrived is counted at
every question, along indexes that hold just that. All that is kept is counted only as often as takes one part in
`_SHARE` of the time, however much there is: a scrape every few seconds must not become the database's work.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from uuid import UUID

from voxport.core.gauge import Gauge
from voxport.storage.store import Store

MOST_ORGANIZATIONS = 500
"""Organisations with a figure of their own, those with the greatest; the others are one, `other`."""
OTHERS = "other"
_SHARE = 50
_DEAD_DAY = "Deliveries that were given up within a day, by what their last attempt came to; at most 10,000."

Numbers = Mapping[UUID, float]


class DeliveryGauges:
    """Asked again and again; keeps its last count of everything."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._reasons: Mapping[str, int] = {}
        self._totals: dict[str, dict[UUID, int]] = {}
        self._count_again = 0.0

    async def read(self) -> list[Gauge]:
        """The gauges of this moment; raises TransientFault when the database is away."""
        if time.monotonic() >= self._count_again:
            await self._count()
        counts = await self._store.metrics.deliveries()
        return [
            *_gauges("voxport_deliveries_pending", "Deliveries that have not ended.", counts.pending),
            *_gauges("voxport_deliveries_held", "Of them, those that wait for a paused endpoint.", counts.held),
            *_gauges(
                "voxport_deliveries_oldest_seconds",
                "Age of the oldest that has not ended.",
                counts.oldest_s,
                greatest=True,
            ),
            *_gauges(
                "voxport_deliveries_dead", "Deliveries that ended without arriving, and can be replayed.", counts.dead
            ),
            *_gauges("voxport_endpoints_paused", "Endpoints that keep failing and are only probed.", counts.paused),
            *(
                Gauge("voxport_deliveries_dead_day", _DEAD_DAY, number, {"reason": reason})
                for reason, number in self._reasons.items()
            ),
            *(
                figure
                for status, numbers in sorted(self._totals.items())
                for figure in _gauges("voxport_deliveries", "Deliveries of media that are kept.", numbers, status)
            ),
        ]

    async def _count(self) -> None:
        began = time.monotonic()
        self._totals = await self._store.metrics.delivery_totals()
        self._reasons = await self._store.metrics.dead_by_reason()
        ended = time.monotonic()
        self._count_again = ended + _SHARE * (ended - began)


def _gauges(
    name: str, meaning: str, numbers: Numbers, status: str | None = None, *, greatest: bool = False
) -> list[Gauge]:
    """One figure an organisation; those beyond the first are added up, or with `greatest` the greatest of them."""
    in_order = sorted(numbers.items(), key=lambda item: (-item[1], item[0]))
    shown = [(str(organization_id), number) for organization_id, number in in_order[:MOST_ORGANIZATIONS]]
    others = [number for _, number in in_order[MOST_ORGANIZATIONS:]]
    if others:
        shown.append((OTHERS, max(others) if greatest else sum(others)))
    outcome = {} if status is None else {"status": status}
    return [Gauge(name, meaning, number, {"organization": who, **outcome}) for who, number in shown]
