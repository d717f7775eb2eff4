"""Recordings that a version without an index of calls has finished: which come next, and how far that is.

Workers take them in batches, one worker at a time. What is done stays done: whoever comes next goes on behind it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Text, cast, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.core.json_text import read_json_text
from voxport.core.media import Media, MediaStatus
from voxport.core.plan import Plan
from voxport.search.call_text import CallText
from voxport.storage.cipher import Cipher
from voxport.storage.postgres.database import Database
from voxport.storage.postgres.tables import call_index, index_backfill, media
from voxport.storage.rows import media_from_row, select_media
from voxport.storage.search.index import index_metadata, index_words

_ITS = index_backfill.c
_UNSAID = ~exists().where(call_index.c.media_id == media.c.id, call_index.c.lines.is_not(None))


@dataclass(frozen=True, slots=True)
class Batch:
    """Recordings that a worker is to bring into the index."""

    media: Sequence[Media]
    place: UUID | None
    """Behind which they stand; None: they are the first."""
    last: bool
    """Whether none stands behind them."""


@dataclass(frozen=True, slots=True)
class IndexProgress:
    """How far the recordings of earlier versions are in the index."""

    calls: int
    """How many there were when it began."""
    done: int
    """How many of them were looked at."""
    ended: bool
    """Whether that is all."""


class IndexBackfill:
    """Every method is one transaction."""

    def __init__(self, database: Database, cipher: Cipher) -> None:
        self._database, self._cipher = database, cipher

    async def claim(self, limit: int, lease_s: float) -> Batch | None:
        """The next recordings, for that time; None where none is left or another worker has them."""

        async def take(connection: AsyncConnection) -> Batch | None:
            free = _ITS.claimed_until.is_(None) | (_ITS.claimed_until <= func.now())
            until = func.now() + func.make_interval(0, 0, 0, 0, 0, 0, lease_s)
            taken = update(index_backfill).where(_ITS.ended.is_(None), free).values(claimed_until=until)
            row = (await connection.execute(taken.returning(_ITS.place))).one_or_none()
            if row is None:
                return None
            following = select_media().where(media.c.status == MediaStatus.FINISHED, _UNSAID)
            if row.place is not None:
                following = following.where(media.c.id > row.place)
            rows = (await connection.execute(following.order_by(media.c.id).limit(limit))).all()
            return Batch([media_from_row(self._cipher, one) for one in rows], row.place, last=len(rows) < limit)

        return await self._database.run(take)

    async def add(self, one: Media, plan: Plan, call: CallText) -> bool:
        """Brings a recording into the index as `plan` says; False, and nothing done, where it has changed meanwhile."""
        its = select(cast(media.c.metadata, Text).label("metadata")).where(
            media.c.id == one.id,
            media.c.run == one.run,
            media.c.status == MediaStatus.FINISHED,
            media.c.deleted_at.is_(None),
        )

        async def write(connection: AsyncConnection) -> bool:
            row = (await connection.execute(its.with_for_update())).one_or_none()
            if row is None:
                return False
            await index_metadata(connection, one.id, plan, read_json_text(row.metadata))
            await index_words(connection, one.id, call)
            return True

        return await self._database.run(write)

    async def advance(self, batch: Batch) -> None:
        """Says that a batch is done, unless another worker has said so."""
        same = _ITS.place.is_not_distinct_from(batch.place)
        values = {
            "done": _ITS.done + len(batch.media),
            "place": batch.media[-1].id if batch.media else batch.place,
            "claimed_until": None,
            **({"ended": func.now()} if batch.last else {}),
        }
        await self._database.execute(update(index_backfill).where(same, _ITS.ended.is_(None)).values(values))

    async def progress(self) -> IndexProgress | None:
        """None where earlier versions have left nothing."""
        row = await self._database.fetch_one(select(_ITS.calls, _ITS.done, _ITS.ended))
        return None if row is None else IndexProgress(row.calls, row.done, row.ended is not None)
