"""What one organisation has used, by day, month and product."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Date, cast, func, select

from voxport.core.usage import Product, Usage
from voxport.storage.postgres.database import Transactions
from voxport.storage.postgres.tables import usage

_MONTH: ColumnElement[date] = cast(func.date_trunc("month", usage.c.day), Date)


class TenantUsage:
    """Other organisations' usage does not exist for it."""

    def __init__(self, database: Transactions, organization_id: UUID) -> None:
        """`database` is bound to the organisation."""
        # Named for the planner; security does not depend on it.
        self._database, self._mine = database, usage.c.organization_id == organization_id

    async def months(self) -> list[date]:
        """The first day of each month in which something finished, oldest first."""
        found = select(_MONTH.label("month")).where(self._mine).distinct().order_by("month")
        return [row.month for row in await self._database.fetch_all(found)]

    async def of_days(self, first: date) -> Sequence[Usage]:
        """Each product of each day of the month that begins on `first`, in this order."""
        return await self._of_month(first, usage.c.day)

    async def of_month(self, first: date) -> Sequence[Usage]:
        """Each product of the month that begins on `first`."""
        return await self._of_month(first, _MONTH)

    async def _of_month(self, first: date, day: ColumnElement[date]) -> Sequence[Usage]:
        last = first.replace(day=monthrange(first.year, first.month)[1])
        milliseconds, calls = func.sum(usage.c.milliseconds), func.sum(usage.c.calls)
        found = (
            select(day.label("day"), usage.c.product, milliseconds.label("milliseconds"), calls.label("calls"))
            .where(self._mine, usage.c.day.between(first, last))
            .group_by(day, usage.c.product)
            .order_by(day, usage.c.product)
        )
        return [
            Usage(row.day, Product(row.product), int(row.milliseconds), int(row.calls))
            for row in await self._database.fetch_all(found)
        ]
