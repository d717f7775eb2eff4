"""Reads and writes of the workflow, over all organisations; what a customer is told is never read here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import bindparam, delete, func, insert, literal, select, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql import Executable

from voxport.core.errors import Problem
from voxport.core.media import Media, MediaStatus, Step, StepStatus
from voxport.core.plan import plan_to_json
from voxport.storage.delivery_work import DeliveryWork
from voxport.storage.ending import end_media
from voxport.storage.expiry import ExpiryWork
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
from voxport.storage.tables import media, media_steps, uploads
from voxport.storage.upload_work import UploadWork

_ONE = select_media().where(media.c.id == bindparam("media_id"))
_UNENDED = media.c.status.in_((MediaStatus.ACCEPTED, MediaStatus.SCHEDULED, MediaStatus.RUNNING))
_BEFORE = {
    MediaStatus.SCHEDULED: (MediaStatus.ACCEPTED,),
    MediaStatus.RUNNING: (MediaStatus.ACCEPTED, MediaStatus.SCHEDULED),
}


class Work(DeliveryWork, ExpiryWork, ReplayWork, UploadWork):
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
        }
        await connection.execute(insert(media), values)
        await connection.execute(delete(uploads).where(uploads.c.media_id == new.id))
        rows = [
            {
                "media_id": new.id,
                "organization_id": new.organization_id,
                "position": position,
                "step": step,
                "status": StepStatus.PENDING,
                "task_id": uuid4(),
            }
            for position, step in enumerate(_steps(new))
        ]
        if rows:
            await connection.execute(insert(media_steps), rows)
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

    async def set_status(self, media_id: UUID, status: MediaStatus) -> bool:
        """Moves forward only, to scheduled or running; False, and nothing done, otherwise.

        Media end by `finish_media` and `fail_media`: ValueError for a status that cannot be set here.
        """
        if status not in _BEFORE:
            raise ValueError(f"a media does not become {status.value} by set_status")
        forward = media.c.status.in_(_BEFORE[status]) & media.c.deleted_at.is_(None)
        return await self._write(update(media).where(media.c.id == media_id, forward).values(status=status)) > 0

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

    async def start_step(self, media_id: UUID, step: Step) -> None:
        """Started now. One that is started keeps its time; one that had failed starts anew; an ended media's stays."""
        anew = {"status": StepStatus.STARTED, "started": datetime.now(UTC), "finished": None, "fraction": None}
        await self._set_step(media_id, step, (StepStatus.PENDING, StepStatus.FAILED, StepStatus.SKIPPED), anew)

    async def complete_step(self, media_id: UUID, step: Step) -> None:
        """Completed now, once; a step that was never started began and ended now."""
        now = datetime.now(UTC)
        started = func.coalesce(media_steps.c.started, now)
        values = {"status": StepStatus.COMPLETED, "started": started, "finished": now, "fraction": 1.0}
        await self._set_step(media_id, step, (StepStatus.PENDING, StepStatus.STARTED, StepStatus.FAILED), values)

    async def skip_step(self, media_id: UUID, step: Step) -> None:
        """There was nothing to do for it."""
        await self._set_step(media_id, step, (StepStatus.PENDING, StepStatus.STARTED), {"status": StepStatus.SKIPPED})

    async def fail_step(self, media_id: UUID, step: Step) -> None:
        """Failed now; the media goes on, if another try is made, or is failed by `fail_media`."""
        values = {"status": StepStatus.FAILED, "finished": datetime.now(UTC)}
        await self._set_step(media_id, step, (StepStatus.PENDING, StepStatus.STARTED), values)

    async def set_fraction(self, media_id: UUID, step: Step, fraction: float) -> None:
        """Share done, 0-1, of a started step; never goes back."""
        done = min(max(fraction, 0.0), 1.0)
        grown = func.greatest(func.coalesce(media_steps.c.fraction, 0.0), done)
        await self._set_step(media_id, step, (StepStatus.STARTED,), {"fraction": grown})

    async def fail_media(
        self, media_id: UUID, problem: Problem, *further: Problem, connection: AsyncConnection | None = None
    ) -> list[UUID]:
        """Ends the media as failed, telling all that is given, and makes its deliveries: analytics pending (due now),
        the others skipped.

        Steps that had not ended become failed (started) or skipped (pending), except deliver.
        Ids of the pending deliveries; [] when the media had ended, is deleted or does not exist.
        """
        return await self._end_media(media_id, (problem, *further), connection)

    async def finish_media(self, media_id: UUID, *, connection: AsyncConnection | None = None) -> list[UUID]:
        """Ends the media as finished and makes a pending delivery for each callback, once; as `fail_media`."""
        return await self._end_media(media_id, (), connection)

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
        self, media_id: UUID, problems: Sequence[Problem], connection: AsyncConnection | None
    ) -> list[UUID]:
        if connection is not None:
            return await end_media(connection, self._cipher, media_id, problems)
        return await self._database.run(lambda own: end_media(own, self._cipher, media_id, problems))

    async def _set_step(
        self, media_id: UUID, step: Step, before: tuple[StepStatus, ...], values: dict[str, Any]
    ) -> None:
        """Changes a step that is in one of the states `before`; the steps of an ended media stay as they are."""
        running = select(media.c.id).where(media.c.id == media_id, _UNENDED)
        mine = (media_steps.c.media_id.in_(running)) & (media_steps.c.step == step)
        await self._write(update(media_steps).where(mine, media_steps.c.status.in_(before)).values(values))

    async def _write(self, statement: Executable) -> int:
        async def write(connection: AsyncConnection) -> int:
            return (await connection.execute(statement)).rowcount

        return await self._database.run(write)

    async def _ids(self, statement: Executable) -> list[UUID]:
        async def read(connection: AsyncConnection) -> list[UUID]:
            return list((await connection.execute(statement)).scalars())

        return await self._database.run(read)


def _steps(new: NewMedia) -> tuple[Step, ...]:
    if new.steps is not None:
        return new.steps
    fetch = (Step.FETCH,) if new.source_url is not None else ()
    deliver = (Step.DELIVER,) if new.plan.callbacks else ()
    audio = (Step.AUDIO,) if new.plan.writes_audio else ()
    check = (Step.CHECK,) if new.plan.redacts_audio else ()
    analytics = (Step.ANALYTICS,) if new.plan.analyses else ()
    return (*fetch, Step.INGEST, Step.SPEECH, Step.TEXT, *audio, *check, *analytics, Step.PUBLISH, *deliver)
