"""PostgreSQL is killed under a store that is in use."""

from __future__ import annotations

import asyncio
import os
import signal
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.rooms.storage.recordings import accept, plan_with_callbacks
from voxport.core.errors import TransientFault
from voxport.core.plan import CallbackType, Plan
from voxport.core.stages import first_steps
from voxport.storage.cipher import Cipher
from voxport.storage.postgres import database
from voxport.storage.postgres.embedded import Embedded, start_embedded
from voxport.storage.postgres.schema import migrate
from voxport.storage.records import NewMedia
from voxport.storage.store import Store


@pytest.fixture
async def embedded() -> AsyncIterator[Embedded]:
    with tempfile.TemporaryDirectory(prefix="voxport-", dir="/tmp") as folder:
        embedded = await asyncio.to_thread(start_embedded, Path(folder))
        await migrate(embedded.url)
        yield embedded
        await asyncio.to_thread(embedded.stop)


@pytest.fixture
async def killable(embedded: Embedded, cipher: Cipher) -> AsyncIterator[Store]:
    store = await Store.open(embedded.url, cipher, pool_size=4)
    yield store
    await store.close()


def kill(embedded: Embedded) -> None:
    pid = embedded.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)


def revive(embedded: Embedded) -> None:
    """A killed process listens until the kernel has taken it down."""
    while not embedded.ensure_running():
        pass


async def test_calls_go_on_when_the_server_is_killed_and_comes_back(embedded: Embedded, killable: Store) -> None:
    acme = await killable.organizations.create("Acme")
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
    monkeypatch.setattr(database, "_RETRY_FOR_S", 0.3)
    acme = await killable.organizations.create("Acme")
    await asyncio.to_thread(embedded.stop)
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
    acme = await killable.organizations.create("Acme")

    async def die_inside() -> None:
        async with killable.transaction() as connection:
            await killable.media.insert(connection, NewMedia(acme.id, Plan(), first_steps(Plan(), fetches=False)))
            kill(embedded)
            await asyncio.to_thread(revive, embedded)

    with pytest.raises(TransientFault):
        await die_inside()
    assert await killable.media.count_unended(acme.id) == 0
    await killable.ping()
