"""Fixtures for every room: a database, a store over it, blobs, an S3 server, a browser; each starts when asked for."""

from __future__ import annotations

import gc
import os
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
from hypothesis import settings

from tests.support.database import PostgresServer, running_postgres
from tests.support.s3_server import S3Server, running_s3_server
from tests.support.scheduling import Scheduling, place
from voxport.storage.cipher import Cipher
from voxport.storage.objects.blobs import Blobs
from voxport.storage.store import Store

if TYPE_CHECKING:
    from playwright.async_api import Browser

# No public authority signs what answers on loopback, and to read them all takes longer than most requests of a test.
# One whose key nobody has stands for them, in the processes that tests start too.
os.environ["SSL_CERT_FILE"] = str(Path(__file__).parent / "support" / "authority.pem")
os.environ.pop("SSL_CERT_DIR", None)
# No test fails because a machine is busy.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
# Thousands of tests and all their modules are made, and stay: looking again and again for what of them nobody needs
# took a quarter of the collection.
gc.disable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=place)


def pytest_collection_finish() -> None:
    gc.freeze()
    gc.enable()


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Scheduling:
    return Scheduling(config, log)


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting or credential of the machine reaches a test."""
    for name in list(os.environ):
        if name.startswith(("VOXPORT_", "AWS_")):
            monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    with tempfile.TemporaryDirectory(prefix="voxport-pg-") as folder, running_postgres(Path(folder)) as server:
        yield server


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """A fresh, migrated database."""
    with postgres_server.database() as url:
        yield url


@pytest.fixture
def cipher() -> Cipher:
    return Cipher(bytes(range(32)))


@pytest.fixture
async def store(postgres_url: str, cipher: Cipher) -> AsyncIterator[Store]:
    store = await Store.open(postgres_url, cipher, pool_size=5)
    yield store
    await store.close()


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return Blobs.open((tmp_path / "objects").as_uri())


@pytest.fixture(scope="session")
def s3_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Server]:
    with running_s3_server(tmp_path_factory.mktemp("s3")) as server:
        yield server


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    """A headless Chromium for a module marked `pytest.mark.asyncio(loop_scope="module")`."""
    from tests.support.browser import browser_program, running_browser  # half a second that most tests need not wait

    program = browser_program()
    if program is None:
        pytest.skip("there is no Chromium on this machine; scripts/browser installs Debian's")
    async with running_browser(program) as browser:
        yield browser
