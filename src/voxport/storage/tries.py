"""What came of tries, many at a time: the record of each, and the end of the deliveries that arrived.

One transaction for all tries that ended while the one before was being written: a worker that makes hundreds of
deliveries a second would else wait for its own commits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, insert, literal, select, text
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.core.delivery import Attempt
from voxport.storage.postgres.database import Database
from voxport.storage.postgres.tables import attempts

_LOCK = text(
    """
    SELECT d.id, d.media_id, d.organization_id FROM deliveries AS d JOIN media AS m ON m.id = d.media_id
    WHERE d.id = ANY(CAST(:ids AS uuid[])) ORDER BY m.id, d.id FOR UPDATE OF m
    """
)
_TOUCH = text(
    """
    UPDATE deliveries AS d SET
        first_attempt = coalesce(d.first_attempt, tried.started),
        status = CASE WHEN tried.arrived THEN 'delivered' ELSE d.status END,
        reason = CASE WHEN tried.arrived THEN NULL ELSE d.reason END,
        due = CASE WHEN tried.arrived THEN NULL ELSE d.due END,
        ended = CASE WHEN tried.arrived AND d.status <> 'delivered' THEN CAST(:now AS timestamptz) ELSE d.ended END,
        round = CASE WHEN tried.arrived AND d.status = 'pending' THEN d.round + 1 ELSE d.round END,
        claimed_by = CASE WHEN tried.arrived THEN NULL ELSE d.claimed_by END,
        claimed_until = CASE WHEN tried.arrived THEN NULL ELSE d.claimed_until END
    FROM unnest(CAST(:ids AS uuid[]), CAST(:started AS timestamptz[]), CAST(:arrived AS boolean[]))
        AS tried (id, started, arrived)
    WHERE d.id = tried.id
    """
)
_START_STEPS = text(
    """
    UPDATE media_steps SET status = 'started', started = CAST(:started AS timestamptz)
    WHERE media_id = ANY(CAST(:media AS uuid[])) AND step = 'deliver' AND status = 'pending'
        AND media_id IN (SELECT id FROM media WHERE media.status IN ('finished', 'failed'))
    """
)
CLOSE_STEPS = text(
    """
    UPDATE media_steps AS step SET
        status = CASE WHEN ended.dead THEN 'failed' WHEN ended.arrived THEN 'completed' ELSE 'skipped' END,
        finished = CASE WHEN ended.dead OR ended.arrived THEN CAST(:now AS timestamptz) END
    FROM (
        SELECT media_id, bool_or(status IN ('failed', 'expired')) AS dead, bool_or(status = 'delivered') AS arrived
        FROM deliveries AS d WHERE media_id = ANY(CAST(:media AS uuid[]))
            AND run = (SELECT m.run FROM media AS m WHERE m.id = d.media_id)
        GROUP BY media_id HAVING NOT bool_or(status = 'pending')
    ) AS ended
    WHERE step.media_id = ended.media_id AND step.step = 'deliver'
    """
)
"""Ends the deliver step of media of whose present run no delivery is pending any more: failed when one of them failed.
"""
_BEGIN_EXPIRY = text(
    """
    UPDATE media AS m
    SET expires = CAST(:now AS timestamptz) + CAST(m.plan ->> 'time_to_live_s' AS float) * interval '1 second'
    WHERE m.id = ANY(CAST(:media AS uuid[])) AND m.expires IS NULL AND m.plan ->> 'time_to_live_s' IS NOT NULL
        AND m.status IN ('finished', 'failed')
        AND NOT EXISTS (SELECT FROM deliveries AS d WHERE d.media_id = m.id AND d.status = 'pending')
    """
)


@dataclass(frozen=True, slots=True)
class Tried:
    """One try of a delivery; with `arrived` the delivery ends with it."""

    delivery_id: UUID
    attempt: Attempt
    arrived: bool


class TryWork:
    """Part of `Work`."""

    _database: Database

    async def record_tries(self, tries: Sequence[Tried]) -> None:
        """Keeps each try, and ends the deliveries that arrived; all in one transaction.

        What arrived is delivered, also when another worker had given it up in the meantime. The same try recorded
        twice (same start) is kept once. When its number is taken by another, as after two rounds
        at once, it gets the next free one: a try that was made is never lost from the record. Tries of deliveries that
        are gone are passed over.
        """

        async def write(connection: AsyncConnection) -> None:
            locked = await connection.execute(_LOCK, {"ids": [one.delivery_id for one in tries]})
            known: dict[UUID, Row[Any]] = {row.id: row for row in locked}
            kept = [one for one in tries if one.delivery_id in known]
            if kept:
                await _keep(connection, kept, {key: row.organization_id for key, row in known.items()})
                await _follow(connection, kept, [row.media_id for row in known.values()])

        await self._database.run(write)


async def _keep(connection: AsyncConnection, tries: Sequence[Tried], owners: dict[UUID, UUID]) -> None:
    rows = [_row(one, owners[one.delivery_id]) for one in tries]
    fresh = upsert(attempts).on_conflict_do_nothing().returning(attempts.c.delivery_id, attempts.c.number)
    written = {(row.delivery_id, row.number) for row in await connection.execute(fresh.values(rows))}
    for row in rows:
        if (row["delivery_id"], row["number"]) not in written:
            await _keep_beside(connection, row)


async def _keep_beside(connection: AsyncConnection, row: dict[str, Any]) -> None:
    mine = attempts.c.delivery_id == row["delivery_id"]
    known = select(attempts.c.number).where(mine, attempts.c.started == row["started"])
    if (await connection.execute(known)).first() is not None:
        return
    next_number = func.coalesce(func.max(attempts.c.number) + 1, 1)
    free = select(func.greatest(next_number, literal(row["number"]))).where(mine).scalar_subquery()
    await connection.execute(insert(attempts).values({**row, "number": free}))


async def _follow(connection: AsyncConnection, tries: Sequence[Tried], media_ids: Sequence[UUID]) -> None:
    media = list(set(media_ids))
    touched: dict[str, Any] = {
        "ids": [one.delivery_id for one in tries],
        "started": [one.attempt.started for one in tries],
        "arrived": [one.arrived for one in tries],
        "now": datetime.now(UTC),
    }
    await connection.execute(_TOUCH, touched)
    await connection.execute(_START_STEPS, {"media": media, "started": min(touched["started"])})
    if any(one.arrived for one in tries):
        await close_media(connection, media, touched["now"])


async def close_media(connection: AsyncConnection, media_ids: Sequence[UUID], now: datetime) -> None:
    """What ends with the last delivery of each of these media, which the caller has locked.

    The deliver step, where no delivery of the present run is pending any more: failed when one of them failed. And the
    time to live begins, in the same transaction, since a worker that dies here would else leave a media for ever.
    """
    ended = {"media": list(media_ids), "now": now}
    await connection.execute(CLOSE_STEPS, ended)
    await connection.execute(_BEGIN_EXPIRY, ended)


def _row(tried: Tried, organization_id: UUID) -> dict[str, Any]:
    attempt = tried.attempt
    return {
        "delivery_id": tried.delivery_id,
        "organization_id": organization_id,
        "number": attempt.number,
        "started": attempt.started,
        "duration_ms": attempt.duration_ms,
        "status": attempt.status,
        "sent_bytes": attempt.sent_bytes,
        "error": storable(attempt.error),
        "answer_excerpt": storable(attempt.answer_excerpt),
        "cause": attempt.cause,
        "address": attempt.address,
    }


def storable(foreign: str | None) -> str | None:
    """Text of a customer's server, which PostgreSQL must be able to hold."""
    if foreign is None:
        return None
    return foreign.replace("\0", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode()
