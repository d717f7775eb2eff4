from __future__ import annotations

import asyncio
import time
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from voxport.core.errors import RequestRefused
from voxport.core.scope import parse_scope, playing
from voxport.storage import tokens as tokens_module
from voxport.storage.cipher import Cipher
from voxport.storage.records import Caller, NewKey, Token
from voxport.storage.store import Store


async def test_an_organization_is_made_once_a_name(store: Store) -> None:
    made = await asyncio.gather(*(store.organizations.create("Acme") for _ in range(5)))
    assert len({organization.id for organization in made}) == 1
    assert await store.organizations.get(made[0].id) == made[0]
    assert await store.organizations.get(uuid4()) is None
    assert (await store.organizations.create("acme")).id != made[0].id


async def test_a_token_opens_its_organization_and_no_other(store: Store) -> None:
    acme, other = await store.organizations.create("Acme"), await store.organizations.create("Other")
    bearer, token = await store.tokens.create(acme.id, label="for curl")
    caller = await store.tokens.authenticate(bearer)
    assert caller is not None
    assert (caller.organization, caller.token_id) == (acme, token.id)
    assert token.last_six == bearer[-6:]
    assert await store.tokens.all(acme.id) == [token]
    assert await store.tokens.all(other.id) == []
    for wrong in ("", bearer[:-1], bearer + "x", bearer.swapcase(), "\0", "\ud800", "x" * 100_000):
        assert await store.tokens.authenticate(wrong) is None


async def test_the_token_itself_is_kept_nowhere(store: Store, postgres_url: str) -> None:
    acme = await store.organizations.create("Acme")
    bearer, _ = await store.tokens.create(acme.id)
    engine = create_engine(postgres_url)
    with engine.connect() as connection:
        rows = [str(tuple(row)) for row in connection.execute(text("SELECT * FROM tokens"))]
    engine.dispose()
    assert bearer[:-6] not in rows[0]
    assert bearer[3:20] not in rows[0]


async def test_a_revoked_token_is_refused_at_once_here_and_soon_elsewhere(
    store: Store, postgres_url: str, cipher: Cipher, monkeypatch: pytest.MonkeyPatch
) -> None:
    acme, stranger = await store.organizations.create("Acme"), await store.organizations.create("Other")
    bearer, token = await store.tokens.create(acme.id)
    elsewhere = await Store.open(postgres_url, cipher, pool_size=1)
    try:
        assert await store.tokens.authenticate(bearer) is not None
        assert await elsewhere.tokens.authenticate(bearer) is not None
        assert not await store.tokens.revoke(stranger.id, token.id)
        assert await store.tokens.authenticate(bearer) is not None
        assert await store.tokens.revoke(acme.id, token.id)
        assert await store.tokens.authenticate(bearer) is None
        now = time.monotonic()
        monkeypatch.setattr(time, "monotonic", lambda: now + tokens_module.CALLER_CACHE_S + 0.1)
        assert await elsewhere.tokens.authenticate(bearer) is None
    finally:
        await elsewhere.close()
    first = (await store.tokens.all(acme.id))[0].revoked
    assert first is not None
    assert await store.tokens.revoke(acme.id, token.id)
    assert (await store.tokens.all(acme.id))[0].revoked == first
    assert not await store.tokens.revoke(acme.id, uuid4())


async def test_a_token_runs_out_also_when_it_is_remembered(store: Store) -> None:
    acme = await store.organizations.create("Acme")
    bearer, token = await store.tokens.create(acme.id, lifetime=timedelta(hours=1))
    assert token.expires == token.issued + timedelta(hours=1)
    assert await store.tokens.authenticate(bearer) is not None
    short, _ = await store.tokens.create(acme.id, lifetime=timedelta(milliseconds=150))
    async with asyncio.timeout(5):
        while await store.tokens.authenticate(short) is not None:
            pass


async def test_valid_tokens_are_those_that_authenticate(store: Store) -> None:
    acme, other = await store.organizations.create("Acme"), await store.organizations.create("Other")
    _, forever = await store.tokens.create(acme.id)
    _, ending = await store.tokens.create(acme.id, lifetime=timedelta(hours=1))
    _, revoked = await store.tokens.create(acme.id)
    _, ended = await store.tokens.create(acme.id, lifetime=timedelta(seconds=-1))
    _, foreign = await store.tokens.create(other.id)
    await store.tokens.revoke(acme.id, revoked.id)
    assert await store.tokens.valid(acme.id) == [forever, ending]
    assert await store.tokens.get_valid(acme.id, ending.id) == ending
    for gone in (revoked, ended, foreign):
        assert await store.tokens.get_valid(acme.id, gone.id) is None
    assert await store.tokens.get_valid(other.id, foreign.id) == foreign


async def test_keys_that_were_taken_back_are_forgotten_and_tokens_of_the_operator_are_not(store: Store) -> None:
    by, _, token = await maker(store)
    _, kept = await made(store, by)
    _, gone = await made(store, by)
    _, revoked = await store.tokens.create(token.organization_id)
    for one in (gone, revoked):
        await store.tokens.revoke(token.organization_id, one.id)
    assert await store.tokens.forget_ended(timedelta(hours=1)) == 0
    await store.tokens.forget_ended(timedelta(0))
    assert {one.id for one in await store.tokens.all(token.organization_id)} == {token.id, kept.id, revoked.id}


async def test_expired_tokens_are_forgotten_and_no_others(store: Store) -> None:
    acme = await store.organizations.create("Acme")
    _, forever = await store.tokens.create(acme.id)
    _, revoked = await store.tokens.create(acme.id)
    await store.tokens.revoke(acme.id, revoked.id)
    _, old = await store.tokens.create(acme.id, lifetime=timedelta(days=-8))
    _, young = await store.tokens.create(acme.id, lifetime=timedelta(days=-6))
    assert await store.tokens.forget_ended(timedelta(days=7)) == 1
    assert [one.id for one in await store.tokens.all(acme.id)] == [forever.id, revoked.id, young.id]
    assert old.expires is not None


async def maker(store: Store, **more: Any) -> tuple[Caller, str, Token]:
    """A token of the operator, and the caller that it makes of its bearer."""
    organization = await store.organizations.create("Acme")
    bearer, token = await store.tokens.create(organization.id, **more)
    caller = await store.tokens.authenticate(bearer)
    assert caller is not None
    return caller, bearer, token


async def made(store: Store, by: Caller, key: NewKey | None = None) -> tuple[str, Token]:
    made = await store.tokens.create_with(by, key or NewKey())
    assert made is not None
    return made


async def test_a_key_belongs_to_the_token_that_made_it(store: Store) -> None:
    by, _, token = await maker(store)
    bearer, key = await made(store, by)
    assert (key.organization_id, key.made_by, key.expires, key.plays) == (token.organization_id, token.id, None, None)
    caller = await store.tokens.authenticate(bearer)
    assert caller == Caller(by.organization, key.id, token.id)
    media_ids = frozenset({uuid4(), uuid4()})
    bearer, player = await made(store, by, NewKey(plays=media_ids))
    caller = await store.tokens.authenticate(bearer)
    assert caller is not None
    assert player.plays == media_ids
    assert caller.scope == playing(sorted(media_ids))
    nothing = (await made(store, by, NewKey(plays=frozenset())))[1]
    assert nothing.plays == frozenset()


async def test_a_key_ends_with_its_maker_at_the_latest(store: Store) -> None:
    by, _, token = await maker(store, lifetime=timedelta(hours=1))
    assert token.expires is not None
    sooner, later = token.expires - timedelta(minutes=1), token.expires + timedelta(minutes=1)
    ends = [(await made(store, by, NewKey(expires))) for expires in (None, sooner, later)]
    assert [key.expires for _, key in ends] == [token.expires, sooner, token.expires]


async def test_a_key_is_asked_for_anew_in_every_process(store: Store, postgres_url: str, cipher: Cipher) -> None:
    by, _, token = await maker(store)
    elsewhere = await Store.open(postgres_url, cipher, pool_size=1)
    try:
        for revoked in (True, False):
            bearer, key = await made(store, by, NewKey(scope="media:get?externalId=a"))
            caller = await elsewhere.tokens.authenticate(bearer)
            assert caller is not None
            assert caller.scope == parse_scope("media:get?externalId=a")
            assert key.scope == "media:get?externalId=a"
            assert await store.tokens.revoke(token.organization_id, key.id if revoked else token.id)
            assert await elsewhere.tokens.authenticate(bearer) is None
    finally:
        await elsewhere.close()


async def test_an_organization_has_so_many_keys_and_a_list_shows_the_newest(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    by, _, token = await maker(store)
    monkeypatch.setattr(tokens_module, "MAX_VALID", 4)
    monkeypatch.setattr(tokens_module, "MOST_LISTED", 2)
    keys = [(await made(store, by))[1].id for _ in range(3)]
    with pytest.raises(RequestRefused, match="10006") as refused:
        await store.tokens.create_with(by, NewKey())
    assert refused.value.status == 403
    assert [one.id for one in await store.tokens.valid(token.organization_id)] == keys[1:]
    await store.tokens.revoke(token.organization_id, keys[0])
    assert await store.tokens.create_with(by, NewKey()) is not None


async def test_keys_are_revoked_with_their_maker_and_not_the_other_way(store: Store) -> None:
    by, bearer, token = await maker(store)
    keys = [await made(store, by) for _ in range(3)]
    assert all([await store.tokens.authenticate(key) is not None for key, _ in keys])
    assert await store.tokens.revoke(token.organization_id, keys[0][1].id)
    assert await store.tokens.authenticate(keys[0][0]) is None
    assert await store.tokens.authenticate(keys[1][0]) is not None
    assert await store.tokens.authenticate(bearer) is not None
    assert await store.tokens.revoke(token.organization_id, token.id)
    for key, _ in keys:
        assert await store.tokens.authenticate(key) is None
    assert await store.tokens.valid(token.organization_id) == []
    assert await store.tokens.create_with(by, NewKey()) is None


async def test_a_key_made_while_its_maker_is_revoked_does_not_remain(store: Store) -> None:
    for _ in range(5):
        by, _, token = await maker(store)
        making = [store.tokens.create_with(by, NewKey()) for _ in range(4)]
        outcomes = await asyncio.gather(*making[:2], store.tokens.revoke(token.organization_id, token.id), *making[2:])
        keys = [outcome[0] for outcome in outcomes if isinstance(outcome, tuple)]
        assert [await store.tokens.authenticate(key) for key in keys] == [None] * len(keys)


async def test_forgetting_a_token_forgets_its_keys(store: Store) -> None:
    by, _, token = await maker(store, lifetime=timedelta(hours=1))
    await made(store, by)
    assert await store.tokens.forget_ended(timedelta(hours=-2)) > 0
    assert await store.tokens.all(token.organization_id) == []
