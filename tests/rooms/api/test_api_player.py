"""The platform's public player in a browser, on a page of another origin than the API's."""

from __future__ import annotations

import io
import sys
import wave
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Error, Page, expect

from tests.rooms.api.served import Customer, Served, served_api
from tests.support.browser import served_files
from tests.support.database import PostgresServer

pytestmark = pytest.mark.asyncio(loop_scope="module")

LIBRARY = Path(sys.prefix) / "player" / "node_modules" / "voicebase-player" / "lib"
PATIENCE_MS = 60_000
SHELL = '<!doctype html><meta charset="utf-8"><title>A page</title><div id="root"></div>'


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    """A page of somebody else, with the player beside it where npm could install it."""
    library = {f"/{path.name}": ("text/javascript", path.read_bytes()) for path in LIBRARY.glob("*.js")}
    with served_files({"/": ("text/html", SHELL.encode()), **library}) as origin:
        yield origin


@pytest.fixture(scope="module")
def api(origin: str, postgres_server: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("player") / "objects"
    with postgres_server.database() as url, served_api(url, folder, allow_origins=(origin,)) as served:
        yield served


@pytest_asyncio.fixture(loop_scope="module")
async def page(browser: Browser, origin: str) -> AsyncIterator[Page]:
    page = await browser.new_page()
    page.set_default_timeout(PATIENCE_MS)
    await page.goto(origin)
    yield page
    await page.close()


@pytest.fixture
def customer(api: Served) -> Iterator[Customer]:
    customer = api.customer()
    yield customer
    customer.client.close()


def recording(seconds: int = 2) -> bytes:
    sound = io.BytesIO()
    with wave.open(sound, "wb") as written:
        written.setparams((1, 2, 8000, 0, "NONE", ""))
        written.writeframes(bytes(16_000 * seconds))
    return sound.getvalue()


@pytest.mark.parametrize(("version", "schema"), [("v3", "V3"), ("v2-beta", "V2")])
async def test_the_public_player_shows_and_plays_a_recording(
    page: Page, customer: Customer, api: Served, version: str, schema: str
) -> None:
    if not LIBRARY.exists():
        pytest.skip("the public player is not installed; scripts/player does it where there is npm")
    media_id = customer.finished(recording())
    await page.add_script_tag(url="/index.js")
    config = {"token": customer.token, "mediaId": media_id, "apiUrl": f"{api.url}/{version}"}
    config["analyticsFormat"] = f"ANALYTICS_SCHEMA_VERSION_{schema}"
    await page.evaluate("config => VoicebaseApiPlayer(config, '#root').render()", config)
    for words in ("Hello.", "Grüß dich"):
        await expect(page.get_by_text(words)).to_be_visible(timeout=PATIENCE_MS)
    await page.locator("button:has(.anticon-caret-right)").click()
    await page.wait_for_function("document.querySelector('video').currentTime > 0")


ASK = """async ([url, options]) => {
    const answer = await fetch(url, options)
    const length = (await answer.blob()).size
    return [answer.status, length, answer.headers.get("content-range"), answer.headers.get("www-authenticate")]
}"""


@pytest.mark.parametrize("path", ["/v3/media/{id}", "/v2-beta/media/{id}"])
async def test_a_page_reads_answers_and_refusals(page: Page, customer: Customer, api: Served, path: str) -> None:
    url = api.url + path.format(id=customer.finished(recording()))
    headers = {"Authorization": f"Bearer {customer.token}", "X-Requested-With": "XMLHttpRequest"}
    described = {**headers, "Content-Type": "application/json"}
    whole = await page.evaluate(ASK, [url, {"headers": headers, "credentials": "include"}])
    assert whole[0] == 200
    replaced = {"method": "PUT", "headers": described, "body": '{"title": "From a page"}'}
    assert (await page.evaluate(ASK, [f"{url}/metadata", replaced]))[0] == 200
    assert (await page.evaluate(ASK, [url, {}]))[::3] == [401, "Bearer"]
    assert (await page.evaluate(ASK, [f"{url}/nothing", {"headers": headers}]))[0] == 404
    assert (await page.evaluate(ASK, [url, {"method": "DELETE", "headers": headers}]))[0] == 204


async def test_a_page_plays_a_part_by_range(page: Page, customer: Customer, api: Served) -> None:
    sound = recording()
    url = f"{api.url}/v3/media/{customer.finished(sound)}/streams/original"
    headers = {"Authorization": f"Bearer {customer.token}", "Range": "bytes=44-1043"}
    assert (await page.evaluate(ASK, [url, {"headers": headers}]))[:3] == [206, 1000, f"bytes 44-1043/{len(sound)}"]


async def test_the_page_of_another_origin_reads_nothing_but_with_a_token_for_players(
    browser: Browser, customer: Customer, api: Served
) -> None:
    headers = {"Authorization": f"Bearer {customer.token}"}
    sound = recording()
    media_id = customer.finished(sound)
    made = customer.client.post("/v3/profile/keys", json={"scope": f"streams:get?mediaId={media_id}"}).json()
    playing = {"headers": {"Authorization": f"Bearer {made['bearerToken']}"}}
    with served_files({"/": ("text/html", SHELL.encode())}) as stranger:
        page = await browser.new_page()
        await page.goto(stranger)
        for options in ({"headers": headers}, {}):
            with pytest.raises(Error, match="Failed to fetch"):
                await page.evaluate(ASK, [f"{api.url}/v3/media", options])
        played = await page.evaluate(ASK, [f"{api.url}/v3/media/{media_id}/streams/original", playing])
        assert played[:2] == [200, len(sound)]
        await page.close()
