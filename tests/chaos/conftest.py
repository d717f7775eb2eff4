"""One server for the tests that kill parts of it; each is a customer of its own.

A worker that is killed again and again is started again after 2, 4, 8 ... s, and after 2 s again once its server was
killed too: the order of the tests keeps such waits short.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.receiver import Receiver, running_receiver
from tests.support.server import VoxportServer, running_server

HOUR_S = 0.2
"""The documented schedule with an hour in a fifth of a second: seven rounds, the last after 15 h 45."""
ROUNDS = ",".join(f"{hours * HOUR_S:.3f}" for hours in (0.25, 0.75, 1.75, 3.75, 7.75, 15.75))
SETTINGS = {
    "stalled_after_s": "2",
    "heartbeat_s": "0.5",
    "delivery_rounds": ROUNDS,
    "delivery_tries": "1",
    "endpoint_concurrency": "2",
    "endpoint_pause_after": "1000",
}


@pytest.fixture(scope="session")
def only_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VoxportServer]:
    with running_server(tmp_path_factory.mktemp("chaos"), **SETTINGS) as server:
        yield server


@pytest.fixture
def server(only_server: VoxportServer) -> VoxportServer:
    """The one server, whatever the test before did to it."""
    if only_server.process is None:
        only_server.start()
    return only_server


@pytest.fixture
def token(request: pytest.FixtureRequest, server: VoxportServer) -> str:
    """Of an organisation that only this test has."""
    return server.token(request.node.name)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with running_receiver() as receiver:
        yield receiver
