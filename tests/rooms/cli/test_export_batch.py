"""A batch against a server that breaks in every way: each recording is there once, and what failed is told."""

from __future__ import annotations

import json
import re
import resource
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.support.scripted_server import Exchange, scripted_servers
from voxport.cli.export import upload
from voxport.cli.export.batch import Batch
from voxport.cli.export.dialects import MARK, Configuration, Dialect, Server
from voxport.cli.export.journal import Journal
from voxport.cli.export.manifest import Outcome
from voxport.cli.export.platform import Platform
from voxport.cli.export.recordings import Naming, Recording, collect
from voxport.cli.export.s3cfg import StoreAccess
from voxport.cli.export.signing import Signer
from voxport.cli.export.upload import UploadOptions

QUICK = (0.0, 0.0, 0.0)


class Fake:
    """A server of one dialect. `troubles`: what becomes of one POST after another; then all goes well.

    `taken` says that the recording is there all the same; `says` is the status of the answer, None a broken connection.
    """

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self.troubles: list[tuple[bool, int | None]] = []
        self.list_status = 200
        self.media: list[dict[str, Any]] = []
        self.posts: list[tuple[dict[str, Any], dict[str, Any]]] = []
        self.asked: list[str] = []
        self.statuses: dict[str, str] = {}
        self.deliveries: Callable[[str], list[dict[str, Any]] | None] = lambda _: None
        self.headers = ""

    async def answer(self, exchange: Exchange) -> None:
        method, target, _ = exchange.head.split(" ", 2)
        path = urlsplit(target).path
        if method == "POST" and path == f"/{self.dialect.value}/media":
            await self._post(exchange)
        elif path == f"/{self.dialect.value}/media":
            self.asked.append(target)
            await self._say(exchange, self.list_status, {"media": self._listed(target)})
        elif path.endswith("/progress"):
            await self._say(exchange, 200, {"status": self.statuses.get(path.split("/")[3], "finished")})
        elif path.endswith("/deliveries"):
            found = self.deliveries(path.split("/")[3])
            await self._say(exchange, 200 if found is not None else 404, {"deliveries": found})
        elif path.endswith("/replay"):
            self.asked.append(f"{target} {exchange.body.decode()}")
            await self._say(exchange, 200, {})
        else:
            await self._say(exchange, 200, {"errors": [{"code": 10201, "error": "Unreadable."}]})

    async def _post(self, exchange: Exchange) -> None:
        parts = {
            name: json.loads(text)
            for name, text in re.findall(rb'name="(configuration|metadata)".*?\r\n\r\n(.*?)\r\n--', exchange.body, re.S)
        }
        self.posts.append((parts[b"configuration"], parts[b"metadata"]))
        taken, says = self.troubles.pop(0) if self.troubles else (True, 200)
        media_id = f"m-{len(self.posts)}"
        if taken:
            metadata = parts[b"metadata"]
            self.media.append({"mediaId": media_id, "metadata": metadata.get("metadata", metadata)})
        if says is None:
            exchange.writer.transport.abort()
            return
        await self._say(exchange, says, {"mediaId": media_id} if says == 200 else {"errors": []}, self.headers)

    def _listed(self, target: str) -> list[dict[str, Any]]:
        (wanted,) = parse_qs(urlsplit(target).query)["externalId"]
        return [one for one in self.media if external_id(one["metadata"]) == wanted]

    async def _say(self, exchange: Exchange, status: int, body: dict[str, Any], headers: str = "") -> None:
        data = json.dumps(body).encode()
        head = f"HTTP/1.1 {status} Said\r\nContent-Length: {len(data)}\r\nConnection: close\r\n{headers}\r\n"
        await exchange.send(head.encode() + data)


def external_id(metadata: dict[str, Any]) -> str:
    return str(metadata.get("externalId") or metadata["external"]["id"])


@pytest.fixture(params=list(Dialect), ids=lambda dialect: dialect.value)
def fake(request: pytest.FixtureRequest) -> Fake:
    return Fake(request.param)


class Bench:
    """The tool without its command line."""

    def __init__(self, fake: Fake, root: str, folder: Path) -> None:
        self.fake, self.root, self.folder = fake, root, folder
        access = StoreAccess("AKIA", "secret", None, "http://127.0.0.1:9", None, "us-east-1", 4)
        self.signer = Signer(access, "calls", 3600)
        self.journal = folder / "batch.journal"
        self.configuration: dict[str, Any] = {}

    def recordings(self, count: int, metadata: dict[str, Any] | None = None) -> list[Recording]:
        for number in range(count):
            (self.folder / f"{number}.wav").write_bytes(b"sound %d" % number)
        naming = Naming()
        if metadata is not None:
            return [naming.recording(str(self.folder / "0.wav"), None, metadata)]
        return collect([str(self.folder / f"{number}.wav") for number in range(count)], [], naming)

    async def run(self, recordings: list[Recording], *, wait: bool = False, again: bool = False) -> list[Outcome]:
        configuration = Configuration(self.fake.dialect, self.configuration)
        order = UploadOptions(configuration, attach=False, wait=wait, again=again, at_once=1)
        with Journal(self.journal, self.root, "calls", attach=False) as journal:
            async with Platform(Server(self.root, self.fake.dialect), "vx_t") as platform:
                return await Batch(order, platform, self.signer, journal, QUICK).run(recordings)


@pytest.fixture
async def bench(fake: Fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Bench]:
    monkeypatch.setattr(upload, "SETTLE_S", 0.0)
    async with scripted_servers() as serve:
        server = await serve(fake.answer)
        yield Bench(fake, f"http://127.0.0.1:{server.port}", tmp_path)


def told(outcomes: list[Outcome]) -> list[tuple[str, bool]]:
    return [(outcome.status, outcome.good) for outcome in outcomes]


async def test_a_recording_goes_with_its_callback_and_a_name_of_its_own(bench: Bench, fake: Fake) -> None:
    (outcome,) = await bench.run(bench.recordings(1, {"title": "A call", "extended": {"team": "north"}}))
    assert (outcome.status, outcome.good, outcome.media_id) == ("accepted", True, "m-1")
    ((configuration, metadata),) = fake.posts
    if fake.dialect is Dialect.V2_BETA:
        assert configuration["configuration"]["executor"] == "v2"
        (callback,) = configuration["configuration"]["publish"]["callbacks"]
        assert callback.pop("include") == ["transcripts", "keywords", "topics", "metadata"]
        metadata = metadata["metadata"]
    else:
        (callback,) = configuration["publish"]["callbacks"]
    assert set(callback) == {"method", "url"}
    assert callback["url"].startswith("http://127.0.0.1:9/calls/0.wav.json?X-Amz-")
    assert external_id(metadata) == "s3://calls/0.wav.json"
    assert (metadata["title"], metadata["extended"]["team"]) == ("A call", "north")
    assert re.fullmatch("[-0-9a-f]{36}", metadata["extended"][MARK])


@pytest.mark.parametrize("says", [None, 500, 503, 200])
async def test_what_was_taken_without_a_good_answer_is_found_and_not_sent_again(
    bench: Bench, fake: Fake, says: int | None
) -> None:
    fake.troubles = [(True, says)]
    recordings = bench.recordings(2)
    assert told(await bench.run(recordings)) == [("accepted", True)] * 2
    assert len(fake.posts) == len(fake.media) == 2
    assert len(fake.asked) == (0 if says == 200 else 1)
    assert told(await bench.run(recordings)) == [("accepted", True)] * 2
    assert len(fake.posts) == 2


@pytest.mark.parametrize("says", [None, 500, 429])
async def test_what_was_not_taken_is_sent_again(bench: Bench, fake: Fake, says: int | None) -> None:
    fake.troubles = [(False, says), (False, says)]
    assert told(await bench.run(bench.recordings(1))) == [("accepted", True)]
    assert (len(fake.posts), len(fake.media)) == (3, 1)
    assert len(fake.asked) == (0 if says == 429 else 2)
    marks = {(metadata.get("metadata") or metadata)["extended"][MARK] for _, metadata in fake.posts}
    assert len(marks) == 1


async def test_a_run_after_one_that_was_killed_asks_before_it_sends(bench: Bench, fake: Fake) -> None:
    sent, lost = bench.recordings(2)
    fake.troubles = [(True, 200)]
    with Journal(bench.journal, bench.root, "calls", attach=False) as journal:
        # Killed while both were under way: the server has the one, and never got the other.
        journal.begun(sent, "mark-of-sent")
        journal.begun(lost, "mark-of-lost")
    metadata = {"extended": {MARK: "mark-of-sent"}}
    named = {"externalId": "s3://calls/0.wav.json"}
    fake.media = [{"mediaId": "m-before", "metadata": {**metadata, **named}}]
    first, second = await bench.run([sent, lost])
    assert (first.media_id, second.media_id) == ("m-before", "m-1")
    assert len(fake.posts) == 1


async def test_an_older_recording_of_the_same_external_id_is_not_taken_for_this_one(bench: Bench, fake: Fake) -> None:
    fake.media = [{"mediaId": "m-old", "metadata": {"externalId": "call-1", "extended": {MARK: "another"}}}]
    fake.troubles = [(False, None)]
    (outcome,) = await bench.run(bench.recordings(1, {"externalId": "call-1"}))
    assert outcome.media_id == "m-2"
    assert "externalId=call-1" in fake.asked[0]


async def test_where_the_server_cannot_be_asked_nothing_is_sent_again(bench: Bench, fake: Fake) -> None:
    fake.troubles = [(True, None)]
    fake.list_status = 404
    (outcome,) = await bench.run(bench.recordings(1))
    assert (outcome.status, outcome.good) == ("unknown", False)
    assert told(await bench.run(bench.recordings(1))) == [("unknown", False)]
    assert len(fake.posts) == 1
    fake.list_status = 200
    assert (await bench.run(bench.recordings(1)))[0].media_id == "m-1"
    assert told(await bench.run(bench.recordings(1), again=True)) == [("accepted", True)]
    assert len(fake.posts) == 2


async def test_one_that_the_list_will_not_show_is_not_sent_again(bench: Bench, fake: Fake) -> None:
    bench.configuration = {"searchability": {"searchable": False}}
    fake.troubles = [(True, None)]
    (outcome,) = await bench.run(bench.recordings(1))
    assert (outcome.status, len(fake.posts)) == ("unknown", 1)
    assert "--again" in (outcome.error or "")


async def test_one_that_is_refused_stops_no_other_and_is_tried_by_the_next_run(bench: Bench, fake: Fake) -> None:
    fake.troubles = [(False, 400)]
    recordings = bench.recordings(3)
    assert told(await bench.run(recordings)) == [("refused", False), ("accepted", True), ("accepted", True)]
    assert told(await bench.run(recordings)) == [("accepted", True)] * 3
    assert len(fake.posts) == 4


async def test_a_file_that_went_away_stops_no_other(bench: Bench, fake: Fake) -> None:
    gone, there = bench.recordings(2)
    gone.path.unlink()
    first, second = await bench.run([gone, there])
    assert (first.status, first.error) == ("not sent", "A file cannot be used: No such file or directory.")
    assert (second.status, len(fake.posts)) == ("accepted", 1)


async def test_a_step_that_the_disk_does_not_take_stops_the_batch_and_the_next_run_goes_on(
    bench: Bench, fake: Fake
) -> None:
    recordings = bench.recordings(4)
    await bench.run(recordings[:1])
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    # Room for the line that the second is begun, and for half of the line that the server has it.
    resource.setrlimit(resource.RLIMIT_FSIZE, (bench.journal.stat().st_size * 7 // 4, before[1]))
    try:
        outcomes = await bench.run(recordings)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert told(outcomes) == [("accepted", True), ("accepted", False), ("not sent", False), ("not sent", False)]
    assert outcomes[1].media_id == "m-2"
    assert {outcome.error for outcome in outcomes[1:]} == {
        f"The journal {bench.journal} cannot be written: File too large."
    }
    assert told(await bench.run(recordings)) == [("accepted", True)] * 4
    assert len(fake.posts) == 4


async def test_a_token_that_is_not_valid_stops_the_batch(bench: Bench, fake: Fake) -> None:
    fake.troubles = [(True, 200), (False, 401)]
    outcomes = await bench.run(bench.recordings(4))
    assert told(outcomes) == [("accepted", True), *[("not sent", False)] * 3]
    assert all("(401)" in (outcome.error or "") for outcome in outcomes[1:])
    assert len(fake.posts) == 2


async def test_a_server_that_is_gone_stops_the_batch_and_the_next_run_goes_on(bench: Bench, fake: Fake) -> None:
    fake.troubles = [(True, 200), *[(False, None)] * 4]
    recordings = bench.recordings(3)
    assert told(await bench.run(recordings)) == [("accepted", True), ("not sent", False), ("not sent", False)]
    assert told(await bench.run(recordings)) == [("accepted", True)] * 3
    assert len(fake.media) == 3


async def test_a_busy_server_is_left_alone_as_long_as_it_asks(
    bench: Bench, fake: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr("asyncio.sleep", sleep)
    fake.headers = "Retry-After: 7\r\n"
    fake.troubles = [(False, 429), (False, 503)]
    assert told(await bench.run(bench.recordings(1))) == [("accepted", True)]
    assert [one for one in slept if one >= 1] == [7.0, 7.0]


def delivery(status: str, key: str, **fields: Any) -> dict[str, Any]:
    return {"deliveryId": "d-1", "address": f"http://127.0.0.1:9/calls/{key}", "status": status, **fields}


async def test_waiting_ends_with_what_the_record_says(bench: Bench, fake: Fake) -> None:
    fake.statuses = {"m-2": "failed"}
    record = {
        "m-1": [delivery("delivered", "0.wav.json"), delivery("failed", "../elsewhere")],
        "m-3": [delivery("failed", "2.wav.json", reason="The address answered 410 Gone.")],
    }
    fake.deliveries = lambda media_id: record.get(media_id, [])
    recordings = bench.recordings(4)
    outcomes = await bench.run(recordings, wait=True)
    assert told(outcomes) == [("delivered", True), ("failed", False), ("undelivered", False), ("finished", True)]
    assert "10201: Unreadable." in (outcomes[1].error or "")
    assert "410 Gone" in (outcomes[2].error or "")
    # What arrived is not asked for again; the others may have arrived since.
    record["m-1"], record["m-3"] = [], [delivery("delivered", "2.wav.json")]
    assert told(await bench.run(recordings, wait=True))[:3] == [
        ("delivered", True), ("failed", False), ("delivered", True),
    ]  # fmt: skip
    assert len(fake.posts) == 4


async def test_a_delivery_whose_url_ended_is_made_again_to_the_same_object(bench: Bench, fake: Fake) -> None:
    statuses = iter(["pending", "expired", "pending", "delivered"])
    fake.deliveries = lambda _: [delivery(next(statuses), "0.wav.json")]
    assert told(await bench.run(bench.recordings(1), wait=True)) == [("delivered", True)]
    (replay,) = fake.asked
    path, body = replay.split(" ", 1)
    assert path == "/v3/deliveries/d-1/replay"
    assert json.loads(body)["url"].startswith("http://127.0.0.1:9/calls/0.wav.json?X-Amz-")
