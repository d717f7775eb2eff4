"""One organisation's categories that are looked for in past calls: what a worker does next, and how far it is.

A step is one transaction: what was found of some calls, and that they were looked at. Whoever dies in between has done
nothing, and who was taken for dead and comes back is told that others went on.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.core.categories import Application
from voxport.core.errors import RequestRefused
from voxport.storage.postgres.database import Transactions
from voxport.storage.postgres.tables import category_applications
from voxport.storage.search.evaluation import Category, evaluation_sql, results_of
from voxport.storage.search.limited import limited
from voxport.storage.search.parameters import Parameters
from voxport.storage.search.results import FoundResult, store_found
from voxport.storage.tenant.categories import SPOKEN

_ITS = category_applications.c
SHOWN = tuple(column for column in category_applications.c if column.name not in ("statement", "advanced"))
"""All of an application but its statement, which only who carries it out reads, and what only who watches does."""
MAX_LISTED = 100
_BATCH_WORDS = 200_000
"""Of the calls of one step together, or one call."""
_CALLS = text(
    f"SELECT count(*) FROM call_index AS c WHERE c.organization_id = :mine AND c.created <= :begun AND {SPOKEN}"  # noqa: S608
)
_FOLLOWING = f"""
    (SELECT c.*, m.run FROM (
        SELECT c.*, sum(c.word_count) OVER (ORDER BY c.created DESC, c.media_id DESC) - c.word_count AS words FROM (
            SELECT c.* FROM call_index AS c WHERE c.organization_id = {{organization}} AND {SPOKEN}
                AND c.created <= {{begun}} {{behind}}
            ORDER BY c.created DESC, c.media_id DESC LIMIT {{limit}}
        ) AS c
    ) AS c JOIN media AS m ON m.id = c.media_id WHERE c.words < {_BATCH_WORDS})
"""  # noqa: S608 - our own words


class TenantApplications:
    """Other organisations' do not exist for it."""

    def __init__(self, database: Transactions, organization_id: UUID) -> None:
        """`database` is bound to the organisation."""
        self._database, self._organization_id = database, organization_id

    async def get(self, application_id: UUID) -> Application | None:
        """None where there is none of that id."""
        row = await self._database.fetch_one(select(*SHOWN).where(_ITS.id == application_id))
        return None if row is None else application_of(row)

    async def statement(self, application_id: UUID) -> str:
        """The whole statement (VBQL) that it asks; raises LookupError where there is none of that id."""
        row = await self._database.fetch_one(select(_ITS.statement).where(_ITS.id == application_id))
        if row is None:
            raise LookupError(application_id)
        return str(row.statement)

    async def newest(self) -> list[Application]:
        """The newest `MAX_LISTED`, the newest first."""
        newest = select(*SHOWN).order_by(_ITS.created.desc(), _ITS.id).limit(MAX_LISTED)
        mine = newest.where(_ITS.organization_id == self._organization_id)
        return [application_of(row) for row in await self._database.fetch_all(mine)]

    async def next(self) -> Application | None:
        """The oldest that has not ended; None where all have."""
        waiting = select(*SHOWN).where(_ITS.organization_id == self._organization_id, _ITS.ended.is_(None))
        row = await self._database.fetch_one(waiting.order_by(_ITS.created, _ITS.id).limit(1))
        return None if row is None else application_of(row)

    async def cancel(self, application_id: UUID) -> bool:
        """Ends it where it is; False where it had ended, or there is none of that id."""
        its = update(category_applications).where(_ITS.id == application_id, _ITS.ended.is_(None))
        return await self._database.execute(its.values(ended=func.now(), cancelled=True)) > 0

    async def fail(self, application_id: UUID, problem: str) -> None:
        """Ends it where it is, for a reason that the customer may read."""
        its = update(category_applications).where(_ITS.id == application_id, _ITS.ended.is_(None))
        await self._database.execute(its.values(ended=func.now(), problem=problem))

    async def begin(self, application: Application) -> Application | None:
        """The application with the number of its calls; None where it has ended meanwhile."""

        async def write(connection: AsyncConnection) -> Application | None:
            its = {"mine": self._organization_id, "begun": application.created}
            calls = (await connection.execute(_CALLS, its)).scalar_one()
            unended = update(category_applications).where(_ITS.id == application.id, _ITS.ended.is_(None))
            begun = unended.values(started=func.now(), advanced=func.now(), calls=calls).returning(*SHOWN)
            row = (await connection.execute(begun)).one_or_none()
            return None if row is None else application_of(row)

        return await self._database.run(write)

    async def following(
        self, application: Application, category: Category, at_most: int, timeout_s: float
    ) -> list[FoundResult] | None:
        """What the calls behind its place are found to be, the newest first; [] where there are none.

        None where finding it out takes longer than its time.
        """
        parameters = Parameters()
        calls = self._calls(application, at_most, parameters)
        sql = evaluation_sql(calls, [category.condition], parameters, ("created", "run"))

        async def read(connection: AsyncConnection) -> list[FoundResult]:
            async with limited(connection, timeout_s):
                rows = (await connection.execute(text(sql), parameters.values)).all()
            return await asyncio.to_thread(_found, rows, category)

        try:
            return await self._database.run(read)
        except RequestRefused:
            return None

    async def place_behind(self, application: Application) -> tuple[datetime, UUID] | None:
        """The place of the call that comes next; None where there is none."""
        parameters = Parameters()
        sql = f"SELECT c.created, c.media_id FROM {self._calls(application, 1, parameters)} AS c"  # noqa: S608
        row = await self._database.fetch_one(text(sql), parameters.values)
        return None if row is None else (row.created, row.media_id)

    async def advance(
        self, application: Application, found: Sequence[FoundResult], *, failed: tuple[datetime, UUID] | None = None
    ) -> Application | None:
        """Keeps what calls were found to be, and that they were looked at: `found`, or one that `failed`.

        With neither it is finished. None, and nothing done, where it has ended meanwhile or others went on.
        """
        place = failed or ((found[-1].created, found[-1].media_id) if found else None)
        values: dict[str, Any] = {"ended": func.now()}
        if place is not None:
            values = {
                "place_created": place[0],
                "place_media_id": place[1],
                "advanced": func.now(),
                "done": _ITS.done + max(1, len(found)),
                "matched": _ITS.matched + sum(one.result.matched for one in found),
                "failures": _ITS.failures + int(failed is not None),
            }
        before = None if application.place is None else application.place[1]
        same = (_ITS.id == application.id) & _ITS.ended.is_(None) & _ITS.place_media_id.is_not_distinct_from(before)
        moved = update(category_applications).where(same).values(values).returning(*SHOWN)

        async def write(connection: AsyncConnection) -> Application | None:
            row = (await connection.execute(moved)).one_or_none()
            if row is None:
                return None
            await store_found(connection, found)
            return application_of(row)

        return await self._database.run(write)

    def _calls(self, application: Application, at_most: int, parameters: Parameters) -> str:
        behind = ""
        if application.place is not None:
            created, media_id = application.place
            place = f"({parameters.add(created, 'timestamptz')}, {parameters.add(media_id, 'uuid')})"
            behind = f"AND (c.created, c.media_id) < {place}"
        return _FOLLOWING.format(
            organization=parameters.add(self._organization_id, "uuid"),
            begun=parameters.add(application.created, "timestamptz"),
            behind=behind,
            limit=parameters.add(at_most, "integer"),
        )


def application_of(row: Row[Any]) -> Application:
    """A row of `category_applications`."""
    place = None if row.place_media_id is None else (row.place_created, row.place_media_id)
    return Application(
        id=row.id,
        category=row.category,
        version=row.version,
        created=row.created,
        started=row.started,
        ended=row.ended,
        cancelled=row.cancelled,
        problem=row.problem,
        calls=row.calls,
        done=row.done,
        matched=row.matched,
        failures=row.failures,
        place=place,
    )


def _found(rows: Sequence[Row[Any]], category: Category) -> list[FoundResult]:
    found = [FoundResult(row.media_id, row.created, row.run, results_of(row, [category])[0]) for row in rows]
    return sorted(found, key=lambda one: (one.created, one.media_id), reverse=True)
