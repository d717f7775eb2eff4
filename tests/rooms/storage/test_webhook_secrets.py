"""Secrets that sign webhooks: one from the start, two while one takes over, none of them readable at rest."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from voxport.core.errors import Misconfigured
from voxport.storage import webhook_secrets as module
from voxport.storage.cipher import Cipher
from voxport.storage.store import Store

HOUR = timedelta(hours=1)


def execute(postgres_url: str, statement: str, **values: object) -> list[str]:
    engine = create_engine(postgres_url)
    with engine.begin() as connection:
        result = connection.execute(text(statement), values)
        rows = [str(tuple(row)) for row in result] if result.returns_rows else []
    engine.dispose()
    return rows


async def test_an_organisation_has_one_secret_from_the_start_whoever_asks_first(
    store: Store, postgres_url: str, cipher: Cipher
) -> None:
    acme, other = await store.organizations.create("Acme"), await store.organizations.create("Other")
    elsewhere = await Store.open(postgres_url, cipher, pool_size=4)
    try:
        asked = [one.webhook_secrets.signing_secrets(acme.id) for one in (store, elsewhere) for _ in range(3)]
        found = set(await asyncio.gather(*asked))
    finally:
        await elsewhere.close()
    ((secret,),) = found
    assert secret.startswith("whsec_")
    assert await store.webhook_secrets.signing_secrets(other.id) != (secret,)
    with pytest.raises(LookupError):
        await store.webhook_secrets.signing_secrets(uuid4())


async def test_it_is_kept_encrypted_and_bound_to_its_row(store: Store, postgres_url: str, cipher: Cipher) -> None:
    acme, other = await store.organizations.create("Acme"), await store.organizations.create("Other")
    (secret,) = await store.webhook_secrets.signing_secrets(acme.id)
    await store.webhook_secrets.signing_secrets(other.id)
    assert secret.removeprefix("whsec_")[:12] not in str(execute(postgres_url, "SELECT * FROM webhook_secrets"))
    swap = (
        "UPDATE webhook_secrets SET sealed = (SELECT sealed FROM webhook_secrets WHERE organization_id = :acme) "
        "WHERE organization_id = :other"
    )
    execute(postgres_url, swap, acme=acme.id, other=other.id)
    fresh = await Store.open(postgres_url, cipher, pool_size=1)
    try:
        assert await fresh.webhook_secrets.signing_secrets(acme.id) == (secret,)
        with pytest.raises(Misconfigured):
            await fresh.webhook_secrets.signing_secrets(other.id)
    finally:
        await fresh.close()


async def test_old_and_new_sign_together_until_the_overlap_ends(store: Store, postgres_url: str) -> None:
    acme, secrets = await store.organizations.create("Acme"), store.webhook_secrets
    (first,) = await secrets.signing_secrets(acme.id)
    second = await secrets.rotate(acme.id, HOUR)
    assert await secrets.signing_secrets(acme.id) == (second, first)
    third = await secrets.rotate(acme.id, 2 * HOUR)
    assert await secrets.signing_secrets(acme.id) == (third, second, first)
    newest, middle, oldest = await secrets.kept(acme.id)
    assert newest.expires is None
    assert middle.expires is not None
    assert oldest.expires is not None
    # What was promised an hour is not made to last two.
    assert oldest.expires < middle.expires
    execute(postgres_url, "UPDATE webhook_secrets SET expires = now() WHERE id = :id", id=oldest.id)
    secrets._known.clear()
    assert await secrets.signing_secrets(acme.id) == (third, second)
    last = await secrets.rotate(acme.id, timedelta(0))
    assert await secrets.signing_secrets(acme.id) == (last,)
    # What has ended is erased with the next.
    assert execute(postgres_url, "SELECT count(*) FROM webhook_secrets") == ["(3,)"]
    await secrets.rotate(acme.id, HOUR)
    assert execute(postgres_url, "SELECT count(*) FROM webhook_secrets") == ["(2,)"]


async def test_a_rotation_elsewhere_is_followed_within_seconds(
    store: Store, postgres_url: str, cipher: Cipher, monkeypatch: pytest.MonkeyPatch
) -> None:
    acme = await store.organizations.create("Acme")
    before = await store.webhook_secrets.signing_secrets(acme.id)
    elsewhere = await Store.open(postgres_url, cipher, pool_size=1)
    try:
        new = await elsewhere.webhook_secrets.rotate(acme.id, HOUR)
    finally:
        await elsewhere.close()
    assert await store.webhook_secrets.signing_secrets(acme.id) == before
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + module.CACHE_S + 0.1)
    assert await store.webhook_secrets.signing_secrets(acme.id) == (new, *before)
