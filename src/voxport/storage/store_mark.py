"""Which local store this database is used with: every start holds the folder to it; an operator may name another."""

from __future__ import annotations

from uuid import UUID, uuid4

import psycopg
from sqlalchemy import func, select, text
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.core.artefacts import media_prefix
from voxport.core.errors import Misconfigured
from voxport.core.media import MediaStatus
from voxport.storage.objects.blobs import Blobs
from voxport.storage.objects.mark import Mark
from voxport.storage.postgres.connecting import connect
from voxport.storage.postgres.database import Database
from voxport.storage.postgres.tables import media, object_store

_LOOKED_AT = 20
"""Recordings of a store without a mark; what one of them has left shows that the store is the one."""
_EMPTY = (
    "The database has finished recordings, and the folder of the object store has nothing of them: nothing was "
    "started. Is its volume mounted, and does VOXPORT_STORE_URL name it? If what it held is lost for good, "
    "`voxport store adopt` goes on with the folder as it is."
)
_ALONE = text("SELECT pg_advisory_xact_lock(8389772277102113914)")


async def known_mark(database_url: str) -> UUID | None:
    """What a look at the database tells, which changes nothing; None where it knows none, or cannot be asked."""
    asked = select(object_store.c.mark).compile().string
    try:
        async with await connect(database_url) as connection:
            row = await (await connection.execute(asked.encode())).fetchone()
            return None if row is None else row[0]
    except psycopg.Error:
        return None


class StoreMark:
    """Every method is one transaction; none does anything to a store in S3."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def agree(self, blobs: Blobs) -> None:
        """Holds a folder to the mark that the database knows; gives it one where it knows none.

        Where the folder has not that mark `blobs` says so from now on, whatever is asked of it. Raises Misconfigured
        for a database of an earlier version and a folder in which nothing of its recordings is; TransientFault.
        """
        if (mark := blobs.mark) is None:
            return
        if not await self.hold(blobs):
            mark.hold_to(await self._first(mark, blobs))

    async def hold(self, blobs: Blobs) -> bool:
        """As `agree`, without giving a folder its mark; False where the database knows none."""
        known = await self._database.fetch_one(select(object_store.c.mark))
        if known is not None and blobs.mark is not None:
            blobs.mark.hold_to(known.mark)
        return known is not None

    async def adopt(self, blobs: Blobs) -> None:
        """The folder as it stands is the store from now on, whatever is in it."""
        if (mark := blobs.mark) is None:
            return

        async def write(connection: AsyncConnection) -> None:
            await connection.execute(_ALONE)
            await self._keep(connection, mark)

        await self._database.run(write)

    async def _first(self, mark: Mark, blobs: Blobs) -> UUID:
        async def write(connection: AsyncConnection) -> UUID:
            await connection.execute(_ALONE)
            known: UUID | None = (await connection.execute(select(object_store.c.mark))).scalar_one_or_none()
            if known is not None:
                return known
            ended = select(media.c.id).where(media.c.status == MediaStatus.FINISHED, media.c.deleted_at.is_(None))
            newest = (await connection.execute(ended.order_by(media.c.sequence.desc()).limit(_LOOKED_AT))).scalars()
            looked_at = newest.all()
            if looked_at and not any(next(blobs.sizes(media_prefix(one)), None) for one in looked_at):
                raise Misconfigured(_EMPTY)
            return await self._keep(connection, mark)

        return await self._database.run(write)

    async def _keep(self, connection: AsyncConnection, mark: Mark) -> UUID:
        """The mark first: a start that ends between the two finds it."""
        name = mark.read()
        if name is None:
            name = uuid4()
            mark.write(name)
        values = {"mark": name, "since": func.now()}
        new = upsert(object_store).values(single=True, **values)
        await connection.execute(new.on_conflict_do_update(index_elements=["single"], set_=values))
        return name
