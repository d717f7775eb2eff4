"""Deliveries that are made again because somebody asks: what has ended becomes pending, with its record kept.

The API may read deliveries and not change them, so this is the workflow's; it is told whose delivery is meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, func, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.core.delivery import Cause, Delivery, DeliveryStatus, endpoint_of, host_of
from voxport.core.delivery_query import ReplayQuery, ReplayRefusal, Replays
from voxport.core.media import MediaStatus, Step, StepStatus
from voxport.core.plan import CallbackType
from voxport.core.presigned import read_presigned
from voxport.storage.cipher import Cipher
from voxport.storage.claims import DELIVERIES_CHANNEL
from voxport.storage.ending import SKIPPED_REASON
from voxport.storage.postgres.database import Database
from voxport.storage.postgres.tables import attempts, deliveries, endpoints, media, media_steps, runs
from voxport.storage.rows import delivery_from_row, seal, select_deliveries, unseal, without_query
from voxport.storage.tenant_deliveries import Place, having_status, made_between, place_of

SKIPPED = "It was skipped: {reason}. There is nothing to send."
UNDER_WAY = "It is being tried at this moment; its record tells in a few seconds what came of it."
PROCESSED_AGAIN = (
    "Its media is being processed again. Replay it when the media is finished: it then tells the new result."
)
EXPIRED = (
    "Its pre-signed URL ended at {expires:%Y-%m-%d %H:%M:%S} UTC and would be refused. Sign a new one for the same "
    "method and content type and replay this delivery with it as url."
)

_RECORDS = select_deliveries().where(deliveries.c.id.in_(bindparam("ids", expanding=True)))
_LAST_TRY = select(func.max(attempts.c.started)).where(attempts.c.delivery_id == deliveries.c.id).scalar_subquery()
_LOCK = (
    select(media.c.id)
    .where(media.c.id.in_(select(deliveries.c.media_id).where(deliveries.c.id.in_(bindparam("ids", expanding=True)))))
    .order_by(media.c.id)
    .with_for_update()
)


class ReplayWork:
    """Part of `Work`. Every method is one transaction, tried once: twice would count two replays."""

    _database: Database
    _cipher: Cipher

    async def replay(self, organization_id: UUID, delivery_id: UUID, url: str | None = None) -> ReplayRefusal | None:
        """Makes the delivery due now, with its schedule begun anew; None when that is done.

        With `url` it goes there from now on. One that waits for a later round goes now. The organisation must own the
        delivery: LookupError when it has no such one.
        """
        async with self._database.transaction() as connection:
            rows = await _locked(connection, organization_id, [delivery_id])
            if not rows:
                raise LookupError("there is no such delivery")
            delivery = delivery_from_row(self._cipher, rows[0], ())
            media_status = MediaStatus(rows[0].media_status)
            if url is not None:
                delivery = replace(delivery, callback=replace(delivery.callback, url=url))
            now = datetime.now(UTC)
            reason = _refusal(delivery, media_status, now)
            if reason is not None:
                return ReplayRefusal(delivery_id, reason)
            if await _queue(connection, [delivery], now) == []:
                return ReplayRefusal(delivery_id, UNDER_WAY)
            if url is not None:
                await self._readdress(connection, rows[0], delivery)
        return None

    async def replay_many(self, organization_id: UUID, query: ReplayQuery) -> Replays:
        """As `replay` for each delivery that meets `query`, the first `query.limit` of them."""
        async with self._database.transaction() as connection:
            place = None
            if query.after is not None:
                place = await place_of(connection, organization_id, query.after)
                if place is None:
                    return Replays((), (), False, None)
            wanted = _chosen(organization_id, query, place)
            found = list((await connection.execute(wanted)).scalars())
            looked_at = found[: query.limit]
            rows = await _locked(connection, organization_id, looked_at)
            now = datetime.now(UTC)
            able: list[Delivery] = []
            refused: list[ReplayRefusal] = []
            for row in rows:
                delivery = delivery_from_row(self._cipher, row, ())
                reason = _refusal(delivery, MediaStatus(row.media_status), now)
                if reason is None:
                    able.append(delivery)
                else:
                    refused.append(ReplayRefusal(delivery.id, reason))
            queued = await _queue(connection, able, now)
            refused += [ReplayRefusal(one.id, UNDER_WAY) for one in able if one.id not in set(queued)]
        last = looked_at[-1] if looked_at else None
        return Replays(tuple(queued), tuple(refused), len(found) > query.limit, last)

    async def _readdress(self, connection: AsyncConnection, row: Row[Any], delivery: Delivery) -> None:
        plan, source_url = unseal(self._cipher, row.media_id, row.plan, row.secrets)
        callbacks = list(plan.callbacks)
        callbacks[row.position] = delivery.callback
        sealed = seal(self._cipher, row.media_id, replace(plan, callbacks=tuple(callbacks)), source_url)
        # One of them is the row of its run: the media's own for the present one.
        present = update(media).where(media.c.id == row.media_id, media.c.run == row.run)
        earlier = update(runs).where(runs.c.media_id == row.media_id, runs.c.run == row.run)
        for its_run in (present, earlier):
            await connection.execute(its_run.values(secrets=sealed.secrets))
        gone_before = update(attempts).where(attempts.c.delivery_id == delivery.id, attempts.c.address.is_(None))
        old = without_query(plan.callbacks[row.position].url)
        await connection.execute(gone_before.values(address=old))
        its = update(deliveries).where(deliveries.c.id == delivery.id)
        address = {"endpoint": endpoint_of(delivery.callback), "host": host_of(delivery.callback)}
        await connection.execute(its.values(address))


def _chosen(organization_id: UUID, query: ReplayQuery, place: Place | None) -> Any:
    """One more than the limit, which tells whether there are more."""
    statement = select(deliveries.c.id).where(deliveries.c.organization_id == organization_id)
    wanted = having_status(query.statuses)
    if wanted is not None:
        statement = statement.where(wanted)
    statement = statement.where(*made_between(query))
    if place is not None:
        statement = statement.where(tuple_(deliveries.c.created, deliveries.c.id) > tuple_(*place))
    return statement.order_by(deliveries.c.created, deliveries.c.id).limit(query.limit + 1)


async def _locked(connection: AsyncConnection, organization_id: UUID, delivery_ids: Sequence[UUID]) -> list[Row[Any]]:
    """Their rows in order of making, read while their media can neither be erased nor end a delivery."""
    if not delivery_ids:
        return []
    await connection.execute(_LOCK, {"ids": delivery_ids})
    mine = _RECORDS.where(deliveries.c.organization_id == organization_id)
    in_order = mine.order_by(deliveries.c.created, deliveries.c.id)
    return list((await connection.execute(in_order, {"ids": delivery_ids})).all())


def _refusal(delivery: Delivery, media_status: MediaStatus, now: datetime) -> str | None:
    """Why it makes no sense to send it again; None when it does."""
    if not media_status.ended:
        return PROCESSED_AGAIN
    if media_status is MediaStatus.FAILED and delivery.callback.type is not CallbackType.ANALYTICS:
        return SKIPPED.format(reason=SKIPPED_REASON)
    if delivery.status is DeliveryStatus.SKIPPED:
        return SKIPPED.format(reason=delivery.reason)
    signed = read_presigned(delivery.callback.url) if delivery.callback.role is None else None
    if signed is not None and signed.expires is not None and signed.expires <= now:
        return EXPIRED.format(expires=signed.expires)
    return None


async def _queue(connection: AsyncConnection, able: Sequence[Delivery], now: datetime) -> list[UUID]:
    """Those that are due now; one that a worker has in hand stays as it is.

    Their endpoints come before them, the order in which a worker takes the same locks.
    """
    if not able:
        return []
    await _ask_paused(connection, able, now)
    free = or_(
        deliveries.c.status != DeliveryStatus.PENDING,
        deliveries.c.claimed_until.is_(None),
        deliveries.c.claimed_until <= now,
    )
    values = {
        "status": DeliveryStatus.PENDING,
        "reason": None,
        "round": 0,
        # The schedule counts from here; tries before it belong to the time before, whatever the clock said then.
        "first_attempt": func.greatest(now, _LAST_TRY + timedelta(microseconds=1)),
        "due": now,
        "ended": None,
        "cause": Cause.REPLAY,
        "replays": deliveries.c.replays + 1,
        "claimed_by": None,
        "claimed_until": None,
    }
    again = update(deliveries).where(deliveries.c.id.in_([one.id for one in able]), free).values(values)
    rows = (await connection.execute(again.returning(deliveries.c.id))).scalars()
    queued = set(rows)
    await _reopen(connection, [one for one in able if one.id in queued])
    return [one.id for one in able if one.id in queued]


async def _reopen(connection: AsyncConnection, queued: Sequence[Delivery]) -> None:
    """Around deliveries that are pending again: their media live on, a worker is woken."""
    if not queued:
        return
    media_ids = {one.media_id for one in queued}
    await connection.execute(update(media).where(media.c.id.in_(media_ids)).values(expires=None))
    of_this_run = select(media.c.id).where(
        tuple_(media.c.id, media.c.run).in_({(one.media_id, one.run) for one in queued})
    )
    step = update(media_steps).where(media_steps.c.media_id.in_(of_this_run), media_steps.c.step == Step.DELIVER)
    await connection.execute(step.values(status=StepStatus.STARTED, finished=None))
    await connection.execute(select(func.pg_notify(DELIVERIES_CHANNEL, "")))


async def _ask_paused(connection: AsyncConnection, able: Sequence[Delivery], now: datetime) -> None:
    """Paused endpoints are probed at once: who replays has reason to think that they answer again."""
    doors = {(one.organization_id, endpoint_of(one.callback)) for one in able}
    its = tuple_(endpoints.c.organization_id, endpoints.c.endpoint).in_(doors)
    paused = its & endpoints.c.paused_since.is_not(None)
    await connection.execute(update(endpoints).where(paused).values(probe_due=now))
