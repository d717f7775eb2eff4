"""Deliveries that are made again because somebody asks: what has ended becomes pending, with its record kept.

The API may read deliveries and not change them, so this is the workflow's. Storage is given the owner of the delivery,
and which may be made again (`ReplayRule`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, bindparam, func, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.core.delivery import Cause, Delivery, DeliveryStatus, endpoint_of, host_of
from voxport.core.delivery_query import ReplayQuery, ReplayRefusal
from voxport.core.media import MediaStatus, StepStatus
from voxport.core.stages import Step
from voxport.storage.cipher import Cipher
from voxport.storage.claims import notify_workers
from voxport.storage.cursors import Place
from voxport.storage.listed_deliveries import read_listed, select_listed_deliveries, within_bounds
from voxport.storage.postgres.database import Database
from voxport.storage.postgres.tables import attempts, deliveries, endpoints, media, media_steps, runs
from voxport.storage.records import ReplayResult, ReplayRule
from voxport.storage.rows import select_deliveries, without_query
from voxport.storage.sealing import seal, unseal_known
from voxport.storage.selection import cursors_of, having_status, made_between, place_of

_RECORDS = select_listed_deliveries().where(deliveries.c.id.in_(bindparam("ids", expanding=True)))
_WITH_PLAN = select_deliveries().where(deliveries.c.id == bindparam("delivery_id"))
_LAST_ATTEMPT = select(func.max(attempts.c.started)).where(attempts.c.delivery_id == deliveries.c.id).scalar_subquery()
_LOCK = (
    select(media.c.id)
    .where(media.c.id.in_(select(deliveries.c.media_id).where(deliveries.c.id.in_(bindparam("ids", expanding=True)))))
    .order_by(media.c.id)
    .with_for_update()
)


class ReplayQueue:
    """Every method is one transaction, made once: twice would count two replays."""

    def __init__(self, database: Database, cipher: Cipher) -> None:
        self._database, self._cipher = database, cipher

    async def replay(
        self, organization_id: UUID, delivery_id: UUID, rule: ReplayRule, url: str | None = None
    ) -> ReplayResult:
        """Makes the delivery due now, with a new schedule, unless `rule` refuses it or a worker has it in hand.

        With `url` it goes there from now on. One that waits for a later round goes now. The organisation must own the
        delivery: LookupError when it has no such one.
        """
        async with self._database.transaction() as connection:
            rows = await _locked(connection, organization_id, [delivery_id])
            if not rows:
                raise LookupError("there is no such delivery")
            (delivery,) = await read_listed(connection, self._cipher, rows, {})
            if url is not None:
                delivery = replace(delivery, callback=replace(delivery.callback, url=url))
            reason = rule(delivery, MediaStatus(rows[0].media_status))
            if reason is not None:
                return ReplayResult((), (ReplayRefusal(delivery_id, reason),), ())
            queued = await _queue(connection, [delivery])
            if not queued:
                return ReplayResult((), (), (delivery_id,))
            if url is not None:
                await self._readdress(connection, delivery)
        return ReplayResult(tuple(queued), (), ())

    async def replay_many(self, organization_id: UUID, query: ReplayQuery, rule: ReplayRule) -> ReplayResult:
        """As `replay` for each delivery that meets `query`, the first `query.limit` of them."""
        async with self._database.transaction() as connection:
            cursors = cursors_of(self._cipher, organization_id)
            place = None
            if query.after is not None:
                place = await place_of(connection, cursors, organization_id, query.after)
            found = (await connection.execute(_chosen(organization_id, query, place))).all()
            looked_at = found[: query.limit]
            able: list[Delivery] = []
            refused: list[ReplayRefusal] = []
            locked = await _locked(connection, organization_id, [row.id for row in looked_at])
            taken_up = within_bounds(locked)
            if len(taken_up) < len(locked):
                # The rest is for the next request, which begins behind the last of these.
                last = next(number for number, row in enumerate(looked_at) if row.id == taken_up[-1].id)
                looked_at = looked_at[: last + 1]
            for row, delivery in zip(taken_up, await read_listed(connection, self._cipher, taken_up, {}), strict=True):
                reason = rule(delivery, MediaStatus(row.media_status))
                if reason is None:
                    able.append(delivery)
                else:
                    refused.append(ReplayRefusal(delivery.id, reason))
            queued = await _queue(connection, able)
        taken = set(queued)
        return ReplayResult(
            queued=tuple(queued),
            refused=tuple(refused),
            claimed=tuple(one.id for one in able if one.id not in taken),
            more=len(found) > len(looked_at),
            after=cursors.of_moment((looked_at[-1].created, looked_at[-1].id)) if looked_at else None,
        )

    async def _readdress(self, connection: AsyncConnection, delivery: Delivery) -> None:
        row = (await connection.execute(_WITH_PLAN, {"delivery_id": delivery.id})).one()
        plan, source_url = unseal_known(self._cipher, row.media_id, row.plan, row.secrets)
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


def _chosen(organization_id: UUID, query: ReplayQuery, place: Place | None) -> Select[Any]:
    """One more than the limit, which tells whether there are more."""
    statement = select(deliveries.c.id, deliveries.c.created).where(deliveries.c.organization_id == organization_id)
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


async def _queue(connection: AsyncConnection, able: Sequence[Delivery]) -> list[UUID]:
    """Those that are due now; one that a worker has in hand stays as it is.

    Their endpoints come before them, the order in which a worker takes the same locks.
    """
    if not able:
        return []
    await _probe_paused(connection, able)
    free = or_(
        deliveries.c.status != DeliveryStatus.PENDING,
        deliveries.c.claimed_until.is_(None),
        deliveries.c.claimed_until <= func.now(),
    )
    values = {
        "status": DeliveryStatus.PENDING,
        "reason": None,
        "round": 0,
        # The schedule counts from here; attempts before it belong to the time before, whatever the clock said then.
        "first_attempt": func.greatest(func.now(), _LAST_ATTEMPT + timedelta(microseconds=1)),
        "due": func.now(),
        "ended": None,
        "cause": Cause.REPLAY,
        "replays": deliveries.c.replays + 1,
        "claimed_by": None,
        "claimed_until": None,
    }
    again = update(deliveries).where(deliveries.c.id.in_([one.id for one in able]), free).values(values)
    queued = set((await connection.execute(again.returning(deliveries.c.id))).scalars())
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
    await notify_workers(connection)


async def _probe_paused(connection: AsyncConnection, able: Sequence[Delivery]) -> None:
    """Paused endpoints are probed at once: who replays has reason to think that they answer again."""
    wanted = {(one.organization_id, endpoint_of(one.callback)) for one in able}
    theirs = tuple_(endpoints.c.organization_id, endpoints.c.endpoint).in_(wanted)
    paused = update(endpoints).where(theirs, endpoints.c.paused_since.is_not(None))
    await connection.execute(paused.values(probe_due=func.now()))
