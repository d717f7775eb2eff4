from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest

from voxport.core.artefacts import original_key
from voxport.core.errors import TransientFault
from voxport.core.plan import Plan
from voxport.core.stages import first_steps
from voxport.storage.objects.blobs import Blobs
from voxport.storage.records import NewMedia
from voxport.workflow.housekeeping import (
    ABANDONED_AFTER_S,
    KEEP_EXPIRED_TOKENS,
    erase_abandoned_uploads,
    forget_old_tokens,
)
from voxport.workflow.parts import Parts


async def left_over(parts: Parts, url: str, age_s: float) -> UUID:
    """What a process leaves that was killed in an upload which began `age_s` ago."""
    media_id = uuid4()
    await parts.store.work.begin_upload(media_id)
    parts.blobs.put(original_key(media_id), b"half a call")
    async with await psycopg.AsyncConnection.connect(url.replace("+psycopg", "")) as connection:
        started = datetime.now(UTC) - timedelta(seconds=age_s)
        await connection.execute("UPDATE uploads SET started = %s WHERE media_id = %s", (started, media_id))
    return media_id


async def ledger(parts: Parts) -> list[UUID]:
    return await parts.store.work.abandoned_uploads(datetime.now(UTC) + timedelta(days=1))


async def test_what_a_killed_upload_left_is_erased_after_a_day(parts: Parts, postgres_url: str, tmp_path: Path) -> None:
    old = await left_over(parts, postgres_url, ABANDONED_AFTER_S + 60)
    young = await left_over(parts, postgres_url, ABANDONED_AFTER_S - 60)
    # The draft of a file that was never closed, as a killed process leaves it in a folder.
    (tmp_path / "objects" / f"{original_key(old)}#1").write_bytes(b"a draft")
    await erase_abandoned_uploads(parts)
    assert not (tmp_path / "objects" / "media" / str(old)).exists()
    assert parts.blobs.exists(original_key(young))
    assert await ledger(parts) == [young]


async def test_an_accepted_recording_is_never_taken_for_a_left_over(parts: Parts, postgres_url: str) -> None:
    accepted = await left_over(parts, postgres_url, ABANDONED_AFTER_S + 60)
    acme = await parts.store.create_organization("Acme")
    async with parts.store.transaction() as connection:
        await parts.store.work.insert_media(
            connection, NewMedia(acme.id, Plan(), first_steps(Plan(), fetches=False), id=accepted)
        )
    await erase_abandoned_uploads(parts)
    assert parts.blobs.get(original_key(accepted)) == b"half a call"


async def test_more_left_overs_than_one_look_finds(parts: Parts, postgres_url: str) -> None:
    for _ in range(103):
        await parts.store.work.begin_upload(uuid4())
    async with await psycopg.AsyncConnection.connect(postgres_url.replace("+psycopg", "")) as connection:
        await connection.execute("UPDATE uploads SET started = started - interval '2 days'")
    await erase_abandoned_uploads(parts)
    assert await ledger(parts) == []


async def test_a_store_that_is_away_keeps_the_upload_in_the_ledger(
    parts: Parts, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = await left_over(parts, postgres_url, ABANDONED_AFTER_S + 60)

    def away(blobs: Blobs, prefix: str) -> None:
        raise TransientFault("The object store cannot be reached.")

    with monkeypatch.context() as patched:
        patched.setattr(Blobs, "delete_prefix", away)
        with pytest.raises(TransientFault):
            await erase_abandoned_uploads(parts)
    assert await ledger(parts) == [old]
    await erase_abandoned_uploads(parts)
    assert await ledger(parts) == []


async def test_tokens_that_ended_long_ago_are_forgotten(parts: Parts) -> None:
    organization = await parts.store.create_organization("Keys")
    day = timedelta(days=1)
    await parts.store.create_token(organization.id, lifetime=-KEEP_EXPIRED_TOKENS - day)
    _, young = await parts.store.create_token(organization.id, lifetime=-KEEP_EXPIRED_TOKENS + day)
    await forget_old_tokens(parts)
    assert [one.id for one in await parts.store.list_tokens(organization.id)] == [young.id]
