from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from voxport.storage import store as store_module
from voxport.storage.cipher import Cipher
from voxport.storage.store import Store


async def test_an_organization_is_made_once_a_name(store: Store) -> None:
    made = await asyncio.gather(*(store.create_organization("Acme") for _ in range(5)))
    assert len({organization.id for organization in made}) == 1
    assert await store.organization(made[0].id) == made[0]
    assert await store.organization(uuid4()) is None
    assert (await store.create_organization("acme")).id != made[0].id


async def test_a_token_opens_its_organization_and_no_other(store: Store) -> None:
    acme, other = await store.create_organization("Acme"), await store.create_organization("Other")
    bearer, token = await store.create_token(acme.id, label="for curl")
    caller = await store.authenticate(bearer)
    assert caller is not None
    assert (caller.organization, caller.token_id) == (acme, token.id)
    assert token.last_six == bearer[-6:]
    assert await store.list_tokens(acme.id) == [token]
    assert await store.list_tokens(other.id) == []
    for wrong in ("", bearer[:-1], bearer + "x", bearer.swapcase(), "\0", "\ud800", "x" * 100_000):
        assert await store.authenticate(wrong) is None


async def test_the_token_itself_is_kept_nowhere(store: Store, postgres_url: str) -> None:
    acme = await store.create_organization("Acme")
    bearer, _ = await store.create_token(acme.id)
    engine = create_engine(postgres_url)
    with engine.connect() as connection:
        rows = [str(tuple(row)) for row in connection.execute(text("SELECT * FROM tokens"))]
    engine.dispose()
    assert bearer[:-6] not in rows[0]
    assert bearer[3:20] not in rows[0]


async def test_a_revoked_token_is_refused_at_once_here_and_soon_elsewhere(
    store: Store, postgres_url: str, cipher: Cipher, monkeypatch: pytest.MonkeyPatch
) -> None:
    acme, stranger = await store.create_organization("Acme"), await store.create_organization("Other")
    bearer, token = await store.create_token(acme.id)
    elsewhere = await Store.open(postgres_url, cipher, pool_size=1)
    try:
        assert await store.authenticate(bearer) is not None
        assert await elsewhere.authenticate(bearer) is not None
        assert not await store.revoke_token(stranger.id, token.id)
        assert await store.authenticate(bearer) is not None
        assert await store.revoke_token(acme.id, token.id)
        assert await store.authenticate(bearer) is None
        now = store_module.time.monotonic()
        monkeypatch.setattr(store_module.time, "monotonic", lambda: now + store_module.CALLER_CACHE_S + 0.1)
        assert await elsewhere.authenticate(bearer) is None
    finally:
        await elsewhere.close()
    first = (await store.list_tokens(acme.id))[0].revoked
    assert first is not None
    assert await store.revoke_token(acme.id, token.id)
    assert (await store.list_tokens(acme.id))[0].revoked == first
    assert not await store.revoke_token(acme.id, uuid4())


async def test_a_token_runs_out_also_when_it_is_remembered(store: Store) -> None:
    acme = await store.create_organization("Acme")
    bearer, token = await store.create_token(acme.id, lifetime=timedelta(hours=1))
    assert token.expires == token.issued + timedelta(hours=1)
    assert await store.authenticate(bearer) is not None
    short, _ = await store.create_token(acme.id, lifetime=timedelta(milliseconds=150))
    async with asyncio.timeout(5):
        while await store.authenticate(short) is not None:
            pass


async def test_valid_tokens_are_those_that_authenticate(store: Store) -> None:
    acme, other = await store.create_organization("Acme"), await store.create_organization("Other")
    _, forever = await store.create_token(acme.id)
    _, ending = await store.create_token(acme.id, lifetime=timedelta(hours=1))
    _, revoked = await store.create_token(acme.id)
    _, ended = await store.create_token(acme.id, lifetime=timedelta(seconds=-1))
    _, foreign = await store.create_token(other.id)
    await store.revoke_token(acme.id, revoked.id)
    assert await store.valid_tokens(acme.id) == [forever, ending]
    assert await store.valid_token(acme.id, ending.id) == ending
    for gone in (revoked, ended, foreign):
        assert await store.valid_token(acme.id, gone.id) is None
    assert await store.valid_token(other.id, foreign.id) == foreign


async def test_expired_tokens_are_forgotten_and_no_others(store: Store) -> None:
    acme = await store.create_organization("Acme")
    _, forever = await store.create_token(acme.id)
    _, revoked = await store.create_token(acme.id)
    await store.revoke_token(acme.id, revoked.id)
    _, old = await store.create_token(acme.id, lifetime=timedelta(days=-8))
    _, young = await store.create_token(acme.id, lifetime=timedelta(days=-6))
    assert await store.forget_expired_tokens(datetime.now(UTC) - timedelta(days=7)) == 1
    assert [one.id for one in await store.list_tokens(acme.id)] == [forever.id, revoked.id, young.id]
    assert old.expires is not None
