"""The same behaviour from a local folder and from an S3 server."""

from __future__ import annotations

import asyncio
import errno
import io
import os
import threading
import uuid
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import av
import numpy as np
import psutil
import pytest

from tests.support.s3_server import S3Server
from voxport.core.errors import Misconfigured, TransientFault
from voxport.storage.objects.blobs import PART_BYTES, Blobs
from voxport.storage.objects.faults import as_fault
from voxport.storage.objects.pcm import PcmBlob

MIB = 1024 * 1024


class Place:
    """Where a store keeps its bytes, seen from outside."""

    def __init__(self, blobs: Blobs, folder: Path | None, s3: Any, bucket: str) -> None:
        self.blobs, self._folder, self._s3, self._bucket = blobs, folder, s3, bucket

    def everything(self) -> set[str]:
        """All objects, and what is left of uploads that did not end."""
        if self._folder is not None:
            return {str(path.relative_to(self._folder)) for path in self._folder.rglob("*") if path.is_file()}
        listed = self._s3.list_objects_v2(Bucket=self._bucket).get("Contents", [])
        uploads = self._s3.list_multipart_uploads(Bucket=self._bucket).get("Uploads", [])
        return {item["Key"].removeprefix("kept/") for item in listed} | {f"upload of {item['Key']}" for item in uploads}


@pytest.fixture(params=["folder", "s3"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    if request.param == "folder":
        return Place(Blobs.open((tmp_path / "a folder").as_uri()), tmp_path / "a folder", None, "")
    server: S3Server = request.getfixturevalue("s3_server")
    bucket = f"bucket-{uuid.uuid4().hex[:12]}"
    s3 = server.client()
    s3.create_bucket(Bucket=bucket)
    return Place(server.blobs(bucket, "kept"), None, s3, bucket)


async def pieces(*chunks: bytes, then: BaseException | None = None) -> AsyncIterator[bytes]:
    for chunk in chunks:
        yield chunk
    if then is not None:
        raise then


async def joined(stream: AsyncIterator[bytes]) -> bytes:
    return b"".join([chunk async for chunk in stream])


async def test_what_is_streamed_in_comes_back_by_every_way(place: Place) -> None:
    data = os.urandom(2 * PART_BYTES + 4711)
    chunks = [data[at : at + 70_000] for at in range(0, len(data), 70_000)]
    blobs = place.blobs
    assert await blobs.write_stream("media/a/original", pieces(*chunks)) == len(data)
    assert blobs.get("media/a/original") == data
    assert blobs.size("media/a/original") == len(data)
    assert blobs.exists("media/a/original")
    assert blobs.read_range("media/a/original", 10, 20) == data[10:20]
    assert blobs.read_range("media/a/original", len(data) - 3, len(data) + 99) == data[-3:]
    assert blobs.read_range("media/a/original", len(data), len(data) + 99) == b""
    assert await joined(blobs.read_stream("media/a/original", 100_000)) == data
    assert await joined(blobs.read_range_stream("media/a/original", 5, 3_000_000, 1000)) == data[5:3_000_000]
    assert place.everything() == {"media/a/original"}


async def test_an_empty_stream_is_an_empty_object(place: Place) -> None:
    assert await place.blobs.write_stream("media/a/original", pieces()) == 0
    assert place.blobs.get("media/a/original") == b""
    assert place.blobs.read_range("media/a/original", 0, 10) == b""
    assert await joined(place.blobs.read_stream("media/a/original")) == b""
    assert place.blobs.open_reader("media/a/original").read() == b""


@pytest.mark.parametrize("size", [1000, 3 * PART_BYTES])
async def test_a_stream_that_breaks_leaves_nothing(place: Place, size: int) -> None:
    with pytest.raises(RuntimeError, match="the client went away"):
        await place.blobs.write_stream(
            "media/a/original", pieces(*[b"x" * 1000] * (size // 1000), then=RuntimeError("the client went away"))
        )
    assert place.everything() == set()


async def test_a_stream_that_is_cancelled_leaves_nothing(place: Place) -> None:
    waiting = asyncio.Event()

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b"x" * MIB
        waiting.set()
        await asyncio.Event().wait()

    writing = asyncio.create_task(place.blobs.write_stream("media/a/original", endless()))
    await waiting.wait()
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing
    assert place.everything() == set()


async def test_a_broken_stream_leaves_what_was_there(place: Place) -> None:
    place.blobs.put("media/a/original", b"before")
    with pytest.raises(RuntimeError):
        await place.blobs.write_stream("media/a/original", pieces(b"x" * 100, then=RuntimeError()))
    assert place.blobs.get("media/a/original") == b"before"


def test_an_upload_appears_when_its_block_ends_well(place: Place) -> None:
    data = os.urandom(2 * PART_BYTES + 17)
    with place.blobs.open_writer("media/a/channel-0.pcm") as file:
        for at in range(0, len(data), 100_003):
            assert file.write(memoryview(data)[at : at + 100_003]) > 0
        assert not place.blobs.exists("media/a/channel-0.pcm")
    assert place.blobs.get("media/a/channel-0.pcm") == data


def test_samples_can_be_written_without_a_copy(place: Place) -> None:
    samples = np.arange(1000, dtype=np.int16)
    with place.blobs.open_writer("media/a/channel-0.pcm") as file:
        file.write(samples.data)
        assert file.tell() == 2000
    assert place.blobs.get("media/a/channel-0.pcm") == samples.tobytes()


@pytest.mark.parametrize("size", [10, 2 * PART_BYTES + 1])
def test_an_upload_whose_block_fails_is_discarded(place: Place, size: int) -> None:
    def write() -> None:
        with place.blobs.open_writer("media/a/channel-0.pcm") as file:
            file.write(b"x" * size)
            raise RuntimeError("the decoder gave up")

    with pytest.raises(RuntimeError, match="gave up"):
        write()
    assert place.everything() == set()


def test_what_is_not_there(place: Place) -> None:
    blobs = place.blobs
    assert blobs.get("media/a/original") is None
    assert blobs.size("media/a/original") is None
    assert not blobs.exists("media/a/original")
    for ask in (blobs.open_reader, lambda key: blobs.read_range(key, 0, 1), lambda key: PcmBlob(blobs, key)):
        with pytest.raises(FileNotFoundError):
            ask("media/a/original")
    with pytest.raises(FileNotFoundError):
        asyncio.run(joined(blobs.read_stream("media/a/original")))
    blobs.delete_prefix("media/a")


def test_a_prefix_is_deleted_by_whole_names(place: Place) -> None:
    for key in ("media/a/original", "media/a/speech-1/0.json", "media/ab/original"):
        place.blobs.put(key, b"1")
    place.blobs.delete_prefix("media/a/")
    assert place.everything() == {"media/ab/original"}
    place.blobs.delete_prefix("media/a")


def test_one_object_is_deleted_with_its_drafts(blobs: Blobs, tmp_path: Path) -> None:
    folder = tmp_path / "objects" / "media" / "a"
    for key in ("media/a/original", "media/a/original-2"):
        blobs.put(key, b"1")
    (folder / "original#1").write_bytes(b"the first half of a recording")
    blobs.delete("media/a/original")
    blobs.delete("media/a/original")
    assert [path.name for path in folder.iterdir()] == ["original-2"]


def test_a_folder_is_deleted_while_somebody_writes_in_it(blobs: Blobs, monkeypatch: pytest.MonkeyPatch) -> None:
    """5 of 301 DELETEs of a recording that was being processed were answered with 503."""
    blobs.put("media/a/original", b"1")
    remove_folder, late = os.rmdir, [b"one", b"two"]

    def written_meanwhile(path: Any, **options: Any) -> None:
        if late:
            blobs.put("media/a/run-1/heard.json", late.pop())
        remove_folder(path, **options)

    monkeypatch.setattr(os, "rmdir", written_meanwhile)
    blobs.delete_prefix("media/a")
    assert not late
    assert not blobs.exists("media/a/run-1/heard.json")
    assert not blobs.exists("media/a/original")


def test_many_objects_are_deleted(place: Place) -> None:
    for number in range(30):
        place.blobs.put(f"media/a/speech/{number}.json", b"1")
    place.blobs.delete_prefix("media/a")
    assert place.everything() == set()


def test_a_reader_is_a_file(place: Place) -> None:
    data = os.urandom(3 * MIB)
    place.blobs.put("media/a/original", data)
    with place.blobs.open_reader("media/a/original") as reader:
        assert reader.seekable()
        assert reader.readable()
        assert reader.read(5) == data[:5]
        assert reader.seek(-4, io.SEEK_END) == len(data) - 4
        assert reader.read() == data[-4:]
        assert reader.read(1) == b""
        assert reader.seek(2 * MIB) == 2 * MIB
        assert reader.seek(10, io.SEEK_CUR) == 2 * MIB + 10
        assert reader.read(MIB // 2) == data[2 * MIB + 10 :][: MIB // 2]
        assert reader.seek(0) == 0
        assert reader.read() == data
        with pytest.raises(ValueError, match="negative"):
            reader.seek(-1)


def test_a_recording_is_decoded_from_the_store(place: Place) -> None:
    wave = io.BytesIO()
    with av.open(wave, "w", format="wav") as container:
        stream = container.add_stream("pcm_s16le", rate=8000, layout="mono")
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 8000), np.int16), "s16", "mono")
        frame.sample_rate = 8000
        for packet in [*stream.encode(frame), *stream.encode(None)]:
            container.mux(packet)
    place.blobs.put("media/a/original", wave.getvalue())
    with place.blobs.open_reader("media/a/original") as reader, av.open(reader, "r") as recording:
        assert sum(frame.samples for frame in recording.decode(audio=0)) == 8000


def test_samples_are_read_from_many_threads(place: Place) -> None:
    samples = np.random.default_rng(1).integers(-32768, 32767, 1_200_000, dtype=np.int16)
    place.blobs.put("media/a/channel-0.pcm", samples.tobytes() + b"\x01")  # half a sample at the end is no sample
    pcm = PcmBlob(place.blobs, "media/a/channel-0.pcm")
    assert pcm.samples == len(samples)
    wrong: list[int] = []

    def read(seed: int) -> None:
        chooser = np.random.default_rng(seed)
        for _ in range(20):
            start, length = int(chooser.integers(-1000, 1_201_000)), int(chooser.integers(0, 700_000))
            found = pcm.read(start, start + length)
            expected = samples[max(start, 0) : max(start + length, 0)]
            if found.dtype != np.int16 or not np.array_equal(found, expected):
                wrong.append(start)

    threads = [threading.Thread(target=read, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert pcm.read(5, 5).shape == (0,)
    assert pcm.read(10, 5).shape == (0,)


@pytest.mark.parametrize(
    "key",
    ["", "/etc/passwd", "media/../../x", "..", "media//x", "media/", "media/ü", "a\0b", "media/.hidden", "a b", "a\n"],
)
async def test_keys_that_could_lead_elsewhere_are_refused(key: str, blobs: Blobs) -> None:
    for use in (blobs.get, blobs.exists, blobs.open_reader, lambda key: blobs.put(key, b"")):
        with pytest.raises(ValueError, match="not a key"):
            use(key)
    with pytest.raises(ValueError, match="not a key"):
        await blobs.write_stream(key, pieces(b"x"))
    with pytest.raises(ValueError, match="not a key"):
        blobs.open_writer(key).__enter__()


def test_everything_cannot_be_deleted_at_once(blobs: Blobs) -> None:
    with pytest.raises(ValueError, match="not a key"):
        blobs.delete_prefix("")


@pytest.mark.parametrize("url", ["", "objects", "ftp://x/y", "s3://", "file://host/x", "s3:///prefix"])
def test_a_wrong_address_is_refused(url: str) -> None:
    with pytest.raises(Misconfigured):
        Blobs.open(url)


def test_an_unknown_option_is_refused() -> None:
    with pytest.raises(Misconfigured, match="endpiont"):
        Blobs.open("s3://bucket", endpiont="x")


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Misconfigured):
        Blobs.open((tmp_path / "file" / "objects").as_uri())


async def test_a_store_that_refuses_us_is_a_fault_without_secrets(s3_server: S3Server) -> None:
    s3_server.client().create_bucket(Bucket="not-for-strangers")
    stranger = {"access_key_id": "AKIASTRANGERSTRANGER", "secret_access_key": "secret-of-a-stranger"}
    blobs = s3_server.blobs("not-for-strangers", **stranger)
    for use in (blobs.get, lambda key: blobs.put(key, b"x"), lambda key: blobs.probe(key, writes=True)):
        with pytest.raises(TransientFault, match="refuses the credentials") as fault:
            use("media/a/original")
        assert "secret" not in str(fault.value)
    with pytest.raises(TransientFault):
        blobs.exists("media/a/original")
    with pytest.raises(TransientFault, match="refuses the credentials"):
        await blobs.write_stream("media/a/original", pieces(b"x" * 100))


async def test_a_store_whose_bucket_is_missing_is_a_fault_in_every_use(s3_server: S3Server) -> None:
    """It may come back, so that nothing of it is taken for gone: no media fails by it."""
    blobs = s3_server.blobs("never-made")
    key = "media/a/original"

    def write() -> None:
        with blobs.open_writer(key) as file:
            file.write(b"x")

    uses = (
        lambda: blobs.exists(key),
        lambda: blobs.get(key),
        lambda: blobs.put(key, b"x"),
        lambda: blobs.open_reader(key),
        lambda: blobs.read_range(key, 0, 1),
        lambda: blobs.delete(key),
        lambda: blobs.delete_prefix("media/a"),
        lambda: list(blobs.sizes("media/a")),
        lambda: blobs.probe(key, writes=False),
        write,
    )
    for use in uses:
        with pytest.raises(TransientFault, match=r"The bucket of the object store does not exist \(NoSuchBucket\)"):
            use()
    for size in (1, PART_BYTES + 1):
        with pytest.raises(TransientFault, match="does not exist"):
            await blobs.write_stream(key, pieces(bytes(size)))
    with pytest.raises(TransientFault, match="does not exist"):
        await anext(blobs.read_stream(key))


def test_what_a_store_refuses_is_told_without_its_words() -> None:
    refused = "403 Forbidden: <Error><Code>AccessDenied</Code><Message>of 4111 1111</Message></Error>"
    assert str(as_fault(OSError(refused))) == (
        "The object store does not allow that with these credentials (AccessDenied)."
    )


def test_faults_of_the_system_are_called_what_they_are() -> None:
    full = OSError("Generic LocalFileSystem error: Unable to write: No space left on device (os error 28)")
    assert str(as_fault(full)) == "The disk of the object store is full (OSError)."
    assert str(as_fault(OSError(errno.ENOSPC, "No space left"))) == "The disk of the object store is full (OSError)."
    assert str(as_fault(OSError("of 4111 1111"))) == "The object store failed (OSError)."


async def test_a_large_upload_needs_little_memory(blobs: Blobs) -> None:
    """256 MiB here; the same figures were seen with 1 GiB."""
    piece = os.urandom(256 * 1024)
    process = psutil.Process()
    before = process.memory_info().rss
    highest = before

    async def large() -> AsyncIterator[bytes]:
        nonlocal highest
        for number in range(1024):
            yield piece
            if number % 64 == 0:
                highest = max(highest, process.memory_info().rss)

    assert await blobs.write_stream("media/a/original", large()) == 256 * MIB
    assert highest - before < 40 * MIB
    blobs.delete_prefix("media/a")
