"""Why a media of one organisation is still there."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import bindparam, func, select

from voxport.core.retention import AccountRetention, Retention, RetentionRule
from voxport.storage.postgres.database import Transactions
from voxport.storage.postgres.tables import deliveries, media, organizations
from voxport.storage.selection import IS_PENDING

_ITS = deliveries.c.media_id == media.c.id
_PENDING = select(func.count()).select_from(deliveries).where(_ITS, IS_PENDING).scalar_subquery()
_LAST = select(func.max(deliveries.c.ended)).where(_ITS).scalar_subquery()
_ONE = (
    select(
        organizations.c.time_to_live_s,
        organizations.c.failed_time_to_live_s,
        media.c.expires,
        media.c.expires_by,
        _PENDING.label("pending"),
        _LAST.label("last_delivery"),
    )
    .select_from(media.join(organizations, organizations.c.id == media.c.organization_id))
    .where(media.c.id == bindparam("media_id"), media.c.deleted_at.is_(None))
)


class TenantRetention:
    """Deleted media and other organisations' do not exist for it."""

    def __init__(self, database: Transactions) -> None:
        """`database` is bound to the organisation."""
        self._database = database

    async def of_media(self, media_id: UUID) -> Retention | None:
        """None when there is no such media."""
        row = await self._database.fetch_one(_ONE, {"media_id": media_id})
        if row is None:
            return None
        # Rows of older versions have an end without a rule: there was only one.
        rule = None if row.expires is None else RetentionRule(row.expires_by or RetentionRule.CALL)
        account = AccountRetention(row.time_to_live_s, row.failed_time_to_live_s)
        return Retention(account, rule, row.pending, row.last_delivery)
