"""Reads and writes of the workflow, over all organisations; what a customer is told is never read here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import bindparam, delete, func, insert, literal, select, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql import Executable

from voxport.core.errors import Problem
from voxport.core.media import Media, MediaStatus
from voxport.core.plan import plan_to_json
from voxport.storage.delivery_work import DeliveryWork
from voxport.storage.ending import end_media
from voxport.storage.expiry import ExpiryWork
from voxport.storage.postgres.tables import media, uploads
from voxport.storage.records import NewMedia, UnendedMedia
from voxport.storage.replays import ReplayWork
from voxport.storage.rows import (
    CONFIGURATION_REFUSED,
    METADATA_REFUSED,
    media_from_row,
    problems_to_json,
    require_storable,
    seal,
    select_media,
)
from voxport.storage.run_work import RunWork, seal_text
from voxport.storage.step_work import StepWork, insert_steps
from voxport.storage.upload_work import UploadWork

_ONE = select_media().where(media.c.id == bindparam("media_id"))
_UNENDED = media.c.status.in_((MediaStatus.ACCEPTED, MediaStatus.SCHEDULED, MediaStatus.RUNNING))
_BEFORE = {
    MediaStatus.SCHEDULED: (MediaStatus.ACCEPTED,),
    MediaStatus.RUNNING: (MediaStatus.ACCEPTED, MediaStatus.SCHEDULED),
}


class Work(DeliveryWork, ExpiryWork, ReplayWork, RunWork, StepWork, UploadWork):
    """Every method is one transaction, except those that take a `connection`: they join the caller's."""

    async def insert_media(self, connection: AsyncConnection, new: NewMedia) -> Media:
        """Accepts a recording (status accepted) with its steps pending; visible when the caller's block ends.

        Its upload, if there was one, has ended with it (see `begin_upload`).

        Raises RequestRefused for a metadata (10107) or configuration (10007) that the database cannot hold.
        """
        require_storable(new.metadata, METADATA_REFUSED)
        require_storable(plan_to_json(new.plan), CONFIGURATION_REFUSED)
        sealed = seal(self._cipher, new.id, new.plan, new.source_url)
        values = {
            "id": new.id,
            "organization_id": new.organization_id,
            "job_id": new.job_id,
            "status": MediaStatus.ACCEPTED,
            "created": datetime.now(UTC),
            "plan": sealed.plan,
            "secrets": sealed.secrets,
            "metadata": new.metadata,
            "content_type": new.content_type,
            "size_bytes": new.size_bytes,
            "warnings": problems_to_json(new.warnings),
            "searchable": new.plan.searchable,
            "corrected": None if new.corrected is None else seal_text(self._cipher, new.id, new.corrected),
        }
        await connection.execute(insert(media), values)
        await connection.execute(delete(uploads).where(uploads.c.media_id == new.id))
        await insert_steps(connection, new.id, new.organization_id, new.steps)
        row = (await connection.execute(_ONE, {"media_id": new.id})).one()
        return media_from_row(self._cipher, row)

    async def media(self, media_id: UUID) -> Media | None:
        """None also for a deleted media."""

        async def read(connection: AsyncConnection) -> Media | None:
            row = (await connection.execute(_ONE, {"media_id": media_id})).one_or_none()
            return None if row is None else media_from_row(self._cipher, row)

        return await self._database.run(read)

    async def is_active(self, media_id: UUID) -> bool:
        """Whether work on it still makes sense: it exists, is not deleted and has not ended. Cheap; ask often."""
        statement = select(media.c.id).where(media.c.id == media_id, media.c.deleted_at.is_(None), _UNENDED)

        async def read(connection: AsyncConnection) -> bool:
            return (await connection.execute(statement)).first() is not None

        return await self._database.run(read)

    async def set_status(self, media_id: UUID, status: MediaStatus, *, run: int = 1) -> bool:
        """Moves that run of the media forward only, to scheduled or running; False, and nothing done, otherwise.

        Media end by `finish_media` and `fail_media`: ValueError for a status that cannot be set here.
        """
        if status not in _BEFORE:
            raise ValueError(f"a media does not become {status.value} by set_status")
        forward = media.c.status.in_(_BEFORE[status]) & media.c.deleted_at.is_(None)
        its = (media.c.id == media_id) & (media.c.run == run)
        return await self._write(update(media).where(its, forward).values(status=status)) > 0

    async def set_probe(
        self,
        media_id: UUID,
        *,
        content_type: str | None = None,
        duration_ms: int | None = None,
        size_bytes: int | None = None,
    ) -> None:
        """Stores what is given, leaves what is None."""
        found = {"content_type": content_type, "duration_ms": duration_ms, "size_bytes": size_bytes}
        values = {name: value for name, value in found.items() if value is not None}
        if values:
            await self._write(update(media).where(media.c.id == media_id).values(values))

    async def add_warning(self, media_id: UUID, warning: Problem) -> None:
        """Puts the warning after those that are there; one that is there already is not put twice."""
        added = literal(problems_to_json([warning]), JSONB)
        unknown = ~media.c.warnings.contains(added)
        await self._write(
            update(media).where(media.c.id == media_id, unknown).values(warnings=media.c.warnings + added)
        )

    async def fail_media(
        self,
        media_id: UUID,
        problem: Problem,
        *further: Problem,
        run: int = 1,
        connection: AsyncConnection | None = None,
    ) -> list[UUID]:
        """Ends that run of the media as failed, telling all that is given, and makes its deliveries: analytics pending
        (due now), the others skipped.

        Steps that had not ended become failed (started) or skipped (pending), except deliver.
        Ids of the pending deliveries; [] when the run had ended, or the media is deleted or does not exist.
        """
        return await self._end_media(media_id, (problem, *further), run, connection)

    async def finish_media(
        self, media_id: UUID, *, run: int = 1, connection: AsyncConnection | None = None
    ) -> list[UUID]:
        """Ends that run as finished and makes a pending delivery for each of its callbacks, once; as `fail_media`."""
        return await self._end_media(media_id, (), run, connection)

    async def mark_deleted(self, media_id: UUID) -> bool:
        """Hides the media at once from everybody but `deleted_media`; False when there is none to hide."""
        shown = update(media).where(media.c.id == media_id, media.c.deleted_at.is_(None))
        return await self._write(shown.values(deleted_at=datetime.now(UTC))) > 0

    async def deleted_media(self, limit: int = 100) -> list[UUID]:
        """Media marked deleted whose rows have not been erased, longest deleted first."""
        marked = select(media.c.id).where(media.c.deleted_at.is_not(None))
        return await self._ids(marked.order_by(media.c.deleted_at).limit(limit))

    async def erase_media(self, media_id: UUID) -> None:
        """Removes the media with its steps, deliveries and attempts."""
        await self._write(delete(media).where(media.c.id == media_id))

    async def waiting_count(self, organization_id: UUID) -> int:
        """Media of the organisation that have not ended."""
        mine = (media.c.organization_id == organization_id) & media.c.deleted_at.is_(None)
        statement = select(func.count()).select_from(media).where(mine, _UNENDED)

        async def read(connection: AsyncConnection) -> int:
            return int((await connection.execute(statement)).scalar_one())

        return await self._database.run(read)

    async def unended_media(self, limit: int = 10_000) -> list[UnendedMedia]:
        """Oldest first; without deleted ones."""
        statement = (
            select(media.c.id, media.c.organization_id, media.c.created)
            .where(media.c.deleted_at.is_(None), _UNENDED)
            .order_by(media.c.sequence)
            .limit(limit)
        )

        async def read(connection: AsyncConnection) -> list[UnendedMedia]:
            rows = await connection.execute(statement)
            return [UnendedMedia(row.id, row.organization_id, row.created) for row in rows]

        return await self._database.run(read)

    async def set_expiry(self, media_id: UUID, expires: datetime | None) -> None:
        """When the media is to be removed; None: never."""
        await self._write(update(media).where(media.c.id == media_id).values(expires=expires))

    async def expired_media(self, now: datetime, limit: int = 100) -> list[UUID]:
        """Media whose time to live is over, longest first."""
        over = select(media.c.id).where(media.c.deleted_at.is_(None), media.c.expires <= now)
        return await self._ids(over.order_by(media.c.expires).limit(limit))

    async def _end_media(
        self, media_id: UUID, problems: Sequence[Problem], run: int, connection: AsyncConnection | None
    ) -> list[UUID]:
        if connection is not None:
            return await end_media(connection, self._cipher, media_id, problems, run)
        return await self._database.run(lambda own: end_media(own, self._cipher, media_id, problems, run))

    async def _write(self, statement: Executable) -> int:
        async def write(connection: AsyncConnection) -> int:
            return (await connection.execute(statement)).rowcount

        return await self._database.run(write)

    async def _ids(self, statement: Executable) -> list[UUID]:
        async def read(connection: AsyncConnection) -> list[UUID]:
            return list((await connection.execute(statement)).scalars())

        return await self._database.run(read)
