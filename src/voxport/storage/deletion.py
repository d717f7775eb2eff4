"""Media are hidden at once; their place in lists is kept for a while, so that a cursor that names one goes on there."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import ColumnElement, Executable, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from voxport.storage.postgres.database import Database
from voxport.storage.postgres.tables import deleted_media, media


def hiding(chosen: ColumnElement[bool]) -> Executable:
    """Marks those of the `chosen` media deleted that are shown, with their places; gives the `media_id` of each."""
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
    return places.returning(deleted_media.c.media_id)


async def forget_places(database: Database, kept_for: timedelta) -> int:
    """Removes the places of media that were deleted longer ago than that; how many."""
    return await database.execute(delete(deleted_media).where(deleted_media.c.deleted < func.now() - kept_for))
