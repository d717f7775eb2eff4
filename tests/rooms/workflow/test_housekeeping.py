from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest

from voxport.core.artefacts import original_key
from voxport.core.errors import TransientFault
from voxport.core.plan import Plan
from voxport.core.stages import Step, first_steps, job_of
from voxport.storage.objects.blobs import Blobs
from voxport.storage.records import NewMedia
from voxport.workflow.dependencies import Dependencies
from voxport.workflow.housekeeping import (
    ABANDONED_AFTER,
    KEEP_ENDED_TOKENS,
    erase_abandoned_uploads,
    expire,
    forget_old_tokens,
)


async def left_over(deps: Dependencies, url: str, age_s: float) -> UUID:
    """What a process leaves that was killed in an upload which began `age_s` ago."""
    media_id = uuid4()
    await deps.store.uploads.begin(media_id)
    deps.blobs.put(original_key(media_id), b"half a call")
    async with await psycopg.AsyncConnection.connect(url.replace("+psycopg", "")) as connection:
        started = datetime.now(UTC) - timedelta(seconds=age_s)
        await connection.execute("UPDATE uploads SET started = %s WHERE media_id = %s", (started, media_id))
    return media_id


async def ledger(deps: Dependencies) -> list[UUID]:
    return await deps.store.uploads.abandoned(timedelta(), limit=100)


async def test_what_a_killed_upload_left_is_erased_after_a_day(
    deps: Dependencies, postgres_url: str, tmp_path: Path
) -> None:
    old = await left_over(deps, postgres_url, ABANDONED_AFTER.total_seconds() + 60)
    young = await left_over(deps, postgres_url, ABANDONED_AFTER.total_seconds() - 60)
    # The draft of a file that was never closed, as a killed process leaves it in a folder.
    (tmp_path / "objects" / f"{original_key(old)}#1").write_bytes(b"a draft")
    await erase_abandoned_uploads(deps)
    assert not (tmp_path / "objects" / "media" / str(old)).exists()
    assert deps.blobs.exists(original_key(young))
    assert await ledger(deps) == [young]


async def test_an_accepted_recording_is_never_taken_for_a_left_over(deps: Dependencies, postgres_url: str) -> None:
    accepted = await left_over(deps, postgres_url, ABANDONED_AFTER.total_seconds() + 60)
    acme = await deps.store.organizations.create("Acme")
    async with deps.store.transaction() as connection:
        await deps.store.media.insert(
            connection, NewMedia(acme.id, Plan(), first_steps(Plan(), fetches=False), id=accepted)
        )
    await erase_abandoned_uploads(deps)
    assert deps.blobs.get(original_key(accepted)) == b"half a call"


async def test_more_left_overs_than_one_look_finds(deps: Dependencies, postgres_url: str) -> None:
    for _ in range(103):
        await deps.store.uploads.begin(uuid4())
    async with await psycopg.AsyncConnection.connect(postgres_url.replace("+psycopg", "")) as connection:
        await connection.execute("UPDATE uploads SET started = started - interval '2 days'")
    await erase_abandoned_uploads(deps)
    assert await ledger(deps) == []


async def test_a_store_that_is_away_keeps_the_upload_in_the_ledger(
    deps: Dependencies, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = await left_over(deps, postgres_url, ABANDONED_AFTER.total_seconds() + 60)

    def away(blobs: Blobs, prefix: str) -> None:
        raise TransientFault("The object store cannot be reached.")

    with monkeypatch.context() as patched:
        patched.setattr(Blobs, "delete_prefix", away)
        with pytest.raises(TransientFault):
            await erase_abandoned_uploads(deps)
    assert await ledger(deps) == [old]
    await erase_abandoned_uploads(deps)
    assert await ledger(deps) == []


async def test_tokens_that_ended_long_ago_are_forgotten(deps: Dependencies) -> None:
    organization = await deps.store.organizations.create("Keys")
    day = timedelta(days=1)
    await deps.store.tokens.create(organization.id, lifetime=-KEEP_ENDED_TOKENS - day)
    _, young = await deps.store.tokens.create(organization.id, lifetime=-KEEP_ENDED_TOKENS + day)
    await forget_old_tokens(deps)
    assert [one.id for one in await deps.store.tokens.all(organization.id)] == [young.id]


async def test_all_whose_time_is_over_are_erased_however_many_came(deps: Dependencies, postgres_url: str) -> None:
    """Where fewer end than come, tables grow for ever."""
    organization = await deps.store.organizations.create("Many calls")
    steps = first_steps(Plan(), fetches=False)
    async with deps.store.transaction() as connection:
        made = [await deps.store.media.insert(connection, NewMedia(organization.id, Plan(), steps)) for _ in range(5)]
    for one in made:
        deps.blobs.put(original_key(one.id), b"a call")
    async with await psycopg.AsyncConnection.connect(postgres_url.replace("+psycopg", "")) as connection:
        await connection.execute("UPDATE media SET expires = now() WHERE id <> %s", (made[0].id,))
        # A stage of it is running, and may write once more.
        await deps.engine.defer(job_of(Step.PUBLISH), made[1].id)
        await connection.execute("UPDATE procrastinate_jobs SET status = 'doing'")
    await expire(deps, at_once=2)
    assert await deps.store.media.deleted() == [made[1].id]
    assert [one for one in made if deps.blobs.exists(original_key(one.id))] == made[:2]
    async with await psycopg.AsyncConnection.connect(postgres_url.replace("+psycopg", "")) as connection:
        jobs = await connection.execute("SELECT task_name FROM procrastinate_jobs WHERE status = 'todo'")
        assert await jobs.fetchall() == [("media.erase",)]
