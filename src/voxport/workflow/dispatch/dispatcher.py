"""Deliveries on their way: claimed from their table and made round by round.

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

from voxport.core.delivery import Attempt, Cause, Delivery, DeliveryStatus
from voxport.core.errors import TransientFault
from voxport.delivery.rounds import RoundOutcome, RoundResult, deliver_round
from voxport.storage.claims import DELIVERIES_CHANNEL
from voxport.storage.records import Claim, ClaimRequest, Endpoint
from voxport.workflow.dependencies import Dependencies
from voxport.workflow.dispatch.attempts import AttemptWriter
from voxport.workflow.dispatch.limits import EndpointLimits
from voxport.workflow.dispatch.requests import request_for
from voxport.workflow.dispatch.role import sending_by_role
from voxport.workflow.spans import record_attempt

log = structlog.get_logger(__name__)

POLL_S = 0.5
"""How late a round may begin; new deliveries come by notice."""
_BACKOFF_S, _LONGEST_BACKOFF_S = 30.0, 3600.0
"""After a fault of our own; twice as long each time."""
_FAULTS_KEPT = 10_000
"""Deliveries whose faults are counted; then counting begins again."""


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
        self._more = True
        """Whether something may be due that this worker has not asked for."""
        self._attempts = AttemptWriter(deps.store)

    async def serve(self) -> None:
        """Runs until cancelled; faults of the surroundings are waited out."""
        async with asyncio.TaskGroup() as group:
            beside = [group.create_task(one()) for one in (self._listen, self._renew, self._attempts.write)]
            try:
                await self._claim_for_ever()
            finally:
                await asyncio.shield(self._drain())
                for task in beside:
                    task.cancel()

    async def _claim_for_ever(self) -> None:
        clock, asked = asyncio.get_running_loop().time, 0.0
        while True:
            self._wake.clear()
            found, wanted = 0, self._endpoints.wanted
            # Half empty, not at every end, and where something may be: each claim is a transaction.
            if wanted * 2 >= self._endpoints.sending and (self._more or clock() - asked >= POLL_S):
                asked = clock()
                found = await self._claim(wanted)
            for endpoint, claim in self._endpoints.next():
                task = asyncio.create_task(self._make(endpoint, claim), name=f"delivery-{claim.delivery.id}")
                self._under_way[claim.delivery.id] = task
            if not found or not self._more:
                # Not `wait_for`: in Python 3.11 it loses a cancellation that comes in the moment of waking.
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(POLL_S):
                        await self._wake.wait()

    async def _claim(self, wanted: int) -> int:
        request = ClaimRequest(
            worker=self._worker,
            lease_s=self._deps.options.stalled_after_s,
            limit=wanted,
            first_capacity=self._endpoints.first_capacity,
            capacities=self._endpoints.capacities(),
            saturated=frozenset(self._endpoints.saturated()),
            tenant_share=self._endpoints.tenant_share,
            last_round_after_s=self._deps.options.schedule.length_s,
            first_probe_s=self._limits.first_probe_s,
            longest_probe_s=self._limits.longest_probe_s,
        )
        self._more = False
        try:
            claims = await self._deps.store.claims.acquire(request)
        except TransientFault as error:
            log.warning("deliveries wait for the database", reason=str(error))
            return 0
        self._more = self._more or request.leaves_some(claims)
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
            await self._release([one.delivery.id for one in returned])

    async def _round(self, endpoint: Endpoint, claim: Claim) -> bool | None:
        """True when it arrived, False when the endpoint failed, None when that says nothing of the endpoint."""
        deps, media, delivery = self._deps, claim.media, claim.delivery
        schedule = deps.options.schedule
        if claim.clock_skew:
            delivery = _by_clock_of_process(delivery, claim.clock_skew)
        probes = claim.paused and not claim.last_round
        if probes:
            delivery, schedule = replace(delivery, cause=Cause.PROBE), replace(schedule, attempts=1)
        elif claim.paused:
            delivery = replace(delivery, round=len(schedule.rounds_s))

        async def record(attempt: Attempt) -> None:
            made = replace(attempt, cause=delivery.cause)
            await self._attempts.keep(delivery.id, made)
            record_attempt(deps.traces, media, delivery, made)

        result = await deliver_round(
            deps.outbound,
            lambda: request_for(deps, media, delivery),
            schedule=schedule,
            delivery=delivery,
            record=record,
            sending=sending_by_role(deps, media, delivery),
        )
        await self._settle(claim, result, probes=probes)
        return await self._judge(endpoint, claim, result)

    async def _settle(self, claim: Claim, result: RoundResult, *, probes: bool) -> None:
        delivery = claim.delivery
        match result.outcome:
            case RoundOutcome.DELIVERED if result.attempts:
                pass  # ended with the record of its last try
            case RoundOutcome.DELIVERED:
                await self._deps.store.deliveries.set_delivered(delivery.id)
            case RoundOutcome.AGAIN if probes:
                # Behind all that waits there, so that the next probe is made with another: it may be this one that
                # the endpoint cannot take.
                await self._end_round(delivery.id, 0.0, delivery.round, delivery.cause)
            case RoundOutcome.AGAIN:
                await self._end_round(delivery.id, _wait_s(result), result.rounds_made, result.cause)
            case RoundOutcome.EXPIRED:
                await self._give_up(delivery.id, result, DeliveryStatus.EXPIRED)
            case _:
                await self._give_up(delivery.id, result, DeliveryStatus.FAILED)

    async def _end_round(self, delivery_id: UUID, wait_s: float, rounds_made: int, cause: Cause) -> None:
        await self._deps.store.deliveries.end_round(
            delivery_id, wait_s=wait_s, rounds_made=rounds_made, cause=cause, worker=self._worker
        )

    async def _give_up(self, delivery_id: UUID, result: RoundResult, status: DeliveryStatus) -> None:
        await self._deps.store.deliveries.set_failed(
            delivery_id, result.reason or "", status=status, worker=self._worker
        )

    async def _judge(self, endpoint: Endpoint, claim: Claim, result: RoundResult) -> bool | None:
        if not result.attempts:
            if claim.paused:
                await self._deps.store.endpoints.probe_now(endpoint)
            return None
        last, arrived = result.attempts[-1], result.outcome is RoundOutcome.DELIVERED
        refused = not arrived and last.status is not None and last.status < 500 and last.status != 429
        # To refuse one delivery is to answer: what else waits for a paused endpoint learns it.
        if (
            (arrived or (refused and claim.paused))
            and claim.failures
            and await self._deps.store.endpoints.answered(endpoint)
        ):
            log.info("a paused endpoint answers again", organization_id=str(endpoint[0]), endpoint=endpoint[1])
        if arrived:
            return True
        if refused:
            return None
        limits = self._limits
        paused = await self._deps.store.endpoints.failed(
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
        wait_s = min(_BACKOFF_S * 2.0 ** min(before, 20), _LONGEST_BACKOFF_S)
        with contextlib.suppress(TransientFault):
            await self._end_round(delivery_id, wait_s, claim.delivery.round, claim.delivery.cause)

    async def _release(self, delivery_ids: Sequence[UUID]) -> None:
        # Without the database the leases end by themselves.
        with contextlib.suppress(TransientFault):
            await self._deps.store.claims.release(self._worker, delivery_ids)

    async def _listen(self) -> None:
        while True:
            try:
                async for _ in self._deps.store.notices(DELIVERIES_CHANNEL):
                    self._more = True
                    self._wake.set()
            except TransientFault:
                await asyncio.sleep(1.0)

    async def _renew(self) -> None:
        while True:
            await asyncio.sleep(self._heartbeat_s)
            held = list(self._held())
            if held:
                with contextlib.suppress(TransientFault):
                    await self._deps.store.claims.renew(self._worker, held, self._deps.options.stalled_after_s)

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
            await self._release(list(left))


def _by_clock_of_process(delivery: Delivery, clock_skew: timedelta) -> Delivery:
    """Rounds are reckoned with the clock of this process, and end in a wait.

    Attempts move with the beginning of the schedule: those from before it stay before it.
    """
    first = delivery.first_attempt
    moved = (replace(attempt, started=attempt.started + clock_skew) for attempt in delivery.attempts)
    return replace(delivery, first_attempt=None if first is None else first + clock_skew, attempts=tuple(moved))


def _wait_s(result: RoundResult) -> float:
    """Until the next round of the delivery is due."""
    return 0.0 if result.due is None else (result.due - datetime.now(UTC)).total_seconds()
