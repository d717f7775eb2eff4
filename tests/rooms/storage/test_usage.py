from __future__ import annotations

import asyncio
from datetime import date, timedelta
from typing import Any

from sqlalchemy import text

from tests.rooms.storage.recordings import accept
from voxport.core.analytics_plan import AnalyticsPlan
from voxport.core.codes import Code
from voxport.core.errors import Problem
from voxport.core.plan import DetectorPlan, Plan, RunBefore
from voxport.core.stages import further_steps
from voxport.core.submission import FurtherRun
from voxport.core.usage import Product, Usage
from voxport.storage.store import Store

FULL = Plan(detectors=(DetectorPlan("PCI"),), analytics=AnalyticsPlan(entities=True))


async def usage_of(store: Store, organization_id: Any) -> dict[Product, tuple[int, int]]:
    """Milliseconds and calls of the month, whose days add up to the same."""
    months = await store.tenant(organization_id).usage.months()
    tenant = store.tenant(organization_id).usage
    whole = [one for month in months for one in await tenant.of_month(month)]
    days = [one for month in months for one in await tenant.of_days(month)]
    found = {one.product: (one.milliseconds, one.calls) for one in whole}
    for product, amounts in found.items():
        mine = [one for one in days if one.product is product]
        assert (sum(one.milliseconds for one in mine), sum(one.calls for one in mine)) == amounts
    return found


async def test_a_run_is_counted_once_when_it_finishes_and_stays_counted(store: Store) -> None:
    acme, other = await store.organizations.create("Acme"), await store.organizations.create("Other")
    media = await accept(store, acme.id, FULL)
    await store.media.set_probe(media.id, duration_ms=90_000)
    assert await usage_of(store, acme.id) == {}
    await asyncio.gather(*(store.media.finish(media.id, run=1) for _ in range(4)))
    expected = {Product.TRANSCRIPTION: (90_000, 1), Product.ANALYTICS: (90_000, 1), Product.REDACTION: (90_000, 1)}
    assert await usage_of(store, acme.id) == expected
    async with store.transaction() as connection:
        further = FurtherRun(media.id, acme.id, 1, Plan(aligns=True, before=RunBefore(1)))
        await store.runs.start(connection, further, further_steps(further.plan))
    await store.media.finish(media.id, run=2)
    expected |= {Product.REPROCESSING: (90_000, 1), Product.ALIGNMENT: (90_000, 1)}
    assert await usage_of(store, acme.id) == expected
    await store.media.mark_deleted(media.id)
    await store.media.erase(media.id)
    assert await usage_of(store, acme.id) == expected
    assert await usage_of(store, other.id) == {}


async def test_what_fails_or_is_deleted_is_not_counted_and_what_finishes_at_once_is(store: Store) -> None:
    acme = await store.organizations.create("Acme")
    failed, deleted, *finished = [await accept(store, acme.id, FULL if at % 2 else Plan()) for at in range(8)]
    for media in (failed, deleted, *finished):
        await store.media.set_probe(media.id, duration_ms=1001)
    problem = Problem.of(Code.MEDIA_UNREADABLE, reason="it is empty")
    await store.media.fail(failed.id, [problem], run=1, skips=lambda _: None)
    await store.media.mark_deleted(deleted.id)
    await asyncio.gather(*(store.media.finish(media.id, run=1) for media in (deleted, *finished)))
    counted = await usage_of(store, acme.id)
    assert counted == {
        Product.TRANSCRIPTION: (6006, 6),
        Product.ANALYTICS: (3003, 3),
        Product.REDACTION: (3003, 3),
    }


async def test_a_month_ends_with_its_last_day_by_utc(store: Store) -> None:
    acme = await store.organizations.create("Acme")
    days = ("2031-01-31", "2031-02-01", "2031-02-28", "2031-03-01", "2032-02-29")
    async with store.transaction() as connection:
        for day in days:
            row = text("INSERT INTO usage VALUES (:acme, CAST(:day AS date), 'transcription', 60000, 1)")
            await connection.execute(row, {"acme": acme.id, "day": day})
    tenant = store.tenant(acme.id).usage
    february = date(2031, 2, 1)
    assert await tenant.months() == [date(2031, 1, 1), february, date(2031, 3, 1), date(2032, 2, 1)]
    assert await tenant.of_month(february) == [Usage(february, Product.TRANSCRIPTION, 120_000, 2)]
    assert [one.day for one in await tenant.of_days(february)] == [february, february + timedelta(days=27)]
    assert [one.day.day for one in await tenant.of_days(date(2032, 2, 1))] == [29]
    assert await tenant.of_days(date(2031, 4, 1)) == await tenant.of_month(date(9999, 12, 1)) == []
