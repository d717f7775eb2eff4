"""The key that a database is used with: another one starts nothing, and a lost one is gone on without."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from tests.rooms.storage.recordings import accept, deliveries_of, plan_with_callbacks
from voxport.cli.secret_key import app
from voxport.core.delivery import DeliveryStatus
from voxport.core.delivery_query import DeliveryQuery
from voxport.core.delivery_rules import ADDRESS_LOST, replay_refusal
from voxport.core.errors import Misconfigured
from voxport.core.media import Media, MediaStatus
from voxport.core.media_query import MediaQuery
from voxport.core.plan import CallbackType
from voxport.storage.cipher import KEY_FILE, Cipher
from voxport.storage.secret_key import Lost
from voxport.storage.store import Store

OLD, NEW = bytes(range(32)), bytes(32)
PLAN = plan_with_callbacks(CallbackType.ANALYTICS, CallbackType.TRANSCRIPT)


async def used_with(url: str, *keys: bytes) -> None:
    store = await Store.open(url, Cipher(*keys), pool_size=1)
    try:
        await store.secret_key.agree()
    finally:
        await store.close()


@pytest.fixture
async def other(postgres_url: str, store: Store) -> AsyncIterator[Store]:
    """A program with another key than the database was used with."""
    await store.secret_key.agree()
    other = await Store.open(postgres_url, Cipher(NEW), pool_size=2)
    yield other
    await other.close()


async def finished(store: Store) -> Media:
    acme = await store.organizations.create("Acme")
    media = await accept(store, acme.id, plan=PLAN, metadata={"externalId": "1"})
    await store.media.finish(media.id, run=1)
    return media


async def test_a_worker_with_another_key_than_its_fellows_does_not_start(postgres_url: str) -> None:
    await used_with(postgres_url, OLD)
    await used_with(postgres_url, OLD)
    with pytest.raises(Misconfigured, match="The secret key is not the one that this database is used with"):
        await used_with(postgres_url, NEW)
    await used_with(postgres_url, OLD)


async def test_a_database_of_an_earlier_version_is_held_to_what_it_has_sealed(store: Store, postgres_url: str) -> None:
    await finished(store)
    with pytest.raises(Misconfigured):
        await used_with(postgres_url, NEW)
    await used_with(postgres_url, OLD)


async def test_a_new_key_takes_over_from_one_that_is_known(store: Store, postgres_url: str) -> None:
    media = await finished(store)
    await used_with(postgres_url, OLD)
    await used_with(postgres_url, NEW, OLD)
    with pytest.raises(Misconfigured):
        await used_with(postgres_url, OLD)
    both = await Store.open(postgres_url, Cipher(NEW, OLD), pool_size=1)
    opened = await both.media.get(media.id)
    assert opened is not None
    assert opened.plan == PLAN
    assert await both.secret_key.replace() == Lost()
    await both.close()


async def test_what_needs_no_key_is_read_without_it(store: Store, other: Store) -> None:
    media = await finished(store)
    tenant = other.tenant(media.organization.id)
    found = await tenant.media.get(media.id)
    assert found is not None
    assert [one.url for one in found.plan.callbacks] == ["", ""]
    assert [one.id for one in (await tenant.media.page(MediaQuery())).elements] == [media.id]
    assert len((await tenant.deliveries.page(DeliveryQuery())).elements) == 2
    assert [one.address for one in await deliveries_of(other, media)] == ["", ""]


async def test_a_lost_key_is_gone_on_without(store: Store, other: Store) -> None:
    media = await finished(store)
    waiting = await accept(store, media.organization.id, plan=PLAN)
    (before,) = await store.webhook_secrets.signing_secrets(media.organization.id)
    assert await other.secret_key.replace() == Lost(deliveries=2, recordings=1, organizations=("Acme",))
    await other.secret_key.agree()
    with pytest.raises(Misconfigured):
        await store.secret_key.agree()
    (after,) = await other.webhook_secrets.signing_secrets(media.organization.id)
    assert after != before
    # What is under way ends, and its deliveries say why they cannot be made.
    await other.media.finish(waiting.id, run=1)
    for one in (media, waiting):
        ended = await deliveries_of(other, one)
        assert {(each.status, each.reason) for each in ended} == {(DeliveryStatus.FAILED, ADDRESS_LOST)}
    refused = await other.replays.replay(media.organization.id, ended[0].id, rule)
    assert [each.reason for each in refused.refused] == [ADDRESS_LOST]
    url = "https://hook.example/new"
    queued = await other.replays.replay(media.organization.id, ended[0].id, rule, url)
    assert queued.queued == (ended[0].id,)
    opened = await other.media.get(waiting.id)
    assert opened is not None
    assert opened.plan.callbacks[ended[0].position].url == url
    assert await other.secret_key.replace() == Lost()


def rule(delivery: object, status: MediaStatus) -> str | None:
    return replay_refusal(delivery, status, datetime.now(UTC))  # type: ignore[arg-type]


def test_a_key_that_is_gone_is_not_made_again(tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    with pytest.raises(
        Misconfigured, match=r"The secret key .* is gone, and the data folder was used with it"
    ) as refused:
        Cipher.load(None, tmp_path)
    assert "`voxport secret-key replace --lost`" in str(refused.value)
    assert not (tmp_path / KEY_FILE).exists()
    (tmp_path / KEY_FILE).write_text(f"{OLD.hex()}\n", "ascii")
    assert Cipher.load(None, tmp_path).derive("check") == Cipher(OLD).derive("check")


@pytest.mark.parametrize("between", [",", " ", "\n", ", "])
def test_keys_of_before_stand_behind_the_key(between: str, tmp_path: Path) -> None:
    sealed = Cipher(OLD).encrypt(b"x", b"row")
    both = Cipher.load(f"{NEW.hex()}{between}{OLD.hex()}\n", tmp_path)
    assert both.decrypt(sealed, b"row") == b"x"
    assert Cipher(NEW).decrypt(both.encrypt(b"y", b"row"), b"row") == b"y"


async def test_the_key_itself_is_not_in_the_database(store: Store) -> None:
    await store.secret_key.agree()
    async with store.transaction() as connection:
        (value,) = (await connection.execute(text("SELECT check_value FROM secret_key"))).one()
    assert len(value) == 32
    assert value != OLD


def test_the_commands_say_what_is_lost(postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(*arguments: str) -> BaseException | None:
        places = ("--database-url", postgres_url, "--data", str(tmp_path))
        return CliRunner().invoke(app, [*arguments, *places]).exception

    monkeypatch.setenv("VOXPORT_SECRET_KEY", OLD.hex())
    assert run("check") is None
    monkeypatch.setenv("VOXPORT_SECRET_KEY", NEW.hex())
    assert isinstance(run("check"), Misconfigured)
    assert "--lost" in str(run("replace"))
    assert run("replace", "--lost") is None
    assert run("check") is None
