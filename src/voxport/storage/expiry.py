"""The time to live of media: it begins when their deliveries have ended, and stands still while one is made again.

The rule stands here once (docs/contract/open-questions.md 5); all times are the database's. How long it is says the
configuration of a media, and where that says nothing its organisation (`account`).
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import bindparam, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.core.media import MediaStatus
from voxport.core.retention import AccountRetention, RetentionRule
from voxport.storage.deletion import hiding
from voxport.storage.postgres.database import Database
from voxport.storage.postgres.tables import media, organizations

BEGIN_EXPIRY = text(
    """
    UPDATE media AS m
    SET expires = r.since + r.seconds * interval '1 second', expires_by = r.rule
    FROM (
        SELECT
            k.id,
            greatest(k.finished, (SELECT max(d.ended) FROM deliveries AS d WHERE d.media_id = k.id)) AS since,
            CASE
                WHEN k.plan ->> 'time_to_live_s' IS NOT NULL THEN 'call'
                WHEN k.status = 'failed' AND o.failed_time_to_live_s IS NOT NULL THEN 'failed'
                ELSE 'account'
            END AS rule,
            CASE
                WHEN k.plan ->> 'time_to_live_s' IS NOT NULL THEN CAST(k.plan ->> 'time_to_live_s' AS float)
                WHEN k.status = 'failed' AND o.failed_time_to_live_s IS NOT NULL THEN o.failed_time_to_live_s
                ELSE o.time_to_live_s
            END AS seconds
        FROM media AS k JOIN organizations AS o ON o.id = k.organization_id
        WHERE k.id = ANY(CAST(:media AS uuid[]))
    ) AS r
    WHERE m.id = r.id AND m.expires IS NULL AND r.seconds IS NOT NULL
        AND m.status IN ('finished', 'failed')
        AND NOT EXISTS (SELECT FROM deliveries AS d WHERE d.media_id = m.id AND d.status = 'pending')
    """
)
# A table expression is read once, and locks no more than it gives.
_OVER = (
    select(media.c.id)
    .where(media.c.deleted_at.is_(None), media.c.expires <= func.now())
    .order_by(media.c.expires)
    .limit(bindparam("at_most"))
    .with_for_update(skip_locked=True)
    .cte("chosen")
)
_HIDE_OVER = hiding(media.c.id.in_(select(_OVER.c.id)))
_AT_ONCE = 500
_BY_ACCOUNT = (RetentionRule.ACCOUNT, RetentionRule.FAILED)


class Expiry:
    """Every method is one transaction, but for `set_account`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def begin(self, media_id: UUID) -> bool:
        """The time to live begins now; False when there is none, it had begun, or a delivery is pending.

        False too while the media is processed again: what ends meanwhile belongs to an earlier run.
        """

        async def write(connection: AsyncConnection) -> bool:
            # Locked first: a replay that is just being written is seen by the statement after.
            await connection.execute(select(media.c.id).where(media.c.id == media_id).with_for_update())
            return await begin_expiry(connection, [media_id]) > 0

        return await self._database.run(write)

    async def account(self, organization_id: UUID) -> AccountRetention:
        """What the organisation says; nothing for one that there is not."""
        its = select(organizations.c.time_to_live_s, organizations.c.failed_time_to_live_s)
        row = await self._database.fetch_one(its.where(organizations.c.id == organization_id))
        return AccountRetention() if row is None else AccountRetention(*row)

    async def set_account(self, organization_id: UUID, account: AccountRetention) -> None:
        """From now on, and for what is there: it is erased as if it had been so from the beginning.

        A few hundred media a transaction; what breaks off is made good by calling it again.
        """
        values = {"time_to_live_s": account.time_to_live_s, "failed_time_to_live_s": account.failed_time_to_live_s}
        its = update(organizations).where(organizations.c.id == organization_id)
        await self._database.execute(its.values(values))
        after = UUID(int=0)
        while (last := await self._begin_again(organization_id, after)) is not None:
            after = last

    async def mark_deleted(self, limit: int = 100) -> list[UUID]:
        """Hides media whose time to live is over, longest first, as `MediaStore.mark_deleted`; which they are.

        Of several that ask at once each gets others.
        """
        return [row.media_id for row in await self._database.fetch_all(_HIDE_OVER, {"at_most": limit})]

    async def _begin_again(self, organization_id: UUID, after: UUID) -> UUID | None:
        """Judges the next media of the organisation anew; the last of them, None behind the end."""
        ended = media.c.status.in_((MediaStatus.FINISHED, MediaStatus.FAILED)) & media.c.deleted_at.is_(None)
        its = (media.c.organization_id == organization_id) & ended & (media.c.id > after)
        chosen = select(media.c.id).where(its).order_by(media.c.id).limit(_AT_ONCE).with_for_update()

        async def write(connection: AsyncConnection) -> UUID | None:
            ids: list[UUID] = list((await connection.execute(chosen)).scalars())
            if not ids:
                return None
            by_account = update(media).where(media.c.id.in_(ids), media.c.expires_by.in_(_BY_ACCOUNT))
            await connection.execute(by_account.values(expires=None, expires_by=None))
            await begin_expiry(connection, ids)
            return ids[-1]

        return await self._database.run(write)


async def begin_expiry(connection: AsyncConnection, media_ids: Sequence[UUID]) -> int:
    """As `Expiry.begin`, for media that the caller has locked; of how many it began."""
    return (await connection.execute(BEGIN_EXPIRY, {"media": list(media_ids)})).rowcount
