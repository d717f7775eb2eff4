"""What people do about deliveries at the console: find out why one failed, and have it arrive."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from playwright.async_api import Page, expect
from sqlalchemy import text

from tests.rooms.api.served import NO_AUTHORITIES, Customer
from tests.rooms.console.visits import analysed_call, deliveries_of, failed_delivery
from tests.support.receiver import Answer, Receiver, running_receiver

pytestmark = pytest.mark.asyncio(loop_scope="module")

REFUSED = "The receiver answered 403: its address or its key is not right; send it elsewhere, or mend the receiver."
HOOK = "https://hooks.example/in"


@pytest.fixture(scope="module")
def receiver() -> Iterator[Receiver]:
    with running_receiver() as receiver:
        yield receiver


def delivered_to(*urls: str) -> dict[str, Any]:
    return {"publish": {"enableAnalyticIndexing": True, "callbacks": [{"url": url} for url in urls]}}


async def test_why_a_delivery_of_a_call_failed_is_found_and_mended(page: Page, customer: Customer) -> None:
    media_id = analysed_call(customer, {"title": "Undelivered"}, **delivered_to(HOOK))
    failed_delivery(customer, media_id, REFUSED, "no such key")
    await page.reload()
    await page.get_by_role("link", name="Undelivered", exact=True).click()
    section = page.locator("#deliveries")
    await expect(section).to_contain_text(REFUSED)
    await section.get_by_text("Answer", exact=True).click()
    await expect(section.get_by_label("Answer of the receiver")).to_have_text("no such key")
    await section.get_by_role("link", name="Details").click()
    await page.get_by_label("New address").fill("https://moved.example/in")
    await page.get_by_role("button", name="Replay to this address").click()
    await expect(page.get_by_role("status")).to_have_text("It is sent again.")
    (delivery,) = deliveries_of(customer, media_id)
    assert (delivery["status"], delivery["address"]) == ("pending", "https://moved.example/in")


async def test_what_was_sent_and_answered_is_shown_without_secrets(page: Page, customer: Customer) -> None:
    presigned = "https://calls.s3.amazonaws.com/one.json?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIDSECRET"
    presigned += "&X-Amz-Date=20310203T040506Z&X-Amz-Expires=600&X-Amz-SignedHeaders=host&X-Amz-Signature=abcdef0123"
    media_id = analysed_call(customer, **delivered_to(f"{HOOK}?token=hidden-7", presigned))
    failed_delivery(customer, media_id, REFUSED, "no such key")
    await page.goto(f"/console/calls/{media_id}")
    await page.locator("#deliveries").get_by_role("link", name="Attempt 1: what was sent and answered").click()
    await expect(page.get_by_label("Request line")).to_have_text(f"POST {HOOK}?token=…")
    headers = page.get_by_label("Headers that were sent")
    await expect(headers.get_by_role("row", name="webhook-signature")).to_contain_text("v1,…")
    await expect(headers.get_by_role("row", name="Voxport-Attempt-Reason")).to_contain_text("first")
    await expect(page.get_by_label("Body that was sent")).to_contain_text('"mediaId"')
    await expect(page.get_by_text("It has another length than what was sent then")).to_be_visible()
    await expect(page.get_by_label("Headers of the answer").get_by_role("row", name="x-request-id")).to_contain_text(
        "r-17"
    )
    await expect(page.get_by_label("Answer of the receiver")).to_have_text("no such key")
    assert "hidden-7" not in await page.content()


async def test_a_delivery_of_a_call_is_sent_again_from_its_page(page: Page, customer: Customer) -> None:
    media_id = analysed_call(customer, **delivered_to(HOOK))
    failed_delivery(customer, media_id, REFUSED)
    await page.goto(f"/console/calls/{media_id}")
    await page.locator("#deliveries").get_by_role("button", name="Replay").click()
    await expect(page).to_have_url(re.compile(f"calls/{media_id}"))
    await expect(page.locator("#deliveries")).to_contain_text("pending")
    assert deliveries_of(customer, media_id)[0]["replays"] == 1


async def test_the_page_of_a_delivery_follows_what_becomes_of_it(page: Page, customer: Customer) -> None:
    media_id = analysed_call(customer, **delivered_to(HOOK))
    delivery_id = failed_delivery(customer, media_id, REFUSED, "no such key")
    await page.clock.install()
    await page.goto(f"/console/deliveries/{delivery_id}")
    await page.get_by_role("button", name="Replay", exact=True).click()
    await expect(page.locator("#state-title")).to_have_text("pending")
    await page.get_by_label("New address").fill("https://half.example/wri")
    await page.get_by_text("Answer", exact=True).click()
    failed_delivery(customer, media_id, REFUSED)
    await page.clock.run_for(4_000)
    await expect(page.locator("#state-title")).to_have_text("failed")
    await expect(page.get_by_label("Answer of the receiver")).to_be_visible()
    await expect(page.get_by_label("New address")).to_have_value("https://half.example/wri")


async def test_a_new_address_that_cannot_be_is_refused_with_the_reason(page: Page, customer: Customer) -> None:
    delivery_id = failed_delivery(customer, analysed_call(customer, **delivered_to(HOOK)), REFUSED)
    await page.goto(f"/console/deliveries/{delivery_id}")
    await page.get_by_label("New address").fill("ftp://elsewhere.example/in")
    await page.get_by_role("button", name="Replay to this address").click()
    await expect(page.get_by_role("alert")).to_contain_text("elsewhere.example")


async def test_yesterdays_dead_letters_are_sent_again_by_three_clicks(page: Page, customer: Customer) -> None:
    calls = [analysed_call(customer, **delivered_to(HOOK)) for _ in range(3)]
    for media_id in calls:
        failed_delivery(customer, media_id, REFUSED)
    older = text("UPDATE deliveries SET created = created - interval '1 day' WHERE media_id = ANY(:calls)")

    async def age() -> None:
        async with customer.served.store.transaction() as connection:
            await connection.execute(older, {"calls": calls[:2]})

    customer.served.call(age())
    await page.get_by_role("link", name="Deliveries").click()
    await page.get_by_role("link", name="yesterday", exact=True).click()
    await page.get_by_role("button", name="Replay all dead letters of this time range").click()
    await expect(page.get_by_role("status")).to_have_text("2 deliveries are made again.")
    states = [deliveries_of(customer, media_id)[0]["status"] for media_id in calls]
    assert states == ["pending", "pending", "failed"]


async def test_deliveries_are_filtered_and_paged(page: Page, customer: Customer) -> None:
    analysed_call(customer, **delivered_to(*[f"{HOOK}/{number}" for number in range(51)]))
    other = analysed_call(customer, **delivered_to("https://other.example/x"))
    await page.goto("/console/deliveries?status=pending")
    await expect(page.locator("[data-row]")).to_have_count(50)
    await page.get_by_role("link", name="Older deliveries").click()
    await expect(page.locator("[data-row]")).to_have_count(2)
    await page.get_by_label("Host of the receiver").fill("other.example")
    await page.get_by_role("button", name="Show").click()
    await expect(page.locator("[data-row]")).to_have_text(["https://other.example/x"])
    await page.get_by_label("Media id").fill("nonsense")
    await page.get_by_role("button", name="Show").click()
    await expect(page.get_by_role("alert")).to_contain_text("Media id must be")
    await page.goto(f"/console/deliveries?mediaId={other}")
    await expect(page.locator("[data-row]")).to_have_count(1)


async def test_a_webhook_is_tried_before_results_depend_on_it(page: Page, receiver: Receiver) -> None:
    await page.get_by_role("link", name="Endpoints").click()
    await page.get_by_label("Address").fill(receiver.url("/hook"))
    await page.get_by_role("button", name="Send a test event").click()
    await expect(page.get_by_role("status")).to_contain_text("It arrived: 200")
    (request,) = receiver.requests_to("/hook")
    assert b'"type": "test"' in request.body
    assert request.header("webhook-signature")
    await page.get_by_label("Address").fill(receiver.script("/wrong", Answer(500, b"<b>out of order</b>")))
    await page.get_by_role("button", name="Send a test event").click()
    await expect(page.get_by_label("Answer of the receiver")).to_have_text("<b>out of order</b>")
    await page.get_by_label("Address").fill("http://10.0.0.1/")
    await page.get_by_role("button", name="Send a test event").click()
    await expect(page.get_by_role("alert")).to_be_visible()


async def test_receivers_that_hang_hold_up_nobody_else(
    customer: Customer, stranger: Customer, receiver: Receiver
) -> None:
    free = receiver.hang("/hangs")
    async with httpx.AsyncClient(base_url=customer.served.url, trust_env=False, verify=NO_AUTHORITIES) as client:

        async def tried(who: Customer, path: str) -> httpx.Response:
            headers = {"Authorization": f"Bearer {who.token}"}
            body = {"url": receiver.url(path)}
            return await client.post("/v3/endpoints/test", json=body, headers=headers, timeout=30)

        # Two at once, ten that wait, and one too many.
        tries = [asyncio.create_task(tried(customer, "/hangs")) for _ in range(13)]
        done, _ = await asyncio.wait(tries, return_when=asyncio.FIRST_COMPLETED)
        assert [one.result().status_code for one in done] == [429]
        assert (await tried(stranger, "/answers")).json()["succeeded"] is True
        free.set()
        assert sorted(one.status_code for one in await asyncio.gather(*tries)) == [200] * 12 + [429]


async def test_how_endpoints_fare_is_shown(page: Page, customer: Customer) -> None:
    failed_delivery(customer, analysed_call(customer, **delivered_to(HOOK)), REFUSED)
    await page.get_by_role("link", name="Endpoints").click()
    row = page.get_by_role("row", name=re.compile("hooks.example"))
    await expect(row.last).to_contain_text("0.0 %")
    await expect(row.last).to_contain_text("120 ms")
    await page.get_by_label("Deliveries of").select_option("7d")
    await page.get_by_role("button", name="Show").click()
    await expect(page.get_by_label("Deliveries of")).to_have_value("7d")


async def test_the_webhook_secret_is_shown_and_rotated(page: Page, customer: Customer) -> None:
    await page.goto("/console/endpoints")
    await page.get_by_role("link", name="Webhook secret").click()
    first = await page.locator("code", has_text="whsec_").inner_text()
    await page.get_by_role("button", name="Create a new secret").click()
    await expect(page.locator("tbody tr")).to_have_count(2)
    found = customer.client.get("/v3/webhook-secrets").json()["secrets"]
    assert [one["secret"] == first for one in found] == [False, True]
