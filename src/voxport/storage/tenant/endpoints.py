"""What one organisation sees of the endpoints that it delivers to: those that fail, until something arrives there."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, or_, select

from voxport.core.delivery_query import EndpointHealth
from voxport.storage.postgres.database import Transactions
from voxport.storage.postgres.tables import deliveries, endpoints
from voxport.storage.selection import IS_PENDING


class TenantEndpoints:
    """Other organisations' endpoints do not exist for it."""

    def __init__(self, database: Transactions, organization_id: UUID) -> None:
        """`database` is bound to the organisation."""
        self._database, self._organization_id = database, organization_id

    async def failing(self) -> list[EndpointHealth]:
        """Endpoints that are paused, then those whose last round failed, longest first."""
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
        )

        return [_health(row) for row in await self._database.fetch_all(statement)]


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
