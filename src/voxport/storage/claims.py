"""Which deliveries a worker makes now: claimed from their own table under a lease, endpoint by endpoint.

A claim that is not renewed (its worker died) is open to others again. What waits for one endpoint is never read to find
what waits for another, so a hundred thousand deliveries to a receiver that hangs cost the others nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import bindparam, func, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.core.delivery import Delivery
from voxport.core.errors import Misconfigured
from voxport.core.media import Media, MediaStatus
from voxport.storage.cipher import Cipher
from voxport.storage.postgres.database import Database
from voxport.storage.postgres.tables import attempts, deliveries, media
from voxport.storage.rows import (
    callbacks_of,
    delivery_from_row,
    media_from_row,
    select_attempts,
    select_deliveries,
    select_media,
)

log = structlog.get_logger(__name__)

_PUT_OFF_S = 600

Endpoint = tuple[UUID, str]
"""Organisation and address: two organisations that deliver to one address do not wait for each other."""

DELIVERIES_CHANNEL = "voxport_deliveries"
"""PostgreSQL notices under this name tell that a delivery may be due."""

_MOVE_PROBES = text(
    """
    UPDATE endpoints
    SET probes = probes + 1,
        probe_due = CAST(:now AS timestamptz)
            + least(CAST(:first_probe_s AS float) * power(2, least(probes, 20)), CAST(:longest_probe_s AS float))
              * interval '1 second'
    WHERE paused_since IS NOT NULL AND probe_due <= :now
    RETURNING organization_id, endpoint
    """
)
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
            CAST(:organizations AS uuid[]), CAST(:endpoints AS text[]), CAST(:rooms AS int[])
        ) AS known (organization_id, endpoint, room)
    ),
    probed AS (
        SELECT * FROM unnest(CAST(:probed_organizations AS uuid[]), CAST(:probed_endpoints AS text[]))
            AS probed (organization_id, endpoint)
    ),
    doors AS (
        SELECT waiting.organization_id, waiting.endpoint,
               coalesce(health.failures, 0) AS failures,
               health.paused_since IS NOT NULL AS paused,
               probed.endpoint IS NOT NULL AS probe,
               least(
                   coalesce(
                       known.room,
                       CASE WHEN waiting.organization_id = ANY(CAST(:crowded AS uuid[])) THEN 0
                            ELSE CAST(:room AS int) END
                   ),
                   CASE WHEN health.failures > 0 THEN 1 END
               ) AS room
        FROM waiting
        LEFT JOIN endpoints AS health USING (organization_id, endpoint)
        LEFT JOIN known USING (organization_id, endpoint)
        LEFT JOIN probed USING (organization_id, endpoint)
    ),
    found AS (
        SELECT due.id, due.due, doors.failures, doors.paused,
               row_number() OVER (PARTITION BY doors.organization_id ORDER BY due.due) AS place
        FROM doors CROSS JOIN LATERAL (
            SELECT d.id, d.due FROM deliveries AS d JOIN media AS m ON m.id = d.media_id
            WHERE d.organization_id = doors.organization_id AND d.endpoint = doors.endpoint
              AND d.status = 'pending' AND d.due <= :now AND m.deleted_at IS NULL
              AND m.status IN ('finished', 'failed')
              AND (d.claimed_until IS NULL OR d.claimed_until <= :now)
              AND (NOT doors.paused OR doors.probe OR coalesce(d.first_attempt, d.created) <= :last_chance)
            ORDER BY d.due LIMIT greatest(doors.room, 0)
            FOR UPDATE OF d SKIP LOCKED
        ) AS due
    ),
    chosen AS (SELECT id, failures, paused FROM found WHERE place <= :share ORDER BY due LIMIT :limit)
    UPDATE deliveries SET claimed_by = :worker, claimed_until = :until
    FROM chosen WHERE deliveries.id = chosen.id
    RETURNING deliveries.id, deliveries.endpoint, chosen.failures, chosen.paused
    """
)


@dataclass(frozen=True, slots=True)
class ClaimRequest:
    """Who asks, and for how much.

    `rooms` is how many more each endpoint may have that the worker has dealt with; others get `room`, or nothing where
    they belong to one of `crowded`. No organisation gets more than `share` at once. A paused endpoint
    gives one delivery a probe, and those whose first try (or making) was before `last_chance`: their last round is due.
    """

    worker: UUID
    now: datetime
    until: datetime
    limit: int
    room: int
    rooms: Mapping[Endpoint, int]
    crowded: Collection[UUID]
    share: int
    last_chance: datetime
    first_probe_s: float
    longest_probe_s: float


@dataclass(frozen=True, slots=True)
class Claim:
    """A delivery this worker is to try. `failures`: failed rounds of its endpoint since something arrived there."""

    delivery: Delivery
    media: Media
    endpoint: Endpoint
    failures: int
    paused: bool


class ClaimWork:
    """Part of `Work`. Every method is one transaction."""

    _database: Database
    _cipher: Cipher

    async def claim_deliveries(self, request: ClaimRequest) -> list[Claim]:
        """Deliveries that are due, oldest first, each claimed until `request.until`."""

        async def claim(connection: AsyncConnection) -> list[Claim]:
            probed = (await connection.execute(_MOVE_PROBES, _probes(request))).all()
            taken = (await connection.execute(_CLAIM, _question(request, [tuple(row) for row in probed]))).all()
            return await self._read(connection, {row.id: row for row in taken})

        return await self._database.run(claim)

    async def renew_claims(self, worker: UUID, delivery_ids: Sequence[UUID], until: datetime) -> None:
        """They are still under way."""
        mine = (deliveries.c.claimed_by == worker) & deliveries.c.id.in_(delivery_ids)

        async def write(connection: AsyncConnection) -> None:
            await connection.execute(update(deliveries).where(mine).values(claimed_until=until))

        await self._database.run(write)

    async def give_back(self, worker: UUID, delivery_ids: Sequence[UUID]) -> None:
        """Others may take them at once; their due time stays."""
        mine = (deliveries.c.claimed_by == worker) & deliveries.c.id.in_(delivery_ids)

        async def write(connection: AsyncConnection) -> None:
            await connection.execute(update(deliveries).where(mine).values(claimed_by=None, claimed_until=None))

        await self._database.run(write)

    async def _read(self, connection: AsyncConnection, taken: Mapping[UUID, Any]) -> list[Claim]:
        if not taken:
            return []
        asked = {"ids": list(taken)}
        rows = (await connection.execute(_DELIVERIES, asked)).all()
        tried = (await connection.execute(_ATTEMPTS, asked)).all()
        of_media = {"ids": list({row.media_id for row in rows})}
        media_rows = {row.id: row for row in await connection.execute(_MEDIA, of_media)}
        claims: list[Claim] = []
        sealed: list[UUID] = []
        damaged: list[UUID] = []
        for row in rows:
            its_media = media_rows.get(row.media_id)
            if its_media is None or not MediaStatus(its_media.status).ended:
                # Deleted, or begun again, since it was chosen: its lease ends by itself.
                continue
            try:
                claims.append(self._claim(row, its_media, tried, taken[row.id]))
            except Misconfigured:
                sealed.append(row.id)
            except (ValueError, LookupError, TypeError):
                # As a later version has written it, or a hand. What it holds is not for the log.
                damaged.append(row.id)
        if sealed:
            await self._put_off(connection, sealed, "deliveries are sealed with another secret key")
        if damaged:
            await self._put_off(connection, damaged, "deliveries are stored in a form this version does not know")
        return claims

    def _claim(self, row: Any, media_row: Any, tried: Sequence[Any], taken: Any) -> Claim:
        media = media_from_row(self._cipher, media_row)
        if row.run != media.run:
            # What it tells is how the media stands now; how and where to is what its own run asked for.
            media = replace(media, plan=replace(media.plan, callbacks=callbacks_of(self._cipher, row)))
        return Claim(
            delivery_from_row(self._cipher, row, tried),
            media,
            (row.organization_id, taken.endpoint),
            taken.failures,
            taken.paused,
        )

    async def _put_off(self, connection: AsyncConnection, unreadable: Sequence[UUID], why: str) -> None:
        """What cannot be read waits for somebody who mends it, and until then others must go out."""
        log.error(why, deliveries=len(unreadable), first=str(unreadable[0]), again_in_s=_PUT_OFF_S)
        later = func.now() + timedelta(seconds=_PUT_OFF_S)
        values = {"due": later, "claimed_by": None, "claimed_until": None}
        await connection.execute(update(deliveries).where(deliveries.c.id.in_(unreadable)).values(values))


_OURS = deliveries.c.id.in_(bindparam("ids", expanding=True))
_DELIVERIES = select_deliveries().where(_OURS).order_by(deliveries.c.due)
_ATTEMPTS = select_attempts().where(attempts.c.delivery_id.in_(bindparam("ids", expanding=True)))
_MEDIA = select_media().where(media.c.id.in_(bindparam("ids", expanding=True)))


def _probes(request: ClaimRequest) -> dict[str, Any]:
    return {
        "now": request.now,
        "first_probe_s": request.first_probe_s,
        "longest_probe_s": request.longest_probe_s,
    }


def _question(request: ClaimRequest, probed: Sequence[Any]) -> dict[str, Any]:
    return {
        "worker": request.worker,
        "now": request.now,
        "until": request.until,
        "limit": request.limit,
        "room": request.room,
        "organizations": [organization for organization, _ in request.rooms],
        "endpoints": [endpoint for _, endpoint in request.rooms],
        "rooms": list(request.rooms.values()),
        "crowded": list(request.crowded),
        "share": request.share,
        "probed_organizations": [organization for organization, _ in probed],
        "probed_endpoints": [endpoint for _, endpoint in probed],
        "last_chance": request.last_chance,
    }
