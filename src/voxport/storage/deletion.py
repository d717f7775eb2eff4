"""Media are hidden at once; their place in lists is kept for a while, so that a cursor that names one goes on there."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from voxport.storage.postgres.database import Database
from voxport.storage.postgres.tables import deleted_media, media


async def hide_media(database: Database, chosen: ColumnElement[bool]) -> list[UUID]:
    """Marks those of the `chosen` media deleted that are shown, in one statement with their places; which they are."""
    hidden = (
        update(media)
        .where(chosen, media.c.deleted_at.is_(None))
        .values(deleted_at=func.now())
        .returning(media.c.id, media.c.organization_id, media.c.sequence)
        .cte("hidden")
    )
    places = insert(deleted_media).from_select(
        ["media_id", "organization_id", "sequence"], select(hidden.c.id, hidden.c.organization_id, hidden.c.sequence)
    )
    rows = await database.fetch_all(places.returning(deleted_media.c.media_id))
    return [row.media_id for row in rows]


async def forget_places(database: Database, kept_for: timedelta) -> int:
    """Removes the places of media that were deleted longer ago than that; how many."""
    return await database.execute(delete(deleted_media).where(deleted_media.c.deleted < func.now() - kept_for))
