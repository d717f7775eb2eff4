"""How a media ends, once: its status, its steps and the rows of its deliveries change in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.core.delivery import DeliveryStatus, endpoint_of, host_of
from voxport.core.errors import Problem
from voxport.core.media import MediaStatus, Step, StepStatus
from voxport.core.plan import CallbackPlan, CallbackType
from voxport.storage.cipher import Cipher
from voxport.storage.claims import DELIVERIES_CHANNEL
from voxport.storage.postgres.tables import deliveries, media, media_steps
from voxport.storage.rows import callbacks_of, problems_to_json, select_deliveries, unseal
from voxport.storage.tries import CLOSE_STEPS

SKIPPED_REASON = "the media failed, there is nothing of this type to deliver"
_UNENDED = (MediaStatus.ACCEPTED, MediaStatus.SCHEDULED, MediaStatus.RUNNING)


@dataclass(frozen=True, slots=True)
class _Owner:
    """Whose deliveries they are."""

    media_id: UUID
    organization_id: UUID
    run: int


async def end_media(
    connection: AsyncConnection, cipher: Cipher, media_id: UUID, problems: Sequence[Problem], run: int = 1
) -> list[UUID]:
    """Finished without `problems`, failed with some. Ids of pending deliveries; [] and nothing done when that run of it
    had ended.

    The row lock of the update lets one of two callers through; the other then sees the ended status.
    """
    now = datetime.now(UTC)
    ended = MediaStatus.FAILED if problems else MediaStatus.FINISHED
    values: dict[str, Any] = {"status": ended, "finished": now, "corrected": None}
    if problems:
        values["errors"] = problems_to_json(problems)
    this_run = (media.c.id == media_id) & (media.c.run == run)
    active = this_run & media.c.status.in_(_UNENDED) & media.c.deleted_at.is_(None)
    changed = (
        update(media).where(active).values(values).returning(media.c.organization_id, media.c.plan, media.c.secrets)
    )
    row = (await connection.execute(changed)).one_or_none()
    if row is None:
        return []
    if problems:
        await _close_steps(connection, media_id, now)
    plan, _ = unseal(cipher, media_id, row.plan, row.secrets)
    owner = _Owner(media_id, row.organization_id, run)
    pending = await _add_deliveries(connection, owner, plan.callbacks, bool(problems))
    if problems and run > 1:
        await _skip_earlier(connection, cipher, owner, now)
    if pending or run > 1:
        await connection.execute(select(func.pg_notify(DELIVERIES_CHANNEL, "")))
    if not pending:
        await connection.execute(CLOSE_STEPS, {"media": [media_id], "now": now})
    return pending


async def _close_steps(connection: AsyncConnection, media_id: UUID, now: datetime) -> None:
    """What was under way has failed, what had not begun is skipped; the deliver step goes on telling of the failure."""
    mine = (media_steps.c.media_id == media_id) & (media_steps.c.step != Step.DELIVER)
    started = mine & (media_steps.c.status == StepStatus.STARTED)
    await connection.execute(update(media_steps).where(started).values(status=StepStatus.FAILED, finished=now))
    pending = mine & (media_steps.c.status == StepStatus.PENDING)
    await connection.execute(update(media_steps).where(pending).values(status=StepStatus.SKIPPED))


async def _skip_earlier(connection: AsyncConnection, cipher: Cipher, owner: _Owner, now: datetime) -> None:
    """Of a media that has failed now, an earlier run's deliveries of transcript or sound have nothing to say either."""
    waiting = select_deliveries().where(
        deliveries.c.media_id == owner.media_id,
        deliveries.c.run < owner.run,
        deliveries.c.status == DeliveryStatus.PENDING,
    )
    rows = (await connection.execute(waiting)).all()
    silent = [row.id for row in rows if callbacks_of(cipher, row)[row.position].type is not CallbackType.ANALYTICS]
    values = {"status": DeliveryStatus.SKIPPED, "reason": SKIPPED_REASON, "due": None, "ended": now}
    await connection.execute(update(deliveries).where(deliveries.c.id.in_(silent)).values(values))


async def _add_deliveries(
    connection: AsyncConnection,
    owner: _Owner,
    callbacks: Sequence[CallbackPlan],
    failed: bool,
) -> list[UUID]:
    """After a failure only analytics callbacks have something to say (docs/contract/callbacks.md)."""
    now = datetime.now(UTC)
    new: list[dict[str, Any]] = []
    for position, callback in enumerate(callbacks):
        skipped = failed and callback.type is not CallbackType.ANALYTICS
        new.append(
            {
                "id": uuid4(),
                "media_id": owner.media_id,
                "organization_id": owner.organization_id,
                "run": owner.run,
                "position": position,
                "status": DeliveryStatus.SKIPPED if skipped else DeliveryStatus.PENDING,
                "reason": SKIPPED_REASON if skipped else None,
                "due": None if skipped else now,
                "ended": now if skipped else None,
                "endpoint": endpoint_of(callback),
                "host": host_of(callback),
            }
        )
    if new:
        await connection.execute(insert(deliveries), new)
    return [row["id"] for row in new if row["status"] is DeliveryStatus.PENDING]
