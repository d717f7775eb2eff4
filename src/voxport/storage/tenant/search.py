"""What one organisation finds among its calls, by statements and by words.

Each statement has its time; what takes longer is ended by the database, and refused in words.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused
from voxport.core.json_text import read_json_text
from voxport.core.statement import Selection, said_in
from voxport.search.results import FoundCall, FoundCalls
from voxport.storage.postgres.database import Transactions
from voxport.storage.search.hits import hits_of, read_hits
from voxport.storage.search.limited import DEFAULT_TIMEOUT_S, limited
from voxport.storage.search.selection import MAX_BYTES, Compiled, compile_selection

_TOO_LONG = (
    f"The answer has more than {MAX_BYTES >> 20} MiB of metadata and turns; take a smaller LIMIT, or name the fields "
    "that are wanted in place of *."
)


class TenantSearch:
    """Other organisations' calls do not exist for it, nor do those that are deleted or whose time is over."""

    def __init__(self, database: Transactions, organization_id: UUID) -> None:
        """`database` is bound to the organisation."""
        self._database, self._organization_id = database, organization_id

    async def select(self, selection: Selection, timeout_s: float = DEFAULT_TIMEOUT_S) -> FoundCalls:
        """The calls that meet a statement. Raises RequestRefused (10007) for what is longer, in time or bytes."""
        compiled = compile_selection(selection, self._organization_id)
        rows = await self.rows(compiled, timeout_s)
        total = int(rows[0].total)
        if (rows[0].bytes or 0) > MAX_BYTES:
            raise RequestRefused(Problem(Code.CONFIGURATION_INVALID, _TOO_LONG))
        calls = await asyncio.to_thread(lambda: [_found(row, selection) for row in rows if row.media_id is not None])
        return FoundCalls(total, calls)

    async def rows(self, compiled: Compiled, timeout_s: float) -> Sequence[Row[Any]]:
        """The rows of a statement, which has so much time."""

        async def read(connection: AsyncConnection) -> Sequence[Row[Any]]:
            async with limited(connection, timeout_s):
                return (await connection.execute(text(compiled.sql), compiled.values)).all()

        return await self._database.run(read)


def _found(row: Row[Any], selection: Selection) -> FoundCall:
    said = said_in(selection.condition) if selection.shows_hits else ()
    values = {one.name: getattr(row, f"f{at}") for at, one in enumerate(selection.columns)}
    hits = hits_of(read_hits(row.hits), said, row.duration_ms or 0) if said else ()
    return FoundCall(
        media_id=row.media_id,
        created=row.created,
        finished=row.finished,
        duration_ms=row.duration_ms or 0,
        word_count=row.word_count or 0,
        transitions=row.transitions or 0,
        language=row.language,
        metadata={} if row.metadata is None else read_json_text(row.metadata),
        values=values,
        hits=hits,
    )
