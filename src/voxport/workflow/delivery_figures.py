"""Figures about deliveries by organisation: what is on its way, what waits, what was given up, what arrived.

An organisation is its id, which says nothing to those who do not run the server. What has not arrived is counted at
every question, along indexes that hold just that. All that is kept is counted only as often as takes one part in
`_SHARE` of the time, however much there is: a scrape every few seconds must not become the database's work.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import TextClause, text
from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.core.gauge import Gauge
from voxport.storage.store import Store

MOST_ORGANIZATIONS = 500
"""Organisations with a figure of their own, those with the greatest; the others are one, `other`."""
OTHERS = "other"
_SHARE = 50

_TOTALS = text("SELECT organization_id, status, count(*) FROM deliveries GROUP BY organization_id, status")
_PENDING = text(
    """
    SELECT organization_id, count(*) AS waiting, min(created) AS oldest FROM deliveries
    WHERE status = 'pending' GROUP BY 1
    """
)
_DEAD = text("SELECT organization_id, count(*) FROM deliveries WHERE status IN ('failed', 'expired') GROUP BY 1")
_HELD = text(
    """
    SELECT d.organization_id, count(*) FROM endpoints AS e JOIN deliveries AS d USING (organization_id, endpoint)
    WHERE e.paused_since IS NOT NULL AND d.status = 'pending' AND d.due IS NOT NULL GROUP BY 1
    """
)
_PAUSED = text("SELECT organization_id, count(*) FROM endpoints WHERE paused_since IS NOT NULL GROUP BY 1")

Numbers = Mapping[UUID, float]


class DeliveryFigures:
    """Asked again and again; keeps its last count of everything."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._totals: dict[str, dict[UUID, float]] = {}
        self._count_again = 0.0

    async def read(self) -> list[Gauge]:
        """The figures of this moment; raises TransientFault when the database is away."""
        async with self._store.transaction() as connection:
            if time.monotonic() >= self._count_again:
                await self._count(connection)
            pending = (await connection.execute(_PENDING)).all()
            dead = await _numbers(connection, _DEAD)
            held = await _numbers(connection, _HELD)
            paused = await _numbers(connection, _PAUSED)
        now = datetime.now(UTC)
        ages = {row.organization_id: max(0.0, (now - row.oldest).total_seconds()) for row in pending}
        waiting = {row.organization_id: float(row.waiting) for row in pending}
        return [
            *_figures("voxport_deliveries_pending", "Deliveries that have not ended.", waiting),
            *_figures("voxport_deliveries_held", "Of them, those that wait for a paused endpoint.", held),
            *_figures(
                "voxport_deliveries_oldest_seconds", "Age of the oldest that has not ended.", ages, greatest=True
            ),
            *_figures("voxport_deliveries_dead", "Deliveries that ended without arriving, and can be replayed.", dead),
            *_figures("voxport_endpoints_paused", "Endpoints that keep failing and are only probed.", paused),
            *(
                figure
                for status, numbers in sorted(self._totals.items())
                for figure in _figures("voxport_deliveries", "Deliveries of media that are kept.", numbers, status)
            ),
        ]

    async def _count(self, connection: AsyncConnection) -> None:
        began = time.monotonic()
        totals: dict[str, dict[UUID, float]] = {}
        for organization_id, status, count in await connection.execute(_TOTALS):
            totals.setdefault(status, {})[organization_id] = float(count)
        ended = time.monotonic()
        self._totals, self._count_again = totals, ended + _SHARE * (ended - began)


async def _numbers(connection: AsyncConnection, question: TextClause) -> dict[UUID, float]:
    rows: Iterable[Any] = await connection.execute(question)
    return {organization_id: float(count) for organization_id, count in rows}


def _figures(
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
