"""A worker whose clock is wrong: leases, probes and due times are the database's, and hold for it too.

The schedule has rounds of a quarter of an hour, so that ten minutes of error would show.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from tests.rooms.storage.recordings import claim
from tests.rooms.workflow.test_deliveries import delivery, finished, local, receiver, serving, until
from tests.support.receiver import Receiver
from voxport.core.delivery import DeliveryStatus
from voxport.delivery.schedule import Schedule
from voxport.workflow.dependencies import Dependencies
from voxport.workflow.dispatch.dispatcher import Dispatcher
from voxport.workflow.dispatch.replays import replay

__all__ = ["local", "receiver"]
AHEAD = timedelta(seconds=600)
SLACK = timedelta(seconds=30)


class AheadClock(datetime):
    """`datetime` of a machine whose clock is wrong."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return datetime.now(tz) + AHEAD


class SlowClock(datetime):
    """`datetime` of a machine whose clock is behind."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return datetime.now(tz) - AHEAD


def set_clock(monkeypatch: pytest.MonkeyPatch, clock: type[datetime] = AheadClock) -> None:
    """In all of our modules that look at the clock."""
    for name, module in list(sys.modules.items()):
        if name.startswith("voxport.") and getattr(module, "datetime", None) is datetime:
            monkeypatch.setattr(module, "datetime", clock)


async def claims_end(deps: Dependencies, delivery_id: UUID) -> datetime:
    async with deps.store.transaction() as connection:
        statement = text("SELECT claimed_until FROM deliveries WHERE id = :id")
        ends: datetime = (await connection.execute(statement, {"id": delivery_id})).scalar_one()
    return ends


async def test_a_worker_whose_clock_is_ahead_takes_nothing_that_another_holds(
    local: Dependencies, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    (one,) = await finished(local, receiver.url("/calls"))
    holder = uuid4()
    assert len(await claim(local.store, worker=holder)) == 1
    set_clock(monkeypatch)
    wrong = Dispatcher(local, 4, heartbeat_s=60.0, drain_s=0.0)
    assert await wrong._claim(10) == 0
    await local.store.claims.renew(holder, [one], 60.0)
    assert await wrong._claim(10) == 0
    await local.store.claims.release(holder, [one])
    assert await wrong._claim(10) == 1
    lease = timedelta(seconds=local.options.stalled_after_s)
    assert datetime.now(UTC) < await claims_end(local, one) <= datetime.now(UTC) + lease
    await local.store.claims.renew(wrong._worker, [one], local.options.stalled_after_s)
    assert await claims_end(local, one) <= datetime.now(UTC) + lease


async def test_it_takes_nothing_before_it_is_due_and_leaves_others_their_time(
    local: Dependencies, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    schedule = Schedule(rounds_s=(900.0, 2700.0), attempts=1)
    limits = replace(local.options.deliver, pause_after=1, first_probe_s=300.0, longest_probe_s=300.0)
    deps = replace(local, options=replace(local.options, schedule=schedule, deliver=limits))
    (one,) = await finished(deps, receiver.answer("/down", [503]))
    set_clock(monkeypatch)
    async with serving(deps):

        async def tried() -> bool:
            return (await delivery(deps, one)).round == 1

        await until(tried)
        now = datetime.now(UTC)
        first = await delivery(deps, one)
        assert first.first_attempt is not None
        assert first.due is not None
        assert abs(first.first_attempt - now) < SLACK
        assert abs(first.due - now - timedelta(seconds=900)) < SLACK
        (paused,) = await deps.store.tenant(first.organization_id).endpoints.failing()
        assert paused.paused is not None
        assert paused.next_probe is not None
        assert abs(paused.paused - now) < SLACK
        assert abs(paused.next_probe - now - timedelta(seconds=300)) < SLACK
        # Due by the worker's own clock, not yet by the database's.
        async with deps.store.transaction() as connection:
            await connection.execute(text("DELETE FROM endpoints"))
            await connection.execute(text("UPDATE deliveries SET due = now() + interval '5 minutes'"))
        (arrives,) = await finished(deps, receiver.url("/calls"))

        async def arrived() -> bool:
            return (await delivery(deps, arrives)).status is DeliveryStatus.DELIVERED

        await until(arrived)
    assert len(receiver.requests_to("/down")) == 1


async def test_the_second_round_comes_in_time_whose_clock_ever_made_the_first(
    local: Dependencies, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    schedule = Schedule(rounds_s=(900.0, 2700.0), attempts=1)
    deps = replace(local, options=replace(local.options, schedule=schedule))
    (one,) = await finished(deps, receiver.answer("/down", [503]))

    async def made(rounds: int) -> None:
        async def are_made() -> bool:
            return (await delivery(deps, one)).round == rounds

        async with serving(deps):
            await until(are_made)

    await made(1)
    async with deps.store.transaction() as connection:
        earlier = "due = now(), first_attempt = first_attempt - interval '15 minutes'"
        await connection.execute(text(f"UPDATE deliveries SET {earlier}"))  # noqa: S608 - our own words
    set_clock(monkeypatch)
    await made(2)
    due = (await delivery(deps, one)).due
    assert due is not None
    assert abs(due - datetime.now(UTC) - timedelta(seconds=2700 - 900)) < SLACK


async def test_a_replay_is_sent_also_by_a_worker_whose_clock_is_behind(
    local: Dependencies, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    (one,) = await finished(local, receiver.url("/calls"))

    async def arrived() -> bool:
        return (await delivery(local, one)).status is DeliveryStatus.DELIVERED

    async with serving(local):
        await until(arrived)
    organization_id = (await delivery(local, one)).organization_id
    assert await replay(local.store.replays, organization_id, one, None) is None
    set_clock(monkeypatch, SlowClock)
    async with serving(local):
        await until(arrived)
    assert len(receiver.requests_to("/calls")) == 2
    assert len((await delivery(local, one)).attempts) == 2
