"""What came of attempts, many at a time: the record of each, and the end of the deliveries that arrived.

One transaction for all attempts that ended while the one before was being written: a worker that makes hundreds of
deliveries a second would else wait for its own commits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, insert, literal, select, text
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.core.delivery import Attempt
from voxport.storage.expiry import BEGIN_EXPIRY
from voxport.storage.postgres.clock import clock_skew
from voxport.storage.postgres.database import Database
from voxport.storage.postgres.tables import attempts
from voxport.storage.steps import CLOSE_DELIVER
from voxport.storage.storable import made_storable

_LOCK = text(
    """
    SELECT d.id, d.media_id, d.organization_id, now() AS now FROM deliveries AS d JOIN media AS m ON m.id = d.media_id
    WHERE d.id = ANY(CAST(:ids AS uuid[])) ORDER BY m.id, d.id FOR UPDATE OF m
    """
)
_TOUCH = text(
    """
    WITH begun AS (
        UPDATE media_steps SET status = 'started', started = CAST(:first AS timestamptz)
        WHERE media_id = ANY(CAST(:media AS uuid[])) AND step = 'deliver' AND status = 'pending'
            AND media_id IN (SELECT id FROM media WHERE media.status IN ('finished', 'failed'))
    )
    UPDATE deliveries AS d SET
        first_attempt = coalesce(d.first_attempt, attempt.started),
        status = CASE WHEN attempt.arrived THEN 'delivered' ELSE d.status END,
        reason = CASE WHEN attempt.arrived THEN NULL ELSE d.reason END,
        due = CASE WHEN attempt.arrived THEN NULL ELSE d.due END,
        ended = CASE WHEN attempt.arrived AND d.status <> 'delivered' THEN now() ELSE d.ended END,
        round = CASE WHEN attempt.arrived AND d.status = 'pending' THEN d.round + 1 ELSE d.round END,
        claimed_by = CASE WHEN attempt.arrived THEN NULL ELSE d.claimed_by END,
        claimed_until = CASE WHEN attempt.arrived THEN NULL ELSE d.claimed_until END
    FROM unnest(CAST(:ids AS uuid[]), CAST(:started AS timestamptz[]), CAST(:arrived AS boolean[]))
        AS attempt (id, started, arrived)
    WHERE d.id = attempt.id
    """
)
_CLOSE = text(f"WITH closed AS ({CLOSE_DELIVER.text}) {BEGIN_EXPIRY.text}")


class Attempts:
    """The attempts of all organisations' deliveries."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def record(self, made: Sequence[tuple[UUID, Attempt]]) -> None:
        """Writes down attempts, each with the id of its delivery, of which none may stand twice.

        A delivery that arrived has ended by that, also one that was given up in the meantime. The same attempt
        recorded twice (same start) is kept once. When its number is taken by another, as after two rounds at once, it
        gets the next free one: an attempt that was made is never lost from the record. Attempts of deliveries that are
        gone are passed over.
        """

        async def write(connection: AsyncConnection) -> None:
            asked = datetime.now(UTC)
            locked = (await connection.execute(_LOCK, {"ids": [delivery_id for delivery_id, _ in made]})).all()
            known: dict[UUID, Row[Any]] = {row.id: row for row in locked}
            kept = [(delivery_id, attempt) for delivery_id, attempt in made if delivery_id in known]
            if kept:
                await _keep(connection, kept, {key: row.organization_id for key, row in known.items()})
                ahead = clock_skew(asked, locked[0].now)
                await _follow(connection, kept, {row.media_id for row in locked}, ahead)

        await self._database.run(write)


async def _keep(connection: AsyncConnection, made: Sequence[tuple[UUID, Attempt]], owners: Mapping[UUID, UUID]) -> None:
    rows = [_row(delivery_id, attempt, owners[delivery_id]) for delivery_id, attempt in made]
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


async def _follow(
    connection: AsyncConnection, made: Sequence[tuple[UUID, Attempt]], media_ids: set[UUID], ahead: timedelta
) -> None:
    """What follows from the attempts for deliveries and media. Schedules begin by the database's clock."""
    starts = [attempt.started - ahead for _, attempt in made]
    arrived = [attempt.arrived for _, attempt in made]
    touched = {"ids": [delivery_id for delivery_id, _ in made], "started": starts, "arrived": arrived}
    await connection.execute(_TOUCH, {**touched, "media": list(media_ids), "first": min(starts)})
    if any(arrived):
        await close_media(connection, list(media_ids))


async def close_media(connection: AsyncConnection, media_ids: Sequence[UUID]) -> None:
    """What ends with the last delivery of each of these media, which the caller has locked.

    The deliver step, where no delivery of the present run is pending any more: failed when one of them failed. And the
    time to live begins, in the same transaction, since a worker that dies here would else leave a media for ever.
    """
    await connection.execute(_CLOSE, {"media": list(media_ids)})


def _row(delivery_id: UUID, attempt: Attempt, organization_id: UUID) -> dict[str, Any]:
    return {
        "delivery_id": delivery_id,
        "organization_id": organization_id,
        "number": attempt.number,
        "started": attempt.started,
        "duration_ms": attempt.duration_ms,
        "status": attempt.status,
        "sent_bytes": attempt.sent_bytes,
        "error": made_storable(attempt.error),
        "answer_excerpt": made_storable(attempt.answer_excerpt),
        "answer_headers": [[name, made_storable(value)] for name, value in attempt.answer_headers] or None,
        "cause": attempt.cause,
        "address": attempt.address,
    }
