"""One served API for all tests of this room; each test is a customer of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.rooms.api.served import Customer, Served, served_api
from tests.support.database import PostgresServer

MAX_UPLOAD_BYTES = 96 * 1024 * 1024


@pytest.fixture(scope="session")
def served(postgres_server: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("api") / "objects"
    # Any number of wrong tokens: all tests are one address.
    options = {"max_upload_bytes": MAX_UPLOAD_BYTES, "wrong_tokens_per_minute": 0}
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
