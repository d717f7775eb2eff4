"""Further runs over a media that has ended: the row begins again, what was asked for before is kept beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.core.media import Media, MediaStatus
from voxport.core.plan import plan_to_json
from voxport.core.stages import Step
from voxport.core.submission import FurtherRun
from voxport.storage.cipher import Cipher
from voxport.storage.postgres.database import Database
from voxport.storage.postgres.tables import category_results, media, runs
from voxport.storage.rows import media_from_row, problems_to_json, select_media
from voxport.storage.sealing import seal, seal_corrected, unseal_corrected, unseal_known
from voxport.storage.search.index import index_metadata
from voxport.storage.steps import delete_steps, insert_steps
from voxport.storage.storable import CONFIGURATION_REFUSED, METADATA_REFUSED, as_written, require_storable

_ONE = select_media().where(media.c.id == bindparam("media_id"))
_ENDED = (MediaStatus.FINISHED, MediaStatus.FAILED)


class Runs:
    """The present run is the media's own row; earlier ones are rows of their own."""

    def __init__(self, database: Database, cipher: Cipher) -> None:
        self._database, self._cipher = database, cipher

    async def start(
        self, connection: AsyncConnection, new: FurtherRun, steps: Sequence[Step], *, trace: str | None = None
    ) -> Media | None:
        """The media, accepted again as its next run with all `steps` pending; visible when the caller's block ends.

        None, and nothing done, unless `after_run` of it has ended and is its last: of two that ask at once one is let
        through. Its time to live stands still. Raises RequestRefused for a metadata (10107) or configuration (10007)
        that the database cannot hold.
        """
        require_storable(new.metadata, METADATA_REFUSED)
        require_storable(plan_to_json(new.plan), CONFIGURATION_REFUSED)
        mine = (media.c.id == new.media_id) & (media.c.organization_id == new.organization_id)
        before = select(media).where(
            mine, media.c.run == new.after_run, media.c.status.in_(_ENDED), media.c.deleted_at.is_(None)
        )
        row = (await connection.execute(before.with_for_update())).one_or_none()
        if row is None:
            return None
        kept = {name: getattr(row, name) for name in ("run", "organization_id", "job_id", "status", "finished")}
        await connection.execute(insert(runs).values(media_id=row.id, plan=row.plan, secrets=row.secrets, **kept))
        begun = {**self._begun(new, row), "trace": trace}
        await connection.execute(update(media).where(media.c.id == row.id).values(begun))
        await delete_steps(connection, row.id)
        await insert_steps(connection, row.id, row.organization_id, steps)
        again = media_from_row(self._cipher, (await connection.execute(_ONE, {"media_id": row.id})).one())
        await index_metadata(connection, row.id, new.plan, again.metadata)
        await connection.execute(delete(category_results).where(category_results.c.media_id == row.id))
        return again

    async def corrected(self, media_id: UUID) -> str | None:
        """The transcript that its present run aligns; None when there is none, or the run has ended."""
        row = await self._database.fetch_one(select(media.c.corrected).where(media.c.id == media_id))
        return None if row is None or row[0] is None else unseal_corrected(self._cipher, media_id, row[0])

    def _begun(self, new: FurtherRun, before: Row[Any]) -> dict[str, Any]:
        _, source_url = unseal_known(self._cipher, before.id, before.plan, before.secrets)
        sealed = seal(self._cipher, before.id, new.plan, source_url)
        return {
            "run": before.run + 1,
            "job_id": new.job_id,
            "status": MediaStatus.ACCEPTED,
            "finished": None,
            "expires": None,
            "plan": sealed.plan,
            "secrets": sealed.secrets,
            **({} if new.metadata is None else {"metadata": as_written(new.metadata)}),
            "searchable": new.plan.searchable,
            "time_to_live_s": new.plan.time_to_live_s,
            "errors": [],
            "warnings": problems_to_json(new.warnings),
            "corrected": seal_corrected(self._cipher, before.id, new.corrected),
        }
