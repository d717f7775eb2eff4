"""A call is checked at the console by ear: real speech, really redacted, and the original nowhere."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, FilePayload, Page, expect

from tests.flow.conftest import AUDIO, Platform
from tests.flow.test_redaction_sweep import digits_said
from tests.support.sample_call import card_part
from voxport.audio.limits import DecodeLimits
from voxport.audio.peaks import Peaks, measure_peaks
from voxport.audio.sound import open_sound

pytestmark = pytest.mark.asyncio(loop_scope="module")

PATIENCE_MS = 60_000


@pytest_asyncio.fixture(loop_scope="module")
async def page(browser: Browser, platform: Platform) -> AsyncIterator[Page]:
    context = await browser.new_context(base_url=platform.server.url)
    page = await context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if "Security Policy" in message.text else None)
    await page.goto("/console/redaction")
    await page.get_by_label("Access token").fill(platform.token)
    await page.get_by_role("button", name="Sign in").click()
    await page.wait_for_url("**/console/redaction")
    yield page
    await context.close()
    assert wrong == []


async def test_what_was_said_and_what_is_served_are_heard_side_by_side(page: Page, platform: Platform) -> None:
    recording: FilePayload = {"name": "card.flac", "mimeType": "audio/flac", "buffer": card_part()}
    await page.locator("#files").set_input_files(recording)
    await expect(page.locator("#told")).to_have_text("card.flac is chosen: 15 s, 2 channels.")
    await page.get_by_role("button", name="Check it").click()
    await page.wait_for_selector("#comparison[data-drawn='2']", timeout=PATIENCE_MS)
    await expect(page.get_by_label("As recorded", exact=True)).to_be_checked()
    await expect(page.get_by_role("alert")).to_have_text("")
    await expect(page.get_by_role("heading", name="s are redacted, in")).to_be_focused()
    await expect(page.locator("#turns")).to_contain_text("[redacted]")
    await page.get_by_role("button", name="As recorded: PCI").first.click()
    await page.wait_for_function("() => document.getElementById('own-sound').currentTime > 1")
    await page.locator("h1").click()
    await page.keyboard.press("x")
    await page.wait_for_function("() => !document.getElementById('served-sound').paused")
    media_id = str(await page.locator("#comparison").get_attribute("data-base")).rpartition("/")[2]
    heard = await page.request.get(f"/console/calls/{media_id}/audio")
    assert_nowhere(platform, media_id, await heard.body())
    words = " ".join(await page.locator("#turns p").all_text_contents())
    assert "visa" in words.lower()
    assert [run for run in digits_said(words) if "111" in run] == []
    await compared_later(page, media_id, recording)


def assert_nowhere(platform: Platform, media_id: str, served: bytes) -> None:
    """Every address gives the redacted sound, which is quiet where the card was said, and no file is the recording."""
    for name in ("original", "redacted-audio"):
        link = f"/v3/media/{media_id}/streams/{name}"
        assert platform.client.get(link, follow_redirects=True).content == served
    own, quiet = peaks(card_part()), peaks(served)
    start, end = spans_of(platform, media_id)
    assert own[:, start:end].max() > 1.5 * quiet[:, start:end].max()
    folder = platform.server.data_dir / "objects" / "media" / media_id
    platform.server.wait_until(lambda: not (folder / "original").exists())
    assert card_part() not in [path.read_bytes() for path in folder.rglob("*") if path.is_file()]


def peaks(sound: bytes) -> Peaks:
    with open_sound(io.BytesIO(sound), DecodeLimits()) as opened:
        return measure_peaks(opened)


def spans_of(platform: Platform, media_id: str) -> tuple[int, int]:
    """The first covered place, in hundredths of a second."""
    detector = platform.get(f"/v3/media/{media_id}").json()["prediction"]["detectors"][0]
    one = detector["detections"][0]["detectedSegments"][0]["occurrences"][0]
    return one["s"] // 10 + 2, one["e"] // 10 - 2


async def compared_later(page: Page, media_id: str, recording: FilePayload) -> None:
    """From the page of the call, with a file of the disk that is sent nowhere."""
    await page.get_by_role("link", name="To the call").click()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method != "GET" else None)
    await page.get_by_role("link", name="Compare with your recording").click()
    await page.locator("#files").set_input_files(AUDIO / "refill-8s.wav")
    await expect(page.get_by_role("alert")).to_contain_text("it is another recording, or a part of this one")
    await page.locator("#files").set_input_files(recording)
    await expect(page.get_by_role("alert")).to_have_text("")
    await page.wait_for_selector("#comparison[data-drawn='2']")
    await page.locator("h1").click()
    await page.keyboard.press("]")
    await page.wait_for_function("() => document.getElementById('own-sound').currentTime > 1")
    assert sent == []
