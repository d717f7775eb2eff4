"""Deliveries on their way: claimed from their table, made round by round, their record written together.

One loop a worker. A delivery belongs to one worker at a time by a lease; a worker that dies loses its leases and
another goes on. What fails is due again by the schedule; an endpoint that keeps failing is paused and probed.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import structlog

from voxport.core.delivery import Attempt, Cause, DeliveryStatus
from voxport.core.errors import TransientFault
from voxport.delivery.rounds import RoundOutcome, RoundResult, deliver_round
from voxport.storage.claims import DELIVERIES_CHANNEL, Claim, ClaimRequest, Endpoint
from voxport.storage.tries import Tried
from voxport.workflow.dependencies import Dependencies
from voxport.workflow.dispatch.limits import EndpointLimits
from voxport.workflow.dispatch.requests import request_for
from voxport.workflow.dispatch.role import sending_by_role

log = structlog.get_logger(__name__)

POLL_S = 0.5
"""How late a round may begin; new deliveries are told of by notice."""
_TRY_AGAIN_S, _LONGEST_AGAIN_S = 30.0, 3600.0
"""After a fault of our own; twice as long each time."""
_FAULTS_KEPT = 10_000
_WRITTEN_AT_ONCE = 200


class Dispatcher:
    """Makes deliveries until it is cancelled; then ends what is under way, or gives it back."""

    def __init__(self, deps: Dependencies, at_once: int, *, heartbeat_s: float, drain_s: float) -> None:
        self._deps, self._heartbeat_s, self._drain_s = deps, heartbeat_s, drain_s
        self._limits = deps.options.deliver
        self._worker = uuid4()
        self._endpoints = EndpointLimits(min(self._limits.per_endpoint, at_once), at_once)
        self._under_way: dict[UUID, asyncio.Task[None]] = {}
        self._faults: dict[UUID, int] = {}
        self._wake = asyncio.Event()
        self._record = _Record(deps)

    async def serve(self) -> None:
        """Runs until cancelled; faults of the surroundings are waited out."""
        async with asyncio.TaskGroup() as group:
            beside = [group.create_task(one()) for one in (self._listen, self._renew, self._record.write)]
            try:
                await self._claim_for_ever()
            finally:
                await asyncio.shield(self._drain())
                for task in beside:
                    task.cancel()

    async def _claim_for_ever(self) -> None:
        while True:
            self._wake.clear()
            found = 0
            # Half empty, not at every end: each claim is a transaction.
            if (wanted := self._endpoints.wanted) * 2 >= self._endpoints.sending:
                found = await self._claim(wanted)
            for endpoint, claim in self._endpoints.next():
                task = asyncio.create_task(self._make(endpoint, claim), name=f"delivery-{claim.delivery.id}")
                self._under_way[claim.delivery.id] = task
            if not found:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), POLL_S)

    async def _claim(self, wanted: int) -> int:
        now = datetime.now(UTC)
        request = ClaimRequest(
            worker=self._worker,
            now=now,
            until=self._lease(now),
            limit=wanted,
            room=self._endpoints.first_capacity,
            rooms=self._endpoints.capacities(),
            crowded=self._endpoints.saturated(),
            share=self._endpoints.tenant_share,
            last_chance=now - timedelta(seconds=self._deps.options.schedule.length_s),
            first_probe_s=self._limits.first_probe_s,
            longest_probe_s=self._limits.longest_probe_s,
        )
        try:
            claims = await self._deps.store.work.claim_deliveries(request)
        except TransientFault as error:
            log.warning("deliveries wait for the database", reason=str(error))
            return 0
        # A lease that could not be renewed in time (the database was away, the clock was set) brings back what this
        # worker still has in hand.
        fresh = [claim for claim in claims if claim.delivery.id not in self._held()]
        for claim in fresh:
            self._endpoints.queue(claim.endpoint, claim)
        return len(fresh)

    def _held(self) -> set[UUID]:
        """What is under way or waits for its turn here."""
        return {*self._under_way, *(claim.delivery.id for claim in self._endpoints.waiting())}

    async def _make(self, endpoint: Endpoint, claim: Claim) -> None:
        """One round of one delivery, whatever comes of it written down."""
        answered: bool | None = None
        delivery_id = claim.delivery.id
        try:
            answered = await self._round(endpoint, claim)
            self._faults.pop(delivery_id, None)
        except TransientFault as error:
            log.warning("a delivery met a fault", delivery_id=str(delivery_id), reason=str(error))
        except Exception:
            log.exception("a delivery failed by a fault of ours", delivery_id=str(delivery_id))
            await self._later(claim)
        finally:
            del self._under_way[delivery_id]
            returned = self._endpoints.ended(endpoint, answered)
            self._wake.set()
        if returned:
            await self._give_back([one.delivery.id for one in returned])

    async def _round(self, endpoint: Endpoint, claim: Claim) -> bool | None:
        """True when it arrived, False when the endpoint failed, None when that says nothing of the endpoint."""
        deps, media, delivery, schedule = (
            self._deps,
            claim.media,
            claim.delivery,
            self._deps.options.schedule,
        )
        last_round = datetime.now(UTC) - (delivery.first_attempt or delivery.created) >= timedelta(
            seconds=schedule.length_s
        )
        probes = claim.paused and not last_round
        if probes:
            delivery, schedule = replace(delivery, cause=Cause.PROBE), replace(schedule, attempts=1)
        elif claim.paused:
            delivery = replace(delivery, round=len(schedule.rounds_s))

        async def record(attempt: Attempt) -> None:
            await self._record.keep(delivery.id, replace(attempt, cause=delivery.cause))

        result = await deliver_round(
            deps.outbound,
            lambda: request_for(deps, media, delivery),
            schedule,
            delivery,
            record,
            sending_by_role(deps, media, delivery),
        )
        await self._settle(claim, result, probes=probes)
        return await self._judge(endpoint, claim, result)

    async def _settle(self, claim: Claim, result: RoundResult, *, probes: bool) -> None:
        work, delivery = self._deps.store.work, claim.delivery
        match result.outcome:
            case RoundOutcome.DELIVERED if result.attempts:
                pass  # ended with the record of its last try
            case RoundOutcome.DELIVERED:
                await work.set_delivered(delivery.id)
            case RoundOutcome.AGAIN if probes:
                # Behind all that waits there, so that the next probe is made with another: it may be this one that
                # the endpoint cannot take.
                now, held = datetime.now(UTC), delivery
                await work.end_round(held.id, now, held.round, held.cause, worker=self._worker)
            case RoundOutcome.AGAIN:
                await work.end_round(delivery.id, result.due, result.rounds_made, result.cause, worker=self._worker)
            case RoundOutcome.EXPIRED:
                await work.set_failed(delivery.id, result.reason or "", DeliveryStatus.EXPIRED, worker=self._worker)
            case _:
                await work.set_failed(delivery.id, result.reason or "", DeliveryStatus.FAILED, worker=self._worker)

    async def _judge(self, endpoint: Endpoint, claim: Claim, result: RoundResult) -> bool | None:
        if not result.attempts:
            if claim.paused:
                await self._deps.store.work.probe_at_once(endpoint)
            return None
        last, arrived = result.attempts[-1], result.outcome is RoundOutcome.DELIVERED
        refused = not arrived and last.status is not None and last.status < 500 and last.status != 429
        # To refuse one delivery is to answer: what else waits for a paused endpoint is told so.
        if (
            (arrived or (refused and claim.paused))
            and claim.failures
            and await self._deps.store.work.endpoint_answered(endpoint)
        ):
            log.info("a paused endpoint answers again", organization_id=str(endpoint[0]), endpoint=endpoint[1])
        if arrived:
            return True
        if refused:
            return None
        limits = self._limits
        paused = await self._deps.store.work.endpoint_failed(
            endpoint, last.error or "", pause_after=limits.pause_after, first_probe_s=limits.first_probe_s
        )
        if paused:
            log.warning(
                "an endpoint that keeps failing is paused", organization_id=str(endpoint[0]), endpoint=endpoint[1]
            )
        return False

    async def _later(self, claim: Claim) -> None:
        delivery_id = claim.delivery.id
        if len(self._faults) >= _FAULTS_KEPT:
            self._faults.clear()
        before = self._faults.get(delivery_id, 0)
        self._faults[delivery_id] = before + 1
        due = datetime.now(UTC) + timedelta(seconds=min(_TRY_AGAIN_S * 2.0 ** min(before, 20), _LONGEST_AGAIN_S))
        with contextlib.suppress(TransientFault):
            await self._deps.store.work.end_round(
                delivery_id, due, claim.delivery.round, claim.delivery.cause, worker=self._worker
            )

    async def _give_back(self, delivery_ids: Sequence[UUID]) -> None:
        # Without the database the leases end by themselves.
        with contextlib.suppress(TransientFault):
            await self._deps.store.work.give_back(self._worker, delivery_ids)

    async def _listen(self) -> None:
        while True:
            try:
                async for _ in self._deps.store.notices(DELIVERIES_CHANNEL):
                    self._wake.set()
            except TransientFault:
                await asyncio.sleep(1.0)

    async def _renew(self) -> None:
        while True:
            await asyncio.sleep(self._heartbeat_s)
            held = list(self._held())
            if held:
                with contextlib.suppress(TransientFault):
                    await self._deps.store.work.renew_claims(self._worker, held, self._lease(datetime.now(UTC)))

    async def _drain(self) -> None:
        tasks = {task: delivery_id for delivery_id, task in self._under_way.items()}
        broken_off: list[UUID] = []
        if tasks:
            _, running = await asyncio.wait(tasks, timeout=self._drain_s)
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)
            broken_off = [tasks[task] for task in running]
        left = {*broken_off, *self._held()}
        if left:
            await self._give_back(list(left))

    def _lease(self, now: datetime) -> datetime:
        return now + timedelta(seconds=self._deps.options.stalled_after_s)


class _Record:
    """Writes down tries, all together that have ended while the last were being written."""

    def __init__(self, deps: Dependencies) -> None:
        self._deps = deps
        self._waiting: asyncio.Queue[tuple[Tried, asyncio.Future[None]]] = asyncio.Queue()

    async def keep(self, delivery_id: UUID, attempt: Attempt) -> None:
        """Returns when it is written; raises TransientFault."""
        arrived = attempt.status is not None and 200 <= attempt.status < 300
        written: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        await self._waiting.put((Tried(delivery_id, attempt, arrived), written))
        await written

    async def write(self) -> None:
        """Runs until cancelled."""
        while True:
            batch = [await self._waiting.get()]
            while len(batch) < _WRITTEN_AT_ONCE and not self._waiting.empty():
                batch.append(self._waiting.get_nowait())
            failure: Exception | None = None
            try:
                await self._deps.store.work.record_tries([tried for tried, _ in batch])
            except Exception as error:  # noqa: BLE001 - it is told to those who wait for it
                failure = error
            if failure is None or isinstance(failure, TransientFault) or len(batch) == 1:
                _tell([written for _, written in batch], failure)
            else:
                # One that cannot be written takes none of the others with it.
                for one in batch:
                    await self._write_alone(*one)

    async def _write_alone(self, tried: Tried, written: asyncio.Future[None]) -> None:
        failure: Exception | None = None
        try:
            await self._deps.store.work.record_tries([tried])
        except Exception as error:  # noqa: BLE001 - as above
            failure = error
        _tell([written], failure)


def _tell(waiting: Sequence[asyncio.Future[None]], failure: Exception | None) -> None:
    for written in waiting:
        if written.cancelled():
            continue
        if failure is None:
            written.set_result(None)
        else:
            written.set_exception(failure)
