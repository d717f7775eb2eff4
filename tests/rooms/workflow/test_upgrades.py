"""Data of earlier versions, with calls in every state, goes on in this one: nothing is lost or ends without a result.

`tests/upgrades/` has what versions left when they were stopped politely, in a folder named after their schema: rows,
the key, and what lay in the store besides sound. A version that changes stages, jobs or stored shapes adds what the one
before it left; what is there is never written anew.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from tests.rooms.speech.test_engine import ParrotModel
from tests.rooms.workflow.test_rescue import rows
from tests.support.database import PostgresServer
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
from voxport.storage.postgres.schema import migrate
from voxport.storage.postgres.transfer import export_database, import_database
from voxport.storage.store import Store
from voxport.workflow.dependencies import Dependencies
from voxport.workflow.engine import Engine
from voxport.workflow.index_backfill import index_earlier_calls
from voxport.workflow.story import register

LEFT = Path(__file__).parents[2] / "upgrades"
RECORDING = (LEFT.parent / "audio" / "go-forward-3s.wav").read_bytes()
ROWS = (
    "SELECT t::text FROM media AS t ORDER BY 1",
    "SELECT t::text FROM media_steps AS t ORDER BY 1",
    "SELECT t::text FROM deliveries AS t ORDER BY 1",
)
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
    for path in (version / "objects").rglob("*.json"):
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


def assert_has_result(deps: Dependencies, media: Media) -> None:
    assert (media.status, media.errors) == (MediaStatus.FINISHED, ()), media.metadata
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


async def test_every_call_of_an_earlier_version_ends_with_its_result(left: Dependencies, postgres_url: str) -> None:
    before = {media.id: media for media in await all_media(left)}
    assert {media.status for media in before.values()} == {
        MediaStatus.ACCEPTED,
        MediaStatus.RUNNING,
        MediaStatus.FINISHED,
    }
    due = "SELECT count(*) AS pending FROM deliveries WHERE status = 'pending'"
    (waiting,) = await rows(postgres_url, due)
    begun, taken = await left.store.index_backfill.progress(), await left.store.index_backfill.claim(1, lease_s=0.0)
    assert taken is not None
    assert taken.media
    # The worker that has them dies; another begins with the same ones.
    await index_earlier_calls(left)
    calls = sum(media.status.ended for media in before.values())
    assert (begun, await left.store.index_backfill.progress()) == (
        IndexProgress(calls, 0, ended=False),
        IndexProgress(calls, calls, ended=True),
    )
    await left.engine.app.run_worker_async(
        queues=["fetch", "ingest", "speech", "analysis"], wait=False, install_signal_handlers=False
    )
    after = await all_media(left)
    assert {media.id for media in after} == set(before)
    for media in after:
        assert_has_result(left, media)
        assert await is_found_by_its_words(left, media)
        if before[media.id].status.ended:
            assert media.steps == before[media.id].steps
            continue
        steps = {one.step: one.status for one in media.steps}
        assert tuple(steps) == completed_steps([one.step for one in before[media.id].steps], media.plan)
        steps.pop(Step.DELIVER, None)
        assert set(steps.values()) == {StepStatus.COMPLETED}, media.metadata
    new = sum(len(media.plan.callbacks) for media in after if not before[media.id].status.ended)
    assert await rows(postgres_url, due) == [{"pending": waiting["pending"] + new}]
    assert await rows(postgres_url, "SELECT task_name FROM procrastinate_jobs WHERE status IN ('todo', 'doing')") == []
    assert all("secret=1" in media.plan.callbacks[1].url for media in after if media.plan.callbacks)


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
