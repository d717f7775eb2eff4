"""A recording of one's own beside what is served of it, in a browser; the work behind it is recorded, not done."""

from __future__ import annotations

import io
import json
import uuid
import wave

import numpy as np
import pytest
from playwright.async_api import FilePayload, Page, expect

from tests.rooms.api.served import Customer
from tests.rooms.console.test_console_calls import HOSTILE_NAME
from tests.rooms.console.visits import redacted_call
from voxport.console.comparison import CoveredPlace, covered_in_words, places_of
from voxport.core.artefacts import RunPaths
from voxport.core.codes import Code
from voxport.core.delivery_rules import skipped_after_failure
from voxport.core.errors import Problem
from voxport.core.plan import DetectionLevel

STATES = """() => ["own-sound", "served-sound"].map(name => document.getElementById(name))
    .map(sound => [sound.paused, sound.currentTime])"""
pytestmark = pytest.mark.asyncio(loop_scope="module")


def bursts(seed: int, seconds: float = 14) -> bytes:
    """Noise that comes and goes as speech does, another one for each seed."""
    random = np.random.default_rng(seed)
    envelope = np.repeat(random.uniform(0, 1, round(seconds * 10)) ** 2, 800)
    samples = (random.uniform(-1, 1, envelope.size) * envelope * 20_000).astype("<i2")
    sound = io.BytesIO()
    with wave.open(sound, "wb") as written:
        written.setparams((1, 2, 8000, 0, "NONE", ""))
        written.writeframes(samples.tobytes())
    return sound.getvalue()


def chosen(content: bytes, name: str = "call.wav") -> FilePayload:
    return {"name": name, "mimeType": "audio/wav", "buffer": content}


async def test_two_players_share_one_playhead(page: Page, customer: Customer) -> None:
    media_id = redacted_call(customer, bursts(1))
    await page.goto(f"/console/calls/{media_id}")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method) if request.method != "GET" else None)
    await page.get_by_role("link", name="Compare with your recording").click()
    await expect(page.get_by_role("heading", name="0.2 of 14.0 s are redacted, in one place")).to_be_visible()
    await expect(page.get_by_label("As recorded", exact=True)).to_be_disabled()
    await page.locator("#files").set_input_files(chosen(bursts(1), HOSTILE_NAME))
    await expect(page.get_by_label("As recorded", exact=True)).to_be_checked()
    await page.wait_for_selector("#comparison[data-drawn='2']")
    await expect(page.locator("#fit")).to_have_text("")
    await expect(page.locator("#own-name")).to_have_text(HOSTILE_NAME)
    await page.get_by_label("Place in the call").fill("7800")
    await expect(page.locator(".places li[data-now]")).to_contain_text("PCI")
    await page.locator("h1").click()
    await page.keyboard.press("[")
    await expect(page.get_by_role("button", name="Pause")).to_be_visible()
    await page.keyboard.press("x")
    await expect(page.get_by_label("As redacted", exact=True)).to_be_checked()
    (own_paused, own), (served_paused, served) = await page.evaluate(STATES)
    assert (own_paused, served_paused) == (True, False)
    assert 6 < own < served + 0.1 < own + 2
    await page.evaluate("() => { document.getElementById('served-sound').currentTime = 9.3 }")
    await expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    assert abs((await page.evaluate(STATES))[1][1] - 9.45) < 0.5
    await page.get_by_role("button", name="As recorded: PCI at 0:07.7").click()
    await expect(page.get_by_label("As recorded", exact=True)).to_be_checked()
    await page.get_by_text("Boston", exact=True).click()
    await page.wait_for_function("() => document.getElementById('own-sound').currentTime > 6.4")
    assert sent == []
    assert await page.evaluate("() => window.ran") is None


async def test_another_recording_is_told_by_its_length_and_by_its_sound(page: Page, customer: Customer) -> None:
    await page.goto(f"/console/calls/{redacted_call(customer, bursts(1))}/comparison")
    for content, told in (
        (bursts(1, 9), "is 0:09.0 long and this call 0:14.0: it is another recording, or a part of this one"),
        (bursts(2), "is as long as this call and sounds different"),
        (b"RIFF but no sound", "This browser cannot play call.wav"),
    ):
        await page.locator("#files").set_input_files(chosen(content))
        await expect(page.get_by_role("alert")).to_contain_text(told)
    await expect(page.get_by_label("As recorded", exact=True)).to_be_disabled()
    await page.locator("#files").set_input_files(chosen(bursts(1)))
    await expect(page.get_by_role("alert")).to_have_text("")


async def test_a_recording_is_sent_as_a_call_that_asks_for_what_was_chosen(page: Page, customer: Customer) -> None:
    await page.keyboard.press("g")
    await page.keyboard.press("r")
    await page.get_by_role("button", name="Check it").click()
    await expect(page.locator("#sent")).to_have_text("Choose a recording first.")
    await page.locator("#files").set_input_files(chosen(bursts(3)))
    await expect(page.locator("#told")).to_have_text("call.wav is chosen: 14 s, one channel.")
    await expect(page.get_by_label("Channels")).to_have_value("one")
    await page.get_by_label("SSN", exact=True).uncheck()
    await page.get_by_label("PII", exact=True).check()
    await page.get_by_label("How much of PCI", exact=True).select_option("numbersOnly")
    await page.get_by_text("Kinds of PII").click()
    for kind in ("name", "address", "email", "dateOfBirth", "account"):
        await page.get_by_label(kind, exact=True).uncheck()
    await page.get_by_label("Erase the call after").select_option("a day")
    await page.get_by_role("button", name="Check it").click()
    await expect(page.get_by_role("heading", name="Progress")).to_be_visible()
    (media_id,) = (one["mediaId"] for one in customer.client.get("/v3/media").json()["media"])
    submission = customer.submission(media_id)
    assert submission.metadata == {"title": "Redaction check: call.wav"}
    plan = submission.plan
    assert [(one.name, one.level, one.kinds) for one in plan.detectors] == [
        ("PCI", DetectionLevel.NUMBERS_ONLY, ()),
        ("PII", DetectionLevel.PROBABLE_NUMBERS, ("phone",)),
    ]
    assert all(one.audio and one.replacement for one in plan.detectors)
    assert (plan.erase_original, plan.time_to_live_s, plan.callbacks) == (True, 86_400, ())
    asked = json.loads(await page.locator("#asked").text_content() or "")
    assert asked["prediction"]["detectors"][1]["parameters"][1] == {"parameter": "kinds", "value": "phone"}
    async with page.expect_popup() as opened:
        await page.get_by_role("button", name="Save as a preset").click()
    assert json.loads(await (await opened.value).get_by_label("Configuration, as JSON").input_value()) == asked


async def test_what_cannot_be_redacted_says_why(page: Page, customer: Customer) -> None:
    media_id = customer.accepted()
    problem = Problem(Code.MEDIA_REDACTION_UNSUPPORTED, "Digits are still heard at 27 s.")
    store = customer.served.store
    customer.served.call(store.media.fail(uuid.UUID(media_id), [problem], run=1, skips=skipped_after_failure))
    await page.goto(f"/console/calls/{media_id}/comparison")
    await expect(page.get_by_role("alert")).to_contain_text("Digits are still heard at 27 s. (50011)")


async def test_languages_have_their_own_detectors(page: Page) -> None:
    await page.goto("/console/redaction")
    await expect(page.get_by_label("PCI Spanish", exact=True)).to_be_hidden()
    await page.get_by_label("Language").select_option("Spanish, Mexico")
    await expect(page.get_by_label("PCI Spanish", exact=True)).to_be_checked()
    await expect(page.get_by_label("PCI", exact=True)).to_be_hidden()
    await page.set_viewport_size({"width": 360, "height": 700})
    assert await page.evaluate("() => document.documentElement.scrollWidth") <= 360


async def test_what_has_no_waveform_is_played_all_the_same(page: Page, customer: Customer) -> None:
    media_id = redacted_call(customer, bursts(1))
    customer.served.blobs.delete(RunPaths(uuid.UUID(media_id), 1).peaks)
    await page.goto(f"/console/calls/{media_id}/comparison")
    await page.locator("#files").set_input_files(chosen(bursts(1)))
    await expect(page.get_by_text("no waveform: an earlier version has processed it")).to_be_visible()
    await page.locator("h1").click()
    await page.keyboard.press("]")
    await expect(page.get_by_role("button", name="Pause")).to_be_visible()


async def test_a_call_that_is_not_redacted_has_nothing_to_compare(page: Page, customer: Customer) -> None:
    await page.goto(f"/console/calls/{customer.finished()}/comparison")
    await expect(page.get_by_role("heading", name="Nothing to compare")).to_be_visible()


async def test_spans_of_both_sides_are_one_place_and_overlaps_count_once() -> None:
    spans = [("Agent", 1000, 3000), ("Caller", 1000, 3000)]
    segments = [{"speakerName": name, "occurrences": [{"s": start, "e": end}]} for name, start, end in spans]
    detectors = [
        {"detectorName": "PCI", "detections": [{"detectedSegments": segments}]},
        {"detectorName": "PII", "detections": [{"detectedSegments": [{"occurrences": [{"s": 2500, "e": 4000}]}]}]},
        {"detectorName": "SSN", "detections": [{"detectedSegments": [{"occurrences": [{"s": 5000, "e": 5200}]}]}]},
    ]
    media = {"length": 9000, "prediction": {"detectors": detectors}}
    places = places_of(media)
    assert places[0] == CoveredPlace("PCI", 1000, 3000, ("Agent", "Caller"))
    assert [place.kind for place in places] == ["PCI", "PII", "SSN"]
    assert covered_in_words(media, places) == "3.2 of 9.0 s are redacted, in 2 places"
    assert covered_in_words(media, []) == "0.0 of 9.0 s are redacted, in 0 places"
