"""Which deliveries a worker makes now: claimed from their own table under a lease, endpoint by endpoint.

A claim that is not renewed (its worker died) is open to others again. What waits for one endpoint is never read to find
what waits for another, so a hundred thousand deliveries to a receiver that hangs cost the others nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import ColumnElement, Row, bindparam, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.core.errors import Misconfigured
from voxport.core.media import MediaStatus
from voxport.storage.cipher import Cipher
from voxport.storage.postgres.clock import clock_skew, seconds_from_now
from voxport.storage.postgres.database import Database
from voxport.storage.postgres.tables import attempts, deliveries, media
from voxport.storage.records import Claim, ClaimRequest
from voxport.storage.rows import (
    callbacks_of,
    delivery_from_row,
    media_from_row,
    select_attempts,
    select_deliveries,
    select_media,
)

log = structlog.get_logger(__name__)

DELIVERIES_CHANNEL = "voxport_deliveries"
"""PostgreSQL notices under this name tell that a delivery may be due."""
_PUT_OFF_S = 600.0
"""So long what cannot be read waits for somebody who mends it."""

# A walk over the endpoints that have something waiting, one index look-up each, then the oldest few of each. While a
# media is processed again there is nothing to tell of it: what is left of its earlier deliveries waits.
_CLAIM = text(
    """
    WITH RECURSIVE waiting AS (
        (SELECT organization_id, endpoint FROM deliveries
         WHERE status = 'pending' AND due IS NOT NULL ORDER BY organization_id, endpoint LIMIT 1)
        UNION ALL
        SELECT following.organization_id, following.endpoint
        FROM waiting CROSS JOIN LATERAL (
            SELECT organization_id, endpoint FROM deliveries
            WHERE status = 'pending' AND due IS NOT NULL
              AND (organization_id, endpoint) > (waiting.organization_id, waiting.endpoint)
            ORDER BY organization_id, endpoint LIMIT 1
        ) AS following
    ),
    known AS (
        SELECT * FROM unnest(
            CAST(:organizations AS uuid[]), CAST(:endpoints AS text[]), CAST(:capacities AS int[])
        ) AS known (organization_id, endpoint, capacity)
    ),
    probed AS (
        UPDATE endpoints
        SET probes = probes + 1,
            probe_due = now()
                + least(CAST(:first_probe_s AS float) * power(2, least(probes, 20)), CAST(:longest_probe_s AS float))
                  * interval '1 second'
        WHERE paused_since IS NOT NULL AND probe_due <= now()
        RETURNING organization_id, endpoint
    ),
    targets AS (
        SELECT waiting.organization_id, waiting.endpoint,
               coalesce(health.failures, 0) AS failures,
               health.paused_since IS NOT NULL AS paused,
               probed.endpoint IS NOT NULL AS probe,
               least(
                   coalesce(
                       known.capacity,
                       CASE WHEN waiting.organization_id = ANY(CAST(:saturated AS uuid[])) THEN 0
                            ELSE CAST(:first_capacity AS int) END
                   ),
                   CASE WHEN health.failures > 0 THEN 1 END
               ) AS capacity
        FROM waiting
        LEFT JOIN endpoints AS health USING (organization_id, endpoint)
        LEFT JOIN known USING (organization_id, endpoint)
        LEFT JOIN probed USING (organization_id, endpoint)
    ),
    found AS (
        SELECT due.id, due.due, targets.failures, targets.paused,
               row_number() OVER (PARTITION BY targets.organization_id ORDER BY due.due) AS place
        FROM targets CROSS JOIN LATERAL (
            SELECT d.id, d.due FROM deliveries AS d JOIN media AS m ON m.id = d.media_id
            WHERE d.organization_id = targets.organization_id AND d.endpoint = targets.endpoint
              AND d.status = 'pending' AND d.due <= now() AND m.deleted_at IS NULL
              AND m.status IN ('finished', 'failed')
              AND (d.claimed_until IS NULL OR d.claimed_until <= now())
              AND (NOT targets.paused OR targets.probe OR coalesce(d.first_attempt, d.created)
                     <= now() - CAST(:last_round_after_s AS float) * interval '1 second')
            ORDER BY d.due LIMIT greatest(targets.capacity, 0)
            FOR UPDATE OF d SKIP LOCKED
        ) AS due
    ),
    chosen AS (SELECT id, failures, paused FROM found WHERE place <= :tenant_share ORDER BY due LIMIT :limit)
    UPDATE deliveries SET claimed_by = :worker, claimed_until = now() + CAST(:lease_s AS float) * interval '1 second'
    FROM chosen WHERE deliveries.id = chosen.id
    RETURNING deliveries.id, deliveries.endpoint, chosen.failures, chosen.paused, now() AS now,
        coalesce(deliveries.first_attempt, deliveries.created)
            <= now() - CAST(:last_round_after_s AS float) * interval '1 second' AS last_round
    """
)


class Claims:
    """Claims by the database's clock: a worker whose own is wrong takes nothing that another holds.

    Every method is one transaction, but for `acquire`: what was claimed and cannot be read is free when its lease ends.
    """

    def __init__(self, database: Database, cipher: Cipher) -> None:
        self._database, self._cipher = database, cipher

    async def acquire(self, request: ClaimRequest) -> list[Claim]:
        """Deliveries that are due, oldest first, each claimed for `request.lease_s`."""
        asked = datetime.now(UTC)
        taken = await self._database.fetch_all(_CLAIM, _question(request))
        return await self._read({row.id: row for row in taken}, request.worker, asked) if taken else []

    async def renew(self, worker: UUID, delivery_ids: Sequence[UUID], lease_s: float) -> None:
        """They are still under way, and claimed for so long from now."""
        until = seconds_from_now(lease_s)
        await self._database.execute(update(deliveries).where(_held(worker, delivery_ids)).values(claimed_until=until))

    async def release(self, worker: UUID, delivery_ids: Sequence[UUID]) -> None:
        """Others may take them at once; their due time stays."""
        values = {"claimed_by": None, "claimed_until": None}
        await self._database.execute(update(deliveries).where(_held(worker, delivery_ids)).values(values))

    async def _read(self, taken: Mapping[UUID, Row[Any]], worker: UUID, asked: datetime) -> list[Claim]:
        rows = await self._database.fetch_all(_DELIVERIES, {"ids": list(taken), "worker": worker})
        tried = [row.id for row in rows if row.first_attempt is not None]
        made = await self._database.fetch_all(_ATTEMPTS, {"ids": tried}) if tried else []
        of_media = {"ids": list({row.media_id for row in rows})}
        media_rows = {row.id: row for row in await self._database.fetch_all(_MEDIA, of_media)}
        claims: list[Claim] = []
        sealed: list[UUID] = []
        damaged: list[UUID] = []
        for row in rows:
            its_media = media_rows.get(row.media_id)
            if its_media is None or not MediaStatus(its_media.status).ended:
                # Deleted, or begun again, since it was chosen: its lease ends by itself.
                continue
            try:
                claims.append(self._claim(row, its_media, made, taken[row.id], asked))
            except Misconfigured:
                sealed.append(row.id)
            except (ValueError, LookupError, TypeError):
                # As a later version has written it, or a hand. What it holds is not for the log.
                damaged.append(row.id)
        if sealed:
            await self._put_off(sealed, "deliveries are sealed with another secret key")
        if damaged:
            await self._put_off(damaged, "deliveries are stored in a form this version does not know")
        return claims

    def _claim(
        self, row: Row[Any], media_row: Row[Any], made: Sequence[Row[Any]], taken: Row[Any], asked: datetime
    ) -> Claim:
        media = media_from_row(self._cipher, media_row)
        if row.run != media.run:
            # What it tells is how the media stands now; how and where to is what its own run asked for.
            media = replace(media, plan=replace(media.plan, callbacks=callbacks_of(self._cipher, row)))
        return Claim(
            delivery=delivery_from_row(self._cipher, row, made),
            media=media,
            endpoint=(row.organization_id, taken.endpoint),
            failures=taken.failures,
            paused=taken.paused,
            last_round=taken.last_round,
            clock_skew=clock_skew(asked, taken.now),
        )

    async def _put_off(self, unreadable: Sequence[UUID], why: str) -> None:
        """What cannot be read waits for somebody who mends it, and until then others must go out."""
        log.error(why, deliveries=len(unreadable), first=str(unreadable[0]), again_in_s=_PUT_OFF_S)
        values = {"due": seconds_from_now(_PUT_OFF_S), "claimed_by": None, "claimed_until": None}
        await self._database.execute(update(deliveries).where(deliveries.c.id.in_(unreadable)).values(values))


_OURS = deliveries.c.id.in_(bindparam("ids", expanding=True))
_STILL_OURS = deliveries.c.claimed_by == bindparam("worker")
"""Reads that waited for the database may come when another worker has the delivery."""
_DELIVERIES = select_deliveries().where(_OURS, _STILL_OURS).order_by(deliveries.c.due)
_ATTEMPTS = select_attempts().where(attempts.c.delivery_id.in_(bindparam("ids", expanding=True)))
_MEDIA = select_media().where(media.c.id.in_(bindparam("ids", expanding=True)))


DUE_NOTICE = func.pg_notify(DELIVERIES_CHANNEL, "")
"""In any statement: tells workers, when its transaction commits, that a delivery may be due."""


async def notify_workers(connection: AsyncConnection) -> None:
    """Tells workers, when the transaction commits, that a delivery may be due."""
    await connection.execute(select(DUE_NOTICE))


def _held(worker: UUID, delivery_ids: Sequence[UUID]) -> ColumnElement[bool]:
    return (deliveries.c.claimed_by == worker) & deliveries.c.id.in_(delivery_ids)


def _question(request: ClaimRequest) -> dict[str, Any]:
    return {
        "worker": request.worker,
        "lease_s": request.lease_s,
        "limit": request.limit,
        "first_capacity": request.first_capacity,
        "organizations": [organization for organization, _ in request.capacities],
        "endpoints": [endpoint for _, endpoint in request.capacities],
        "capacities": list(request.capacities.values()),
        "saturated": list(request.saturated),
        "tenant_share": request.tenant_share,
        "first_probe_s": request.first_probe_s,
        "longest_probe_s": request.longest_probe_s,
        "last_round_after_s": request.last_round_after_s,
    }
