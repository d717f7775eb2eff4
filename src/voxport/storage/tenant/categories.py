"""What one organisation's calls are found to be."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.core.findings import CategoryResult
from voxport.storage.postgres.database import Transactions
from voxport.storage.search.evaluation import Category, UnpublishedCall, evaluation_sql, of_values, results_of
from voxport.storage.search.limited import limited
from voxport.storage.search.parameters import Parameters


class TenantCategories:
    """Other organisations' calls do not exist for it."""

    def __init__(self, database: Transactions) -> None:
        """`database` is bound to the organisation."""
        self._database = database

    async def evaluate(
        self, categories: Sequence[Category], call: UnpublishedCall, timeout_s: float
    ) -> list[CategoryResult]:
        """Which of the categories a call is in, in their order. Raises RequestRefused (10007) beyond its time."""
        parameters = Parameters()
        sql = evaluation_sql(of_values(call, parameters), [one.condition for one in categories], parameters)

        async def read(connection: AsyncConnection) -> list[CategoryResult]:
            async with limited(connection, timeout_s):
                row = (await connection.execute(text(sql), parameters.values)).one()
            return await asyncio.to_thread(results_of, row, categories)

        return await self._database.run(read)
