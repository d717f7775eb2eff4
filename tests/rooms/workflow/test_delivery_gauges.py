"""What is counted of deliveries, for whom, and how often."""

from __future__ import annotations

from uuid import uuid4

import pytest

from tests.rooms.storage.recordings import accept, plan_with_callbacks
from voxport.core.delivery import DeliveryStatus
from voxport.core.plan import CallbackType
from voxport.storage.store import Store
from voxport.workflow.dispatch import gauges
from voxport.workflow.dispatch.gauges import DeliveryGauges

TWO = (CallbackType.ANALYTICS, CallbackType.ANALYTICS)


async def numbers(shown: DeliveryGauges) -> dict[tuple[str, ...], float]:
    return {(one.name.removeprefix("voxport_"), *one.labels.values()): one.value for one in await shown.read()}


async def test_each_organisation_has_its_figures(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gauges, "_SHARE", 0)
    acme, other = [await store.organizations.create(name) for name in ("Acme", "Other")]
    shown = DeliveryGauges(store)
    assert await numbers(shown) == {}
    first, second = await store.media.finish((await accept(store, acme.id, plan_with_callbacks(*TWO))).id, run=1)
    await store.media.finish((await accept(store, other.id, plan_with_callbacks(*TWO))).id, run=1)
    seen = await numbers(shown)
    assert 0 <= seen.pop(("deliveries_oldest_seconds", str(acme.id))) < 60
    assert seen[("deliveries_pending", str(acme.id))] == seen[("deliveries", str(acme.id), "pending")] == 2
    assert seen[("deliveries_pending", str(other.id))] == 2
    await store.deliveries.set_delivered(first)
    await store.deliveries.set_failed(second, "given up", status=DeliveryStatus.FAILED, worker=None)
    while not await store.endpoints.failed(
        (other.id, "https://bucket.example"), "refused", pause_after=2, first_probe_s=900
    ):
        pass
    seen = await numbers(shown)
    assert {key: value for key, value in seen.items() if str(acme.id) in key} == {
        ("deliveries_dead", str(acme.id)): 1,
        ("deliveries", str(acme.id), "delivered"): 1,
        ("deliveries", str(acme.id), "failed"): 1,
    }
    assert seen[("deliveries_dead_day", "not sent")] == 1
    assert seen[("deliveries_held", str(other.id))] == 2
    assert seen[("endpoints_paused", str(other.id))] == 1


async def test_counting_all_takes_a_small_share_of_the_time(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    acme = await store.organizations.create("Acme")
    shown = DeliveryGauges(store)
    monkeypatch.setattr(gauges, "_SHARE", 1e9)
    await shown.read()
    await store.media.finish((await accept(store, acme.id, plan_with_callbacks(*TWO))).id, run=1)
    seen = await numbers(shown)
    assert seen[("deliveries_pending", str(acme.id))] == 2
    assert ("deliveries", str(acme.id), "pending") not in seen


def test_the_many_are_one() -> None:
    most = gauges.MOST_ORGANIZATIONS
    counted = {uuid4(): float(number) for number in range(1, most + 4)}
    found = gauges._gauges("n", "meaning", counted)
    assert len(found) == most + 1
    assert (found[0].value, found[-1].labels, found[-1].value) == (most + 3, {"organization": "other"}, 1 + 2 + 3)
    assert gauges._gauges("n", "meaning", counted, greatest=True)[-1].value == 3
