"""A local store whose volume is not mounted is no empty store: nothing is lost in it, and nothing said to be gone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from uuid import uuid4

import pytest
from typer.testing import CliRunner

from tests.rooms.storage.recordings import accept
from voxport.cli.doctor.dependencies import object_store
from voxport.cli.doctor.results import Level
from voxport.cli.main import app
from voxport.core.artefacts import original_key
from voxport.core.errors import Misconfigured, TransientFault
from voxport.settings import read_settings
from voxport.storage.objects.blobs import Blobs
from voxport.storage.objects.mark import MARK_FILE
from voxport.storage.store import Store

KEY, OTHER = "media/a/original", "media/b/original"
ENDED = "has not the mark"


async def joined(stream: AsyncIterator[bytes]) -> bytes:
    return b"".join([chunk async for chunk in stream])


async def streamed(blobs: Blobs) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        yield b"sound"

    await blobs.write_stream(OTHER, chunks())


def written(blobs: Blobs) -> None:
    with blobs.open_writer(OTHER) as target:
        target.write(b"sound")


def unmount(folder: Path) -> None:
    """What is left where a volume was: an empty folder."""
    folder.rename(folder.with_name("volume"))
    folder.mkdir()


def mount(folder: Path) -> None:
    folder.rmdir()
    folder.with_name("volume").rename(folder)


@pytest.mark.parametrize(
    "use",
    [
        lambda blobs: blobs.get(KEY),
        lambda blobs: blobs.exists(KEY),
        lambda blobs: blobs.open_reader(KEY),
        lambda blobs: blobs.read_range(KEY, 0, 1),
        lambda blobs: asyncio.run(joined(blobs.read_stream(KEY))),
        lambda blobs: asyncio.run(joined(blobs.read_range_stream(KEY, 0, 1))),
        lambda blobs: list(blobs.sizes("media")),
        lambda blobs: blobs.probe(KEY, writes=False),
        lambda blobs: blobs.probe(KEY, writes=True),
        lambda blobs: blobs.put(OTHER, b"sound"),
        lambda blobs: asyncio.run(streamed(blobs)),
        written,
        lambda blobs: blobs.delete(KEY),
        lambda blobs: blobs.delete_prefix("media/a"),
    ],
)
def test_a_folder_that_is_not_mounted_is_a_fault_and_takes_nothing(
    tmp_path: Path, use: Callable[[Blobs], object]
) -> None:
    folder, name = tmp_path / "objects", uuid4()
    blobs = Blobs.open(folder.as_uri())
    assert blobs.mark is not None
    blobs.mark.write(name)
    blobs.put(KEY, b"sound")
    blobs.mark.hold_to(name)
    use(blobs)
    blobs.put(KEY, b"sound")
    unmount(folder)
    with pytest.raises(TransientFault, match=ENDED):
        use(blobs)
    assert not [path for path in folder.rglob("*") if path.is_file()]
    mount(folder)
    assert blobs.get(KEY) == b"sound"
    use(blobs)


async def test_every_start_holds_the_folder_to_the_mark_of_the_first(store: Store, tmp_path: Path) -> None:
    folder, other = tmp_path / "objects", tmp_path / "other"
    for _ in range(2):
        blobs = Blobs.open(folder.as_uri())
        await store.store_mark.agree(blobs)
        blobs.put(KEY, b"sound")
    assert {path.name for path in folder.iterdir()} == {MARK_FILE, "media"}
    for wrong in (Blobs.open(other.as_uri()), Blobs.open(other.as_uri())):
        await store.store_mark.agree(wrong)
        with pytest.raises(TransientFault, match=ENDED):
            wrong.put(KEY, b"sound")
    assert not list(other.iterdir())
    await store.store_mark.adopt(Blobs.open(other.as_uri()))
    blobs = Blobs.open(other.as_uri())
    await store.store_mark.agree(blobs)
    blobs.put(KEY, b"sound")


async def test_a_folder_of_an_earlier_version_shows_what_is_in_it(store: Store, tmp_path: Path) -> None:
    media = await accept(store, (await store.organizations.create("Acme")).id)
    await store.media.finish(media.id, run=1)
    blobs = Blobs.open((tmp_path / "objects").as_uri())
    said = "The database has finished recordings, and the folder of the object store has nothing of them"
    with pytest.raises(Misconfigured, match=said):
        await store.store_mark.agree(blobs)
    assert not list((tmp_path / "objects").iterdir())
    blobs.put(original_key(media.id), b"sound")
    await store.store_mark.agree(blobs)
    assert (tmp_path / "objects" / MARK_FILE).exists()


async def test_a_mark_that_is_there_is_taken_by_a_new_database(store: Store, tmp_path: Path) -> None:
    blobs, name = Blobs.open((tmp_path / "objects").as_uri()), uuid4()
    assert blobs.mark is not None
    blobs.mark.write(name)
    await store.store_mark.agree(blobs)
    assert blobs.mark.read() == name


async def test_doctor_and_an_operator_who_goes_on_without_it(store: Store, postgres_url: str, tmp_path: Path) -> None:
    flags = {"data": str(tmp_path), "database_url": postgres_url, "secret_key": bytes(range(32)).hex()}
    folder = tmp_path / "objects"
    await store.store_mark.agree(Blobs.open(folder.as_uri()))
    settings = read_settings({}, flags)
    assert (await asyncio.to_thread(object_store, settings)).level is Level.OK
    unmount(folder)
    found = await asyncio.to_thread(object_store, settings)
    assert (found.level, ENDED in found.what, "voxport store adopt" in found.remedy) == (Level.FAIL, True, True)
    command = ["store", "adopt", "--data", str(tmp_path), "--database-url", postgres_url]
    environment = {"VOXPORT_SECRET_KEY": flags["secret_key"]}
    done = await asyncio.to_thread(CliRunner().invoke, app, command, env=environment)
    assert done.exit_code == 0, done.output
    assert (await asyncio.to_thread(object_store, settings)).level is Level.OK
