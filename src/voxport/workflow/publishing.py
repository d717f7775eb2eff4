"""The end of processing: the media's final status, and its deliveries, in one transaction."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.core.artefacts import audio_form_key, media_prefix, redacted_audio_key, working_prefix
from voxport.core.errors import Problem
from voxport.core.media import Media, MediaStatus
from voxport.workflow.engine import TaskName
from voxport.workflow.parts import Parts


async def end_media(parts: Parts, media: Media, *problems: Problem) -> None:
    """Finishes the media, or fails it with `problems`; its deliveries commit with it and are due at once.

    Twice is harmless: a media that has ended gets no second set of deliveries.
    """
    if problems:
        await parts.store.work.fail_media(media.id, *problems)
    else:
        await parts.store.work.finish_media(media.id)
    await tidy_up(parts, media)


async def tidy_up(parts: Parts, media: Media) -> None:
    """What follows the end of a media; done again by the job's second run when the first was killed here."""
    await asyncio.to_thread(parts.blobs.delete_prefix, working_prefix(media.id))
    await _withdraw_failed(parts, media.id)
    await settle_expiry(parts, media)


async def _withdraw_failed(parts: Parts, media_id: UUID) -> None:
    """Redacted audio of a media that failed is served to nobody, and may be that in which a secret can still be heard.

    Asks how the media has really ended: another run may have finished it before this one failed it.
    """
    ended = await parts.store.work.media(media_id)
    if ended is not None and ended.status is MediaStatus.FAILED:
        for key in (audio_form_key(media_id), redacted_audio_key(media_id)):
            await asyncio.to_thread(parts.blobs.delete, key)


async def settle_expiry(parts: Parts, media: Media) -> None:
    """The time to live begins when the last delivery has ended (open-questions 5), anew after a replay."""
    if media.plan.time_to_live_s is None or media.expires is not None:
        return
    expires = datetime.now(UTC) + timedelta(seconds=media.plan.time_to_live_s)
    await parts.store.work.begin_expiry(media.id, expires)


async def erase(parts: Parts, media_id: UUID) -> None:
    """Removes bytes first, then rows: a crash between leaves rows that the sweep finds again.

    Waits for a stage that is still running, which could write once more.
    """
    if await parts.engine.is_worked_on(media_id):
        await parts.engine.defer(TaskName.ERASE, media_id, delay_s=1.0)
        return
    await asyncio.to_thread(parts.blobs.delete_prefix, media_prefix(media_id))
    await parts.store.work.erase_media(media_id)


async def raw_connection(connection: AsyncConnection) -> Any:
    """The psycopg connection of a transaction, which the engine takes to make a job part of it."""
    return (await connection.get_raw_connection()).driver_connection
