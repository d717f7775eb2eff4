"""What one organisation sees of the endpoints that it delivers to: those that fail, until something arrives there."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, or_, select

from voxport.core.delivery_query import EndpointHealth, EndpointStatistics
from voxport.storage.postgres.database import Transactions
from voxport.storage.postgres.tables import attempts, deliveries, endpoints
from voxport.storage.selection import IS_PENDING

MOST_COUNTED, MOST_SHOWN = 10_000, 200
MOST_FAILING = 1_000


class TenantEndpoints:
    """Other organisations' endpoints do not exist for it."""

    def __init__(self, database: Transactions, organization_id: UUID) -> None:
        """`database` is bound to the organisation."""
        self._database, self._organization_id = database, organization_id

    async def failing(self) -> list[EndpointHealth]:
        """Endpoints that are paused, then those whose last round failed, longest first; `MOST_FAILING` at most."""
        waiting = select(func.count()).where(
            deliveries.c.organization_id == endpoints.c.organization_id,
            deliveries.c.endpoint == endpoints.c.endpoint,
            IS_PENDING,
            deliveries.c.due.is_not(None),
        )
        statement = (
            select(endpoints, waiting.scalar_subquery().label("waiting"))
            .where(endpoints.c.organization_id == self._organization_id)
            .where(or_(endpoints.c.paused_since.is_not(None), endpoints.c.failures > 0))
            .order_by(endpoints.c.paused_since.nulls_last(), endpoints.c.failing_since, endpoints.c.endpoint)
            .limit(MOST_FAILING)
        )

        return [_health(row) for row in await self._database.fetch_all(statement)]

    async def statistics(self, since: datetime) -> list[EndpointStatistics]:
        """How the attempts of deliveries made since then have fared, the busiest endpoints first.

        Of the newest `MOST_COUNTED` deliveries, and of `MOST_SHOWN` endpoints.
        """
        its = deliveries.c.organization_id == self._organization_id
        newest = (
            select(deliveries.c.id, deliveries.c.endpoint)
            .where(its, deliveries.c.created >= since)
            .order_by(deliveries.c.created.desc(), deliveries.c.id.desc())
            .limit(MOST_COUNTED)
            .subquery()
        )
        took = attempts.c.duration_ms.asc()
        statement = (
            select(
                newest.c.endpoint,
                func.count().label("attempts"),
                func.count().filter(attempts.c.error.is_(None)).label("succeeded"),
                func.percentile_disc(0.5).within_group(took).label("median_ms"),
                func.percentile_disc(0.95).within_group(took).label("p95_ms"),
            )
            .select_from(newest.join(attempts, attempts.c.delivery_id == newest.c.id))
            .group_by(newest.c.endpoint)
            .order_by(func.count().desc(), newest.c.endpoint)
            .limit(MOST_SHOWN)
        )
        rows = await self._database.fetch_all(statement)
        return [
            EndpointStatistics(one.endpoint, one.attempts, one.succeeded, one.median_ms, one.p95_ms) for one in rows
        ]


def _health(row: Row[Any]) -> EndpointHealth:
    return EndpointHealth(
        endpoint=row.endpoint,
        failures=row.failures,
        failing_since=row.failing_since,
        last_error=row.last_error,
        paused=row.paused_since,
        next_probe=row.probe_due if row.paused_since is not None else None,
        waiting=row.waiting,
    )
