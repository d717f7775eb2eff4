"""What people do with calls at the console, in a real browser with no network but this machine."""

from __future__ import annotations

import json
import re
import uuid

import pytest
from playwright.async_api import Page, expect

from tests.rooms.api.served import Customer
from tests.rooms.console.visits import analysed_call, failed_delivery, redacted_call, tone
from voxport.core.artefacts import RunPaths

pytestmark = pytest.mark.asyncio(loop_scope="module")

DROP = """([content, name]) => {
    const transfer = new DataTransfer()
    transfer.items.add(new File([new Uint8Array(content)], name, {type: "audio/wav"}))
    document.getElementById("drop").dispatchEvent(new DragEvent("drop", {dataTransfer: transfer, bubbles: true}))
}"""
HOSTILE_NAME = '"><img src=x onerror=window.ran=1>.wav'
ASKS_UNSEEN = """() => {
    Object.defineProperty(document, "hidden", {get: () => true})
    const target = document.getElementById("rows")
    const about = {bubbles: true, cancelable: true, detail: {target}}
    return target.dispatchEvent(new CustomEvent("htmx:beforeRequest", about))
}"""
DONE = "rows: done"
TELLS_WHEN_DONE = "(done) => document.addEventListener('htmx:afterRequest', () => console.log(done))"
AT = "() => document.getElementById('sound').currentTime"


async def test_a_call_is_found_by_what_was_said(page: Page, customer: Customer) -> None:
    found = analysed_call(customer, {"title": "The one"})
    customer.finished(metadata='{"title": "Another"}')
    await page.reload()
    await page.keyboard.press("/")
    await page.keyboard.type("refunds")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("link", name="The one", exact=True)).to_be_visible()
    await expect(page.get_by_role("link", name="Another", exact=True)).to_have_count(0)
    await page.get_by_label("Search by").select_option("best")
    await page.get_by_role("button", name="Search").click()
    await expect(page.locator("mark").first).to_have_text(re.compile("refund", re.IGNORECASE))
    await expect(page.locator("[data-row]")).to_have_attribute("href", re.compile(r"\?find=refunds$"))
    await page.get_by_label("Search by").select_option("vbql")
    await page.get_by_label("Search", exact=True).fill('"Caller" SAYS "Boston"')
    await page.keyboard.press("Enter")
    await page.wait_for_url("**mode=vbql**")
    await page.locator("h1").click()
    await page.keyboard.press("j")
    await page.keyboard.press("Enter")
    await page.wait_for_url(f"**/calls/{found}")


async def test_a_statement_that_cannot_be_read_is_explained_beside_it(page: Page) -> None:
    await page.goto("/console/calls?mode=vbql&text=SAYS%20SAYS")
    await expect(page.get_by_role("alert")).to_contain_text("could not be understood")
    await expect(page.get_by_label("Search", exact=True)).to_have_value("SAYS SAYS")


async def test_filters_narrow_the_list(page: Page, customer: Customer) -> None:
    analysed_call(customer, {"title": "Redacted"})
    customer.finished(metadata='{"title": "Plain", "externalId": "p"}')
    customer.accepted(metadata='{"title": "Waiting"}')
    for fields, left in (
        ({"redacted": "true"}, ["Redacted"]),
        ({"status": "accepted"}, ["Waiting"]),
        ({"speaker": "caller"}, ["Redacted"]),
        ({"externalId": "p"}, ["Plain"]),
        ({"shortest": "0.1"}, ["Redacted"]),
        ({"longest": "0,1"}, ["Plain"]),
        ({"until": "2020-01-01"}, []),
    ):
        await page.goto("/console/calls")
        await page.get_by_text("More filters").click()
        for name, value in fields.items():
            field = page.locator(f".filters [name={name}]")
            kind = await field.evaluate("element => element.tagName")
            await (field.select_option(value) if kind == "SELECT" else field.fill(value))
        await page.get_by_role("button", name="Search").click()
        await expect(page.locator("[data-row]")).to_have_text(left)


async def test_columns_are_ones_own_choice(page: Page, customer: Customer) -> None:
    media_id = customer.finished()
    await page.goto("/console/calls?status=finished")
    await page.get_by_text("Columns", exact=True).click()
    await page.get_by_label("Media id").check()
    await page.get_by_role("checkbox", name="Length").uncheck()
    await page.get_by_role("button", name="Show these").click()
    await expect(page.get_by_role("cell", name=media_id, exact=True)).to_be_visible()
    await expect(page.get_by_role("columnheader", name="Length")).to_have_count(0)
    await expect(page).to_have_url(re.compile(r"calls\?status=finished$"))


async def test_pages_lead_from_the_newest_to_the_oldest(page: Page, customer: Customer) -> None:
    for number in range(51):
        customer.accepted(metadata=json.dumps({"title": f"Call {number}"}))
    await page.reload()
    await expect(page.locator("[data-row]")).to_have_count(50)
    await expect(page.locator("[data-row]").first).to_have_text("Call 50")
    await page.get_by_role("link", name="Older calls").click()
    await expect(page.locator("[data-row]")).to_have_text(["Call 0"])
    await page.get_by_role("link", name="Newest").click()
    await expect(page.locator("[data-row]")).to_have_count(50)


async def test_files_that_are_dropped_are_accepted_with_a_preset(page: Page, customer: Customer) -> None:
    await page.get_by_role("link", name="Upload calls").click()
    await page.get_by_label("Preset").select_option(label="Two sides, card numbers redacted")
    await expect(page.get_by_text("payment cards", exact=False)).to_be_visible()
    await page.evaluate(DROP, [list(tone(0.2)), "call one.wav"])
    await page.locator("#files").set_input_files({"name": "two.wav", "mimeType": "audio/wav", "buffer": tone(0.2)})
    accepted = page.locator("#uploads a")
    await expect(accepted).to_have_count(2)
    media_id = str(await accepted.first.get_attribute("href")).rpartition("/")[2]
    submission = customer.submission(media_id)
    assert submission.metadata == {"title": "call one.wav"}
    assert [detector.name for detector in submission.plan.detectors] == ["PCI", "SSN"]
    await page.get_by_label("Configuration, as JSON").fill('{"nothing": 1}')
    await page.evaluate(DROP, [list(tone(0.2)), HOSTILE_NAME])
    await expect(page.locator("#uploads li.failed")).to_contain_text("nothing")
    await expect(page.locator("#uploads li.failed strong")).to_have_text(HOSTILE_NAME)
    await page.get_by_label("Configuration, as JSON").fill("")
    await page.evaluate(DROP, [list(tone(0.2)), HOSTILE_NAME])
    await expect(accepted).to_have_count(3)
    await accepted.last.click()
    await expect(page.locator("h1")).to_have_text(HOSTILE_NAME)
    assert await page.evaluate("() => window.ran") is None


async def test_uploads_go_on_after_a_session_has_ended_and_are_followed_to_their_end(
    page: Page, customer: Customer
) -> None:
    await page.clock.install()
    await page.goto("/console/calls/upload")
    await page.context.clear_cookies()
    await page.evaluate(DROP, [list(tone(0.2)), "one.wav"])
    await expect(page.get_by_role("alert")).to_contain_text("Your session has ended")
    async with page.expect_popup() as waiting:
        await page.get_by_role("link", name="Sign in in a new tab").click()
    other = await waiting.value
    await other.get_by_label("Access token").fill(customer.token)
    await other.get_by_role("button", name="Sign in").click()
    await other.wait_for_url("**/console/calls")
    await page.get_by_role("button", name="Go on").click()
    link = page.locator("#uploads a")
    await expect(link).to_have_text("accepted")
    customer.finish(str(await link.get_attribute("href")).rpartition("/")[2])
    await page.clock.run_for(3_000)
    await expect(link).to_have_text("finished")
    await expect(page.get_by_role("status")).to_have_text("1 of 1 uploaded, 1 processed.")


async def test_the_list_follows_a_call_that_is_in_work(page: Page, customer: Customer) -> None:
    media_id = customer.accepted(metadata='{"title": "Live"}')
    await page.reload()
    row = page.get_by_role("row", name=re.compile("Live"))
    await expect(row).to_contain_text("waits its turn")
    customer.finish(media_id)
    await expect(row).to_contain_text("finished")
    # Where nobody looks, nothing more is asked.
    assert await page.evaluate(ASKS_UNSEEN) is False


async def followed(page: Page) -> None:
    """The list asks for its rows again, and the page has done with what it was told before this returns."""
    async with page.expect_console_message(lambda message: message.text == DONE):
        await page.clock.run_for(16_000)


async def test_what_follows_by_itself_takes_nothing_out_of_ones_hands(page: Page, customer: Customer) -> None:
    customer.finished(metadata='{"title": "First"}')
    await page.clock.install()
    await page.goto("/console/calls")
    await page.evaluate(TELLS_WHEN_DONE, DONE)
    mine = page.locator("#list[data-mine]")
    mark = "() => { document.getElementById('list').dataset.mine = 'yes' }"
    await followed(page)
    await page.evaluate(mark)
    await followed(page)
    await expect(mine).to_have_count(1)
    customer.finished(metadata='{"title": "Second"}')
    await page.evaluate("() => getSelection().selectAllChildren(document.getElementById('list'))")
    await followed(page)
    await expect(mine).to_have_count(1)
    await page.evaluate("() => getSelection().removeAllRanges()")
    await page.get_by_role("link", name="First", exact=True).focus()
    await followed(page)
    await expect(page.get_by_role("link", name="Second", exact=True)).to_be_visible()
    await expect(page.get_by_role("link", name="First", exact=True)).to_be_focused()


async def test_the_page_of_a_call_follows_its_steps_to_the_result(page: Page, customer: Customer) -> None:
    media_id = customer.accepted(tone())
    await page.goto(f"/console/calls/{media_id}")
    await expect(page.get_by_role("heading", name="Progress")).to_be_visible()
    customer.finish(media_id)
    await expect(page.locator("#turns")).to_contain_text("Grüß dich")


async def test_deleting_asks_a_second_time(page: Page, customer: Customer) -> None:
    media_id = customer.finished(metadata='{"title": "Away"}')
    await page.reload()
    await page.get_by_role("link", name="Delete Away").click()
    await page.get_by_role("link", name="Keep it").click()
    await expect(page).to_have_url(re.compile(f"calls/{media_id}$"))
    assert customer.client.get(f"/v3/media/{media_id}").status_code == 200
    await page.get_by_role("link", name="Delete", exact=True).click()
    await page.get_by_role("button", name="Delete it").click()
    await expect(page.get_by_role("status")).to_have_text("The call was deleted.")
    await expect(page).to_have_url(re.compile("calls$"))
    assert customer.client.get(f"/v3/media/{media_id}").status_code == 404


async def test_a_call_is_analysed_again_with_another_configuration(page: Page, customer: Customer) -> None:
    media_id = analysed_call(customer)
    await page.goto(f"/console/calls/{media_id}/again")
    await expect(page.get_by_label("Configuration, as JSON")).to_have_value("")
    await page.get_by_label("Configuration, as JSON").fill('{"knowledge": {"enableDiscovery": "yes"}}')
    await page.get_by_role("button", name="Analyse it again").click()
    await expect(page.get_by_role("alert")).to_contain_text("enableDiscovery")
    await page.get_by_label("Configuration, as JSON").fill('{"knowledge": {"enableDiscovery": true}}')
    await page.get_by_role("button", name="Analyse it again").click()
    await expect(page.get_by_role("heading", name="Progress")).to_be_visible()
    assert [run.media_id for run in customer.served.pipeline.further_runs if str(run.media_id) == media_id]


async def test_words_lead_to_the_sound_and_follow_it(page: Page, customer: Customer) -> None:
    await page.goto(f"/console/calls/{analysed_call(customer)}")
    await page.wait_for_selector("#player[data-drawn]")
    assert (
        await page.locator("#wave").evaluate(
            "one => one.firstElementChild.shadowRoot.querySelectorAll('canvas').length"
        )
        >= 2
    )
    await page.get_by_text("Boston", exact=True).first.click()
    await page.wait_for_function("() => document.getElementById('sound').currentTime > 6.4")
    await expect(page.locator("li.turn[aria-current]")).to_contain_text("It was not delivered")
    await page.get_by_role("button", name="Play refund at 0:01").last.click()
    await expect(page.locator("li.turn[aria-current]")).to_contain_text("Can I send")
    await page.locator("h1").click()
    await page.keyboard.press(" ")
    assert await page.evaluate("() => document.getElementById('sound').paused")
    before = await page.evaluate(AT)
    await page.keyboard.press("ArrowRight")
    assert await page.evaluate(AT) > before + 4
    await page.locator("svg[aria-label^=Redacted]").click()
    assert abs(await page.evaluate(AT) - 7) < 1


async def test_a_word_is_found_within_a_call(page: Page, customer: Customer) -> None:
    await page.goto(f"/console/calls/{analysed_call(customer)}?find=my%20card")
    await expect(page.locator("#within-count")).to_have_text("1 of 1")
    await page.get_by_role("button", name="Play from here").click()
    await page.wait_for_function(f"({AT})() > 6.4")
    await page.get_by_label("Search within").fill("card")
    await expect(page.locator("#within-count")).to_have_text("2 found")
    await page.get_by_label("Search within").press("Enter")
    await expect(page.locator(".w.here")).to_have_text("card")
    await page.get_by_label("Search within").fill("send a ref")
    await expect(page.locator(".w.hit")).to_have_text(["send", "a", "refund"])
    await expect(page.locator("#turns.marks-low")).to_have_count(0)
    await page.get_by_label("Mark low-confidence words").check()
    await expect(page.locator("#turns.marks-low")).to_have_count(1)
    await expect(page.locator(".w.c")).to_have_attribute("title", "redacted: PCI")
    category = page.get_by_role("region", name="Categories").get_by_role("listitem").filter(has_text="refunds")
    await expect(category).to_contain_text("matched")
    await expect(category.get_by_role("button", name="Play refund at 0:01")).to_be_visible()


async def test_every_form_of_the_result_can_be_saved(page: Page, customer: Customer) -> None:
    media_id = analysed_call(customer)
    await page.goto(f"/console/calls/{media_id}")
    for name, extension in (("Text", "txt"), ("SRT", "srt"), ("WebVTT", "vtt"), ("JSON, everything", "json")):
        async with page.expect_download() as waiting:
            await page.get_by_role("link", name=name, exact=True).click()
        download = await waiting.value
        assert download.suggested_filename == f"{media_id}.{extension}"
        assert "Boston" in (await download.path()).read_text("utf-8")


async def test_a_transcript_is_corrected_and_aligned(page: Page, customer: Customer) -> None:
    media_id = analysed_call(customer)
    await page.goto(f"/console/calls/{media_id}")
    await page.get_by_role("link", name="Correct the transcript").click()
    field = page.get_by_label("Transcript")
    await expect(field).to_have_value(
        "Agent: Can I send a refund of 20 dollars to the card?\n"
        "Caller: It was not delivered to Boston. My card is [redacted]."
    )
    await page.context.clear_cookies()
    await field.fill("Another call altogether, about something else")
    await page.get_by_role("button", name="Align it").click()
    await expect(page.get_by_role("heading", name="Your session has ended")).to_be_visible()
    async with page.expect_popup() as waiting:
        await page.get_by_role("link", name="Sign in in a new tab").click()
    other = await waiting.value
    await other.get_by_label("Access token").fill(customer.token)
    await other.get_by_role("button", name="Sign in").click()
    await other.wait_for_url("**/console/calls")
    await page.get_by_role("button", name="Send it again").click()
    await expect(page.get_by_role("alert")).to_contain_text("transcript")
    await expect(field).to_have_value("Another call altogether, about something else")
    corrected = (
        "Agent: Can I send a refund of 20 dollars to the card? Caller: It was not delivered to Austin. My card is."
    )
    await field.fill(corrected)
    await page.get_by_role("button", name="Align it").click()
    await expect(page.get_by_role("heading", name="Progress")).to_be_visible()
    run = next(one for one in customer.served.pipeline.further_runs if str(one.media_id) == media_id)
    assert run.corrected == corrected


async def test_metadata_is_changed(page: Page, customer: Customer) -> None:
    media_id = analysed_call(customer)
    await page.goto(f"/console/calls/{media_id}/metadata")
    await page.get_by_label("Metadata, as JSON").fill("{broken")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("alert")).to_be_visible()
    await page.get_by_label("Metadata, as JSON").fill('{"title": "Renamed"}')
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("heading", name="Renamed")).to_be_visible()


async def test_pages_fit_a_phone(page: Page, customer: Customer) -> None:
    publish = {"callbacks": [{"url": f"https://hooks.example/{'c' * 80}"}]}
    media_id = analysed_call(customer, {"title": "A" * 80, "externalId": "B" * 80}, publish=publish)
    delivery_id = failed_delivery(customer, media_id, "D" * 200, "E" * 200)
    await page.set_viewport_size({"width": 360, "height": 700})
    for path in (
        "/console/calls",
        "/console/calls/upload",
        f"/console/calls/{media_id}",
        f"/console/calls/{media_id}/again",
        "/console/presets/edit",
        "/console/definitions/vocabularies/edit",
        "/console/definitions/categories/edit",
        f"/console/deliveries/{delivery_id}/attempts/1",
        f"/console/calls/{redacted_call(customer)}/comparison",
        "/console/redaction",
    ):
        await page.goto(path)
        assert await page.evaluate("() => document.documentElement.scrollWidth") <= 360, path
    await page.goto("/console/calls")
    for shown in (page.get_by_role("link", name="Delete " + "A" * 80), page.get_by_text("B" * 80)):
        box = await shown.bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= 360


async def test_a_session_that_ended_meanwhile_leads_to_the_form_and_back(page: Page, customer: Customer) -> None:
    media_id = analysed_call(customer)
    await page.context.clear_cookies()
    await page.goto(f"/console/calls/{media_id}")
    await page.get_by_label("Access token").fill(customer.token)
    await page.get_by_role("button", name="Sign in").click()
    await expect(page).to_have_url(re.compile(media_id))


VIEW = "() => document.querySelector('svg[data-ribbon]').getAttribute('viewBox').split(' ').map(Number)"


async def test_the_waveform_is_zoomed_and_ribbons_show_the_same_part(page: Page, customer: Customer) -> None:
    await page.goto(f"/console/calls/{analysed_call(customer)}")
    await page.wait_for_selector("#player[data-drawn]")
    await page.get_by_text("Boston", exact=True).first.click()
    await page.wait_for_function("() => document.getElementById('sound').currentTime > 6.4")
    await page.evaluate("() => document.getElementById('sound').pause()")
    for _ in range(2):
        await page.get_by_role("button", name="Zoom in").click()
    x, _, width, _ = await page.evaluate(VIEW)
    assert abs(width - 2500) < 50
    at = await page.evaluate(AT)
    assert x < 10_000 * at / 14 < x + width
    await expect(page.locator("#zoom-shown")).to_have_text(re.compile("^0:0[3-5] to 0:0[7-9]$"))
    await page.locator("svg[data-ribbon]").first.click(position={"x": 2, "y": 4})
    assert abs(await page.evaluate(AT) - 14 * x / 10_000) < 0.5
    await page.evaluate("() => document.getElementById('sound').pause()")
    await page.locator("h1").click()
    await page.keyboard.press("-")
    assert abs((await page.evaluate(VIEW))[2] - 5000) < 50
    await page.keyboard.press("0")
    assert await page.evaluate(VIEW) == [0, 0, 10_000, 100]
    await expect(page.get_by_role("button", name="Zoom out")).to_have_attribute("aria-disabled", "true")


async def test_a_waveform_that_is_missing_is_measured_when_somebody_asks(page: Page, customer: Customer) -> None:
    media_id = analysed_call(customer)
    peaks = RunPaths(uuid.UUID(media_id), 1).peaks
    stored = customer.served.blobs.get(peaks)
    assert stored is not None
    customer.served.blobs.delete(peaks)
    await page.goto(f"/console/calls/{media_id}")
    await page.get_by_role("button", name="Measure the waveform").click()
    await expect(page.get_by_role("status").first).to_contain_text("is being measured")
    assert [one for one in customer.served.pipeline.measured if str(one) == media_id]
    customer.served.blobs.put(peaks, stored)
    await page.wait_for_selector("#player[data-drawn]")
    await expect(page.get_by_role("button", name="Measure the waveform")).to_be_hidden()
