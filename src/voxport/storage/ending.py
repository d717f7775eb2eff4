"""How a run of a media ends, once: its status, its steps, its deliveries and its usage change in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Row, Select, Text, bindparam, cast, func, insert, select, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.core.delivery import DeliveryStatus, endpoint_of, host_of
from voxport.core.delivery_rules import ADDRESS_LOST
from voxport.core.errors import Problem
from voxport.core.json_text import read_json_text
from voxport.core.media import MediaStatus
from voxport.core.plan import CallbackPlan, Plan
from voxport.search.call_text import CallText
from voxport.storage.attempts import close_media
from voxport.storage.cipher import Cipher
from voxport.storage.claims import DUE_NOTICE, notify_workers
from voxport.storage.postgres.tables import deliveries, media
from voxport.storage.records import SkipRule
from voxport.storage.rows import UNENDED, callbacks_of, problems_to_json, select_deliveries
from voxport.storage.sealing import callback_to_json, unseal_known
from voxport.storage.search.index import index_metadata, index_words
from voxport.storage.steps import closed_steps
from voxport.storage.usage import FinishedRun, count_run


@dataclass(frozen=True, slots=True)
class Ending:
    """How a run of a media ends."""

    media_id: UUID
    run: int
    problems: tuple[Problem, ...]
    """Why it failed; without any it finished."""
    skips: SkipRule | None
    """Which callbacks are skipped; None: none is."""
    call: CallText | None = None
    """What was said in it, to be found; None: nothing of it is."""

    def reason(self, callback: CallbackPlan) -> str | None:
        """Why the callback is skipped; None when it is delivered."""
        return None if self.skips is None else self.skips(callback)


async def end_run(connection: AsyncConnection, cipher: Cipher, ending: Ending) -> list[UUID]:
    """Ids of the pending deliveries; [] and nothing done when that run had ended.

    The row lock of the update lets one of two callers through; the other then sees the ended status.
    """
    row = await _end_media(connection, ending)
    if row is None:
        return []
    plan, _ = unseal_known(cipher, ending.media_id, row.plan, row.secrets)
    await _index(connection, ending, plan, row.metadata)
    pending = await _add_deliveries(connection, ending, row, plan.callbacks)
    if ending.problems and ending.run > 1:
        await _skip_earlier(connection, cipher, ending)
    if not pending:
        # With the end of the run, and not by what follows it: an outage in between would leave a media for ever.
        await close_media(connection, [ending.media_id])
        if ending.run > 1:
            # Deliveries of earlier runs have waited meanwhile.
            await notify_workers(connection)
    if not ending.problems:
        # Last: all runs of an organisation count in the same row, and each waits for the one before to be committed.
        counted = FinishedRun(row.organization_id, ending.run, row.finished, row.duration_ms or 0)
        await count_run(connection, counted, plan)
    return pending


def _ending(status: MediaStatus, **more: ColumnElement[Any]) -> Select[Any]:
    """Ends a run that has not ended, with its steps."""
    values = {"status": status, "finished": func.now(), "corrected": None, "sealed_metadata": None, **more}
    this_run = (media.c.id == bindparam("media")) & (media.c.run == bindparam("its_run"))
    wanted = (media.c.id, media.c.organization_id, media.c.plan, media.c.secrets, media.c.finished, media.c.duration_ms)
    active = update(media).where(this_run, UNENDED, media.c.deleted_at.is_(None)).values(values)
    ended = active.returning(*wanted, cast(media.c.metadata, Text).label("metadata")).cte("ended")
    closed = closed_steps(ended.c.id, failed=status is MediaStatus.FAILED)
    return select(ended).add_cte(closed.cte("closed"))


_FINISH = _ending(MediaStatus.FINISHED)
_FAIL = _ending(MediaStatus.FAILED, errors=bindparam("problems", type_=JSONB))
_ADD = insert(deliveries)
_ADD_DUE = _ADD.returning(DUE_NOTICE)


async def _end_media(connection: AsyncConnection, ending: Ending) -> Row[Any] | None:
    its: dict[str, Any] = {"media": ending.media_id, "its_run": ending.run}
    if ending.problems:
        its["problems"] = problems_to_json(ending.problems)
    row: Row[Any] | None = (await connection.execute(_FAIL if ending.problems else _FINISH, its)).one_or_none()
    return row


async def _index(connection: AsyncConnection, ending: Ending, plan: Plan, metadata: str) -> None:
    call = None if ending.problems else ending.call
    if await index_words(connection, ending.media_id, call) or call is None:
        return
    # A version without an index has accepted it.
    await index_metadata(connection, ending.media_id, plan, read_json_text(metadata))
    await index_words(connection, ending.media_id, call)


async def _skip_earlier(connection: AsyncConnection, cipher: Cipher, ending: Ending) -> None:
    """Pending deliveries of earlier runs tell how the media stands now, so the rule holds for them too."""
    waiting = select_deliveries().where(
        deliveries.c.media_id == ending.media_id,
        deliveries.c.run < ending.run,
        deliveries.c.status == DeliveryStatus.PENDING,
    )
    reasons: dict[str, list[UUID]] = {}
    for row in (await connection.execute(waiting)).all():
        reason = ending.reason(callbacks_of(cipher, row)[row.position])
        if reason is not None:
            reasons.setdefault(reason, []).append(row.id)
    for reason, skipped in reasons.items():
        values = {"status": DeliveryStatus.SKIPPED, "reason": reason, "due": None, "ended": func.now()}
        await connection.execute(update(deliveries).where(deliveries.c.id.in_(skipped)).values(values))


async def _add_deliveries(
    connection: AsyncConnection, ending: Ending, ended: Row[Any], callbacks: Sequence[CallbackPlan]
) -> list[UUID]:
    """Ids of the pending ones, which are due when the media ended."""
    new: list[dict[str, Any]] = []
    for position, callback in enumerate(callbacks):
        reason = ending.reason(callback)
        status = DeliveryStatus.PENDING if reason is None else DeliveryStatus.SKIPPED
        if reason is None and not callback.url:
            status, reason = DeliveryStatus.FAILED, ADDRESS_LOST
        new.append(
            {
                "id": uuid4(),
                "media_id": ending.media_id,
                "organization_id": ended.organization_id,
                "run": ending.run,
                "position": position,
                "status": status,
                "reason": reason,
                "due": ended.finished if reason is None else None,
                "ended": None if reason is None else ended.finished,
                "endpoint": endpoint_of(callback),
                "host": host_of(callback),
                "callback": callback_to_json(callback),
            }
        )
    pending = [row["id"] for row in new if row["status"] is DeliveryStatus.PENDING]
    if new:
        await connection.execute(_ADD_DUE if pending else _ADD, new)
    return pending
