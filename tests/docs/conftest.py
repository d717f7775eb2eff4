"""One server for the pages that say what anybody does with a server of defaults; each is an organisation of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.server import VoxportServer, running_server


@pytest.fixture(scope="session")
def page_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VoxportServer]:
    with running_server(tmp_path_factory.mktemp("pages") / "data") as server:
        yield server
