"""Media over all organisations: accepted, moved on, ended, deleted. What a customer sees is read in `tenant`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Text, bindparam, delete, func, insert, literal, select, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.core.errors import Problem
from voxport.core.media import Media, MediaStatus
from voxport.core.plan import plan_to_json
from voxport.search.call_text import CallText
from voxport.storage.cipher import Cipher
from voxport.storage.deletion import forget_places, hiding
from voxport.storage.ending import Ending, end_run
from voxport.storage.postgres.database import Database
from voxport.storage.postgres.tables import media, uploads
from voxport.storage.records import NewMedia, SkipRule, UnendedMedia
from voxport.storage.rows import UNENDED, media_from_row, problems_to_json, select_media
from voxport.storage.sealing import seal, seal_corrected, seal_metadata, unseal_metadata
from voxport.storage.search.index import index_metadata
from voxport.storage.steps import insert_steps
from voxport.storage.storable import CONFIGURATION_REFUSED, METADATA_REFUSED, as_written, require_storable

_ONE = select_media().where(media.c.id == bindparam("media_id"))
_PROBE = (
    update(media)
    .where(media.c.id == bindparam("its_id"))
    .values(
        content_type=func.coalesce(bindparam("new_type", type_=Text), media.c.content_type),
        duration_ms=func.coalesce(bindparam("new_duration", type_=BigInteger), media.c.duration_ms),
        size_bytes=func.coalesce(bindparam("new_size", type_=BigInteger), media.c.size_bytes),
    )
)
_HIDE = hiding(media.c.id == bindparam("its_id"))
_SHOWN = media.c.deleted_at.is_(None)


class MediaStore:
    """Every method is one transaction, except those that take a `connection`: they join the caller's."""

    def __init__(self, database: Database, cipher: Cipher) -> None:
        self._database, self._cipher = database, cipher

    async def insert(self, connection: AsyncConnection, new: NewMedia) -> Media:
        """Accepts a recording (status accepted) with its steps pending; visible when the caller's block ends.

        Its upload, if there was one, has ended with it (see `Uploads.begin`).

        Raises RequestRefused for a metadata (10107) or configuration (10007) that the database cannot hold.
        """
        require_storable(new.metadata, METADATA_REFUSED)
        require_storable(plan_to_json(new.plan), CONFIGURATION_REFUSED)
        sealed = seal(self._cipher, new.id, new.plan, new.source_url)
        encrypted = new.plan.encryption is not None
        values = {
            "id": new.id,
            "organization_id": new.organization_id,
            "job_id": new.job_id,
            "status": MediaStatus.ACCEPTED,
            "plan": sealed.plan,
            "secrets": sealed.secrets,
            "metadata": as_written({} if encrypted else new.metadata),
            "sealed_metadata": seal_metadata(self._cipher, new.id, new.metadata) if encrypted else None,
            "content_type": new.content_type,
            "size_bytes": new.size_bytes,
            "warnings": problems_to_json(new.warnings),
            "searchable": new.plan.searchable,
            "time_to_live_s": new.plan.time_to_live_s,
            "corrected": seal_corrected(self._cipher, new.id, new.corrected),
            "trace": new.trace,
        }
        uploaded = delete(uploads).where(uploads.c.media_id == new.id).cte("uploaded")
        await connection.execute(insert(media).values(values).add_cte(uploaded))
        await insert_steps(connection, new.id, new.organization_id, new.steps)
        await index_metadata(connection, new.id, new.plan, new.metadata)
        row = (await connection.execute(_ONE, {"media_id": new.id})).one()
        return media_from_row(self._cipher, row)

    async def get(self, media_id: UUID) -> Media | None:
        """None also for a deleted media."""
        row = await self._database.fetch_one(_ONE, {"media_id": media_id})
        return None if row is None else media_from_row(self._cipher, row)

    async def sealed_metadata(self, media_id: UUID) -> dict[str, Any]:
        """What was sent with a media that is to be encrypted; {} when its run has ended."""
        row = await self._database.fetch_one(select(media.c.sealed_metadata).where(media.c.id == media_id))
        return {} if row is None or row[0] is None else unseal_metadata(self._cipher, media_id, row[0])

    async def is_active(self, media_id: UUID) -> bool:
        """Whether work on it still makes sense: it exists, is not deleted and has not ended. Cheap; ask often."""
        its = select(media.c.id).where(media.c.id == media_id, _SHOWN, UNENDED)
        return await self._database.fetch_one(its) is not None

    async def set_probe(
        self,
        media_id: UUID,
        *,
        content_type: str | None = None,
        duration_ms: int | None = None,
        size_bytes: int | None = None,
    ) -> None:
        """Stores what is given, leaves what is None."""
        found = {"new_type": content_type, "new_duration": duration_ms, "new_size": size_bytes}
        if any(value is not None for value in found.values()):
            await self._database.execute(_PROBE, {"its_id": media_id, **found})

    async def add_warning(self, media_id: UUID, warning: Problem) -> None:
        """Puts the warning after those that are there; one that is there already is not put twice."""
        added = literal(problems_to_json([warning]), JSONB)
        unknown = (media.c.id == media_id) & ~media.c.warnings.contains(added)
        await self._database.execute(update(media).where(unknown).values(warnings=media.c.warnings + added))

    async def finish(
        self,
        media_id: UUID,
        *,
        run: int,
        skips: SkipRule | None = None,
        call: CallText | None = None,
        connection: AsyncConnection | None = None,
    ) -> list[UUID]:
        """Ends that run as finished and makes a pending delivery, due now, for each of its callbacks, once.

        What was said, `call`, can be found from then on; None: nothing of it. Those callbacks that `skips` names are
        skipped. Ids of the pending deliveries; [] when the run had ended, or the media is deleted or does not exist.
        """
        return await self._end(Ending(media_id, run, (), skips, call), connection)

    async def fail(
        self,
        media_id: UUID,
        problems: Sequence[Problem],
        *,
        run: int,
        skips: SkipRule,
        connection: AsyncConnection | None = None,
    ) -> list[UUID]:
        """Ends that run as failed with all `problems`, and makes its deliveries: those that `skips` names are skipped.

        Steps that had not ended become failed (started) or skipped (pending), except deliver. Pending deliveries of
        earlier runs that `skips` names are skipped too. Ids of the pending deliveries; [] as of `finish`.
        """
        return await self._end(Ending(media_id, run, tuple(problems), skips), connection)

    async def mark_deleted(self, media_id: UUID) -> bool:
        """Hides the media at once from everybody but `deleted`; False when there is none to hide."""
        return await self._database.fetch_one(_HIDE, {"its_id": media_id}) is not None

    async def forget_deleted(self, kept_for: timedelta) -> int:
        """Forgets where lists had media that were deleted longer ago than that; how many."""
        return await forget_places(self._database, kept_for)

    async def deleted(self, before: timedelta = timedelta(), limit: int = 100) -> list[UUID]:
        """Media marked deleted so long ago or longer whose rows have not been erased, longest deleted first."""
        marked = select(media.c.id).where(media.c.deleted_at <= func.now() - before)
        return [row.id for row in await self._database.fetch_all(marked.order_by(media.c.deleted_at).limit(limit))]

    async def erase(self, *media_ids: UUID) -> None:
        """Removes each media with its steps, deliveries and attempts."""
        await self._database.execute(delete(media).where(media.c.id.in_(media_ids)))

    async def count_unended(self, organization_id: UUID) -> int:
        """Media of the organisation that have not ended."""
        mine = (media.c.organization_id == organization_id) & _SHOWN & UNENDED
        row = await self._database.fetch_one(select(func.count()).select_from(media).where(mine))
        return 0 if row is None else int(row[0])

    async def unended(self, older_than: timedelta, limit: int = 10_000) -> list[UnendedMedia]:
        """Those accepted longer ago than that, oldest first; without deleted ones."""
        statement = (
            select(media.c.id, media.c.organization_id, media.c.created)
            .where(_SHOWN, UNENDED, media.c.created < func.now() - older_than)
            .order_by(media.c.sequence)
            .limit(limit)
        )
        rows = await self._database.fetch_all(statement)
        return [UnendedMedia(row.id, row.organization_id, row.created) for row in rows]

    async def _end(self, ending: Ending, connection: AsyncConnection | None) -> list[UUID]:
        if connection is not None:
            return await end_run(connection, self._cipher, ending)
        return await self._database.run(lambda own: end_run(own, self._cipher, ending))
