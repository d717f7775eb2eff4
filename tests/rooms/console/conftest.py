"""One served API with its console for all tests of this room, one browser for each process that runs them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from ipaddress import ip_network

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page

from tests.rooms.api.served import Customer, Served, served_api
from tests.rooms.console.visits import Visitor
from tests.support.database import PostgresServer
from voxport.core.gauge import Gauge

OPERATOR = "the-operators-token"
PUBLIC_URL = "https://voice.example/v3/media/below/"
"""Of a proxy that has the API below a path, one that looks like a part of the API's own."""


async def gauges() -> list[Gauge]:
    """What a server with one worker tells, by the names that it has."""
    worker = {"worker": "a-host:17"}
    return [
        Gauge("voxport_queue_jobs", "", 3, {"queue": "speech"}),
        Gauge("voxport_queue_oldest_seconds", "", 3725, {"queue": "speech"}),
        Gauge("voxport_queue_workers", "", 0, {"queue": "speech"}),
        Gauge("voxport_media_under_way", "", 4, {"status": "running"}),
        Gauge("voxport_worker_resident_memory_bytes", "", 512e6, worker),
        Gauge("voxport_deliveries_dead", "", 5, {"organization": "11111111-2222-4333-8444-555555555555"}),
        Gauge("voxport_media_failed_day", "", 2, {"code": "10201"}),
        Gauge("voxport_worker_info", "", 1, worker | {"release": "0.0.1", "model": "base"}),
        Gauge("voxport_worker_clock_ahead_seconds", "", -600, worker),
        Gauge("voxport_database_info", "", 1, {"version": "15.2"}),
        Gauge("voxport_data_free_bytes", "", 2 << 30, {}),
        Gauge("voxport_deliveries_dead_day", "", 5, {"reason": "no answer"}),
        Gauge("voxport_database_connections", "", 9, {}),
        Gauge("voxport_database_connections_most", "", 100, {}),
    ]


@pytest.fixture(scope="session")
def served(postgres_server: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("console") / "objects"
    options = {
        "wrong_tokens_per_minute": 0,
        "allow_http": True,
        "allow_networks": (ip_network("127.0.0.0/8"),),
        "metrics_token": OPERATOR,
        "public_url": PUBLIC_URL,
        "gauges": gauges,
    }
    with postgres_server.database() as url, served_api(url, folder, **options) as served:
        yield served


@pytest.fixture
def customer(served: Served) -> Iterator[Customer]:
    customer = served.customer()
    yield customer
    customer.client.close()


@pytest.fixture
def stranger(served: Served) -> Iterator[Customer]:
    """Somebody of another organisation."""
    stranger = served.customer()
    yield stranger
    stranger.client.close()


@pytest.fixture
def visitor(customer: Customer) -> Iterator[Visitor]:
    """A customer who has signed in, without a browser."""
    visitor = Visitor.signed_in(customer)
    yield visitor
    visitor.client.close()


@pytest_asyncio.fixture(loop_scope="module")
async def page(browser: Browser, customer: Customer) -> AsyncIterator[Page]:
    """A page of the console whose person has signed in; whatever went wrong in it fails the test."""
    context = await browser.new_context(base_url=customer.served.url)
    page = await context.new_page()
    page.set_default_timeout(8_000)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if "Security Policy" in message.text else None)
    await page.goto("/console")
    await page.get_by_label("Access token").fill(customer.token)
    await page.get_by_role("button", name="Sign in").click()
    await page.wait_for_url("**/console/calls")
    yield page
    await context.close()
    assert wrong == []
