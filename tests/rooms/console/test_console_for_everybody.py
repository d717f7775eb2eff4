"""Every page for everybody: nothing serious that axe-core finds, light or dark; what strangers write runs nowhere."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, FilePayload, Page, expect

from tests.rooms.api.served import Customer
from tests.rooms.console.conftest import OPERATOR
from tests.rooms.console.hostile import PAYLOADS, hostile_call
from tests.rooms.console.visits import analysed_call, failed_delivery, redacted_call, tone

pytestmark = pytest.mark.asyncio(loop_scope="module")

AXE = Path(sys.prefix) / "player" / "node_modules" / "axe-core" / "axe.min.js"
FINDINGS = """async (rules) => {
    const {violations} = await axe.run(document, {resultTypes: ["violations"], ...(rules && {runOnly: rules})})
    return violations.filter(one => ["serious", "critical"].includes(one.impact))
        .map(one => `${one.id}: ${one.nodes.map(node => node.target.join(" ")).slice(0, 3)}`)
}"""
BROKEN = """() => {
    const grey = document.createElement("p")
    grey.textContent = "As dark as a dark page, and easily read on a light one."
    grey.style.color = "#222"
    document.querySelector("main").append(document.createElement("button"), grey)
}"""
COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules by which a dark page can differ from the same page when it is light."""
PAGES = (
    "/console/calls",
    "/console/calls?status=failed",
    "/console/calls?mode=vbql&text=SAYS",
    "/console/calls/upload",
    "/console/calls/{id}",
    "/console/calls/{id}/again",
    "/console/calls/{id}/delete",
    "/console/calls/{id}/correct",
    "/console/calls/{id}/metadata",
    "/console/deliveries",
    "/console/deliveries?mediaId=x",
    "/console/deliveries/{delivery}",
    "/console/deliveries/{delivery}/attempts/1",
    "/console/endpoints",
    "/console/endpoints/secret",
    "/console/definitions",
    "/console/definitions/groups/edit?name=returns",
    "/console/definitions/vocabularies/edit",
    "/console/definitions/categories/edit",
    "/console/presets",
    "/console/presets/edit?name=ours",
    "/console/redaction",
    "/console/calls/{redacted}/comparison",
    "/console/definitions/categories/delete?name=refunds",
    "/console/keys",
    "/console/usage",
    "/console/operations",
    "/console/s3",
    "/console/s3?bucket=calls&prefix=a&partition=aws",
    "/console/s3?bucket=calls&prefix=a*",
    "/console/nothing",
)


@pytest.fixture(scope="module")
def axe() -> str:
    if not AXE.exists():
        pytest.skip("axe-core is not installed; scripts/player does it where there is npm")
    return AXE.read_text("utf-8")


@pytest_asyncio.fixture(loop_scope="module")
async def anybody(browser: Browser, customer: Customer, axe: str) -> AsyncIterator[Page]:
    """A page that has axe-core in it, wherever it goes, behind the policy that would keep it out."""
    context = await browser.new_context(base_url=customer.served.url, bypass_csp=True)
    await context.add_init_script(axe)
    page = await context.new_page()
    yield page
    await context.close()


async def findings(page: Page) -> list[str]:
    """Of the page as it is, light and then dark; it is light again afterwards."""
    found: list[str] = await page.evaluate(FINDINGS)
    await page.emulate_media(color_scheme="dark")
    found += await page.evaluate(FINDINGS, COLOURS)
    await page.emulate_media(color_scheme="light")
    return found


async def test_everybody_can_use_every_page(anybody: Page, customer: Customer) -> None:
    media_id = analysed_call(customer, publish={"callbacks": [{"url": "https://hooks.example/in"}]})
    delivery_id = failed_delivery(customer, media_id, "The receiver answered 500.", "out of order")
    redacted = redacted_call(customer)
    customer.accepted(metadata='{"title": "In work"}')
    customer.client.put("/v3/definition/spotting/groups/returns", json={"keywords": ["send it back"]})
    customer.client.put("/v3/definition/categories/refunds", json={"query": "SELECT * FROM media WHERE *"})
    customer.client.put("/v3/definition/presets/ours", json={"configuration": {}})
    await anybody.emulate_media(color_scheme="light")
    await anybody.goto("/console/sign-in")
    assert await findings(anybody) == []
    await anybody.get_by_label("Access token").fill(customer.token)
    await anybody.get_by_role("button", name="Sign in").click()
    await anybody.wait_for_url("**/console/calls")
    await anybody.goto("/console/operations")
    assert await findings(anybody) == []
    await anybody.get_by_label("Operator's token").fill(OPERATOR)
    await anybody.get_by_role("button", name="Open").click()
    for path in PAGES:
        await anybody.goto(path.format(id=media_id, delivery=delivery_id, redacted=redacted))
        if "{redacted}" in path:
            own: FilePayload = {"name": "own.wav", "mimeType": "audio/wav", "buffer": tone()}
            await anybody.locator("#files").set_input_files(own)
            await anybody.wait_for_selector("#comparison[data-drawn='2']")
        if path.endswith("{id}"):
            await anybody.wait_for_selector(".delivery")
        await anybody.evaluate("() => document.querySelectorAll('details').forEach(one => { one.open = true })")
        assert await findings(anybody) == [], path
    await anybody.evaluate(BROKEN)
    assert [one.partition(":")[0] for one in await findings(anybody)] == ["button-name", "color-contrast"]


async def test_what_strangers_write_is_shown_and_never_run(page: Page, customer: Customer) -> None:
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    for number, payload in enumerate(PAYLOADS):
        media_id = hostile_call(customer, payload)
        delivery_id = failed_delivery(customer, media_id, payload, payload)
        one = f"/console/deliveries/{delivery_id}"
        pages = ("/console/deliveries", one, f"{one}/attempts/1")
        for path in pages if number % 4 == 0 else ():
            await page.goto(path)
            await expect(page.locator("main")).to_contain_text(payload)
        await page.goto(f"/console/calls/{media_id}")
        await expect(page.locator("h1")).to_have_text(payload)
        for place in ("#deliveries .bad", "#turns", ".beside", ".ribbons", "pre"):
            await expect(page.locator(place).first).to_contain_text(payload[-12:])
        assert await page.evaluate("() => window.ran") is None
    for path in ("/console/calls?status=%22%3E%3Cimg%20src=x%20onerror=window.ran=1%3E", "/console/calls"):
        await page.goto(path)
        assert await page.evaluate("() => window.ran") is None
    await expect(page.locator("[data-row]")).to_have_text(list(reversed(PAYLOADS)))
    assert dialogs == []


async def test_a_browser_without_programs_signs_in_lists_and_reads(browser: Browser, customer: Customer) -> None:
    media_id = analysed_call(customer, {"title": "The one"})
    context = await browser.new_context(base_url=customer.served.url, java_script_enabled=False)
    page = await context.new_page()
    await page.goto("/console")
    await page.get_by_label("Access token").fill(customer.token)
    await page.get_by_role("button", name="Sign in").click()
    await page.get_by_label("Search", exact=True).fill("refund")
    await page.get_by_role("button", name="Search").click()
    await page.get_by_role("link", name="The one", exact=True).click()
    await expect(page.locator("#turns")).to_contain_text("refund")
    await page.get_by_role("link", name="Deliveries of this call").click()
    await expect(page).to_have_url(f"{customer.served.url}/console/deliveries?mediaId={media_id}")
    await page.goto("/console/calls/upload")
    await expect(page.locator("noscript p")).to_be_visible()
    await context.close()
