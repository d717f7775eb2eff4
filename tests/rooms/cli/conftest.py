"""One served API for the commands that ask one; each test is a customer of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import structlog

from tests.rooms.api.served import Customer, Served, served_api
from tests.support.database import PostgresServer


@pytest.fixture(scope="session")
def served(postgres_server: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with postgres_server.database() as url, served_api(url, tmp_path_factory.mktemp("api") / "objects") as served:
        yield served


@pytest.fixture
def quiet() -> Iterator[None]:
    """The API runs in this process; its log is not what the command prints."""
    with structlog.testing.capture_logs():
        yield


@pytest.fixture
def customer(served: Served, quiet: None) -> Iterator[Customer]:
    customer = served.customer()
    yield customer
    customer.client.close()
