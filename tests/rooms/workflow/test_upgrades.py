"""Data of earlier versions, with calls in every state, goes on in this one: nothing is lost or ends without a result.

`tests/upgrades/` has what versions left when they were stopped politely, in a folder named after their schema: rows,
the key, and what lay in the store besides sound. From v0017 on that is: at each stage a call that was given back
(`hold-STAGE-waits`) and one whose worker was killed (`hold-STAGE-killed`), calls that nobody had begun, failed and
encrypted ones, deliveries of every status and a paused endpoint, the index of search, definitions, keys with scopes
(`tokens.json`). From v0022 on also people told apart on one channel, peaks, and categories that are looked for in past
calls: one under way, one that waits, and one of each end. A version that changes stages, jobs or stored shapes adds
what the one before it left (`scripts/upgrade-data` in a checkout of it); what is there is never written anew.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import psycopg
import pytest
import structlog
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from tests.rooms.speech.test_engine import ParrotModel
from tests.rooms.workflow.test_rescue import rows
from tests.support.database import PostgresServer
from voxport.api.application import create_api
from voxport.api.options import ApiOptions
from voxport.core.artefacts import decoded_from_json, original_key, transcript_from_json
from voxport.core.findings import findings_from_json
from voxport.core.media import Media, MediaStatus, StepStatus
from voxport.core.media_query import MAX_LIMIT, MediaQuery
from voxport.core.stages import Step, completed_steps
from voxport.search.plain_words import read_plain_words
from voxport.search.words import words_of
from voxport.speech.recognizer import Recognizer
from voxport.storage.cipher import Cipher
from voxport.storage.index_backfill import IndexProgress
from voxport.storage.objects.blobs import Blobs
from voxport.storage.objects.mark import MARK_FILE
from voxport.storage.postgres.schema import migrate
from voxport.storage.postgres.transfer import export_database, import_database
from voxport.storage.store import Store
from voxport.workflow.applications import resume_applications
from voxport.workflow.dependencies import Dependencies
from voxport.workflow.engine import Engine
from voxport.workflow.index_backfill import index_earlier_calls
from voxport.workflow.intake import Intake
from voxport.workflow.story import register

LEFT = Path(__file__).parents[2] / "upgrades"
RECORDING = (LEFT.parent / "audio" / "go-forward-3s.wav").read_bytes()
ROWS = (
    "SELECT t::text FROM media AS t ORDER BY 1",
    "SELECT t::text FROM media_steps AS t ORDER BY 1",
    "SELECT t::text FROM deliveries AS t ORDER BY 1",
)
GIVEN_STEPS = "a run of an older version was given the steps of this one"
UNSAID = """
    SELECT count(*) AS calls FROM media AS m WHERE status = 'finished' AND deleted_at IS NULL
        AND NOT EXISTS (SELECT FROM call_index AS c WHERE c.media_id = m.id AND c.lines IS NOT NULL)
"""
"""Calls that the index does not have the words of: all of versions without one, and later those that are encrypted."""
VERSIONS = sorted(path.name for path in LEFT.iterdir())


@pytest.fixture(params=VERSIONS)
def version(request: pytest.FixtureRequest) -> Path:
    return LEFT / str(request.param)


@pytest.fixture
def cipher(version: Path) -> Cipher:
    return Cipher.load(None, version)


@pytest.fixture
def postgres_url(postgres_server: PostgresServer, version: Path) -> Iterator[str]:
    """A database of that version, with its rows."""
    with postgres_server.database(migrated=False) as url:
        engine = create_engine(url)
        with engine.begin() as connection:
            configuration = Config()
            configuration.set_main_option("script_location", "voxport.storage.postgres:migrations")
            configuration.set_main_option("path_separator", "os")
            configuration.attributes["connection"] = connection
            command.upgrade(configuration, version.name)
        engine.dispose()
        with psycopg.connect(url.replace("+psycopg", "")) as connection:
            connection.execute(Engine(url).app.schema_manager.get_schema().encode())
            connection.execute((version / "rows.sql").read_bytes())
        yield url


@pytest.fixture
async def store(postgres_url: str, cipher: Cipher) -> AsyncIterator[Store]:
    await migrate(postgres_url)
    store = await Store.open(postgres_url, cipher, pool_size=5)
    yield store
    await store.close()


@pytest.fixture
async def left(deps: Dependencies, version: Path) -> AsyncIterator[Dependencies]:
    """A worker of this version over what was left, with a recogniser that hears the same in everything."""
    for path in filter(Path.is_file, (version / "objects").rglob("*")):
        if path.name == MARK_FILE:
            assert deps.blobs.mark is not None
            deps.blobs.mark.write(UUID(path.read_text("ascii").split()[-1]))
        else:
            deps.blobs.put(str(path.relative_to(version / "objects")), path.read_bytes())
    for media in await all_media(deps):
        put_sound(deps.blobs, media)
    recognizer = Recognizer(ParrotModel())
    worker = replace(deps, recognizer=lambda: recognizer)
    register(worker.engine, worker)
    yield worker
    recognizer.close()


def put_sound(blobs: Blobs, media: Media) -> None:
    """The same recording everywhere, which is 16 kHz mono as decoded channels are."""
    blobs.put(original_key(media.id), RECORDING)
    if blobs.exists(media.paths.written_audio_form):
        blobs.put(media.paths.written_audio, RECORDING)
    if (data := blobs.get(media.paths.decoded)) is not None:
        decoded = decoded_from_json(data)
        for name in decoded.names:
            blobs.put(media.paths.channel(name), RECORDING[-32 * decoded.duration_ms :])


async def all_media(deps: Dependencies) -> list[Media]:
    url = deps.engine.conninfo
    found = [await deps.store.media.get(row["id"]) for row in await rows(url, "SELECT id FROM media ORDER BY sequence")]
    return [one for one in found if one is not None]


def lacks_steps(media: Media) -> bool:
    stored = tuple(one.step for one in media.steps)
    return completed_steps(stored, media.plan) != stored


def assert_has_result(deps: Dependencies, media: Media) -> None:
    assert (media.status, media.errors) == (MediaStatus.FINISHED, ()), media.metadata
    if media.plan.encryption is not None:
        assert deps.blobs.exists(media.paths.encrypted_result)
        assert not deps.blobs.exists(media.paths.transcript)
        return
    transcript = deps.blobs.get(media.paths.transcript)
    assert transcript is not None, media.metadata
    assert transcript_from_json(transcript).words
    if media.plan.redacts_audio:
        assert deps.blobs.exists(media.paths.written_audio)
    if (findings := deps.blobs.get(media.paths.findings)) is not None:
        assert (findings_from_json(findings).knowledge is not None) == media.plan.analytics.discovery


async def is_found_by_its_words(deps: Dependencies, media: Media) -> bool:
    transcript = deps.blobs.get(media.paths.transcript)
    assert transcript is not None
    said = next(word for word in transcript_from_json(transcript).words if words_of(word.text))
    query = MediaQuery(condition=read_plain_words(said.text), limit=MAX_LIMIT)
    page = await deps.store.tenant(media.organization.id).media.page(query)
    return media.id in [one.id for one in page.elements]


async def assert_is_indexed(deps: Dependencies, calls: int) -> None:
    """What a version without this index had finished, by a worker that dies with some in hand, and by another one."""
    begun, taken = await deps.store.index_backfill.progress(), await deps.store.index_backfill.claim(1, lease_s=0.0)
    await index_earlier_calls(deps)
    ended = await deps.store.index_backfill.progress()
    if begun is None:
        assert (taken, ended) == (None, None)
        return
    assert taken is not None
    assert taken.media
    assert (begun, ended) == (IndexProgress(calls, 0, ended=False), IndexProgress(calls, calls, ended=True))


async def test_every_call_of_an_earlier_version_ends_with_its_result(left: Dependencies, postgres_url: str) -> None:
    before = {media.id: media for media in await all_media(left)}
    assert {MediaStatus.ACCEPTED, MediaStatus.RUNNING, MediaStatus.FINISHED} <= {one.status for one in before.values()}
    due = "SELECT count(*) AS pending FROM deliveries WHERE status = 'pending'"
    (waiting,), (unsaid,) = await rows(postgres_url, due), await rows(postgres_url, UNSAID)
    await assert_is_indexed(left, unsaid["calls"])
    await left.engine.rescue_stalled(6.0)
    with structlog.testing.capture_logs() as lines:
        await left.engine.app.run_worker_async(
            queues=["fetch", "ingest", "speech", "analysis"], wait=False, install_signal_handlers=False
        )
    await left.engine.app.run_worker_async(queues=["housekeeping"], wait=False, install_signal_handlers=False)
    completed = {one["media_id"] for one in lines if one["event"] == GIVEN_STEPS}
    assert completed == {str(one.id) for one in before.values() if not one.status.ended and lacks_steps(one)}
    after = await all_media(left)
    assert {media.id for media in after} == set(before)
    for media in after:
        if (was := before[media.id]).status is MediaStatus.FAILED:
            assert (media.status, media.errors) == (was.status, was.errors)
            continue
        assert_has_result(left, media)
        assert media.plan.encryption is not None or await is_found_by_its_words(left, media)
        if was.status.ended:
            assert media.steps == was.steps
            continue
        steps = {one.step: one.status for one in media.steps}
        assert tuple(steps) == completed_steps([one.step for one in was.steps], media.plan)
        steps.pop(Step.DELIVER, None)
        assert set(steps.values()) == {StepStatus.COMPLETED}, media.metadata
    new = sum(len(media.plan.callbacks) for media in after if not before[media.id].status.ended)
    assert await rows(postgres_url, due) == [{"pending": waiting["pending"] + new}]
    assert await rows(postgres_url, "SELECT task_name FROM procrastinate_jobs WHERE status IN ('todo', 'doing')") == []
    assert all("secret=1" in media.plan.callbacks[1].url for media in after if media.plan.callbacks)


@pytest.mark.parametrize("version", [one for one in VERSIONS if (LEFT / one / "tokens.json").exists()], indirect=True)
async def test_what_stands_beside_the_calls_of_an_earlier_version_stays(left: Dependencies, version: Path) -> None:
    """As its customer sees it: what was indexed, defined, delivered and given up, and what a key may do."""
    given = json.loads((version / "tokens.json").read_text("utf-8"))
    await left.store.secret_key.agree()
    await left.store.store_mark.agree(left.blobs)
    # What was indexed comes back in the form of this version.
    await index_earlier_calls(left)
    pipeline = Intake(left.store, left.blobs, left.engine)
    api = create_api(left.store, left.blobs, pipeline, ApiOptions(link_key=bytes(32)))
    transport = httpx.ASGITransport(api, raise_app_exceptions=True)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:

        async def answer(path: str, token: str = given["operator"], body: str | None = None) -> httpx.Response:
            method = "GET" if body is None else "POST"
            return await client.request(method, path, headers={"Authorization": f"Bearer {token}"}, content=body)

        mine = f"/v3/media/{given['mediaId']}"
        assert (await answer(f"{mine}/transcript", given["scoped"])).json()["words"]
        listed = (await answer("/v3/media", given["scoped"])).json()["media"]
        assert [one["mediaId"] for one in listed] == [given["mediaId"]]
        assert (await answer("/v3/usage/months", given["scoped"])).status_code == 403
        category = (await answer("/v3/definition/categories/moving")).json()
        assert (category["version"], category["query"]) == ("2", 'SELECT * FROM media WHERE * SAYS "go forward"')
        found = await answer("/v3/analytics/vbql", body=f"{category['query']} AND metadata.score = 7")
        assert [row["mediaId"] for row in found.json()["rows"]] == [given["mediaId"]]
        assert (await answer("/v3/definition/media/search")).json()["fields"][0] == "extended.score integer"
        assert (await answer("/v3/definition/vocabularies/products")).json()["terms"][0]["weight"] == 2
        assert len((await answer("/v3/security/public-keys")).json()["keys"]) == 1
        statuses = [one["status"] for one in (await answer("/v3/deliveries?limit=100")).json()["deliveries"]]
        assert Counter(statuses) == {"pending": 11, "delivered": 2, "failed": 2, "skipped": 1}
        (endpoint,) = (await answer("/v3/endpoints")).json()["endpoints"]
        assert (endpoint["status"], endpoint["waiting"]) == ("paused", 11)
        if "applications" in given:
            await assert_applications_go_on(left, answer, given["applications"])


async def assert_applications_go_on(
    deps: Dependencies, answer: Callable[[str], Awaitable[httpx.Response]], given: Mapping[str, str]
) -> None:
    """From the call that was looked at last; what had ended stays as it did."""

    async def shown() -> dict[str, dict[str, Any]]:
        path = "/v3/definition/category-applications"
        return {name: (await answer(f"{path}/{its}")).json() for name, its in given.items()}

    before = await shown()
    assert {name: one["status"] for name, one in before.items()} == {
        **{"first": "finished", "dropped": "cancelled", "failing": "failed"},
        **{"under_way": "running", "waiting": "waiting"},
    }
    assert 0 < before["under_way"]["done"] < before["under_way"]["calls"]
    # The job of the worker that died is gone with it: the next one finds out.
    async with deps.store.transaction() as connection:
        await connection.exec_driver_sql("DELETE FROM procrastinate_jobs WHERE task_name = 'categories.apply'")
    await resume_applications(deps)
    await deps.engine.app.run_worker_async(queues=["housekeeping"], wait=False, install_signal_handlers=False)
    after = await shown()
    for name in ("first", "dropped", "failing"):
        assert after[name] == before[name]
    for name in ("under_way", "waiting"):
        assert after[name]["status"] == "finished"
        assert after[name]["done"] > before[name]["done"]
        assert after[name]["matched"] > 0
    # Calls that were sent again meanwhile are not among those left.
    assert after["under_way"]["calls"] == before["under_way"]["calls"] > after["under_way"]["done"]
    assert after["waiting"]["calls"] == after["waiting"]["done"]


async def test_rows_of_an_earlier_version_move_to_another_server(
    postgres_url: str, postgres_server: PostgresServer, version: Path, tmp_path: Path
) -> None:
    file = tmp_path / "rows.zip"
    assert (await export_database(postgres_url, file)).schema == version.name
    with postgres_server.database(migrated=False) as target:

        async def prepare(schema: str) -> None:
            await migrate(target, schema)
            await Engine(target).install()

        await import_database(target, file, prepare)
        await migrate(target)
        await migrate(postgres_url)
        for statement in ROWS:
            moved, stayed = [await rows(url, statement) for url in (target, postgres_url)]
            assert moved == stayed
