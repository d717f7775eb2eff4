"""PostgreSQL is killed under a store that is in use."""

from __future__ import annotations

import asyncio
import os
import signal
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from pathlib import Path
from uuid import UUID, uuid4

import psutil
import pytest

from tests.rooms.storage.recordings import accept, plan_with_callbacks
from voxport.core.delivery_query import DeliveryQuery
from voxport.core.errors import TransientFault
from voxport.core.media import Media
from voxport.core.media_query import MediaQuery
from voxport.core.plan import CallbackType, Plan
from voxport.core.stages import first_steps
from voxport.storage.cipher import Cipher
from voxport.storage.postgres import faults
from voxport.storage.postgres.embedded import Embedded, start_embedded
from voxport.storage.postgres.schema import migrate
from voxport.storage.records import NewMedia
from voxport.storage.store import Store


@pytest.fixture(scope="module")
def server() -> Iterator[Embedded]:
    with tempfile.TemporaryDirectory(prefix="voxport-", dir="/tmp") as folder:
        embedded = start_embedded(Path(folder))
        asyncio.run(migrate(embedded.url))
        yield embedded
        embedded.stop()


@pytest.fixture
async def embedded(server: Embedded) -> Embedded:
    """The one server of this file, running again whatever the test before did to it."""
    await asyncio.to_thread(server.ensure_running)
    return server


@pytest.fixture
async def killable(embedded: Embedded, cipher: Cipher) -> AsyncIterator[Store]:
    store = await Store.open(embedded.url, cipher, pool_size=4)
    yield store
    await store.close()


def kill(embedded: Embedded) -> None:
    """With its backends, which would answer until they notice that the first process is gone."""
    pid = embedded.pid
    assert pid is not None
    backends = psutil.Process(pid).children()
    os.kill(pid, signal.SIGKILL)
    psutil.wait_procs(backends)


def revive(embedded: Embedded) -> None:
    """A killed process listens until the kernel has taken it down."""
    while not embedded.ensure_running():
        pass


async def test_calls_go_on_when_the_server_is_killed_and_comes_back(embedded: Embedded, killable: Store) -> None:
    acme = await killable.organizations.create(str(uuid4()))
    bearer, _ = await killable.tokens.create(acme.id)
    media = await accept(killable, acme.id, plan_with_callbacks(CallbackType.ANALYTICS))
    await asyncio.gather(*(killable.tenant(acme.id).media.get(media.id) for _ in range(8)))  # all connections are open
    kill(embedded)
    calls = asyncio.gather(
        killable.tenant(acme.id).media.get(media.id),
        killable.media.finish(media.id, run=1),
        killable.tokens.authenticate(bearer),
        accept(killable, acme.id),
    )
    await asyncio.to_thread(revive, embedded)
    found, pending, caller, accepted = await calls
    assert found is not None
    assert len(pending) == 1
    assert caller is not None
    assert await killable.media.get(accepted.id) == accepted


async def test_patience_ends_with_a_fault(embedded: Embedded, killable: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faults, "_RETRY_FOR_S", 0.3)
    acme = await killable.organizations.create(str(uuid4()))
    kill(embedded)
    with pytest.raises(TransientFault, match="does not answer"):
        await killable.ping()
    with pytest.raises(TransientFault):
        await killable.media.count_unended(acme.id)
    with pytest.raises(TransientFault):
        await accept(killable, acme.id)
    with pytest.raises(TransientFault):
        await Store.open(embedded.url, Cipher(bytes(32)))
    with pytest.raises(TransientFault):
        await migrate(embedded.url)


async def test_a_transaction_under_which_the_server_dies_is_a_fault(embedded: Embedded, killable: Store) -> None:
    acme = await killable.organizations.create(str(uuid4()))

    async def die_inside() -> None:
        async with killable.transaction() as connection:
            await killable.media.insert(connection, NewMedia(acme.id, Plan(), first_steps(Plan(), fetches=False)))
            kill(embedded)
            await asyncio.to_thread(revive, embedded)

    with pytest.raises(TransientFault):
        await die_inside()
    assert await killable.media.count_unended(acme.id) == 0
    await killable.ping()


async def test_a_server_that_hangs_is_a_fault_within_the_time_it_has(embedded: Embedded, cipher: Cipher) -> None:
    """Its processes stand still: no connection breaks, and nobody answers, not even to being cancelled."""
    store = await Store.open(embedded.url, cipher, pool_size=2, answer_s=1.0)
    acme = await store.organizations.create(str(uuid4()))
    media = await accept(store, acme.id)
    tenant = store.tenant(acme.id)
    assert await tenant.media.get(media.id) == media
    postmaster = psutil.Process(embedded.pid)
    processes = [postmaster, *postmaster.children()]
    for process in processes:
        process.suspend()
    try:
        for ask in (
            lambda: tenant.media.get(media.id),
            lambda: tenant.media.page(MediaQuery(limit=1)),
            lambda: tenant.deliveries.page(DeliveryQuery()),
            lambda: store.tokens.authenticate("vx_unknown"),
            store.metrics.deliveries,
            store.ping,
        ):
            with pytest.raises(TransientFault, match="within 1 s"):
                await ask()
    finally:
        for process in processes:
            process.resume()
    assert await when_it_answers(store, acme.id, media.id) == media
    await store.close()


async def when_it_answers(store: Store, organization_id: UUID, media_id: UUID) -> Media | None:
    while True:
        with suppress(TransientFault):
            return await store.tenant(organization_id).media.get(media_id)
